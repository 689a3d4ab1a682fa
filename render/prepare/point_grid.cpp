#include "render/prepare/point_grid.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace harmattan::render {

PointGrid::PointGrid(std::span<const PixelPoint> points, double cell_px) : m_cell(cell_px) {
    m_entries.reserve(points.size());
    for (std::uint32_t i = 0; i < points.size(); ++i)
        m_entries.push_back({static_cast<std::int64_t>(std::floor(points[i].y / m_cell)), static_cast<std::int64_t>(std::floor(points[i].x / m_cell)), i, points[i]});
    std::sort(m_entries.begin(), m_entries.end(),
              [](const Entry& a, const Entry& b) { return std::tie(a.row, a.column, a.index) < std::tie(b.row, b.column, b.index); });
}

std::vector<std::uint32_t> PointGrid::find(const PixelExtent& box) const {
    std::vector<std::uint32_t> found;
    const auto cell = [&](double v) { return static_cast<std::int64_t>(std::floor(v / m_cell)); };
    const std::int64_t last_row = cell(box.max_y), first_column = cell(box.min_x), last_column = cell(box.max_x);
    const auto position = [](const Entry& e, std::pair<std::int64_t, std::int64_t> key) { return std::tie(e.row, e.column) < std::tie(key.first, key.second); };
    for (std::int64_t row = cell(box.min_y); row <= last_row; ++row) {
        auto at = std::lower_bound(m_entries.begin(), m_entries.end(), std::pair{row, first_column}, position);
        if (at == m_entries.end()) break;
        row = std::max(row, at->row); // rows without points cost nothing
        if (at->row > last_row) break;
        for (; at != m_entries.end() && at->row == row && at->column <= last_column; ++at)
            if (at->column >= first_column && box.contains(at->at)) found.push_back(at->index);
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace harmattan::render
