#pragma once
// Points by grid cell, to be found by box in the order they were given. Four bytes a point; the points stay with their
// owner.

#include "render/canvas.hpp"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace harmattan::render {

class PointGrid {
public:
    PointGrid() = default;
    PointGrid(std::span<const PixelPoint> points, double cell_px);

    /// Indexes of the points in the box, ascending. `points`: the ones the grid was made of.
    std::vector<std::uint32_t> find(const PixelExtent& box, std::span<const PixelPoint> points) const;

private:
    using Cell = std::pair<std::int64_t, std::int64_t>; // row, column
    Cell cell_of(PixelPoint p) const;

    double m_cell = 1;
    std::vector<std::uint32_t> m_order; // by cell, then by index
};

} // namespace harmattan::render
