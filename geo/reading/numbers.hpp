#pragma once
// Numbers in cells: plain decimals straight to integers, everything else by std::from_chars, and angles in degrees,
// minutes and seconds. Never the locale; nothing is guessed, what is not clearly one number is bad.

#include <bit>
#include <cstdint>
#include <cstring>
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

/// Whether all eight bytes are ASCII digits; the values of their four pairs, 16 bits each; the value of all. The lowest
/// byte is the first digit (little-endian). Source: D. Lemire, "Quickly parsing eight digits".
inline bool eight_digits(std::uint64_t bytes) {
    return ((bytes & 0xF0F0F0F0F0F0F0F0u) | (((bytes + 0x0606060606060606u) & 0xF0F0F0F0F0F0F0F0u) >> 4)) ==
           0x3333333333333333u;
}
inline std::uint64_t digit_pairs(std::uint64_t bytes) {
    return (bytes & 0x0F0F0F0F0F0F0F0Fu) * (1 + (10 << 8)) >> 8 & 0x00FF00FF00FF00FFu;
}
inline std::uint32_t digits_value(std::uint64_t bytes) {
    const std::uint64_t fours = digit_pairs(bytes) * (1 + (100 << 16)) >> 16 & 0x0000FFFF0000FFFFu;
    return static_cast<std::uint32_t>(fours * (1 + (std::uint64_t{10000} << 32)) >> 32);
}

/// What no coordinate in E7 can be: the cell is empty, or is not an angle.
inline constexpr std::int64_t e7_empty = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t e7_bad = e7_empty + 1;

/// Degrees × 10⁷ by `parse_degrees`, rounded to nearest; e7_empty, e7_bad. Values beyond ±400° stay beyond ±400°.
std::int64_t parse_e7_slowly(std::string_view text, Axis axis, bool decimal_comma);

/// Bytes that must be readable behind a text given to `parse_e7`.
inline constexpr std::size_t number_padding = 8;

/// The same, with a short way for plain decimals of up to three digits and eight places ("-12.34567": up to seven
/// places are exact, the eighth rounds half up in magnitude), eight digits at a step: 5 ns a cell.
inline std::int64_t parse_e7(std::string_view text, Axis axis, bool decimal_comma = false) {
    if (text.empty()) return e7_empty;
    const bool negative = text.front() == '-';
    const char* const p = text.data() + negative;
    const std::size_t length = text.size() - negative;
    std::uint64_t head;
    std::memcpy(&head, p, 8);
    // The first byte that is a point: its high bit, the only one below which no other can be by borrow.
    const std::uint64_t points = head ^ 0x2E2E2E2E2E2E2E2Eu;
    const std::uint64_t found = (points - 0x0101010101010101u) & ~points & 0x8080808080808080u;
    const auto point = static_cast<std::size_t>(std::countr_zero(found)) / 8;
    if (found == 0 || point == 0 || point > 3 || point + 1 >= length || length > point + 9) [[unlikely]]
        return parse_e7_slowly(text, axis, decimal_comma);
    const std::size_t places = length - point - 1;
    std::uint64_t tail;
    std::memcpy(&tail, p + point + 1, 8);
    // Digits of the whole part go to the end of eight, digits behind the point to their beginning, with zeros
    // elsewhere.
    const std::uint64_t zeros = 0x3030303030303030u, whole = (head << (64 - 8 * point)) | (zeros >> (8 * point));
    const std::uint64_t kept = ~std::uint64_t{0} >> (64 - 8 * places), part = (tail & kept) | (zeros & ~kept);
    if (!eight_digits(whole) || !eight_digits(part)) [[unlikely]]
        return parse_e7_slowly(text, axis, decimal_comma);
    const std::int64_t value = std::int64_t{digits_value(whole)} * 10'000'000 + (digits_value(part) + 5) / 10;
    return negative ? -value : value;
}

/// The integer at the beginning of a code, perhaps in brackets: "2", "(2) 25 km precision ", "2.0"; nothing where there
/// is none or it has more than four digits.
std::optional<int> leading_integer(std::string_view text);

} // namespace harmattan::geo
