#include "render/print/page_canvas.hpp"

#include "render/raster/stroker.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace harmattan::render {

namespace {

// Shapes are cut this far outside of what is seen, pixels, so that their cut edges never show.
constexpr double margin = 4;

// Glyphs reach at most this far from their origin, ems.
constexpr double glyph_reach = 3;

PixelExtent common(const PixelExtent& a, const PixelExtent& b) {
    return {std::max(a.min_x, b.min_x), std::max(a.min_y, b.min_y), std::min(a.max_x, b.max_x),
            std::min(a.max_y, b.max_y)};
}

// An even number of dashes; none where they are no pattern (Cairo draws nothing more at all after a negative one).
std::vector<double> usable_dashes(std::vector<double> dashes) {
    if (std::any_of(dashes.begin(), dashes.end(), [](double d) { return !std::isfinite(d) || d < 0; })) return {};
    if (!(std::accumulate(dashes.begin(), dashes.end(), 0.0) > 0)) return {};
    if (dashes.size() % 2 == 1) {
        const std::vector<double> once = dashes;
        dashes.insert(dashes.end(), once.begin(), once.end());
    }
    return dashes;
}

} // namespace

void PageCanvas::flush() {
    m_pictures.flush([&](std::int64_t x, std::int64_t y, ImageView picture) { write_picture(x, y, picture); });
}

void PageCanvas::begin_group(std::string_view name) {
    flush();
    write_group(name);
}

void PageCanvas::end_group() {
    flush();
    write_group_end();
}

void PageCanvas::begin_clip(const PixelExtent& box) {
    flush();
    m_seen = common(m_page, box);
    if (m_seen.empty()) m_seen = {0, 0, 0, 0};
    write_clip(m_seen);
}

void PageCanvas::end_clip() {
    flush();
    m_seen = m_page;
    write_clip_end();
}

void PageCanvas::paint(styles::Color color) {
    flush();
    if (!(color.a > 0)) return;
    const Path box{{{m_seen.min_x, m_seen.min_y},
                    {m_seen.max_x, m_seen.min_y},
                    {m_seen.max_x, m_seen.max_y},
                    {m_seen.min_x, m_seen.max_y}},
                   true};
    write_fill({&box, 1}, color);
}

void PageCanvas::fill(std::span<const Curve> rings, styles::Color color) {
    flush();
    if (!(color.a > 0)) return;
    const std::vector<Path> cut = clip_rings(rings, m_seen.grown(margin));
    if (!cut.empty()) write_fill(cut, color);
}

void PageCanvas::stroke(std::span<const Curve> lines, const Stroke& stroke, styles::Color color) {
    flush();
    if (!(stroke.width > 0) || !std::isfinite(stroke.width) || !(color.a > 0)) return;
    Stroke usable = stroke;
    usable.dashes = usable_dashes(stroke.dashes);
    const double period = std::accumulate(usable.dashes.begin(), usable.dashes.end(), 0.0);
    const std::vector<Path> cut = clip_lines(lines, m_seen.grown(reach_of(stroke) + margin), period);
    if (!cut.empty()) write_stroke(cut, usable, color);
}

void PageCanvas::disc(PixelPoint centre, const Disc& disc) {
    flush();
    const double rim = disc.rim.a > 0 ? disc.rim_width : 0, reach = disc.radius + disc.rim_width;
    if (!std::isfinite(reach) || !m_seen.grown(reach).contains(centre)) return;
    if (!(rim > 0)) {
        if (disc.radius > 0 && disc.fill.a > 0) write_circle(centre, {disc.radius, disc.fill, 0, {}});
        return;
    }
    const double middle = disc.radius + rim / 2;
    if (disc.rim.a >= 1) { // the fill goes on under the rim, so that no gap shows between them
        write_circle(centre, {middle, disc.fill, rim, disc.rim});
        return;
    }
    if (disc.radius > 0 && disc.fill.a > 0) write_circle(centre, {disc.radius, disc.fill, 0, {}});
    write_circle(centre, {middle, {0, 0, 0, 0}, rim, disc.rim});
}

void PageCanvas::text(PixelPoint anchor, const TextRun& run, const TextLook& look) {
    flush();
    if (!(run.size_px > 0) || !std::isfinite(run.size_px)) return;
    const PixelExtent near = m_seen.grown(glyph_reach * run.size_px);
    bool seen = false;
    for (const PlacedGlyph& g : run.glyphs) {
        if (!std::isfinite(g.x) || !std::isfinite(g.y) || !std::isfinite(g.cosine) || !std::isfinite(g.sine)) return;
        seen = seen || near.contains({anchor.x + static_cast<double>(g.x), anchor.y + static_cast<double>(g.y)});
    }
    if (seen) write_text(anchor, run, split_lines(run), look);
}

void PageCanvas::image(std::int64_t x, std::int64_t y, ImageView picture) {
    const auto whole = [](double v) { return static_cast<std::int64_t>(v); };
    const std::int64_t left = std::max(x, whole(std::floor(m_seen.min_x))),
                       right = std::min(x + picture.width, whole(std::ceil(m_seen.max_x)));
    const std::int64_t top = std::max(y, whole(std::floor(m_seen.min_y))),
                       bottom = std::min(y + picture.height, whole(std::ceil(m_seen.max_y)));
    if (left >= right || top >= bottom) return;
    m_pictures.add(left, top,
                   crop(picture, static_cast<int>(left - x), static_cast<int>(top - y), static_cast<int>(right - left),
                        static_cast<int>(bottom - top)));
}

} // namespace harmattan::render
