#include "render/print/pdf_canvas.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace harmattan::render {

namespace {

cairo_line_cap_t to_cairo(Cap cap) {
    switch (cap) {
    case Cap::butt: return CAIRO_LINE_CAP_BUTT;
    case Cap::round: return CAIRO_LINE_CAP_ROUND;
    case Cap::square: return CAIRO_LINE_CAP_SQUARE;
    }
    return CAIRO_LINE_CAP_BUTT;
}

cairo_line_join_t to_cairo(Join join) {
    switch (join) {
    case Join::miter: return CAIRO_LINE_JOIN_MITER;
    case Join::round: return CAIRO_LINE_JOIN_ROUND;
    case Join::bevel: return CAIRO_LINE_JOIN_BEVEL;
    }
    return CAIRO_LINE_JOIN_MITER;
}

std::vector<cairo_glyph_t> glyphs_of(PixelPoint anchor, const TextRun& run, const TextSpan& span) {
    std::vector<cairo_glyph_t> glyphs;
    for (std::size_t i = span.begin; i < span.end; ++i) {
        const PlacedGlyph& g = run.glyphs[i];
        glyphs.push_back({g.outline->glyph, anchor.x + static_cast<double>(g.x), anchor.y + static_cast<double>(g.y)});
    }
    return glyphs;
}

// Characters and the glyphs that show them. why whole words: readers take the gaps between spaced letters for blanks,
// and would find neither LIBYA nor NIGER; of a cluster of several glyphs Cairo writes the text down beside them
// (/ActualText).
std::vector<cairo_text_cluster_t> clusters_of(const TextSpan& span, bool whole_words) {
    std::vector<cairo_text_cluster_t> clusters;
    std::size_t at = 0;
    bool in_word = false;
    for (const TextSpan::Cluster& c : span.clusters) {
        const bool blank = span.text.compare(at, c.bytes, " ") == 0;
        if (whole_words && in_word && !blank) {
            clusters.back().num_bytes += static_cast<int>(c.bytes);
            clusters.back().num_glyphs += static_cast<int>(c.glyphs);
        } else {
            clusters.push_back({static_cast<int>(c.bytes), static_cast<int>(c.glyphs)});
        }
        in_word = !blank;
        at += c.bytes;
    }
    return clusters;
}

} // namespace

PdfCanvas::PdfCanvas(cairo_t* cr, PdfFonts& fonts, double width, double height)
    : PageCanvas(width, height), m_cr(cr), m_fonts(fonts) {
    const CairoFontOptions options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(cr, options.get());
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
}

void PdfCanvas::set_color(styles::Color c) {
    cairo_set_source_rgba(m_cr, static_cast<double>(c.r), static_cast<double>(c.g), static_cast<double>(c.b),
                          static_cast<double>(c.a));
}

void PdfCanvas::add_path(std::span<const Path> paths) {
    cairo_new_path(m_cr);
    for (const Path& path : paths) {
        cairo_move_to(m_cr, path.points[0].x, path.points[0].y);
        for (std::size_t i = 1; i < path.points.size(); ++i) cairo_line_to(m_cr, path.points[i].x, path.points[i].y);
        if (path.points.size() == 1)
            cairo_line_to(m_cr, path.points[0].x, path.points[0].y); // a dot, where caps are round
        if (path.closed) cairo_close_path(m_cr);
    }
}

void PdfCanvas::write_clip(const PixelExtent& box) {
    cairo_save(m_cr);
    cairo_new_path(m_cr);
    cairo_rectangle(m_cr, box.min_x, box.min_y, box.width(), box.height());
    cairo_clip(m_cr);
}

void PdfCanvas::write_clip_end() { cairo_restore(m_cr); }

void PdfCanvas::write_fill(std::span<const Path> rings, styles::Color color) {
    set_color(color);
    add_path(rings);
    cairo_fill(m_cr);
}

void PdfCanvas::write_stroke(std::span<const Path> lines, const Stroke& stroke, styles::Color color) {
    set_color(color);
    cairo_set_line_width(m_cr, stroke.width);
    cairo_set_line_cap(m_cr, to_cairo(stroke.cap));
    cairo_set_line_join(m_cr, to_cairo(stroke.join));
    cairo_set_miter_limit(m_cr, std::max(1.0, stroke.miter_limit));
    std::vector<double> dashes = stroke.dashes;
    for (std::size_t i = 2; i < dashes.size(); i += 2)
        dashes[i] = std::max(dashes[i], 1e-3); // why: Cairo drops dots from between dashes
    cairo_set_dash(m_cr, dashes.data(), static_cast<int>(dashes.size()), 0);
    add_path(lines);
    cairo_stroke(m_cr);
    cairo_set_dash(m_cr, nullptr, 0, 0);
}

void PdfCanvas::write_circle(PixelPoint centre, const Circle& circle) {
    cairo_new_path(m_cr);
    cairo_arc(m_cr, centre.x, centre.y, circle.radius, 0, 2 * std::numbers::pi);
    cairo_close_path(m_cr);
    if (circle.fill.a > 0) {
        set_color(circle.fill);
        cairo_fill_preserve(m_cr);
    }
    if (circle.line_width > 0 && circle.line.a > 0) {
        set_color(circle.line);
        cairo_set_line_width(m_cr, circle.line_width);
        cairo_set_line_join(m_cr, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke_preserve(m_cr);
    }
    cairo_new_path(m_cr);
}

void PdfCanvas::set_font(const TextRun& run, const TextSpan& span) {
    const PlacedGlyph& first = run.glyphs[span.begin];
    const double c = static_cast<double>(first.cosine) * run.size_px, s = static_cast<double>(first.sine) * run.size_px;
    cairo_matrix_t matrix;
    cairo_matrix_init(&matrix, c, s, -s, c, 0, 0);
    cairo_set_font_face(m_cr, m_fonts.face(first.outline->font));
    cairo_set_font_matrix(m_cr, &matrix);
}

// Adds the letters' shapes to the path: the font's own curves, or the outlines of what is in no font.
void PdfCanvas::add_outlines(PixelPoint anchor, const TextRun& run, const TextSpan& span) {
    if (run.glyphs[span.begin].outline->font != Outline::no_font) {
        set_font(run, span);
        const std::vector<cairo_glyph_t> glyphs = glyphs_of(anchor, run, span);
        cairo_glyph_path(m_cr, glyphs.data(), static_cast<int>(glyphs.size()));
        return;
    }
    for (std::size_t i = span.begin; i < span.end; ++i) {
        const PlacedGlyph& g = run.glyphs[i];
        const double c = static_cast<double>(g.cosine) * run.size_px, s = static_cast<double>(g.sine) * run.size_px;
        std::size_t begin = 0;
        for (const std::uint32_t end : g.outline->contour_end) {
            cairo_new_sub_path(m_cr);
            for (; begin < end; ++begin) {
                const auto p = g.outline->points[begin];
                cairo_line_to(m_cr, anchor.x + static_cast<double>(g.x) + p.x * c - p.y * s,
                              anchor.y + static_cast<double>(g.y) + p.x * s + p.y * c);
            }
            cairo_close_path(m_cr);
        }
    }
}

void PdfCanvas::show(PixelPoint anchor, const TextRun& run, const TextSpan& span) {
    set_font(run, span);
    const std::vector<cairo_glyph_t> glyphs = glyphs_of(anchor, run, span);
    const std::vector<cairo_text_cluster_t> clusters = clusters_of(span, run.letter_spacing > 0);
    cairo_show_text_glyphs(m_cr, span.text.data(), static_cast<int>(span.text.size()), glyphs.data(),
                           static_cast<int>(glyphs.size()), clusters.data(), static_cast<int>(clusters.size()),
                           span.backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : cairo_text_cluster_flags_t{});
}

void PdfCanvas::write_text(PixelPoint anchor, const TextRun& run, std::span<const TextLine> lines,
                           const TextLook& look) {
    cairo_new_path(m_cr);
    if (look.halo_width > 0 && look.halo.a > 0) {
        for (const TextLine& line : lines)
            for (const TextSpan& span : line.spans) add_outlines(anchor, run, span);
        set_color(look.halo);
        cairo_set_line_width(m_cr, 2 * look.halo_width);
        cairo_set_line_join(m_cr, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(m_cr);
    }
    if (!(look.color.a > 0)) return;
    set_color(look.color);
    for (const TextLine& line : lines)
        for (const TextSpan& span : line.spans) {
            if (run.glyphs[span.begin].outline->font != Outline::no_font) {
                show(anchor, run, span);
            } else {
                cairo_new_path(m_cr);
                add_outlines(anchor, run, span);
                cairo_fill(m_cr);
            }
        }
}

void PdfCanvas::write_picture(std::int64_t x, std::int64_t y, ImageView picture) {
    if (picture.width > PictureGatherer::max_side || picture.height > PictureGatherer::max_side) { // in halves, then
        const bool wide = picture.width > picture.height;
        const int half = (wide ? picture.width : picture.height) / 2;
        write_picture(x, y, crop(picture, 0, 0, wide ? half : picture.width, wide ? picture.height : half));
        if (wide) write_picture(x + half, y, crop(picture, half, 0, picture.width - half, picture.height));
        else write_picture(x, y + half, crop(picture, 0, half, picture.width, picture.height - half));
        return;
    }
    const CairoSurface copy(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, picture.width, picture.height));
    check_cairo(cairo_surface_status(copy.get()), "a picture cannot be kept");
    unsigned char* rows = cairo_image_surface_get_data(copy.get());
    const std::ptrdiff_t stride = cairo_image_surface_get_stride(copy.get());
    for (int row = 0; row < picture.height; ++row)
        std::memcpy(rows + row * stride, picture.row(row), static_cast<std::size_t>(picture.width) * 4);
    cairo_surface_mark_dirty(copy.get());
    cairo_set_source_surface(m_cr, copy.get(), static_cast<double>(x), static_cast<double>(y));
    cairo_pattern_set_filter(cairo_get_source(m_cr),
                             CAIRO_FILTER_NEAREST); // no /Interpolate, which would blur its edges
    cairo_new_path(m_cr);
    cairo_rectangle(m_cr, static_cast<double>(x), static_cast<double>(y), picture.width, picture.height);
    cairo_fill(m_cr);
}

} // namespace harmattan::render
