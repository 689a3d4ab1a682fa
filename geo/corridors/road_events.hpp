#pragma once
// Events put on the nearest road.

#include "geo/corridors/road_index.hpp"
#include "geo/events.hpp"

namespace harmattan::geo {

/// Columns, one entry per distinct position, by edge and along it; the same whatever the order of the events.
struct RoadEvents {
    std::vector<std::uint32_t> edge;
    std::vector<double> along_m, weight;
    std::uint64_t events = 0, beyond = 0; ///< events on the network; farther from any road than the reach
    double beyond_weight = 0;

    std::size_t size() const { return edge.size(); }
    double total_weight() const;
};

/// Throws Error bad_data for one that is negative or not finite.
double checked_weight(const Events& events, std::size_t i);

/// Throws as checked_weight.
RoadEvents put_on_roads(const RoadIndex& index, const Events& events);

} // namespace harmattan::geo
