#pragma once
// Roads that a network has twice: edges that run beside each other from one junction to the next. For the files that
// make a RoadGraph.

#include "geo/corridors/road_graph.hpp"

namespace harmattan::geo {

/// Of each edge, whether it keeps within `within_m` and an eighth of its length of another one between the same two
/// nodes that is drawn with more vertices (of equals, the earlier one). A road drawn twice does so, and so do the two
/// carriageways of one: the geometry does not tell them apart.
std::vector<bool> twin_edges(const RoadGraph& graph, double within_m);

} // namespace harmattan::geo
