#pragma once
// Dates as event tables write them: ISO, day and month with slashes, English and French month names, Excel's serial
// days. A time of day is allowed and ignored. Never the locale, never the clock.

#include "geo/events.hpp"
#include "geo/reading/numbers.hpp"

#include <cstdint>
#include <cstring>
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

/// Days from 1970-01-01 to a day of the proleptic Gregorian calendar, years from 1, months 1 to 12.
constexpr Day days_from_civil(int year, int month, int day) {
    // The year is taken to begin in March, so that its leap day is its last.
    const unsigned y = static_cast<unsigned>(year) - (month <= 2),
                   m = static_cast<unsigned>(month) + (month <= 2 ? 9 : -3);
    const unsigned before_month = (153 * m + 2) / 5; // 31, 30, 31, 30, 31 days, again and again
    return static_cast<Day>(365 * y + y / 4 - y / 100 + y / 400 + before_month) + day - 1 - 719468;
}

constexpr int days_in_month(int year, int month) {
    if (month != 2) return 30 + ((month + (month > 7)) & 1);
    const auto y = static_cast<unsigned>(year);
    return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) ? 29 : 28;
}

/// The same as `parse_date_slowly`, with a short way for YYYY-MM-DD.
inline ParsedDate parse_date(std::string_view text, DateRules rules) {
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
        std::uint64_t year_month;
        std::uint16_t day_digits;
        std::memcpy(&year_month, text.data(), 8);
        std::memcpy(&day_digits, text.data() + 8, 2);
        // "YYYY-MM-" to "YYYYMMDD": the digits behind the first hyphen move one byte down.
        const std::uint64_t digits =
            (year_month & 0xFFFFFFFFu) | ((year_month >> 8) & 0x0000FFFF00000000u) | (std::uint64_t{day_digits} << 48);
        if (!eight_digits(digits)) return {};
        const std::uint64_t pairs = digit_pairs(digits); // YY, YY, MM, DD
        const int year = static_cast<int>((pairs & 0xFF) * 100 + (pairs >> 16 & 0xFF));
        const int month = static_cast<int>(pairs >> 32 & 0xFF), day = static_cast<int>(pairs >> 48);
        if (year == 0 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return {};
        return {DateStatus::ok, days_from_civil(year, month, day)};
    }
    return parse_date_slowly(text, rules);
}

} // namespace harmattan::geo
