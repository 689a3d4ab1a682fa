#include "geo/coincident.hpp"

#include "geo/day.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <numeric>

namespace harmattan::geo {

namespace {

struct Stack {
    LonLatE7 at;
    std::uint64_t count = 0;
    double weight = 0;
    std::array<std::uint64_t, precision_count> by_precision{};
    Day first = no_day, last = no_day;

    std::uint64_t coarse() const {
        return by_precision[static_cast<std::size_t>(Precision::district)] +
               by_precision[static_cast<std::size_t>(Precision::province)] +
               by_precision[static_cast<std::size_t>(Precision::unclear)];
    }
    Precision commonest() const {
        return static_cast<Precision>(std::max_element(by_precision.begin(), by_precision.end()) -
                                      by_precision.begin());
    }
};

void add(Stack& stack, const Events& events, std::size_t i) {
    ++stack.count;
    stack.weight += events.weight_of(i);
    ++stack.by_precision[static_cast<std::size_t>(events.precision[i])];
    if (events.first_day.empty() || events.first_day[i] == no_day) return;
    const Day from = events.first_day[i];
    const Day to = events.last_day.empty() || events.last_day[i] == no_day ? from : events.last_day[i];
    if (stack.first == no_day || from < stack.first) stack.first = from;
    if (stack.last == no_day || to > stack.last) stack.last = to;
}

/// Sorts from south to north, then from west to east; events of one place in their own order.
struct Place {
    std::uint64_t south_west; ///< latitude above longitude, both counted from their least value
    std::uint32_t event;
    auto operator<=>(const Place&) const = default;
};

std::uint64_t south_west_key(LonLatE7 at) {
    const auto from_least = [](std::int32_t v) { return static_cast<std::uint32_t>(v) ^ 0x80000000u; };
    return std::uint64_t{from_least(at.lat)} << 32 | from_least(at.lon);
}

/// One stack for each coordinate, from south-west to north-east.
std::vector<Stack> stacks_of(const Events& events) {
    std::vector<Place> places;
    places.reserve(events.size());
    for (std::uint32_t i = 0; i < events.size(); ++i) places.push_back({south_west_key(events.at[i]), i});
    std::sort(places.begin(), places.end());
    std::vector<Stack> stacks;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (i == 0 || places[i].south_west != places[i - 1].south_west)
            stacks.push_back({.at = events.at[places[i].event]});
        add(stacks.back(), events, places[i].event);
    }
    return stacks;
}

} // namespace

FeatureTable coincident_events(const Events& events) {
    const std::vector<Stack> stacks = stacks_of(events);
    std::vector<std::uint32_t> order(stacks.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return stacks[a].count > stacks[b].count; });

    FeatureTable table;
    table.name = "incidents";
    std::vector<std::string> names = {"count", "weight", "coarse", "precision"};
    if (!events.first_day.empty()) names.insert(names.end(), {"first_day", "last_day"});
    for (const std::string& name : names) table.columns.push_back({name, {}});
    for (const std::uint32_t i : order) {
        const Stack& stack = stacks[i];
        const std::size_t feature = table.add_feature(GeometryType::point);
        const LonLat at = stack.at.degrees();
        table.add_part({&at, 1});
        table.columns[0].values[feature] = static_cast<double>(stack.count);
        table.columns[1].values[feature] = stack.weight;
        table.columns[2].values[feature] = static_cast<double>(stack.coarse());
        table.columns[3].values[feature] = std::string(precision_key(stack.commonest()));
        if (events.first_day.empty() || stack.first == no_day) continue;
        table.columns[4].values[feature] = to_iso(stack.first);
        table.columns[5].values[feature] = to_iso(stack.last);
    }
    return table;
}

} // namespace harmattan::geo
