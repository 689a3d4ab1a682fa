#include "render/prepare/source_geometry.hpp"

#include "geo/mercator.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace harmattan::render {

namespace {

using WorldPoint = geo::Point<World>;
using Ring = std::span<const WorldPoint>;

// Shoelace, twice the area; positive where the ring turns right on the screen (y points south).
double turning(Ring ring) {
    double sum = 0;
    for (std::size_t i = 1; i < ring.size(); ++i)
        sum += (ring[i - 1].x - ring[0].x) * (ring[i].y - ring[0].y) -
               (ring[i].x - ring[0].x) * (ring[i - 1].y - ring[0].y);
    return sum;
}

bool inside(WorldPoint p, Ring ring) {
    bool in = false;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const WorldPoint a = ring[i - 1], b = ring[i];
        if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y)) in = !in;
    }
    return in;
}

// Rings inside an odd number of other rings of their feature are holes.
void find_directions(SourceGeometry& geometry) {
    const geo::FeatureTable& table = *geometry.table;
    const auto ring = [&](std::size_t p) {
        return Ring(geometry.at).subspan(table.vertex_begin[p], table.vertex_begin[p + 1] - table.vertex_begin[p]);
    };
    geometry.backwards.assign(table.vertex_begin.size() - 1, false);
    for (std::size_t f = 0; f < table.size(); ++f) {
        if (table.type[f] != geo::GeometryType::polygon) continue;
        const std::size_t begin = table.part_begin[f], end = table.part_begin[f + 1];
        std::vector<geo::Extent<World>> box(end - begin);
        for (std::size_t p = begin; p < end; ++p)
            for (const WorldPoint& at : ring(p)) box[p - begin].add(at);
        for (std::size_t p = begin; p < end; ++p) {
            if (ring(p).empty()) continue;
            // A vertex may lie on the other ring where the two touch: the first one that is off its box's corners
            // decides as well as any, for rings of a valid polygon touch in single points only.
            bool hole = false;
            const WorldPoint probe{(ring(p)[0].x + ring(p)[1 % ring(p).size()].x) / 2,
                                   (ring(p)[0].y + ring(p)[1 % ring(p).size()].y) / 2};
            for (std::size_t q = begin; q < end; ++q)
                if (q != p && box[q - begin].contains(probe) && inside(probe, ring(q))) hole = !hole;
            geometry.backwards[p] = (turning(ring(p)) < 0) != hole;
        }
    }
}

} // namespace

std::vector<geo::Point<World>> mercator_world(std::span<const geo::LonLat> places) {
    const geo::TileMatrix world(0, 1);
    std::vector<geo::Point<World>> at;
    at.reserve(places.size());
    for (const geo::LonLat& place : places) {
        const double lat = std::clamp(place.lat, -geo::mercator::max_latitude, geo::mercator::max_latitude);
        const auto p = world.to_pixels(geo::LonLat{place.lon, lat});
        at.push_back({p.x, p.y});
    }
    return at;
}

SourceGeometry build_source_geometry(const geo::FeatureTable& table, std::vector<geo::Point<World>> at,
                                     double finest_world_px) {
    SourceGeometry out;
    out.table = &table;
    out.at = std::move(at);
    const bool has_curves = std::any_of(table.type.begin(), table.type.end(), [](geo::GeometryType t) {
        return t == geo::GeometryType::line || t == geo::GeometryType::polygon;
    });
    if (has_curves) {
        out.tolerance = thinning_tolerances(table, out.at, thinning_px / finest_world_px);
        find_directions(out);
    }
    return out;
}

} // namespace harmattan::render
