#pragma once
// Numbers in cells: plain decimals straight to integers, everything else by std::from_chars, and angles in degrees,
// minutes and seconds. Never the locale; nothing is guessed, what is not clearly one number is bad.

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace harmattan::geo {

enum class Axis : std::uint8_t { lon, lat };

/// Without blanks (also no-break spaces) at either end.
std::string_view trimmed(std::string_view text);

/// A finite decimal number, perhaps with exponent: "12.5", " +3 ", ".5", "1e3"; with `decimal_comma` also "12,5".
/// Not: "", "NaN", "inf", "1e400", "0x10", "1,234.5", "1 234", digits other than ASCII's.
std::optional<double> parse_number(std::string_view text, bool decimal_comma = false);

/// Degrees: a number as above, or degrees, minutes and seconds marked as such ("13°30'15.5\"N", "W 4d 12m", "13:30:15",
/// "12.5 S"), to 1e-9°. Minutes and seconds are below 60; a hemisphere excludes a sign and must belong to the axis
/// (N, S; E, W, and O for ouest is refused, being Ost elsewhere). Not checked: the range.
std::optional<double> parse_degrees(std::string_view text, Axis axis, bool decimal_comma = false);

/// What no coordinate in E7 can be: the cell is empty, or is not an angle.
inline constexpr std::int64_t e7_empty = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t e7_bad = e7_empty + 1;

/// Degrees × 10⁷ by `parse_degrees`, rounded to nearest; e7_empty, e7_bad. Values beyond ±400° stay beyond ±400°.
std::int64_t parse_e7_slowly(std::string_view text, Axis axis, bool decimal_comma);

/// The same, with a short way for plain decimals ("-12.34567", up to seven places exact, further ones rounded half up
/// in magnitude): 10 ns a cell.
inline std::int64_t parse_e7(std::string_view text, Axis axis, bool decimal_comma = false) {
    const char* p = text.data();
    const char* const end = p + text.size();
    if (p == end) return e7_empty;
    const bool negative = *p == '-';
    p += negative;
    std::uint32_t whole = 0;
    const char* const first = p;
    while (p != end && static_cast<unsigned char>(*p - '0') < 10) whole = whole * 10 + static_cast<unsigned char>(*p++ - '0');
    if (p == first || p - first > 3) return parse_e7_slowly(text, axis, decimal_comma);
    std::int64_t value = std::int64_t{whole} * 10'000'000;
    if (p != end) {
        if (*p != '.' || ++p == end) return parse_e7_slowly(text, axis, decimal_comma);
        std::uint32_t scale = 10'000'000, places = 0;
        while (p != end && scale > 1 && static_cast<unsigned char>(*p - '0') < 10) {
            places = places * 10 + static_cast<unsigned char>(*p++ - '0');
            scale /= 10;
        }
        value += std::int64_t{places} * scale;
        if (p != end) {
            value += *p >= '5';
            while (p != end && static_cast<unsigned char>(*p - '0') < 10) ++p;
            if (p != end) return parse_e7_slowly(text, axis, decimal_comma);
        }
    }
    return negative ? -value : value;
}

/// The integer at the beginning of a code, perhaps in brackets: "2", "(2) 25 km precision ", "2.0"; nothing where there
/// is none or it has more than four digits.
std::optional<int> leading_integer(std::string_view text);

} // namespace harmattan::geo
