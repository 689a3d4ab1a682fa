#include "geo/reading/numbers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>

namespace harmattan::geo {

namespace {

bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

/// Takes `prefix` off the front of `text` where it is there.
bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

bool take_any(std::string_view& text, std::span<const std::string_view> marks) {
    return std::ranges::any_of(marks, [&](std::string_view mark) { return take(text, mark); });
}

constexpr std::string_view minus_sign = "\u2212";
constexpr std::array<std::string_view, 5> degree_marks{"°", "º", "˚", "d", ":"};
constexpr std::array<std::string_view, 6> minute_marks{"'", "′", "’", "‘", "m", ":"};
constexpr std::array<std::string_view, 6> second_marks{"\"", "″", "”", "“", "''", "s"};

/// +1, −1, or nothing where `letter` is no hemisphere of the axis. Capitals only: "15s" are seconds.
std::optional<int> hemisphere(char letter, Axis axis) {
    if (letter == (axis == Axis::lat ? 'N' : 'E')) return 1;
    if (letter == (axis == Axis::lat ? 'S' : 'W')) return -1;
    return std::nullopt;
}

void skip_blanks(std::string_view& text) {
    while (take(text, " ") || take(text, "\t") || take(text, "\u00A0") || take(text, "\u202F")) {}
}

/// An unsigned decimal without exponent at the front of `text`.
std::optional<double> take_decimal(std::string_view& text, bool decimal_comma) {
    std::size_t length = 0;
    int points = 0;
    while (length < text.size() &&
           (is_digit(text[length]) || text[length] == '.' || (decimal_comma && text[length] == ',')))
        points += !is_digit(text[length++]);
    if (points > 1) return std::nullopt;
    const auto value = parse_number(text.substr(0, length), decimal_comma);
    text.remove_prefix(length);
    return value;
}

std::optional<double> parse_marked_angle(std::string_view text, Axis axis, bool decimal_comma) {
    std::optional<int> side;
    if (!text.empty()) side = hemisphere(text.front(), axis);
    if (side) {
        text.remove_prefix(1);
    } else if (!text.empty()) {
        side = hemisphere(text.back(), axis);
        if (side) text.remove_suffix(1);
    }
    text = trimmed(text);
    double sign = side.value_or(1);
    if (take(text, "-") || take(text, minus_sign)) {
        if (side) return std::nullopt;
        sign = -1;
    } else if (take(text, "+") && side) {
        return std::nullopt;
    }
    const auto degrees = take_decimal(text, decimal_comma);
    if (!degrees) return std::nullopt;
    skip_blanks(text);
    const bool colons = text.starts_with(':');
    const bool degree_mark = take_any(text, degree_marks);
    if (text.empty()) return side || (degree_mark && !colons) ? std::optional(sign * *degrees) : std::nullopt;
    if ((!degree_mark && !side) || std::trunc(*degrees) != *degrees) return std::nullopt;

    skip_blanks(text);
    const auto minutes = take_decimal(text, decimal_comma);
    if (!minutes || *minutes >= 60) return std::nullopt;
    skip_blanks(text);
    double seconds = 0;
    if (text.starts_with("''") || text.starts_with('"')) return std::nullopt; // seconds without minutes
    const bool minute_mark = take_any(text, minute_marks);
    skip_blanks(text);
    if (!text.empty()) {
        if ((!minute_mark && degree_mark) || std::trunc(*minutes) != *minutes) return std::nullopt;
        const auto value = take_decimal(text, decimal_comma);
        if (!value || *value >= 60) return std::nullopt;
        seconds = *value;
        skip_blanks(text);
        take_any(text, second_marks);
        if (!trimmed(text).empty()) return std::nullopt;
    }
    return sign * (*degrees + *minutes / 60 + seconds / 3600);
}

} // namespace

std::string_view trimmed(std::string_view text) {
    skip_blanks(text);
    const auto blank_at_end = [&] { return text.ends_with(' ') || text.ends_with('\t') || text.ends_with('\r'); };
    for (;;) {
        if (blank_at_end()) text.remove_suffix(1);
        else if (text.ends_with("\u00A0")) text.remove_suffix(2);
        else if (text.ends_with("\u202F")) text.remove_suffix(3);
        else return text;
    }
}

std::optional<double> parse_number(std::string_view text, bool decimal_comma) {
    text = trimmed(text);
    std::array<char, 64> buffer{};
    if (decimal_comma && text.size() < buffer.size() && text.find('.') == text.npos) {
        if (const std::size_t comma = text.find(','); comma != text.npos) {
            std::ranges::copy(text, buffer.begin());
            buffer[comma] = '.'; // a second comma stays and is refused below
            text = {buffer.data(), text.size()};
        }
    }
    if (take(text, "+") && text.starts_with('-')) return std::nullopt;
    double value = 0;
    const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || stop != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<double> parse_degrees(std::string_view text, Axis axis, bool decimal_comma) {
    text = trimmed(text);
    if (const auto plain = parse_number(text, decimal_comma)) return plain;
    return parse_marked_angle(text, axis, decimal_comma);
}

std::int64_t parse_e7_slowly(std::string_view text, Axis axis, bool decimal_comma) {
    if (trimmed(text).empty()) return e7_empty;
    const auto degrees = parse_degrees(text, axis, decimal_comma);
    if (!degrees) return e7_bad;
    return std::llround(std::clamp(*degrees, -1000.0, 1000.0) * 1e7);
}

std::optional<int> leading_integer(std::string_view text) {
    text = trimmed(text);
    if (take(text, "(")) skip_blanks(text);
    int value = 0;
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) {
        if (digits == 4) return std::nullopt;
        value = value * 10 + (text[digits++] - '0');
    }
    return digits ? std::optional(value) : std::nullopt;
}

} // namespace harmattan::geo
