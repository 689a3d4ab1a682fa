#pragma once
// Boxes that are taken, found by grid cell: what keeps labels off each other and off the dots of other places. Who took a
// box is known by the point it belongs to, so that a name may stand as near to its own dot as the style says.

#include "render/canvas.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace harmattan::render {

class CollisionGrid {
public:
    /// Owner of boxes that nobody may stand in: equal to no point.
    static constexpr PixelPoint nobody{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};

    explicit CollisionGrid(double cell_px) : m_cell(cell_px) {}

    /// Whether the boxes meet none that is taken, leaving out those that `owner` took for itself.
    bool are_free(std::span<const PixelExtent> boxes, PixelPoint owner) const;
    void take(const PixelExtent& box, PixelPoint owner);

private:
    using Cell = std::pair<std::int64_t, std::int64_t>;
    template <class Visit>
    void each_cell(const PixelExtent& box, Visit visit) const;

    struct Taken { PixelExtent box; PixelPoint owner; };
    bool is_free(const PixelExtent& box, PixelPoint owner) const;

    double m_cell;
    std::vector<Taken> m_taken;
    std::map<Cell, std::vector<std::uint32_t>> m_cells;
};

} // namespace harmattan::render
