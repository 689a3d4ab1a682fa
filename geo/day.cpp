#include "geo/day.hpp"

#include <charconv>
#include <chrono>
#include <fmt/format.h>

namespace harmattan::geo {

std::optional<Day> day_from(int year, int month, int day) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    return static_cast<Day>(std::chrono::sys_days(date).time_since_epoch().count());
}

CivilDate civil_date(Day day) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
    return {int(date.year()), int(unsigned(date.month())), int(unsigned(date.day()))};
}

std::string to_iso(Day day) {
    const CivilDate date = civil_date(day);
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::optional<Day> parse_iso_day(std::string_view s) {
    if (s.size() != 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t length) {
        int value = -1;
        const char* end = s.data() + at + length;
        const auto [stop, failed] = std::from_chars(s.data() + at, end, value);
        return failed == std::errc() && stop == end ? value : -1;
    };
    const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
    if (year < 0 || month < 1 || day < 1) return std::nullopt;
    return day_from(year, month, day);
}

} // namespace harmattan::geo
