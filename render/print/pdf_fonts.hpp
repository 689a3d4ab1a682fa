#pragma once
// The project's font files as Cairo has fonts, each opened once, when it is first asked for; unhinted.

#include "render/print/cairo_handles.hpp"

#include <map>
#include <memory>

typedef struct FT_LibraryRec_* FT_Library;

namespace harmattan::render {

class PdfFonts {
public:
    /// `font` as in Outline::font. Throws geo::Error bad_config where the file cannot be read.
    cairo_font_face_t* face(int font);

private:
    std::shared_ptr<FT_LibraryRec_> m_library;
    std::map<int, CairoFontFace> m_faces;
};

} // namespace harmattan::render
