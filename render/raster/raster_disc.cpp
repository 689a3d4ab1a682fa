// Discs are sprites at quarter-pixel places: made once per kind and place, then copied.
#include "render/raster/raster_canvas.hpp"
#include "render/raster/stroker.hpp"

#include <cmath>

namespace harmattan::render {

namespace {

// Sprites are thrown away together when they hold more pixels than this (4 bytes each).
constexpr std::size_t max_sprite_pixels = 1u << 20;

std::vector<std::uint8_t> disc_mask(Rasteriser& raster, FixedPoint centre, double radius) {
    std::vector<std::uint8_t> mask(static_cast<std::size_t>(raster.width()) *
                                   static_cast<std::size_t>(raster.height()));
    if (!(radius > 0)) return mask;
    Stroker(raster, {2 * radius, Cap::round, Join::round, 2, {}}, 1.0 / 100).add_dot(centre, {1, 0});
    raster.sweep([&](int y, int x, int length, int coverage) {
        std::fill_n(&mask[static_cast<std::size_t>(y * raster.width() + x)], length,
                    static_cast<std::uint8_t>(coverage));
    });
    return mask;
}

} // namespace

const RasterCanvas::Sprite& RasterCanvas::sprite(const Disc& disc, int phase) {
    if (m_sprite_pixels > max_sprite_pixels) {
        m_discs.clear();
        m_sprite_pixels = 0;
    }
    if (m_last_disc >= m_discs.size() || !(m_discs[m_last_disc].disc == disc)) {
        m_last_disc = 0;
        while (m_last_disc < m_discs.size() && !(m_discs[m_last_disc].disc == disc)) ++m_last_disc;
        if (m_last_disc == m_discs.size()) m_discs.push_back({disc, {}});
    }
    Sprite& made = m_discs[m_last_disc].phase[static_cast<std::size_t>(phase)];
    if (!made.pixels.empty()) return made;
    made.reach = static_cast<int>(std::ceil(disc.radius + disc.rim_width)) + 1;
    made.side = 2 * made.reach + 1;
    made.pixels.resize(static_cast<std::size_t>(made.side) * static_cast<std::size_t>(made.side));
    m_sprite_pixels += made.pixels.size();
    Rasteriser raster(made.side, made.side);
    const FixedPoint centre{made.reach * 256 + (phase & 3) * 64, made.reach * 256 + (phase >> 2) * 64};
    const std::vector<std::uint8_t> inner = disc_mask(raster, centre, disc.radius);
    const std::vector<std::uint8_t> outer = disc_mask(raster, centre, disc.radius + disc.rim_width);
    const std::uint32_t fill = styles::to_premultiplied_argb(disc.fill), rim = styles::to_premultiplied_argb(disc.rim);
    // Disc and rim share a pixel by area, so that no gap shows between them.
    for (std::size_t i = 0; i < inner.size(); ++i) {
        const std::uint32_t around = outer[i] > inner[i] ? std::uint32_t{outer[i]} - inner[i] : 0u;
        const std::uint32_t a = scale_pixel(fill, inner[i]), b = scale_pixel(rim, around);
        made.pixels[i] = (a >> 24) + (b >> 24) > 255 ? over(b, a) : a + b;
    }
    return made;
}

void RasterCanvas::disc(PixelPoint centre, const Disc& disc) {
    if (!m_extent.grown(disc.radius + disc.rim_width + 2).contains(centre)) return;
    const auto quarter = [](double v) { return static_cast<std::int64_t>(std::floor(v * 4 + 0.5)); };
    const std::int64_t x = quarter(centre.x), y = quarter(centre.y);
    const Sprite& s = sprite(disc, static_cast<int>((x & 3) | (y & 3) << 2));
    image((x >> 2) - s.reach, (y >> 2) - s.reach, {s.pixels.data(), s.side, s.side, s.side});
}

} // namespace harmattan::render
