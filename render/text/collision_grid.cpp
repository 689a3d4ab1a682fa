#include "render/text/collision_grid.hpp"

#include <algorithm>
#include <cmath>

namespace harmattan::render {

template <class Visit>
void CollisionGrid::each_cell(const PixelExtent& box, Visit visit) const {
    const auto cell = [&](double v) { return static_cast<std::int64_t>(std::floor(v / m_cell)); };
    for (std::int64_t y = cell(box.min_y); y <= cell(box.max_y); ++y)
        for (std::int64_t x = cell(box.min_x); x <= cell(box.max_x); ++x) visit(Cell{y, x});
}

bool CollisionGrid::is_free(const PixelExtent& box, PixelPoint owner) const {
    bool free = true;
    each_cell(box, [&](Cell cell) {
        const auto found = m_cells.find(cell);
        if (!free || found == m_cells.end()) return;
        free = std::none_of(found->second.begin(), found->second.end(),
                            [&](std::uint32_t i) { return m_taken[i].box.meets(box) && !(m_taken[i].owner == owner); });
    });
    return free;
}

bool CollisionGrid::are_free(std::span<const PixelExtent> boxes, PixelPoint owner) const {
    return std::all_of(boxes.begin(), boxes.end(), [&](const PixelExtent& box) { return is_free(box, owner); });
}

void CollisionGrid::take(const PixelExtent& box, PixelPoint owner) {
    if (!std::isnan(owner.x)) m_dot_layer.try_emplace({owner.x, owner.y}, m_layer);
    const auto index = static_cast<std::uint32_t>(m_taken.size());
    m_taken.push_back({box, owner});
    each_cell(box, [&](Cell cell) { m_cells[cell].push_back(index); });
}

std::optional<std::set<std::pair<double, double>>> CollisionGrid::coverable(std::span<const PixelExtent> boxes,
                                                                            PixelPoint owner) const {
    const auto own = m_dot_layer.find({owner.x, owner.y});
    const int layer = own == m_dot_layer.end() ? std::numeric_limits<int>::max() : own->second;
    std::set<std::pair<double, double>> points;
    bool free = true;
    for (const PixelExtent& box : boxes)
        each_cell(box, [&](Cell cell) {
            const auto found = m_cells.find(cell);
            if (!free || found == m_cells.end()) return;
            for (const std::uint32_t i : found->second) {
                const Taken& taken = m_taken[i];
                if (!taken.box.meets(box) || taken.owner == owner) continue;
                const std::pair<double, double> point{taken.owner.x, taken.owner.y};
                const auto dot = m_dot_layer.find(point);
                free = free && dot != m_dot_layer.end() && dot->second < layer && !m_named.contains(point);
                points.insert(point);
            }
        });
    if (!free) return std::nullopt;
    return points;
}

} // namespace harmattan::render
