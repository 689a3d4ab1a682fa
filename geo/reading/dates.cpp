#include "geo/reading/dates.hpp"

#include "geo/reading/numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace harmattan::geo {

namespace {

struct MonthName {
    std::string_view name;
    int month;
};

// Lower case; French with and without accents. "mars", "mai", "juin" … mean the same in both languages or only in one.
constexpr std::array month_names{
    MonthName{"january", 1},   MonthName{"february", 2},  MonthName{"march", 3},     MonthName{"april", 4},
    MonthName{"may", 5},       MonthName{"june", 6},      MonthName{"july", 7},      MonthName{"august", 8},
    MonthName{"september", 9}, MonthName{"october", 10},  MonthName{"november", 11}, MonthName{"december", 12},
    MonthName{"jan", 1},       MonthName{"feb", 2},       MonthName{"mar", 3},       MonthName{"apr", 4},
    MonthName{"jun", 6},       MonthName{"jul", 7},       MonthName{"aug", 8},       MonthName{"sep", 9},
    MonthName{"sept", 9},      MonthName{"oct", 10},      MonthName{"nov", 11},      MonthName{"dec", 12},
    MonthName{"janvier", 1},   MonthName{"février", 2},   MonthName{"fevrier", 2},   MonthName{"mars", 3},
    MonthName{"avril", 4},     MonthName{"mai", 5},       MonthName{"juin", 6},      MonthName{"juillet", 7},
    MonthName{"août", 8},      MonthName{"aout", 8},      MonthName{"septembre", 9}, MonthName{"octobre", 10},
    MonthName{"novembre", 11}, MonthName{"décembre", 12}, MonthName{"decembre", 12},
};

struct Number {
    int value = 0;
    int digits = 0;
};

/// Up to eight digits at the front of `text`; `digits` is 0 where there are none or more.
Number take_number(std::string_view& text) {
    Number number;
    std::size_t i = 0;
    for (; i < text.size() && static_cast<unsigned char>(text[i] - '0') < 10; ++i)
        if (i < 8) number.value = number.value * 10 + (text[i] - '0');
    number.digits = i <= 8 ? static_cast<int>(i) : 0;
    text.remove_prefix(i);
    return number;
}

/// A month's name at the front of `text`, 0 where there is none. A dot may follow ("Sept. 2023").
int take_month(std::string_view& text) {
    std::size_t length = 0;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) >= 0x80 || (text[length] | 0x20) >= 'a') &&
           (text[length] | 0x20) <= 'z')
        ++length;
    std::string lower(text.substr(0, length));
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    const auto known = std::ranges::find(month_names, lower, &MonthName::name);
    if (known == month_names.end()) return 0;
    text.remove_prefix(length);
    if (text.starts_with('.')) text.remove_prefix(1);
    return known->month;
}

/// One separator, and blanks around it; 0 where there is none, ' ' for blanks alone.
char take_separator(std::string_view& text) {
    char separator = 0;
    while (!text.empty()) {
        const char c = text.front();
        if (c == ' ' || c == '\t') {
            if (!separator) separator = ' ';
        } else if ((c == '-' || c == '/' || c == '.' || c == ',') && (separator == 0 || separator == ' ')) {
            separator = c;
        } else {
            break;
        }
        text.remove_prefix(1);
    }
    return separator;
}

/// Nothing, or a time of day behind a blank or T.
bool ends_or_has_time(std::string_view text) {
    text = trimmed(text);
    if (text.empty()) return true;
    if (text.front() == 'T' || text.front() == 't') text.remove_prefix(1);
    const std::string_view all = text;
    const Number hour = take_number(text);
    if (hour.digits < 1 || hour.digits > 2 || hour.value > 24 || !text.starts_with(':')) return false;
    return std::ranges::all_of(all, [](char c) {
        return (c >= '0' && c <= '9') || std::string_view(":.,+-zZaApPmM ").find(c) != std::string_view::npos;
    });
}

ParsedDate civil(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return {};
    return {DateStatus::ok, days_from_civil(year, month, day)};
}

/// Four digits as they are, two by the POSIX pivot; 0 for any other length.
int full_year(Number year) {
    if (year.digits == 4) return year.value;
    if (year.digits == 2) return year.value + (year.value < 69 ? 2000 : 1900);
    return 0;
}

/// Two numbers and a year, apart from their order.
struct Numeric {
    int first = 0, second = 0, year = 0;
};

/// "15/09/2023" and its like; nothing for every other form.
std::optional<Numeric> numeric_date(std::string_view text) {
    text = trimmed(text);
    const Number first = take_number(text);
    const char separator = take_separator(text);
    const Number second = take_number(text);
    if (first.digits < 1 || first.digits > 2 || second.digits < 1 || second.digits > 2) return std::nullopt;
    if (separator != '/' && separator != '-' && separator != '.') return std::nullopt;
    if (take_separator(text) != separator) return std::nullopt;
    const Number year = take_number(text);
    // Two digits for the year only with slashes: 23-09-15 and 15.09.23 may begin with the year.
    if (year.digits != 4 && !(year.digits == 2 && separator == '/')) return std::nullopt;
    if (!ends_or_has_time(text)) return std::nullopt;
    return Numeric{first.value, second.value, full_year(year)};
}

ParsedDate by_order(const Numeric& n, DateOrder order) {
    const ParsedDate day_first = civil(n.year, n.second, n.first), month_first = civil(n.year, n.first, n.second);
    if (order == DateOrder::day_first) return day_first;
    if (order == DateOrder::month_first) return month_first;
    if (day_first.status != DateStatus::ok && month_first.status != DateStatus::ok) return {};
    if (n.first == n.second) return day_first;
    return {DateStatus::either, no_day};
}

} // namespace

ParsedDate parse_date_slowly(std::string_view text, DateRules rules) {
    text = trimmed(text);
    if (text.empty()) return {DateStatus::empty, no_day};
    if (const auto numeric = numeric_date(text)) return by_order(*numeric, rules.order);

    std::string_view rest = text;
    if (const int month = take_month(rest)) { // September 15, 2023
        take_separator(rest);
        const Number day = take_number(rest);
        const char between = take_separator(rest);
        const Number year = take_number(rest);
        if (day.digits < 1 || day.digits > 2 || !between || !ends_or_has_time(rest)) return {};
        return civil(full_year(year), month, day.value);
    }
    const Number first = take_number(rest);
    if (rest.empty() || rest.front() == 'T') {
        if (first.digits == 8 && ends_or_has_time(rest))
            return civil(first.value / 10000, first.value / 100 % 100, first.value % 100);
    }
    if (rules.excel_serials) {
        // From 1900-03-01 (61) on, Excel's days are those of the calendar; up to 2199.
        const auto serial = parse_number(text);
        if (serial && *serial >= 61 && *serial < 109575)
            return {DateStatus::ok, static_cast<Day>(std::floor(*serial)) - 25569};
    }
    if (first.digits == 4) { // 2023-9-15, 2023/09/15
        const char separator = take_separator(rest);
        const Number month = take_number(rest);
        if (separator == 0 || separator == ' ' || take_separator(rest) != separator) return {};
        const Number day = take_number(rest);
        if (month.digits < 1 || month.digits > 2 || day.digits < 1 || day.digits > 2 || !ends_or_has_time(rest))
            return {};
        return civil(first.value, month.value, day.value);
    }
    if (first.digits == 1 || first.digits == 2) { // 15 September 2023, 15-Sep-23, 1er mars 2023
        if (first.value == 1 && rest.starts_with("er")) rest.remove_prefix(2);
        take_separator(rest);
        const int month = take_month(rest);
        if (!month || !take_separator(rest)) return {};
        const Number year = take_number(rest);
        if (!ends_or_has_time(rest)) return {};
        return civil(full_year(year), month, first.value);
    }
    return {};
}

DateOrder proven_order(std::string_view text) {
    const auto numeric = numeric_date(text);
    if (!numeric) return DateOrder::unknown;
    const bool day_first = by_order(*numeric, DateOrder::day_first).status == DateStatus::ok;
    const bool month_first = by_order(*numeric, DateOrder::month_first).status == DateStatus::ok;
    if (day_first == month_first) return DateOrder::unknown;
    return day_first ? DateOrder::day_first : DateOrder::month_first;
}

} // namespace harmattan::geo
