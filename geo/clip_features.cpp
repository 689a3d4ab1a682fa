#include "geo/clip_features.hpp"

#include "geo/projected_box.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace harmattan::geo {

namespace {

using Ring = std::vector<LonLat>;

/// What of a ring lies on the side of a meridian or parallel where `inside` is not negative: the distance from it, in
/// degrees.
template <class Inside>
Ring cut(const Ring& ring, Inside inside) {
    Ring kept;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const LonLat a = ring[i == 0 ? ring.size() - 1 : i - 1], b = ring[i];
        const double from = inside(a), to = inside(b);
        if ((from < 0) != (to < 0)) {
            const double t = from / (from - to);
            kept.push_back({a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)});
        }
        if (to >= 0) kept.push_back(b);
    }
    return kept;
}

Ring clip_ring(std::span<const LonLat> part, const LonLatBox& box) {
    constexpr double longest = 1; // degrees
    Ring ring(part.begin(), part.end());
    if (std::ranges::all_of(ring, [&](LonLat p) { return box.contains(p); })) return ring;
    ring = cut(ring, [&](LonLat p) { return p.lon - box.west; });
    ring = cut(ring, [&](LonLat p) { return box.east - p.lon; });
    ring = cut(ring, [&](LonLat p) { return p.lat - box.south; });
    ring = cut(ring, [&](LonLat p) { return box.north - p.lat; });
    if (ring.size() >= 3 && !(ring.front() == ring.back())) ring.push_back(ring.front());
    return densified(ring, longest);
}

/// One or, across the antimeridian, two boxes whose west is less than their east.
std::vector<LonLatBox> unwrapped(const LonLatBox& box) {
    if (box.west <= box.east) return {box};
    return {{box.west, box.south, 180, box.north}, {-180, box.south, box.east, box.north}};
}

} // namespace

FeatureTable clip_polygons(const FeatureTable& table, const LonLatBox& box) {
    const std::vector<LonLatBox> boxes = unwrapped(box);
    FeatureTable clipped;
    clipped.name = table.name;
    for (const PropertyColumn& column : table.columns) clipped.columns.push_back({column.name, {}});
    for (std::size_t f = 0; f < table.size(); ++f) {
        std::vector<Ring> parts;
        for (std::size_t p = table.part_begin[f]; p < table.part_begin[f + 1]; ++p) {
            if (table.type[f] != GeometryType::polygon) {
                parts.emplace_back(table.part(p).begin(), table.part(p).end());
                continue;
            }
            for (const LonLatBox& one : boxes)
                if (Ring ring = clip_ring(table.part(p), one); ring.size() >= 4) parts.push_back(std::move(ring));
        }
        if (parts.empty()) continue;
        const std::size_t feature = clipped.add_feature(table.type[f]);
        for (const Ring& part : parts) clipped.add_part(part);
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            clipped.columns[c].values[feature] = table.columns[c].values[f];
    }
    return clipped;
}

} // namespace harmattan::geo
