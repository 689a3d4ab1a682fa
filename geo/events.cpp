#include "geo/events.hpp"

namespace harmattan::geo {

namespace {

template <class T>
std::vector<T> taken(const std::vector<T>& column, std::span<const std::uint32_t> rows) {
    std::vector<T> result;
    if (column.empty()) return result;
    result.reserve(rows.size());
    for (const std::uint32_t row : rows) result.push_back(column[row]);
    return result;
}

TextColumn taken(const TextColumn& column, std::span<const std::uint32_t> rows) {
    constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();
    TextColumn result{column.name, {}, {}};
    std::vector<std::uint32_t> place(column.values.size(), unseen);
    result.index.reserve(rows.size());
    for (const std::uint32_t row : rows) {
        const std::uint32_t value = column.index[row];
        if (place[value] == unseen) {
            place[value] = static_cast<std::uint32_t>(result.values.size());
            result.values.push_back(column.values[value]);
        }
        result.index.push_back(place[value]);
    }
    return result;
}

} // namespace

std::string_view precision_key(Precision p) {
    switch (p) {
    case Precision::place: return "place";
    case Precision::near: return "near";
    case Precision::district: return "district";
    case Precision::province: return "province";
    case Precision::unclear: return "unclear";
    case Precision::unstated: return "unstated";
    }
    return "unstated";
}

const TextColumn* Events::find_column(std::string_view name) const {
    for (const TextColumn& column : columns)
        if (column.name == name) return &column;
    return nullptr;
}

Events select_events(const Events& events, std::span<const std::uint32_t> rows) {
    Events chosen;
    chosen.at = taken(events.at, rows);
    chosen.precision = taken(events.precision, rows);
    chosen.spread_m = events.spread_m; // per Precision value, not per event
    chosen.weight = taken(events.weight, rows);
    chosen.first_day = taken(events.first_day, rows);
    chosen.last_day = taken(events.last_day, rows);
    for (const TextColumn& column : events.columns) chosen.columns.push_back(taken(column, rows));
    return chosen;
}

} // namespace harmattan::geo
