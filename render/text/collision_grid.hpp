#pragma once
// Boxes that are taken, found by grid cell: what keeps labels off each other and off the dots of other places. Who took
// a box is known by the point it belongs to, so that a name may stand as near to its own dot as the style says, and so
// that the name of a capital that finds no other place may cover the dots of towns, which are then not drawn.

#include "render/canvas.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace harmattan::render {

class CollisionGrid {
public:
    /// Owner of boxes that nobody may stand in: equal to no point.
    static constexpr PixelPoint nobody{std::numeric_limits<double>::quiet_NaN(),
                                       std::numeric_limits<double>::quiet_NaN()};

    explicit CollisionGrid(double cell_px) : m_cell(cell_px) {}

    /// Whether the boxes meet none that is taken, leaving out those that `owner` took for itself.
    bool are_free(std::span<const PixelExtent> boxes, PixelPoint owner) const;
    void take(const PixelExtent& box, PixelPoint owner);

    /// Dots taken from here on belong to a layer above that of those before.
    void begin_layer() { ++m_layer; }
    bool has_dot(PixelPoint point) const { return m_dot_layer.contains({point.x, point.y}); }
    /// The points whose dots the boxes would cover; nothing where one of them, or anything else that is taken, is not
    /// to be covered: only nameless dots of layers below the owner's own dot are, and any nameless ones where it has
    /// none.
    std::optional<std::set<std::pair<double, double>>> coverable(std::span<const PixelExtent> boxes,
                                                                 PixelPoint owner) const;
    void cover(const std::set<std::pair<double, double>>& points) { m_covered.insert(points.begin(), points.end()); }
    bool is_covered(PixelPoint point) const { return m_covered.contains({point.x, point.y}); }
    /// The point has its name: its dot stays.
    void name(PixelPoint point) { m_named.insert({point.x, point.y}); }

private:
    using Cell = std::pair<std::int64_t, std::int64_t>;
    template <class Visit>
    void each_cell(const PixelExtent& box, Visit visit) const;

    struct Taken {
        PixelExtent box;
        PixelPoint owner;
    };
    bool is_free(const PixelExtent& box, PixelPoint owner) const;

    double m_cell;
    std::vector<Taken> m_taken;
    std::map<Cell, std::vector<std::uint32_t>> m_cells;
    int m_layer = 0;
    std::map<std::pair<double, double>, int> m_dot_layer; ///< the lowest of each point
    std::set<std::pair<double, double>> m_named, m_covered;
};

} // namespace harmattan::render
