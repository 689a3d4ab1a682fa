#include "render/prepare/offset.hpp"

#include <algorithm>
#include <cmath>

namespace harmattan::render {

namespace {

struct Direction {
    double x, y;
};

Direction direction(PixelPoint a, PixelPoint b) {
    const double dx = b.x - a.x, dy = b.y - a.y, length = std::sqrt(dx * dx + dy * dy);
    return {dx / length, dy / length};
}

std::vector<PixelPoint> moved(std::span<const PixelPoint> line, bool closed, double by) {
    std::vector<PixelPoint> out;
    if (line.size() < 2) return out;
    const auto add = [&](PixelPoint p, double x, double y) {
        const PixelPoint at{round_256(p.x + x), round_256(p.y + y)};
        if (out.empty() || !(out.back() == at)) out.push_back(at);
    };
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool first = i == 0, last = i + 1 == line.size();
        const Direction before =
            first ? (closed ? direction(line[line.size() - 2], line[0]) : direction(line[0], line[1]))
                  : direction(line[i - 1], line[i]);
        const Direction after =
            last ? (closed ? direction(line[0], line[1]) : before) : direction(line[i], line[i + 1]);
        // Right of the direction (y points south) is (−dy, dx).
        const double nx = -(before.y + after.y), ny = before.x + after.x;
        const double miter = 1 + before.x * after.x + before.y * after.y; // |n|² / 2
        if (miter > 0.5) {
            add(line[i], nx / miter * by, ny / miter * by);
        } else { // a sharp corner: both ends instead of the far point
            add(line[i], -before.y * by, before.x * by);
            add(line[i], -after.y * by, after.x * by);
        }
    }
    return out;
}

} // namespace

PixelGeometry move_aside(const PixelGeometry& of, std::span<const std::uint32_t> features, double by) {
    PixelGeometry out;
    std::vector<bool> wanted(of.features(), false);
    for (const std::uint32_t f : features) wanted[f] = true;
    for (std::size_t f = 0; f < of.features(); ++f) {
        PixelExtent extent;
        for (std::uint32_t p = of.part_begin[f]; wanted[f] && p < of.part_begin[f + 1]; ++p) {
            const std::vector<PixelPoint> line = moved(of.part_points(p), of.closed[p], by);
            if (line.size() < 2) continue;
            out.add_part(line, of.closed[p] && line.front() == line.back());
            for (const PixelPoint& at : line) extent.add(at);
        }
        out.part_begin.push_back(static_cast<std::uint32_t>(out.closed.size()));
        out.extent.push_back(extent);
    }
    return out;
}

} // namespace harmattan::render
