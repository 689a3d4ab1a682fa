#include "geo/coincident.hpp"

#include "geo/day.hpp"

#include <algorithm>
#include <array>
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
        return static_cast<Precision>(std::max_element(by_precision.begin(), by_precision.end()) - by_precision.begin());
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

bool south_west_first(LonLatE7 a, LonLatE7 b) { return a.lat != b.lat ? a.lat < b.lat : a.lon < b.lon; }

/// One stack for each coordinate, from south-west to north-east; events of a stack in their own order.
std::vector<Stack> stacks_of(const Events& events) {
    std::vector<std::uint32_t> order(events.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return events.at[a] == events.at[b] ? a < b : south_west_first(events.at[a], events.at[b]);
    });
    std::vector<Stack> stacks;
    for (const std::uint32_t i : order) {
        if (stacks.empty() || !(stacks.back().at == events.at[i])) stacks.push_back({.at = events.at[i]});
        add(stacks.back(), events, i);
    }
    return stacks;
}

} // namespace

FeatureTable coincident_events(const Events& events) {
    std::vector<Stack> stacks = stacks_of(events);
    std::stable_sort(stacks.begin(), stacks.end(), [](const Stack& a, const Stack& b) { return a.count > b.count; });

    FeatureTable table;
    table.name = "incidents";
    std::vector<std::string> names = {"count", "weight", "coarse", "precision"};
    if (!events.first_day.empty()) names.insert(names.end(), {"first_day", "last_day"});
    for (const std::string& name : names) table.columns.push_back({name, {}});
    for (const Stack& stack : stacks) {
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
