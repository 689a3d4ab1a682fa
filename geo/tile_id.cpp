#include "geo/tile_id.hpp"

#include "geo/error.hpp"
#include "geo/mercator.hpp"

#include <bit>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::geo {

namespace {

// Numbers of all zooms above z: (4^z − 1) / 3.
constexpr std::uint64_t first_number(int z) { return ((std::uint64_t{1} << (2 * z)) - 1) / 3; }

// One step of the Hilbert curve: turns the quadrant of side n so that the curve enters where it should.
void turn(std::uint64_t n, std::uint64_t& x, std::uint64_t& y, std::uint64_t rx, std::uint64_t ry) {
    if (ry != 0) return;
    if (rx != 0) {
        x = n - 1 - x;
        y = n - 1 - y;
    }
    std::swap(x, y);
}

} // namespace

std::uint64_t tile_number(TileId tile) {
    if (tile.z > max_zoom || (std::uint64_t{tile.x} >> tile.z) != 0 || (std::uint64_t{tile.y} >> tile.z) != 0)
        throw Error(ErrorKind::internal, fmt::format("tile {} does not exist", to_string(tile)));
    std::uint64_t x = tile.x, y = tile.y, number = first_number(tile.z);
    for (std::uint64_t s = (std::uint64_t{1} << tile.z) >> 1; s > 0; s >>= 1) {
        const std::uint64_t rx = (x & s) != 0, ry = (y & s) != 0;
        number += s * s * ((3 * rx) ^ ry);
        x &= s - 1, y &= s - 1;
        turn(s, x, y, rx, ry);
    }
    return number;
}

TileId tile_from_number(std::uint64_t number) {
    int z = 0;
    while (z < max_zoom && number >= first_number(z + 1)) ++z;
    std::uint64_t at = number - first_number(z), x = 0, y = 0;
    if (at >> (2 * z) != 0)
        throw Error(ErrorKind::bad_data, fmt::format("tile number {} lies beyond zoom {}", number, max_zoom));
    for (std::uint64_t s = 1; s < (std::uint64_t{1} << z); s <<= 1) {
        const std::uint64_t rx = 1 & (at / 2), ry = 1 & (at ^ rx);
        turn(s, x, y, rx, ry);
        x += s * rx, y += s * ry;
        at /= 4;
    }
    return {static_cast<std::uint8_t>(z), static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)};
}

std::uint32_t tms_row(TileId tile) { return (std::uint32_t{1} << tile.z) - 1 - tile.y; }

Extent<Mercator> tile_extent(TileId tile) {
    const double side = std::ldexp(2 * mercator::half_world_m, -int{tile.z});
    const double west = tile.x * side - mercator::half_world_m, north = mercator::half_world_m - tile.y * side;
    return {west, north - side, west + side, north};
}

LonLatBox tile_box(TileId tile) {
    const Extent<Mercator> e = tile_extent(tile);
    const LonLat sw = to_lonlat({e.min_x, e.min_y}), ne = to_lonlat({e.max_x, e.max_y});
    return {sw.lon, sw.lat, ne.lon, ne.lat};
}

std::string to_string(TileId tile) { return fmt::format("{}/{}/{}", tile.z, tile.x, tile.y); }

TileRange tiles_of(const LonLatBox& box, int z) {
    const TileMatrix tiles(z, 1);
    const double last = tiles.world_px() - 1;
    const auto index = [&](double at) { return static_cast<std::uint32_t>(std::clamp(at, 0.0, last)); };
    const auto latitude = [](double lat) { return std::clamp(lat, -mercator::max_latitude, mercator::max_latitude); };
    const Point<Pixels> nw = tiles.to_pixels(LonLat{box.west, latitude(box.north)});
    const Point<Pixels> se = tiles.to_pixels(LonLat{box.east, latitude(box.south)});
    TileRange range{static_cast<std::uint8_t>(z), index(std::floor(nw.x)), index(std::floor(nw.y)), 0, 0};
    range.max_x = std::max(range.min_x, index(std::ceil(se.x) - 1));
    range.max_y = std::max(range.min_y, index(std::ceil(se.y) - 1));
    return range;
}

} // namespace harmattan::geo
