#pragma once
// Boxes that are taken, found by grid cell: what keeps labels off each other.

#include "render/canvas.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace harmattan::render {

class CollisionGrid {
public:
    explicit CollisionGrid(double cell_px) : m_cell(cell_px) {}

    bool is_free(const PixelExtent& box) const;
    bool are_free(std::span<const PixelExtent> boxes) const;
    void take(const PixelExtent& box);

private:
    using Cell = std::pair<std::int64_t, std::int64_t>;
    template <class Visit>
    void each_cell(const PixelExtent& box, Visit visit) const;

    double m_cell;
    std::vector<PixelExtent> m_boxes;
    std::map<Cell, std::vector<std::uint32_t>> m_cells;
};

} // namespace harmattan::render
