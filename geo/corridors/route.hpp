#pragma once
// The line of a supply corridor, measured: chainage in metres from its first vertex, along geodesics of the WGS 84
// ellipsoid. The line between two vertices is the geodesic, so a route across the antimeridian or near a pole is a
// route like any other.

#include "geo/features.hpp"

#include <vector>

namespace harmattan::geo {

struct Route {
    std::vector<LonLat> vertices;   ///< at least two; no two neighbours are the same
    std::vector<double> chainage_m; ///< of each vertex; the first is 0
    bool schematic = false;         ///< drawn from town to town, kilometres off the road in places

    double length_m() const { return chainage_m.back(); }
    /// The place at a chainage; those before 0 or beyond the end are the ends.
    LonLat place_at(double chainage) const;
};

/// The route of a line feature, in the direction of its first part. Several parts are joined end to end, in the order
/// they stand or, where that does not join, in the one order in which they do, turned round where needed; ends within
/// 10 m are one. Schematic as the property `schematic` says. Throws Error bad_data, naming the corridor by its `id` or
/// `name`: not a line, no length (10 m or less), a coordinate that is none, parts that do not join (how far apart, and
/// where) or that branch, an edge so long (beyond 19,000 km) that more than one geodesic may join its ends.
Route route_of(const FeatureTable& corridors, std::size_t feature);

/// The route from chainage to chainage, as parts of a line: cut at the antimeridian, where it crosses it, as RFC 7946
/// asks. Throws Error usage where the two are not in order and on the route.
std::vector<std::vector<LonLat>> stretch_of(const Route& route, double from_m, double to_m);

/// The same with chainage from the other end.
Route reversed(const Route& route);

} // namespace harmattan::geo
