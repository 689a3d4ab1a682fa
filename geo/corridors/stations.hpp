#pragma once
// Places along a corridor by which a reader of its strip chart knows where he is.

#include "geo/corridors/route_index.hpp"
#include "geo/features.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace harmattan::geo {

struct Station {
    std::string name;
    std::size_t feature = 0; ///< in the table of places
    LonLat at;
    RoutePosition on_route; ///< of its nearest point; where a route passes twice, the first time
    double population = 0;  ///< 0: unknown
    double rank = 0;        ///< as the table has it: 1 is the greatest; 99 where it has none
};

struct StationOptions {
    double within_m = 5'000;   ///< of the route; no more than the index reaches
    double spacing_m = 40'000; ///< no two stations nearer along the route
    std::string name = "name"; ///< property: "name_fr" where that is wanted; `name` stands in where it is empty
};

/// The points of the table near the route, thinned: the most important stays (the lowest `rank`, then the greatest
/// `population`, then the lowest chainage), and what lies within the spacing of one that stays goes. Sorted by
/// chainage. Points without a name are passed over.
std::vector<Station> stations_along(const RouteIndex& index, const FeatureTable& places,
                                    const StationOptions& options = {});

} // namespace harmattan::geo
