#include "geo/clip_features.hpp"

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
    Ring ring(part.begin(), part.end());
    ring = cut(ring, [&](LonLat p) { return p.lon - box.west; });
    ring = cut(ring, [&](LonLat p) { return box.east - p.lon; });
    ring = cut(ring, [&](LonLat p) { return p.lat - box.south; });
    ring = cut(ring, [&](LonLat p) { return box.north - p.lat; });
    if (ring.size() >= 3 && !(ring.front() == ring.back())) ring.push_back(ring.front());
    return ring;
}

} // namespace

FeatureTable clip_polygons(const FeatureTable& table, const LonLatBox& box) {
    FeatureTable clipped;
    clipped.name = table.name;
    for (std::size_t f = 0; f < table.size(); ++f) {
        std::vector<Ring> rings;
        for (std::size_t p = table.part_begin[f]; p < table.part_begin[f + 1]; ++p)
            if (Ring ring = clip_ring(table.part(p), box); ring.size() >= 4) rings.push_back(std::move(ring));
        if (rings.empty()) continue;
        clipped.add_feature(GeometryType::polygon);
        for (const Ring& ring : rings) clipped.add_part(ring);
    }
    return clipped;
}

} // namespace harmattan::geo
