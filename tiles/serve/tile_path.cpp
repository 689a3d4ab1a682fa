#include "tiles/serve/tile_path.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace harmattan::tiles {

namespace {

constexpr std::size_t max_name = 64, max_extension = 5;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_alphanumeric(char c) { return is_digit(c) || is_lower(c) || (c >= 'A' && c <= 'Z'); }

/// What is left of a path, taken from the front. After a step that fails nothing is to be relied on.
class Rest {
public:
    explicit Rest(std::string_view path) : m_rest(path) {}

    bool empty() const { return m_rest.empty(); }
    bool take(std::string_view text) {
        if (!m_rest.starts_with(text)) return false;
        m_rest.remove_prefix(text.size());
        return true;
    }
    bool take_set(std::string_view& set) {
        set = take_first(m_rest.find('/'));
        return is_set_name(set);
    }
    /// A number < `end`. `end` is at most 2^26, so nine digits are more than enough.
    bool take_number(std::uint32_t& number, std::uint32_t end) {
        std::size_t digits = 0;
        number = 0;
        while (digits < m_rest.size() && digits < 9 && is_digit(m_rest[digits]))
            number = 10 * number + static_cast<std::uint32_t>(m_rest[digits++] - '0');
        if (digits == 0 || (m_rest[0] == '0' && digits > 1)) return false;
        m_rest.remove_prefix(digits);
        return number < end;
    }
    /// "." and the rest of the path, as an extension.
    bool take_extension(std::string_view& extension) {
        if (!take(".")) return false;
        extension = take_first(m_rest.size());
        return !extension.empty() && extension.size() <= max_extension &&
               std::all_of(extension.begin(), extension.end(), is_lower);
    }

private:
    std::string_view take_first(std::size_t count) {
        const std::string_view first = m_rest.substr(0, count);
        m_rest.remove_prefix(first.size());
        return first;
    }

    std::string_view m_rest;
};

bool take_zoom(Rest& rest, geo::TileId& tile) {
    std::uint32_t z = 0;
    if (!rest.take("/") || !rest.take_number(z, geo::max_zoom + 1)) return false;
    tile.z = static_cast<std::uint8_t>(z);
    return true;
}

/// "/{number}/{number}", both < 2^z.
bool take_place(Rest& rest, const geo::TileId& tile, std::uint32_t& first, std::uint32_t& second) {
    const std::uint32_t end = std::uint32_t{1} << tile.z;
    return rest.take("/") && rest.take_number(first, end) && rest.take("/") && rest.take_number(second, end);
}

/// The same places at 256 or 512 px: two sets for OGC, one picture at two scales for us.
bool take_matrix_set(Rest& rest, TilePath& path) {
    if (!rest.take("WebMercatorQuad")) return false;
    path.scale = rest.take("512") ? 2 : 1;
    return true;
}

bool parse_xyz(Rest rest, TilePath& path) {
    if (!rest.take("/") || !rest.take_set(path.set) || !take_zoom(rest, path.tile) ||
        !take_place(rest, path.tile, path.tile.x, path.tile.y))
        return false;
    path.scale = rest.take("@2x") ? 2 : 1;
    return rest.take_extension(path.extension);
}

bool parse_wmts(Rest rest, TilePath& path) {
    return rest.take("/wmts/1.0.0/") && rest.take_set(path.set) && rest.take("/default/") &&
           take_matrix_set(rest, path) && take_zoom(rest, path.tile) &&
           take_place(rest, path.tile, path.tile.y, path.tile.x) && rest.take_extension(path.extension);
}

bool parse_ogc_api(Rest rest, TilePath& path) {
    return rest.take("/collections/") && rest.take_set(path.set) && rest.take("/map/tiles/") &&
           take_matrix_set(rest, path) && take_zoom(rest, path.tile) &&
           take_place(rest, path.tile, path.tile.y, path.tile.x) && rest.empty();
}

} // namespace

std::optional<TilePath> parse_tile_path(std::string_view path) {
    for (const auto parse : {parse_xyz, parse_wmts, parse_ogc_api}) {
        TilePath parsed;
        if (parse(Rest(path), parsed)) return parsed;
    }
    return std::nullopt;
}

bool is_set_name(std::string_view name) {
    const auto is_frame_char = [](char c) { return is_alphanumeric(c) || c == '-'; };
    const std::size_t at = name.find('@');
    const std::string_view base = name.substr(0, at);
    if (base.empty() || base.size() > max_name || !is_alphanumeric(base[0]) ||
        !std::all_of(base.begin(), base.end(), [&](char c) { return is_frame_char(c) || c == '_'; }))
        return false;
    if (at == std::string_view::npos) return true;
    const std::string_view frame = name.substr(at + 1);
    return !frame.empty() && frame.size() <= max_name && std::all_of(frame.begin(), frame.end(), is_frame_char);
}

} // namespace harmattan::tiles
