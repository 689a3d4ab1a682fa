#pragma once
// Incidents in memory: columns, not objects, so that ten million of them are a few arrays.
// Only events that have a place on the map are here; what was counted, filtered or rejected stands in the Ledger.

#include "geo/space.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::geo {

/// Days since 1970-01-01; `no_day` where a date is not given.
using Day = std::int32_t;
inline constexpr Day no_day = std::numeric_limits<Day>::min();

/// How well the place of an event is known, from best to worst. A schema maps its codes onto these.
enum class Precision : std::uint8_t {
    place,    ///< a named town or exact coordinates
    near,     ///< within about 25 km of the coordinates
    district, ///< somewhere in a second-level unit
    province, ///< somewhere in a first-level unit
    unclear,  ///< a line or an area larger than a first-level unit that is still on the map
    unstated, ///< the table says nothing: taken as a place, and said so
};
inline constexpr int precision_count = 6;

std::string_view precision_key(Precision p); ///< "place", "near", "district", …

/// A text column kept because somebody asked for it (a filter, a style, --weight): each distinct value once.
struct TextColumn {
    std::string name;
    std::vector<std::string> values;  ///< distinct values, in order of first appearance
    std::vector<std::uint32_t> index; ///< per event, into `values`
};

/// Every non-empty column has one entry per event, in the order of the input's rows.
struct Events {
    std::vector<LonLatE7> at;
    std::vector<Precision> precision;
    std::vector<double> spread_m; ///< per Precision value: standard deviation of the position error, metres (σp)
    std::vector<float> weight;    ///< empty: every event weighs 1
    std::vector<Day> first_day;   ///< start date; empty where the table has no date column
    std::vector<Day> last_day;    ///< end date; empty where it is the start date
    std::vector<TextColumn> columns;

    std::size_t size() const { return at.size(); }
    double weight_of(std::size_t i) const { return weight.empty() ? 1.0 : static_cast<double>(weight[i]); }
    const TextColumn* find_column(std::string_view name) const;
};

/// The events of the given rows, in that order, with every column they have; text columns hold only the values left.
Events select_events(const Events& events, std::span<const std::uint32_t> rows);

} // namespace harmattan::geo
