#include "styles/color.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace harmattan::styles {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::string_view trim(std::string_view s) {
    while (!s.empty() && is_space(s.front())) s.remove_prefix(1);
    while (!s.empty() && is_space(s.back())) s.remove_suffix(1);
    return s;
}

std::string lower(std::string_view s) {
    std::string out(s);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

float unit(double v) { return static_cast<float>(std::clamp(v, 0.0, 1.0)); }

std::optional<Color> parse_hex(std::string_view digits) {
    if (digits.size() != 3 && digits.size() != 4 && digits.size() != 6 && digits.size() != 8) return {};
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (error != std::errc{} || end != digits.data() + digits.size()) return {};
    const bool is_short = digits.size() <= 4;
    const bool has_alpha = digits.size() == 4 || digits.size() == 8;
    const int count = has_alpha ? 4 : 3;
    std::array<float, 4> channel{0, 0, 0, 1};
    for (int i = 0; i < count; ++i) {
        const int from_right = count - 1 - i;
        const std::uint32_t v = is_short ? (value >> (4 * from_right) & 15u) * 17u : value >> (8 * from_right) & 255u;
        channel[static_cast<std::size_t>(i)] = static_cast<float>(v) / 255.0f;
    }
    return Color{channel[0], channel[1], channel[2], channel[3]};
}

struct Number {
    double value = 0;
    std::string_view unit;
};

/// One CSS number with its unit ("" or "%" or "deg" …), taken off the front of `text`.
std::optional<Number> take_number(std::string_view& text) {
    std::string_view digits = text;
    if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
    if (digits.empty() || digits.front() == '+' || is_letter(digits.front())) return {};
    Number number;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number.value);
    if (error != std::errc{} || !std::isfinite(number.value)) return {};
    const char* last = text.data() + text.size();
    const char* unit_end = end;
    while (unit_end != last && (*unit_end == '%' || is_letter(*unit_end))) ++unit_end;
    number.unit = std::string_view(end, static_cast<std::size_t>(unit_end - end));
    text.remove_prefix(static_cast<std::size_t>(unit_end - text.data()));
    return number;
}

/// The three or four numbers of "a, b, c[, alpha]" or "a b c [/ alpha]"; nothing where the two forms are mixed.
std::optional<std::vector<Number>> parse_arguments(std::string_view text) {
    std::vector<Number> numbers;
    text = trim(text);
    bool commas = false;
    while (true) {
        const auto number = take_number(text);
        if (!number) return {};
        numbers.push_back(*number);
        const std::string_view rest = trim(text);
        if (rest.empty()) break;
        if (numbers.size() == 4) return {};
        const char separator = rest.front();
        if (separator == ',') {
            if (numbers.size() > 1 && !commas) return {};
            commas = true;
        } else if (commas) {
            return {};
        } else if ((separator == '/') != (numbers.size() == 3)) {
            return {}; // the slash stands before alpha and nowhere else
        } else if (separator != '/' && rest.size() == text.size()) {
            return {}; // two numbers need a blank between them
        }
        text = separator == ',' || separator == '/' ? trim(rest.substr(1)) : rest;
    }
    if (numbers.size() < 3) return {};
    return numbers;
}

std::optional<float> alpha_of(const std::vector<Number>& numbers) {
    if (numbers.size() < 4) return 1.0f;
    if (numbers[3].unit == "%") return unit(numbers[3].value / 100);
    if (!numbers[3].unit.empty()) return {};
    return unit(numbers[3].value);
}

std::optional<Color> from_rgb(const std::vector<Number>& n) {
    const std::string_view each = n[0].unit;
    if ((!each.empty() && each != "%") || n[1].unit != each || n[2].unit != each) return {};
    const double full = each == "%" ? 100 : 255;
    const auto alpha = alpha_of(n);
    if (!alpha) return {};
    return Color{unit(n[0].value / full), unit(n[1].value / full), unit(n[2].value / full), *alpha};
}

std::optional<Color> from_hsl(const std::vector<Number>& n) {
    double degrees = n[0].value;
    if (n[0].unit == "turn") degrees *= 360;
    else if (n[0].unit == "rad") degrees *= 180 / std::numbers::pi;
    else if (n[0].unit == "grad") degrees *= 0.9;
    else if (!n[0].unit.empty() && n[0].unit != "deg") return {};
    if (n[1].unit != "%" || n[2].unit != "%") return {};
    const auto alpha = alpha_of(n);
    if (!alpha) return {};
    degrees = std::fmod(degrees, 360.0);
    if (degrees < 0) degrees += 360;
    const double s = std::clamp(n[1].value / 100, 0.0, 1.0);
    const double l = std::clamp(n[2].value / 100, 0.0, 1.0);
    const auto channel = [&](double offset) { // CSS Color 4, section 7.1
        const double k = std::fmod(offset + degrees / 30, 12.0);
        return unit(l - s * std::min(l, 1 - l) * std::max(-1.0, std::min({k - 3, 9 - k, 1.0})));
    };
    return Color{channel(0), channel(8), channel(4), *alpha};
}

int byte_of(float v) { return static_cast<int>(std::lround(static_cast<double>(std::clamp(v, 0.0f, 1.0f)) * 255)); }

} // namespace

std::optional<Color> parse_color(std::string_view css) {
    const std::string text = lower(trim(css));
    if (text.empty()) return {};
    if (text.front() == '#') return parse_hex(std::string_view(text).substr(1));
    if (text == "transparent") return Color{0, 0, 0, 0};
    const auto open = text.find('(');
    if (open != std::string::npos && text.back() == ')') {
        const std::string_view name = std::string_view(text).substr(0, open);
        const auto numbers = parse_arguments(std::string_view(text).substr(open + 1, text.size() - open - 2));
        if (!numbers) return {};
        if (name == "rgb" || name == "rgba") return from_rgb(*numbers);
        if (name == "hsl" || name == "hsla") return from_hsl(*numbers);
        return {};
    }
    if (const auto rgb = find_color_name(text))
        return Color{static_cast<float>(*rgb >> 16 & 255u) / 255.0f, static_cast<float>(*rgb >> 8 & 255u) / 255.0f,
                     static_cast<float>(*rgb & 255u) / 255.0f, 1};
    return {};
}

std::string to_css(Color c) {
    if (c.a >= 1) return fmt::format("#{:02x}{:02x}{:02x}", byte_of(c.r), byte_of(c.g), byte_of(c.b));
    return fmt::format("rgba({},{},{},{:.3g})", byte_of(c.r), byte_of(c.g), byte_of(c.b), std::max(c.a, 0.0f));
}

std::uint32_t to_premultiplied_argb(Color c) {
    const double alpha = std::clamp(static_cast<double>(c.a), 0.0, 1.0);
    const auto channel = [&](float v) {
        return static_cast<std::uint32_t>(std::lround(std::clamp(static_cast<double>(v), 0.0, 1.0) * alpha * 255));
    };
    return static_cast<std::uint32_t>(std::lround(alpha * 255)) << 24 | channel(c.r) << 16 | channel(c.g) << 8 |
           channel(c.b);
}

} // namespace harmattan::styles
