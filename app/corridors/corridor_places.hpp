#pragma once
// What a corridor passes: countries, towns, checkpoints of the user's.

#include "app/study.hpp"
#include "geo/corridors/route_index.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace harmattan::app {

/// A stretch of a route in one country.
struct Stay {
    std::string country; ///< ISO code
    double from_m = 0, to_m = 0;
};

/// From the first of the route to its last metre, short stays and the sea left to the country before; borders to within
/// 100 m. Empty where the route meets no country of the region.
std::vector<Stay> stays_along(const Study& study, const geo::Route& route);

struct RoutePlace {
    std::string name;
    double at_m = 0;
    bool checkpoint = false; ///< of the user's file of points, not a town
};

/// The most important first: the route's two ends, the towns that the corridor is named after, then by turns a town by
/// importance and a checkpoint, those far from each other first. Each where it has a name. `corridor`: of the table;
/// `checkpoints`: points with a `name`, within 5 km of the route.
std::vector<RoutePlace> places_along(const Study& study, const geo::FeatureTable& corridors, std::size_t corridor,
                                     const geo::RouteIndex& index, const geo::FeatureTable& checkpoints = {});

/// Where a stretch is, by the places that lie on it ("Douentza, Hombori") or else next to it ("Gao–Ansongo").
std::string describe_stretch(const std::vector<RoutePlace>& places, double from_m, double to_m);

} // namespace harmattan::app
