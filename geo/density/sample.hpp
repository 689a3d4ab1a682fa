#pragma once
// Values between the nodes: the sum of a few layers at the crossings of columns and rows, or at single places.

#include "geo/density/layer.hpp"
#include "geo/space.hpp"

#include <cstddef>
#include <span>

namespace harmattan::geo {

/// Where the columns `xs` meet the rows `ys` (metres of the analysis CRS), row-major; quickest where rows are in order.
/// False, with `out` untouched, where all is 0.
bool sample_mesh(std::span<const Layer> layers, std::span<const double> xs, std::span<const double> ys,
                 std::span<float> out);

/// At places; those that are not finite give 0. False where all do; `out` is written in any case.
bool sample_places(std::span<const Layer> layers, std::span<const Point<Analysis>> places, std::span<float> out);

/// Calls visit(first, last) for every run of neighbouring blocks in a block row.
template <class Visit>
void for_block_runs(const Layer& layer, std::size_t by, Visit&& visit) {
    for (std::size_t bx = 0; bx < layer.blocks.columns(); ++bx) {
        const std::size_t first = bx;
        while (bx < layer.blocks.columns() && layer.blocks.find(bx, by)) ++bx;
        if (bx > first) visit(first, bx);
    }
}

} // namespace harmattan::geo
