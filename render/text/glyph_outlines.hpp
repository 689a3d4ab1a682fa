#pragma once
// Glyphs as flattened contours, each taken out of its font once.

#include "render/canvas.hpp"

#include <map>
#include <memory>
#include <utility>

typedef struct _cairo cairo_t;
typedef struct _cairo_scaled_font cairo_scaled_font_t;

namespace harmattan::render {

class GlyphOutlines {
public:
    /// Scaled fonts handed to find() have this size.
    explicit GlyphOutlines(double font_px);
    ~GlyphOutlines();

    /// Stays where it is as long as the object lives. `file`: which of the project's font files `font` is.
    const Outline& find(cairo_scaled_font_t* font, int file, unsigned long glyph);
    /// The box that stands for a character without a glyph.
    const Outline& unknown() const { return m_unknown; }

private:
    struct Context;
    double m_font_px;
    std::unique_ptr<Context> m_context;
    std::map<std::pair<cairo_scaled_font_t*, unsigned long>, Outline> m_outlines;
    Outline m_unknown;
};

} // namespace harmattan::render
