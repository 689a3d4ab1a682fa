#pragma once
// Hand-made road networks for tests: places in kilometres east and north of 0, 0 (on the ellipsoid, right along the
// axes).

#include "geo/corridors/road_graph.hpp"
#include "geo/geodesic.hpp"

#include <cmath>

namespace harmattan::geo::test {

inline LonLat km(double east, double north) {
    return geodesic_place(geodesic_place({0, 0}, east < 0 ? -90 : 90, std::abs(east) * 1000), north < 0 ? 180 : 0,
                          std::abs(north) * 1000);
}

using Line = std::vector<LonLat>;

inline FeatureTable roads(const std::vector<Line>& lines) {
    FeatureTable table;
    for (const Line& line : lines) {
        table.add_feature(GeometryType::line);
        table.add_part(line);
    }
    return table;
}

inline RoadGraph graph_of(const std::vector<Line>& lines, const RoadGraphOptions& options = {}) {
    return build_road_graph(roads(lines), options);
}

} // namespace harmattan::geo::test
