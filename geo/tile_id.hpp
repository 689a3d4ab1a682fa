#pragma once
// A tile as a place: zoom, column, row (row 0 north, "XYZ"), and its number in PMTiles order.
// In that order an aligned 2^k × 2^k block of tiles is one run of 4^k numbers (PMTiles v3, Hilbert curve per zoom).

#include "geo/space.hpp"

#include <compare>
#include <cstdint>
#include <string>

namespace harmattan::geo {

struct TileId {
    std::uint8_t z = 0;
    std::uint32_t x = 0, y = 0;
    bool operator==(const TileId&) const = default;
};

/// Deepest zoom whose numbers are handed out; x and y are < 2^z.
inline constexpr int max_zoom = 26;

/// Σ 4^i (i < z) + the tile's index on the zoom's Hilbert curve. Source: PMTiles specification v3, 3.6.
std::uint64_t tile_number(TileId tile);
TileId tile_from_number(std::uint64_t number);

/// Row counted from the south, as MBTiles and TMS have it.
std::uint32_t tms_row(TileId tile);

Extent<Mercator> tile_extent(TileId tile);
LonLatBox tile_box(TileId tile);
std::string to_string(TileId tile); ///< "z/x/y"

/// Tiles of one zoom from (min_x, min_y) to (max_x, max_y), both included.
struct TileRange {
    std::uint8_t z = 0;
    std::uint32_t min_x = 0, min_y = 0, max_x = 0, max_y = 0;
    bool operator==(const TileRange&) const = default;
    std::uint64_t count() const { return std::uint64_t{max_x - min_x + 1u} * (max_y - min_y + 1u); }
    bool contains(TileId t) const { return t.z == z && t.x >= min_x && t.x <= max_x && t.y >= min_y && t.y <= max_y; }
};

/// The tiles of zoom `z` that meet `box` (its latitudes cut to the Mercator square; west <= east). A box that ends
/// on a tile's edge does not take in the next tile.
TileRange tiles_of(const LonLatBox& box, int z);

} // namespace harmattan::geo
