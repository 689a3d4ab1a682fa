#pragma once
// A route over a road network: the shortest way along named waypoints, and other ways between two of them.

#include "geo/corridors/road_graph.hpp"
#include "geo/corridors/route.hpp"

#include <span>
#include <string>
#include <vector>

namespace harmattan::geo {

struct Waypoint {
    std::string name; ///< for messages and stops
    LonLat at;
};

/// Where the route passes a waypoint.
struct RoadStop {
    std::string name;
    LonLat on_road;        ///< the nearest point of the network
    double off_road_m = 0; ///< from the waypoint to it
    double chainage_m = 0;
};

/// A stretch of an edge, in the direction travelled: from_m > to_m against the edge.
struct RoadStretch {
    std::uint32_t edge = 0;
    double from_m = 0, to_m = 0;
};

struct RoadRoute {
    Route route;
    std::vector<RoadStop> stops;        ///< one per waypoint, in order
    std::vector<RoadStretch> stretches; ///< what the route is made of, in order
};

/// The shortest way by road through all waypoints in their order: Dijkstra from each to the next, from and to the
/// nearest point of the network, on an edge or a node. Where roads of several components lie within `within_m` of the
/// waypoints, those of the component that lies within it of all count, of several the one that lies nearest in sum. Of
/// equal ways the same one is taken always. Throws Error usage: fewer than two waypoints, coordinates that are none, a
/// waypoint farther from any road (which, how far), two waypoints in a row at one place of the network; bad_data: two
/// in a row that no road joins (how near their components come, and where).
RoadRoute route_along(const RoadGraph& graph, std::span<const Waypoint> waypoints, double within_m = 10'000);

struct AlternativeOptions {
    int count = 3;               ///< routes at most, the shortest included
    double shared_at_most = 0.6; ///< of an alternative's length, what it may share with any route before it
    double longer_at_most = 1.6; ///< times the shortest
    double within_m = 10'000;
};

/// The shortest way and others that differ enough, by rising length; none passes a node twice. By the penalty method:
/// roads of a route found grow dearer by 0.4 of what they cost, and the search is repeated, 40 times at most. Source:
/// de la Barra, Pérez & Añez 1993; Bader, Dees, Geisberger & Sanders 2011, "Alternative route graphs in road networks".
std::vector<RoadRoute> alternative_routes(const RoadGraph& graph, const Waypoint& from, const Waypoint& to,
                                          const AlternativeOptions& options = {});

} // namespace harmattan::geo
