#pragma once
// Cuts a line into the pieces its dash pattern leaves.

#include "render/raster/rasteriser.hpp"

#include <functional>
#include <span>
#include <vector>

namespace harmattan::render {

/// `pattern`: lengths in 1/256 pixels, on and off in turn, an even number of them, all >= 0 and their sum > 0.
/// `start`: length of the line before its first point, 1/256 pixels. Dashes without length, and pieces shorter than a
/// step, come as one point. `along`: the line's direction where the piece ends, of any length.
void cut_dashes(std::span<const FixedPoint> line, double start, std::span<const double> pattern,
                const std::function<void(std::span<const FixedPoint> points, FixedPoint along)>& piece);

} // namespace harmattan::render
