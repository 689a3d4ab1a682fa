#include "geo/ring_nesting.hpp"

#include "geo/orientation.hpp"

#include <algorithm>

namespace harmattan::geo {

namespace {

enum class Side { outside, boundary, inside };

Side side_of(std::span<const LonLat> ring, LonLat at) {
    bool odd = false;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const LonLat &a = ring[i - 1], &b = ring[i];
        if (at.lat < std::min(a.lat, b.lat) || at.lat > std::max(a.lat, b.lat) || at.lon > std::max(a.lon, b.lon))
            continue;
        const int side = orientation(a.lon, a.lat, b.lon, b.lat, at.lon, at.lat);
        if (side == 0 && at.lon >= std::min(a.lon, b.lon)) return Side::boundary;
        if ((a.lat > at.lat) != (b.lat > at.lat) && (side > 0) == (b.lat > a.lat)) odd = !odd;
    }
    return odd ? Side::inside : Side::outside;
}

/// Rings do not cross, so the first vertex of `inner` that is not on `outer` decides.
bool lies_in(std::span<const LonLat> inner, std::span<const LonLat> outer) {
    for (const LonLat& at : inner)
        if (const Side side = side_of(outer, at); side != Side::boundary) return side == Side::inside;
    return false;
}

Extent<LonLat> box_of(std::span<const LonLat> ring) {
    Extent<LonLat> box;
    for (const LonLat& at : ring) box.add({at.lon, at.lat});
    return box;
}

bool holds(const Extent<LonLat>& outer, const Extent<LonLat>& inner) {
    return outer.min_x <= inner.min_x && outer.max_x >= inner.max_x && outer.min_y <= inner.min_y &&
           outer.max_y >= inner.max_y;
}

} // namespace

std::vector<NestedPolygon> nest_rings(const FeatureTable& table, std::size_t feature) {
    const std::size_t first = table.part_begin[feature], count = table.part_begin[feature + 1] - first;
    std::vector<Extent<LonLat>> boxes;
    for (std::size_t r = 0; r < count; ++r) boxes.push_back(box_of(table.part(first + r)));
    std::vector<std::vector<std::size_t>> around(count); // the rings each one lies in
    for (std::size_t r = 0; r < count; ++r)
        for (std::size_t o = 0; o < count; ++o)
            if (o != r && holds(boxes[o], boxes[r]) && lies_in(table.part(first + r), table.part(first + o)))
                around[r].push_back(o);

    std::vector<NestedPolygon> polygons;
    std::vector<std::size_t> polygon_of(count);
    for (std::size_t r = 0; r < count; ++r)
        if (around[r].size() % 2 == 0) {
            polygon_of[r] = polygons.size();
            polygons.push_back({first + r, {}});
        }
    for (std::size_t r = 0; r < count; ++r) {
        if (around[r].size() % 2 == 0) continue;
        for (const std::size_t o : around[r]) // the innermost ring around it lies in all the others
            if (around[o].size() + 1 == around[r].size()) polygons[polygon_of[o]].holes.push_back(first + r);
    }
    return polygons;
}

} // namespace harmattan::geo
