#include "app/texts.hpp"

#include "geo/day.hpp"
#include "geo/error.hpp"
#include "geo/nearest_name.hpp"

#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>

namespace harmattan::app {

namespace {

[[noreturn]] void refuse(std::string_view text, std::string_view wanted) {
    throw geo::Error(geo::ErrorKind::bad_config, fmt::format("'{}' should be {}", text, wanted));
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::optional<double> number(std::string_view text) {
    text = trimmed(text);
    double value = 0;
    const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || stop != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

} // namespace

double parse_number(std::string_view text, double low, double high) {
    const std::optional<double> value = number(text);
    if (!value || *value < low || *value > high) refuse(text, fmt::format("a number in {} … {}", low, high));
    return *value;
}

int parse_integer(std::string_view text, int low, int high) {
    const std::optional<double> value = number(text);
    if (!value || *value < low || *value > high || *value != std::floor(*value))
        refuse(text, fmt::format("a whole number in {} … {}", low, high));
    return static_cast<int>(*value);
}

std::vector<std::string> split_commas(std::span<const std::string> texts) {
    std::vector<std::string> pieces;
    for (std::string_view rest : texts) {
        while (true) {
            const std::size_t comma = rest.find(',');
            if (const std::string_view piece = trimmed(rest.substr(0, comma)); !piece.empty())
                pieces.emplace_back(piece);
            if (comma == std::string_view::npos) break;
            rest.remove_prefix(comma + 1);
        }
    }
    return pieces;
}

geo::LonLatBox parse_box(std::span<const std::string> texts) {
    const std::vector<std::string> pieces = split_commas(texts);
    const std::string whole = fmt::format("{}", fmt::join(texts, ","));
    if (pieces.size() != 4) refuse(whole, "four numbers, west,south,east,north in degrees");
    const geo::LonLatBox box{parse_number(pieces[0], -180, 180), parse_number(pieces[1], -90, 90),
                             parse_number(pieces[2], -180, 180), parse_number(pieces[3], -90, 90)};
    if (box.south >= box.north || box.west == box.east)
        refuse(whole, "a box with area: west,south,east,north, south below north");
    return box;
}

std::pair<double, double> parse_range(std::span<const std::string> texts) {
    const std::vector<std::string> pieces = split_commas(texts);
    const std::string whole = fmt::format("{}", fmt::join(texts, ","));
    if (pieces.size() != 2) refuse(whole, "two numbers, low,high");
    const std::pair<double, double> range{parse_number(pieces[0], 1e-12, 1e12), parse_number(pieces[1], 1e-12, 1e12)};
    if (range.first >= range.second) refuse(whole, "low,high with low below high");
    return range;
}

std::pair<int, int> parse_zooms(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) {
        const int zoom = parse_integer(text, 0, 22);
        return {zoom, zoom};
    }
    const std::pair<int, int> zooms{parse_integer(text.substr(0, dash), 0, 22),
                                    parse_integer(text.substr(dash + 1), 0, 22)};
    if (zooms.first > zooms.second) refuse(text, "lowest-highest zoom, such as 3-9");
    return zooms;
}

std::size_t parse_size(std::string_view text) {
    static constexpr std::pair<std::string_view, double> units[] = {
        {"KiB", 0x1p10}, {"MiB", 0x1p20}, {"GiB", 0x1p30}, {"K", 0x1p10}, {"M", 0x1p20}, {"G", 0x1p30}, {"", 1}};
    for (const auto& [unit, bytes] : units) {
        if (!text.ends_with(unit)) continue;
        const std::optional<double> count = number(text.substr(0, text.size() - unit.size()));
        if (count && *count > 0 && *count * bytes < 0x1p50) return static_cast<std::size_t>(*count * bytes);
        break;
    }
    refuse(text, "a size such as 512M or 2G");
}

double parse_share(std::string_view text) {
    const bool percent = text.ends_with('%');
    const std::optional<double> value = number(percent ? text.substr(0, text.size() - 1) : text);
    const double share = value ? *value / (percent ? 100 : 1) : -1;
    if (share < 0 || share > 1) refuse(text, "a share such as 1% or 0.01");
    return share;
}

geo::Day parse_day(std::string_view text) {
    const std::optional<geo::Day> day = geo::parse_iso_day(text);
    if (!day) refuse(text, "a day written YYYY-MM-DD");
    return *day;
}

std::size_t parse_choice(std::string_view text, std::span<const std::string> choices) {
    for (std::size_t i = 0; i < choices.size(); ++i)
        if (choices[i] == text) return i;
    throw geo::Error(
        geo::ErrorKind::bad_config,
        fmt::format("'{}' should be one of {}{}", text, fmt::join(choices, ", "), geo::did_you_mean(text, choices)));
}

} // namespace harmattan::app
