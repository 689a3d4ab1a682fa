#pragma once
// Waypoints put on a road network, and how near two components of it come. For road_route.

#include "geo/corridors/road_index.hpp"
#include "geo/corridors/road_route.hpp"

#include <span>
#include <vector>

namespace harmattan::geo {

/// The position of each waypoint, all in one component where that can be; see route_along, which says what it throws.
std::vector<RoadPosition> snap(const RoadGraph& graph, std::span<const Waypoint> waypoints, double within_m);

} // namespace harmattan::geo
