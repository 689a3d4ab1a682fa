#pragma once
// Where a row of an event table may end up, with the reasons as the ledger writes them.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace harmattan::geo {

enum class Fate : std::uint8_t {
    drawn,
    // counted: good events without a place on the map
    no_coordinates,
    outside_mercator,    ///< beyond 85.0511°: kept in Events all the same, for maps in other projections
    first_schema_reason, ///< "country_only", "sea_or_air": the schema names up to four
    last_schema_reason = first_schema_reason + 3,
    // filtered: taken out by the user
    date,
    no_date,
    where,
    within,
    precision,
    same_event, ///< a further row of an event that the table repeats by design (one row per actor)
    // rejected
    nul_byte,
    invalid_utf8,
    unclosed_quote,
    stray_quote,
    long_line,
    short_row,
    long_row,
    bad_longitude,
    bad_latitude,
    longitude_out_of_range,
    latitude_out_of_range,
    null_island,
    not_a_point,
    bad_geometry,
    bad_date,
    end_before_start,
    bad_weight,
    weight_out_of_range,
    duplicate_id,   ///< the same row again
    conflicting_id, ///< the same id, another row
};
inline constexpr std::size_t fate_count = static_cast<std::size_t>(Fate::conflicting_id) + 1;

constexpr bool is_counted(Fate f) { return f > Fate::drawn && f < Fate::date; }
constexpr bool is_filtered(Fate f) { return f >= Fate::date && f < Fate::nul_byte; }
constexpr bool is_rejected(Fate f) { return f >= Fate::nul_byte; }
/// Whether the row is an entry of Events.
constexpr bool is_kept(Fate f) { return f == Fate::drawn || f == Fate::outside_mercator; }

/// The ledger's word for it; empty for drawn and for the schema's own reasons.
std::string_view fate_key(Fate fate);

template <class T>
using PerFate = std::array<T, fate_count>;
constexpr std::size_t index_of(Fate f) { return static_cast<std::size_t>(f); }

} // namespace harmattan::geo
