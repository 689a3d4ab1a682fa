#pragma once
// What a job would cost, from drawing a few metatiles of each zoom of each tileset and multiplying: for --dry-run.

#include "tiles/render_tiles.hpp"

#include <cstdint>
#include <span>

namespace harmattan::tiles {

struct Forecast {
    std::uint64_t tiles = 0;   ///< planned: exact
    std::uint64_t bytes = 0;   ///< of tiles, before equal ones are stored once
    double cpu_s = 0;          ///< of drawing and encoding
    std::uint64_t memory = 0;  ///< bytes at most, besides the scene: pictures, results that wait, the archives' indexes
    std::uint64_t sampled = 0; ///< tiles that were drawn for it
};

/// Draws up to `samples` metatiles a zoom, evenly spread, in the caller's thread. `threads` as in RunOptions.
Forecast forecast(std::span<const Tileset> tilesets, int threads, std::size_t samples = 2);

} // namespace harmattan::tiles
