#pragma once
// The nearest point of a road network to a place, quick for millions of places.

#include "geo/corridors/piece_grid.hpp"
#include "geo/corridors/road_graph.hpp"

namespace harmattan::geo {

struct RoadPosition {
    std::uint32_t edge = 0;
    double along_m = 0;    ///< from the edge's start, 0 to its length
    double distance_m = 0; ///< along the geodesic from the place to it
};

/// Immutable; safe to ask from many threads. Of several nearest points (within 1 mm) that of the lowest edge counts. As
/// exact as RouteIndex: 0.1 m within 25 km of a road, 0.5 m within 100 km.
class RoadIndex {
public:
    /// `reach_m`: places farther from any road are not looked for. Throws Error usage unless 0 < reach ≤ 100 km.
    RoadIndex(const RoadGraph& graph, double reach_m);

    std::optional<RoadPosition> nearest(LonLatE7 place) const;
    double reach_m() const { return m_grid.reach_m(); }

private:
    PieceGrid m_grid;
};

} // namespace harmattan::geo
