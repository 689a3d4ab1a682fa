#pragma once
// Calendar days (proleptic Gregorian) as numbers, for columns and comparisons. Free text dates: geo/reading.

#include "geo/events.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace harmattan::geo {

/// Nothing where there is no such day (31 February).
std::optional<Day> day_from(int year, int month, int day);

struct CivilDate {
    int year = 0, month = 0, day = 0;
};
CivilDate civil_date(Day day);

std::string to_iso(Day day);                          ///< "2025-07-01"
std::optional<Day> parse_iso_day(std::string_view s); ///< exactly "YYYY-MM-DD"

} // namespace harmattan::geo
