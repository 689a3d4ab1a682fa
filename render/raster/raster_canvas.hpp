#pragma once
// A canvas of pixels: own rasteriser, own stroker, premultiplied 8-bit source-over. What lands on a global pixel does
// not depend on the canvas's place and size, so tiles drawn alone, in metatiles and in views across them agree to the
// bit.

#include "render/canvas.hpp"
#include "render/raster/blend.hpp"
#include "render/raster/rasteriser.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace harmattan::render {

class RasterCanvas final : public Canvas {
public:
    /// Draws on `target`, which outlives the canvas and whose north-west pixel is the global pixel (x, y).
    RasterCanvas(Target target, std::int64_t x, std::int64_t y);

    void begin_clip(const PixelExtent& box) override;
    void end_clip() override;
    void paint(styles::Color color) override;
    void fill(std::span<const Curve> rings, styles::Color color) override;
    void stroke(std::span<const Curve> lines, const Stroke& stroke, styles::Color color) override;
    void disc(PixelPoint centre, const Disc& disc) override;
    void text(PixelPoint anchor, const TextRun& run, const TextLook& look) override;
    void image(std::int64_t x, std::int64_t y, ImageView picture) override;

private:
    /// A disc in pixels, centred on one of 4 × 4 places within its middle pixel.
    struct Sprite {
        int reach = 0, side = 0;
        std::vector<std::uint32_t> pixels;
    };
    struct DiscSprites {
        Disc disc;
        std::array<Sprite, 16> phase;
    };

    FixedPoint fixed(PixelPoint p) const {
        return {static_cast<std::int64_t>(p.x * 256) - m_x * 256, static_cast<std::int64_t>(p.y * 256) - m_y * 256};
    }
    void draw_on(Target target, std::int64_t x, std::int64_t y);
    void add_ring(const Curve& ring);
    void draw(styles::Color color);
    const Sprite& sprite(const Disc& disc, int phase);
    void draw_run(class Stroker& stroker, const Curve& line, std::size_t first, std::size_t count,
                  std::span<const double> dashes);
    void add_line(class Stroker& stroker, const Curve& line, const PixelExtent& seen, std::span<const double> dashes);

    const Target m_whole;
    const std::int64_t m_whole_x, m_whole_y;
    Target m_target; ///< what is drawn on: all, or the clip
    std::int64_t m_x = 0, m_y = 0;
    PixelExtent m_extent;
    Rasteriser m_rasteriser;
    std::vector<DiscSprites> m_discs;
    std::size_t m_last_disc = 0, m_sprite_pixels = 0;
    std::vector<FixedPoint> m_points; // a run at hand
};

} // namespace harmattan::render
