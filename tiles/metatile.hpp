#pragma once
// The atom of export, server, shards and resume: an aligned block of 8 × 8 tiles (fewer at zooms 0 to 2) drawn as one
// picture and cut. Why atomic: Cairo's anti-aliasing depends on the surface's extent.

#include "geo/tile_id.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace harmattan::tiles {

inline constexpr int metatile_side_log2 = 3;

/// Tiles (x << k … , y << k …) of zoom z, k = min(z, 3).
struct Metatile {
    std::uint8_t z = 0;
    std::uint32_t x = 0, y = 0;
    bool operator==(const Metatile&) const = default;
    int side_log2() const { return z < metatile_side_log2 ? z : metatile_side_log2; }
    std::uint32_t side() const { return 1u << side_log2(); }
    /// The block's first tile number; its tiles are the 4^k numbers from there.
    std::uint64_t first_number() const;
    /// The block's tiles as a range.
    geo::TileRange range() const;
    /// Those of them that lie in `wanted` too (same zoom); nothing if none does.
    std::optional<geo::TileRange> part_in(const geo::TileRange& wanted) const;
};

std::string to_string(const Metatile& metatile); ///< "metatile z/x/y"

} // namespace harmattan::tiles
