#include "tiles/serve/byte_range.hpp"

#include "tiles/serve/field_list.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace harmattan::tiles {

namespace {

/// Digits alone; saturates.
std::optional<std::uint64_t> parse_position(std::string_view digits) {
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    if (digits.empty()) return std::nullopt;
    std::uint64_t position = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        const auto digit = static_cast<std::uint64_t>(c - '0');
        position = position > (most - digit) / 10 ? most : 10 * position + digit;
    }
    return position;
}

ByteRange whole(std::uint64_t size) { return {RangeKind::whole, 0, size}; }

/// The last `count` bytes. Of nothing, the last bytes are the whole: no Content-Range can say them.
ByteRange suffix(std::uint64_t count, std::uint64_t size) {
    if (count == 0) return {RangeKind::unsatisfiable, 0, 0};
    if (size == 0) return whole(size);
    const std::uint64_t length = std::min(count, size);
    return {RangeKind::part, size - length, length};
}

/// "first-last", "first-" or "-suffix".
ByteRange parse_one(std::string_view spec, std::uint64_t size) {
    const std::size_t dash = spec.find('-');
    if (dash == std::string_view::npos) return whole(size);
    const auto last = parse_position(spec.substr(dash + 1));
    if (dash == 0) return last ? suffix(*last, size) : whole(size);
    const auto first = parse_position(spec.substr(0, dash));
    const bool open_ended = dash + 1 == spec.size();
    if (!first || (!open_ended && (!last || *last < *first))) return whole(size);
    if (*first >= size) return {RangeKind::unsatisfiable, 0, 0};
    const std::uint64_t end = open_ended ? size : std::min(*last, size - 1) + 1;
    return {RangeKind::part, *first, end - *first};
}

} // namespace

ByteRange parse_range(std::string_view field, std::uint64_t size) {
    field = trim(field);
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos || !equals_ignoring_case(field.substr(0, equals), "bytes")) return whole(size);
    std::string_view rest = field.substr(equals + 1), spec;
    if (!next_element(rest, spec)) return whole(size);
    const std::string_view only = spec;
    if (next_element(rest, spec)) return whole(size);
    return parse_one(only, size);
}

} // namespace harmattan::tiles
