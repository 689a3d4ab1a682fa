#include "render/print/corner.hpp"

#include <algorithm>
#include <utility>

namespace harmattan::render {

PaperExtent card_in(Corner corner, const PaperExtent& frame, PaperPoint size, double inset_mm) {
    const bool left = corner == Corner::lower_left || corner == Corner::upper_left,
               upper = corner == Corner::upper_left || corner == Corner::upper_right;
    const double x = left ? frame.min_x + inset_mm : frame.max_x - inset_mm - size.x,
                 y = upper ? frame.min_y + inset_mm : frame.max_y - inset_mm - size.y;
    return {x, y, x + size.x, y + size.y};
}

Corner least_covering(const PaperExtent& frame, PaperPoint size, double inset_mm, std::span<const PaperPoint> first,
                      double radius_mm, std::span<const PaperPoint> then) {
    const auto covered = [&](Corner corner) {
        const PaperExtent card = card_in(corner, frame, size, inset_mm);
        const auto under = [&](std::span<const PaperPoint> points, double reach) {
            const PaperExtent near = card.grown(reach);
            return std::count_if(points.begin(), points.end(), [&](PaperPoint p) { return near.contains(p); });
        };
        return std::pair(under(first, radius_mm), under(then, 0));
    };
    Corner best = Corner::lower_right;
    for (const Corner other : {Corner::lower_left, Corner::upper_right, Corner::upper_left})
        if (covered(other) < covered(best)) best = other;
    return best;
}

} // namespace harmattan::render
