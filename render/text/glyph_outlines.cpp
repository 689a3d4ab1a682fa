#include "render/text/glyph_outlines.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <cairo.h>
#include <fmt/format.h>

namespace harmattan::render {

namespace {

// A curve's chord may miss it by this much, pixels at the shaping size (64 px): 0.05 px on a label of 16 px.
constexpr double tolerance_px = 0.2;

// Twice the area, positive where contours turn as the stroker's outlines do (clockwise on the screen).
double turning(const Outline& outline) {
    double sum = 0;
    std::size_t begin = 0;
    for (const std::uint32_t end : outline.contour_end) {
        for (std::size_t i = begin; i < end; ++i) {
            const auto &a = outline.points[i], &b = outline.points[i + 1 < end ? i + 1 : begin];
            sum += a.x * b.y - b.x * a.y;
        }
        begin = end;
    }
    return sum;
}

// why: a halo is the letter and its stroke as one nonzero shape; turning against each other they would cancel out.
void turn_clockwise(Outline& outline) {
    if (turning(outline) >= 0) return;
    std::size_t begin = 0;
    for (const std::uint32_t end : outline.contour_end) {
        std::reverse(outline.points.begin() + static_cast<std::ptrdiff_t>(begin),
                     outline.points.begin() + static_cast<std::ptrdiff_t>(end));
        begin = end;
    }
}

} // namespace

struct GlyphOutlines::Context {
    std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface{
        cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1), cairo_surface_destroy};
    std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cr{cairo_create(surface.get()), cairo_destroy};
};

GlyphOutlines::GlyphOutlines(double font_px) : m_font_px(font_px), m_context(std::make_unique<Context>()) {
    cairo_set_tolerance(m_context->cr.get(), tolerance_px);
    m_unknown.points = {{0.06, -0.7},  {0.5, -0.7},   {0.5, 0},      {0.06, 0},
                        {0.12, -0.06}, {0.44, -0.06}, {0.44, -0.64}, {0.12, -0.64}};
    m_unknown.contour_end = {4, 8};
}

GlyphOutlines::~GlyphOutlines() {
    for (const auto& [key, outline] : m_outlines) cairo_scaled_font_destroy(key.first);
}

const Outline& GlyphOutlines::find(cairo_scaled_font_t* font, int file, unsigned long glyph) {
    const auto known = m_outlines.find({font, glyph});
    if (known != m_outlines.end()) return known->second;
    cairo_t* cr = m_context->cr.get();
    cairo_set_scaled_font(cr, font);
    cairo_new_path(cr);
    const cairo_glyph_t at{glyph, 0, 0};
    cairo_glyph_path(cr, &at, 1);
    const std::unique_ptr<cairo_path_t, decltype(&cairo_path_destroy)> path(cairo_copy_path_flat(cr),
                                                                            cairo_path_destroy);
    if (path->status != CAIRO_STATUS_SUCCESS)
        throw geo::Error(geo::ErrorKind::internal,
                         fmt::format("glyph {} cannot be drawn: {}", glyph, cairo_status_to_string(path->status)));
    Outline outline;
    outline.font = file;
    outline.glyph = static_cast<std::uint32_t>(glyph);
    const auto close = [&] {
        const std::uint32_t end = static_cast<std::uint32_t>(outline.points.size());
        const std::uint32_t begin = outline.contour_end.empty() ? 0 : outline.contour_end.back();
        if (end > begin + 2) outline.contour_end.push_back(end);
        else outline.points.resize(begin); // nothing that could be filled
    };
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t* piece = &path->data[i];
        if (piece->header.type == CAIRO_PATH_MOVE_TO) close();
        if (piece->header.type == CAIRO_PATH_MOVE_TO || piece->header.type == CAIRO_PATH_LINE_TO)
            outline.points.push_back({piece[1].point.x / m_font_px, piece[1].point.y / m_font_px});
    }
    close();
    turn_clockwise(outline);
    // The key holds the font, so that its address is not given to another one.
    return m_outlines.emplace(std::pair{cairo_scaled_font_reference(font), glyph}, std::move(outline)).first->second;
}

} // namespace harmattan::render
