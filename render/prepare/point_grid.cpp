#include "render/prepare/point_grid.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace harmattan::render {

PointGrid::Cell PointGrid::cell_of(PixelPoint p) const {
    return {static_cast<std::int64_t>(std::floor(p.y / m_cell)), static_cast<std::int64_t>(std::floor(p.x / m_cell))};
}

PointGrid::PointGrid(std::span<const PixelPoint> points, double cell_px) : m_cell(cell_px), m_order(points.size()) {
    std::iota(m_order.begin(), m_order.end(), 0u);
    std::stable_sort(m_order.begin(), m_order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return cell_of(points[a]) < cell_of(points[b]); });
}

std::vector<std::uint32_t> PointGrid::find(const PixelExtent& box, std::span<const PixelPoint> points) const {
    std::vector<std::uint32_t> found;
    const Cell first = cell_of({box.min_x, box.min_y}), last = cell_of({box.max_x, box.max_y});
    for (std::int64_t row = first.first; row <= last.first; ++row) {
        auto at = std::lower_bound(m_order.begin(), m_order.end(), Cell{row, first.second},
                                   [&](std::uint32_t i, Cell cell) { return cell_of(points[i]) < cell; });
        if (at == m_order.end()) break;
        row = std::max(row, cell_of(points[*at]).first); // rows without points cost nothing
        for (; at != m_order.end(); ++at) {
            const Cell cell = cell_of(points[*at]);
            if (cell.first != row || cell.second > last.second) break;
            if (row <= last.first && box.contains(points[*at])) found.push_back(*at);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace harmattan::render
