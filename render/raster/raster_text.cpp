// Text runs: glyph outlines, the halo of the whole run first, then the letters.
#include "render/raster/raster_canvas.hpp"
#include "render/raster/stroker.hpp"

#include <cmath>

namespace harmattan::render {

namespace {

// Corners of a halo nearer than this to the one before are left out, 1/256 pixels.
constexpr std::int64_t halo_step = 48;

} // namespace

void RasterCanvas::text(PixelPoint anchor, const TextRun& run, const TextLook& look) {
    // Calls visit(contour) with each closed contour's points, in the canvas's 1/256 pixels, last point not repeated.
    const auto each_contour = [&](auto visit) {
        const FixedPoint origin{static_cast<std::int64_t>(std::floor(anchor.x * 256 + 0.5)) - m_x * 256,
                                static_cast<std::int64_t>(std::floor(anchor.y * 256 + 0.5)) - m_y * 256};
        for (const PlacedGlyph& glyph : run.glyphs) {
            const double c = static_cast<double>(glyph.cosine) * run.size_px * 256,
                         s = static_cast<double>(glyph.sine) * run.size_px * 256;
            const double gx = static_cast<double>(glyph.x) * 256, gy = static_cast<double>(glyph.y) * 256;
            std::size_t begin = 0;
            for (const std::uint32_t end : glyph.outline->contour_end) {
                m_points.clear();
                for (; begin < end; ++begin) {
                    const auto p = glyph.outline->points[begin];
                    const FixedPoint at{origin.x + static_cast<std::int64_t>(std::floor(gx + p.x * c - p.y * s + 0.5)),
                                        origin.y + static_cast<std::int64_t>(std::floor(gy + p.x * s + p.y * c + 0.5))};
                    if (m_points.empty() || m_points.back() != at) m_points.push_back(at);
                }
                visit();
            }
        }
    };
    const auto add_contour = [&] {
        FixedPoint last = m_points.back();
        for (const FixedPoint p : m_points) {
            m_rasteriser.add_edge(last, p);
            last = p;
        }
    };
    if (look.halo_width > 0 && look.halo.a > 0) {
        Stroker stroker(m_rasteriser, {2 * look.halo_width, Cap::butt, Join::round, 2, {}});
        each_contour([&] {
            add_contour();
            std::size_t kept = 1;
            for (std::size_t i = 1; i < m_points.size(); ++i) {
                const FixedPoint a = m_points[kept - 1], b = m_points[i];
                if (std::abs(b.x - a.x) + std::abs(b.y - a.y) >= halo_step) m_points[kept++] = b;
            }
            m_points.resize(kept);
            if (m_points.back() != m_points.front()) m_points.push_back(m_points.front());
            if (m_points.size() > 3) stroker.add(m_points, true);
        });
        draw(look.halo);
    }
    each_contour(add_contour);
    draw(look.color);
}

} // namespace harmattan::render
