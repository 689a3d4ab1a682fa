#include "geo/corridors/road_events.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>
#include <tuple>

namespace harmattan::geo {

double RoadEvents::total_weight() const { return std::accumulate(weight.begin(), weight.end(), 0.0); }

double checked_weight(const Events& events, std::size_t i) {
    const double weight = events.weight_of(i);
    if (!(weight >= 0 && std::isfinite(weight)))
        throw Error(ErrorKind::bad_data,
                    fmt::format("event {} weighs {}; weights are numbers of 0 or more", i + 1, weight));
    return weight;
}

RoadEvents put_on_roads(const RoadIndex& index, const Events& events) {
    RoadEvents on;
    std::vector<double> beyond;
    std::vector<std::tuple<std::uint32_t, double, double>> placed;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const double weight = checked_weight(events, i);
        if (const std::optional<RoadPosition> at = index.nearest(events.at[i]))
            placed.emplace_back(at->edge, at->along_m, weight);
        else beyond.push_back(weight);
    }
    on.events = placed.size(), on.beyond = beyond.size();
    std::ranges::sort(beyond); // the order of the rows must not matter
    on.beyond_weight = std::accumulate(beyond.begin(), beyond.end(), 0.0);
    std::ranges::sort(placed);
    for (const auto& [edge, along_m, weight] : placed) {
        if (on.size() > 0 && on.edge.back() == edge && on.along_m.back() == along_m) {
            on.weight.back() += weight;
            continue;
        }
        on.edge.push_back(edge), on.along_m.push_back(along_m), on.weight.push_back(weight);
    }
    return on;
}

} // namespace harmattan::geo
