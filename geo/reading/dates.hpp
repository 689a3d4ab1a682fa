#pragma once
// Dates as event tables write them: ISO, day and month with slashes, English and French month names, Excel's serial
// days. A time of day is allowed and ignored. Never the locale, never the clock.

#include "geo/events.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace harmattan::geo {

/// How a column writes "05/06/2023".
enum class DateOrder : std::uint8_t { unknown, day_first, month_first };

enum class DateStatus : std::uint8_t {
    ok,
    empty,
    bad,
    either, ///< day and month cannot be told apart, and the order is unknown
};

struct ParsedDate {
    DateStatus status = DateStatus::bad;
    Day day = no_day;
};

struct DateRules {
    DateOrder order = DateOrder::unknown;
    bool excel_serials = false; ///< a bare number is a day counted from 1899-12-30 (workbooks)
};

/// Understands, each perhaps followed by a time ("2023-12-31 00:00:00.000", "2023-12-31T06:00Z"):
/// 2023-09-15, 2023/9/15, 20230915; 15 September 2023, 15-September-2023, 15-Sep-23, September 15, 2023, 15 août 2023;
/// 15/09/2023, 9/15/2023, 15-09-2023, 15.09.2023, 9/15/23 (by `order`, or by a part above 12); 45184 in workbooks.
/// Two-digit years are 1969 to 2068.
ParsedDate parse_date_slowly(std::string_view text, DateRules rules);

/// The order that a date like 15/09/2023 proves, being impossible in the other; unknown for all others.
DateOrder proven_order(std::string_view text);

/// Days from 1970-01-01 to a day of the proleptic Gregorian calendar, months 1 to 12. Source: Hinnant, "chrono-compatible
/// low-level date algorithms".
constexpr Day days_from_civil(int year, int month, int day) {
    year -= month <= 2;
    const int era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
    const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

constexpr int days_in_month(int year, int month) {
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[static_cast<std::size_t>(month - 1)] + (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

/// The same as `parse_date_slowly`, with a short way for YYYY-MM-DD.
inline ParsedDate parse_date(std::string_view text, DateRules rules) {
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
        const auto digit = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i]) - '0'); };
        const unsigned d[8] = {digit(0), digit(1), digit(2), digit(3), digit(5), digit(6), digit(8), digit(9)};
        bool digits = true;
        for (const unsigned value : d) digits &= value < 10;
        const int year = static_cast<int>(d[0] * 1000 + d[1] * 100 + d[2] * 10 + d[3]);
        const int month = static_cast<int>(d[4] * 10 + d[5]), day = static_cast<int>(d[6] * 10 + d[7]);
        if (!digits || year == 0 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return {};
        return {DateStatus::ok, days_from_civil(year, month, day)};
    }
    return parse_date_slowly(text, rules);
}

} // namespace harmattan::geo
