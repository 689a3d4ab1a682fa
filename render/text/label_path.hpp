#pragma once
// Lines that text is set along: joined where they go on, smoothed to what letters can follow.

#include "render/canvas.hpp"

#include <span>
#include <vector>

namespace harmattan::render {

/// Joins lines end to end where exactly two of them meet, in a fixed order. Single points are left out.
std::vector<std::vector<PixelPoint>> join_lines(std::vector<std::vector<PixelPoint>> lines);

/// The pieces of a line that lie in the box, cut at its sides.
std::vector<std::vector<PixelPoint>> pieces_inside(std::span<const PixelPoint> line, const PixelExtent& box);

/// A line sampled at even steps and smoothed over `reach_px` to both sides.
class LabelPath {
public:
    LabelPath(const std::vector<PixelPoint>& line, double reach_px);

    double length() const { return m_step * static_cast<double>(m_points.size() - 1); }
    struct Place {
        PixelPoint at;
        double cosine, sine;
    };                            ///< direction of the path there
    Place at(double along) const; ///< 0 … length()
    /// Sum of the turns between two places, radians.
    double bend(double from, double to) const;

private:
    double m_step = 1;
    std::vector<PixelPoint> m_points; ///< at least two
};

} // namespace harmattan::render
