#pragma once
// Owners of Cairo's objects, and its status as an Error. Included by the few files that draw with Cairo.

#include <cairo.h>
#include <memory>
#include <string_view>

namespace harmattan::render {

template <auto Destroy>
struct CairoDeleter {
    template <class T>
    void operator()(T* object) const noexcept {
        Destroy(object);
    }
};
using CairoContext = std::unique_ptr<cairo_t, CairoDeleter<cairo_destroy>>;
using CairoSurface = std::unique_ptr<cairo_surface_t, CairoDeleter<cairo_surface_destroy>>;
using CairoFontFace = std::unique_ptr<cairo_font_face_t, CairoDeleter<cairo_font_face_destroy>>;
using CairoFontOptions = std::unique_ptr<cairo_font_options_t, CairoDeleter<cairo_font_options_destroy>>;

/// Throws geo::Error internal, "page 3 cannot be drawn: out of memory", unless the status is success.
void check_cairo(cairo_status_t status, std::string_view what);

} // namespace harmattan::render
