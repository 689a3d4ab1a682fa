#include "geo/corridors/road_index.hpp"

namespace harmattan::geo {

namespace {

std::vector<MeasuredLine> lines_of(const RoadGraph& graph) {
    std::vector<MeasuredLine> lines;
    for (std::uint32_t e = 0; e < graph.edges(); ++e) lines.push_back({graph.line(e), graph.along(e)});
    return lines;
}

} // namespace

RoadIndex::RoadIndex(const RoadGraph& graph, double reach_m) : m_grid(lines_of(graph), reach_m, "road") {}

std::optional<RoadPosition> RoadIndex::nearest(LonLatE7 place) const {
    const std::optional<PieceGrid::Hit> hit = m_grid.nearest(place);
    if (!hit) return std::nullopt;
    return RoadPosition{hit->line, hit->along_m, hit->distance_m};
}

} // namespace harmattan::geo
