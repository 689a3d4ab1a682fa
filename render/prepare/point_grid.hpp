#pragma once
// Points by grid cell, to be found by box in the order they were given.

#include "render/canvas.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace harmattan::render {

class PointGrid {
public:
    PointGrid() = default;
    PointGrid(std::span<const PixelPoint> points, double cell_px);

    /// Indexes of the points in the box, ascending.
    std::vector<std::uint32_t> find(const PixelExtent& box) const;

private:
    struct Entry { std::int64_t row, column; std::uint32_t index; PixelPoint at; };
    double m_cell = 1;
    std::vector<Entry> m_entries; ///< by row, column, index
};

} // namespace harmattan::render
