#pragma once
// Draws on a canvas in millimetres of the sheet. A value: a canvas and its resolution.

#include "render/canvas.hpp"
#include "render/text/typesetter.hpp"

#include <span>
#include <vector>

namespace harmattan::render {

using PaperPoint = geo::Point<geo::Paper>;
using PaperExtent = geo::Extent<geo::Paper>;

inline constexpr double mm_per_pt = 25.4 / 72;

class Pen {
public:
    Pen(Canvas& canvas, double px_per_mm) : m_canvas(canvas), m_px_per_mm(px_per_mm) {}

    Canvas& canvas() const { return m_canvas; }
    double px_per_mm() const { return m_px_per_mm; }
    PixelPoint to_pixels(PaperPoint p) const { return {p.x * m_px_per_mm, p.y * m_px_per_mm}; }
    PixelExtent to_pixels(const PaperExtent& e) const {
        return {e.min_x * m_px_per_mm, e.min_y * m_px_per_mm, e.max_x * m_px_per_mm, e.max_y * m_px_per_mm};
    }

    void fill(const PaperExtent& box, styles::Color color) const;
    /// Rings of one shape, by the nonzero rule; each is closed here.
    void fill(std::span<const std::vector<PaperPoint>> rings, styles::Color color) const;
    void line(std::span<const PaperPoint> points, double width_mm, styles::Color color,
              std::vector<double> dashes_mm = {}) const;
    void line(PaperPoint from, PaperPoint to, double width_mm, styles::Color color) const;
    /// All lines as one shape.
    void lines(std::span<const std::vector<PaperPoint>> lines, double width_mm, styles::Color color) const;
    /// A line along the inside of the box.
    void frame(const PaperExtent& box, double width_mm, styles::Color color) const;
    void disc(PaperPoint centre, double radius_mm, styles::Color fill, double rim_mm, styles::Color rim) const;
    /// `block` with its middle at `middle`, turned by `quarter_turns` counter-clockwise.
    void text(PaperPoint middle, const TextBlock& block, std::string_view text, std::string_view font, double size_mm,
              const TextLook& look, int quarter_turns = 0) const;

private:
    Canvas& m_canvas;
    double m_px_per_mm;
};

} // namespace harmattan::render
