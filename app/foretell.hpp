#pragma once
// What a run would make, told by drawing a few metatiles of each zoom and scaling up: tiles, bytes, memory, time.

#include "tiles/painter.hpp"
#include "tiles/plan.hpp"

#include <cstdint>

namespace harmattan::app {

struct Forecast {
    std::uint64_t tiles = 0;   ///< planned
    double stored_tiles = 0;   ///< expected to hold something
    double bytes = 0;          ///< of tiles, before equal ones are shared
    double cpu_s = 0;          ///< of drawing and encoding
};

/// Draws at most `per_zoom` metatiles of each zoom, evenly spaced in archive order.
Forecast foretell(const tiles::Painter& painter, const tiles::Plan& plan, std::size_t per_zoom);

} // namespace harmattan::app
