#include "render/raster/raster_canvas.hpp"

#include "render/raster/dash.hpp"
#include "render/raster/stroker.hpp"

#include <algorithm>
#include <cmath>

namespace harmattan::render {

RasterCanvas::RasterCanvas(Target target, std::int64_t x, std::int64_t y)
    : m_whole(target), m_whole_x(x), m_whole_y(y), m_target(target), m_x(x),
      m_y(y), m_extent{static_cast<double>(x), static_cast<double>(y), static_cast<double>(x + target.width),
                       static_cast<double>(y + target.height)},
      m_rasteriser(target.width, target.height) {}

void RasterCanvas::draw_on(Target target, std::int64_t x, std::int64_t y) {
    m_target = target;
    m_x = x, m_y = y;
    m_extent = {static_cast<double>(x), static_cast<double>(y), static_cast<double>(x + target.width),
                static_cast<double>(y + target.height)};
    m_rasteriser = Rasteriser(target.width, target.height);
}

void RasterCanvas::begin_clip(const PixelExtent& box) {
    const auto cut = [](double v, std::int64_t low, std::int64_t size) {
        return std::clamp(static_cast<std::int64_t>(v), low, low + size);
    };
    const std::int64_t left = cut(box.min_x, m_whole_x, m_whole.width),
                       right = cut(box.max_x, m_whole_x, m_whole.width);
    const std::int64_t top = cut(box.min_y, m_whole_y, m_whole.height),
                       bottom = cut(box.max_y, m_whole_y, m_whole.height);
    Target part = m_whole;
    part.pixels = m_whole.row(static_cast<int>(top - m_whole_y)) + (left - m_whole_x);
    part.width = static_cast<int>(right - left);
    part.height = static_cast<int>(bottom - top);
    draw_on(part, left, top);
}

void RasterCanvas::end_clip() { draw_on(m_whole, m_whole_x, m_whole_y); }

void RasterCanvas::paint(styles::Color color) {
    const std::uint32_t source = styles::to_premultiplied_argb(color);
    for (int y = 0; y < m_target.height; ++y) over_run(m_target.row(y), m_target.width, source);
}

// Lays the colour over the target by the coverage gathered in the rasteriser.
void RasterCanvas::draw(styles::Color color) {
    const std::uint32_t source = styles::to_premultiplied_argb(color);
    m_rasteriser.sweep([&](int y, int x, int length, int coverage) {
        const std::uint32_t part = coverage == 255 ? source : scale_pixel(source, static_cast<std::uint32_t>(coverage));
        std::uint32_t* at = m_target.row(y) + x;
        if (length == 1) *at = over(*at, part);
        else over_run(at, length, part);
    });
}

// Runs of edges above, below or right of the canvas cannot be seen; of a run left of it only the way from its first to
// its last point counts (every row sees the same sum of crossings).
void RasterCanvas::add_ring(const Curve& ring) {
    for (std::size_t c = 0; c < ring.chunks.size(); ++c) {
        const PixelExtent& box = ring.chunks[c].box;
        if (box.max_y <= m_extent.min_y || box.min_y >= m_extent.max_y || box.min_x >= m_extent.max_x) continue;
        const std::size_t begin = c * Curve::chunk_edges,
                          end = std::min(begin + Curve::chunk_edges, ring.points.size() - 1);
        if (box.max_x <= m_extent.min_x) {
            m_rasteriser.add_edge(fixed(ring.points[begin]), fixed(ring.points[end]));
            continue;
        }
        FixedPoint last = fixed(ring.points[begin]);
        for (std::size_t i = begin + 1; i <= end; ++i) {
            const FixedPoint next = fixed(ring.points[i]);
            m_rasteriser.add_edge(last, next);
            last = next;
        }
    }
}

void RasterCanvas::fill(std::span<const Curve> rings, styles::Color color) {
    for (const Curve& ring : rings) add_ring(ring);
    draw(color);
}

// `count` chunks from `first` on (round the end of a closed line) as one line.
void RasterCanvas::draw_run(Stroker& stroker, const Curve& line, std::size_t first, std::size_t count,
                            std::span<const double> dashes) {
    const std::size_t edges = line.points.size() - 1;
    const bool whole = count == line.chunks.size();
    m_points.clear();
    m_points.push_back(fixed(line.points[first * Curve::chunk_edges]));
    for (std::size_t c = 0; c < count; ++c) {
        const std::size_t begin = (first + c) % line.chunks.size() * Curve::chunk_edges,
                          end = std::min(begin + Curve::chunk_edges, edges);
        for (std::size_t i = begin + 1; i <= end; ++i) m_points.push_back(fixed(line.points[i]));
    }
    if (m_points.size() == 1) {
        stroker.add_dot(m_points[0], {1, 0});
    } else if (dashes.empty()) {
        stroker.add(m_points, line.closed && whole);
    } else {
        cut_dashes(m_points, line.chunks[first].start * 256, dashes,
                   [&](std::span<const FixedPoint> piece, FixedPoint along) {
                       if (piece.size() > 1) stroker.add(piece, false);
                       else stroker.add_dot(piece[0], along);
                   });
    }
}

// Strokes the runs of chunks that may be seen: where a run ends, the line goes on too far away to show.
void RasterCanvas::add_line(Stroker& stroker, const Curve& line, const PixelExtent& seen,
                            std::span<const double> dashes) {
    const std::size_t count = line.chunks.size();
    const auto shows = [&](std::size_t c) { return line.chunks[c].box.meets(seen); };
    std::size_t start = 0;
    if (line.closed && dashes.empty()) { // begin where a ring is not seen, so that no run is cut at its first point
        while (start < count && shows(start)) ++start;
        if (start == count) return draw_run(stroker, line, 0, count, dashes);
    }
    for (std::size_t k = 0; k < count;) {
        if (!shows((start + k) % count)) {
            ++k;
            continue;
        }
        const std::size_t begin = k;
        while (k < count && shows((start + k) % count)) ++k;
        draw_run(stroker, line, (start + begin) % count, k - begin, dashes);
    }
}

void RasterCanvas::stroke(std::span<const Curve> lines, const Stroke& stroke, styles::Color color) {
    if (!(stroke.width > 0)) return;
    Stroker stroker(m_rasteriser, stroke);
    const PixelExtent seen = m_extent.grown(reach_of(stroke));
    std::vector<double> dashes;
    for (const double d : stroke.dashes) dashes.push_back(d * 256);
    if (dashes.size() % 2 == 1)
        for (const double d : stroke.dashes) dashes.push_back(d * 256);
    for (const Curve& line : lines) {
        add_line(stroker, line, seen, dashes);
        m_rasteriser.forget_overlaps();
    }
    draw(color);
}

void RasterCanvas::image(std::int64_t x, std::int64_t y, ImageView picture) {
    const std::int64_t left = std::max(x, m_x), right = std::min(x + picture.width, m_x + m_target.width);
    const std::int64_t top = std::max(y, m_y), bottom = std::min(y + picture.height, m_y + m_target.height);
    for (std::int64_t v = top; v < bottom; ++v) {
        const std::uint32_t* from = picture.row(static_cast<int>(v - y)) - x;
        std::uint32_t* to = m_target.row(static_cast<int>(v - m_y)) - m_x;
        over_pixels(to + left, from + left, static_cast<int>(right - left));
    }
}

} // namespace harmattan::render
