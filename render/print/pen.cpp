#include "render/print/pen.hpp"

#include "render/prepare/pixel_geometry.hpp"

namespace harmattan::render {

namespace {

class Paths {
public:
    explicit Paths(const Pen& pen) : m_pen(pen) {}

    void add(std::span<const PaperPoint> points, bool closed) {
        std::vector<PixelPoint> part;
        for (const PaperPoint& p : points) {
            const PixelPoint at = m_pen.to_pixels(p);
            const PixelPoint rounded{round_256(at.x), round_256(at.y)};
            if (part.empty() || !(part.back() == rounded)) part.push_back(rounded);
        }
        if (closed && !part.empty() && !(part.front() == part.back())) part.push_back(part.front());
        if (part.size() > 1) m_geometry.add_part(part, closed);
    }
    std::vector<Curve> curves() const {
        std::vector<Curve> all;
        for (std::size_t p = 0; p < m_geometry.closed.size(); ++p) all.push_back(m_geometry.curve(p));
        return all;
    }

private:
    const Pen& m_pen;
    PixelGeometry m_geometry;
};

std::vector<PaperPoint> corners(const PaperExtent& box) {
    return {{box.min_x, box.min_y}, {box.max_x, box.min_y}, {box.max_x, box.max_y}, {box.min_x, box.max_y}};
}

} // namespace

void Pen::fill(const PaperExtent& box, styles::Color color) const {
    const std::vector<PaperPoint> ring = corners(box);
    fill(std::span(&ring, 1), color);
}

void Pen::fill(std::span<const std::vector<PaperPoint>> rings, styles::Color color) const {
    Paths paths(*this);
    for (const auto& ring : rings) paths.add(ring, true);
    m_canvas.fill(paths.curves(), color);
}

void Pen::line(std::span<const PaperPoint> points, double width_mm, styles::Color color,
               std::vector<double> dashes_mm) const {
    Paths paths(*this);
    paths.add(points, false);
    for (double& d : dashes_mm) d *= m_px_per_mm;
    m_canvas.stroke(paths.curves(), {width_mm * m_px_per_mm, Cap::butt, Join::miter, 4, std::move(dashes_mm)}, color);
}

void Pen::line(PaperPoint from, PaperPoint to, double width_mm, styles::Color color) const {
    const PaperPoint both[]{from, to};
    line(both, width_mm, color);
}

void Pen::lines(std::span<const std::vector<PaperPoint>> all, double width_mm, styles::Color color) const {
    Paths paths(*this);
    for (const auto& one : all) paths.add(one, false);
    m_canvas.stroke(paths.curves(), {width_mm * m_px_per_mm, Cap::butt, Join::round, 2, {}}, color);
}

void Pen::frame(const PaperExtent& box, double width_mm, styles::Color color) const {
    Paths paths(*this);
    paths.add(corners(box.grown(-width_mm / 2)), true);
    m_canvas.stroke(paths.curves(), {width_mm * m_px_per_mm, Cap::butt, Join::miter, 4, {}}, color);
}

void Pen::disc(PaperPoint centre, double radius_mm, styles::Color fill, double rim_mm, styles::Color rim) const {
    m_canvas.disc(to_pixels(centre), {radius_mm * m_px_per_mm, fill, rim_mm * m_px_per_mm, rim});
}

void Pen::text(PaperPoint middle, const TextBlock& block, std::string_view text, std::string_view font, double size_mm,
               const TextLook& look, int quarter_turns) const {
    static constexpr float cosines[]{1, 0, -1, 0}, sines[]{0, -1, 0, 1};
    const float c = cosines[quarter_turns & 3], s = sines[quarter_turns & 3];
    const double size = size_mm * m_px_per_mm;
    std::vector<PlacedGlyph> glyphs;
    glyphs.reserve(block.glyphs.size());
    for (const SetGlyph& glyph : block.glyphs) {
        const float x = static_cast<float>(glyph.x * size), y = static_cast<float>(glyph.y * size);
        glyphs.push_back({glyph.outline, x * c - y * s, x * s + y * c, c, s, glyph.text_at});
    }
    TextLook scaled = look;
    scaled.halo_width *= m_px_per_mm;
    m_canvas.text(to_pixels(middle), {text, font, size, glyphs, block.letter_spacing}, scaled);
}

} // namespace harmattan::render
