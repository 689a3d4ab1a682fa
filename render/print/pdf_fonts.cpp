#include "render/print/pdf_fonts.hpp"

#include "geo/error.hpp"
#include "render/text/fonts.hpp"

#include <cairo-ft.h>
#include <fmt/format.h>

namespace harmattan::render {

namespace {

// What a Cairo font face keeps alive: Cairo holds on to faces longer than their owner does.
struct OpenFont {
    std::shared_ptr<FT_LibraryRec_> library; // first, so that it goes last
    std::unique_ptr<FT_FaceRec_, CairoDeleter<FT_Done_Face>> face;
};

const cairo_user_data_key_t open_font_key{};

} // namespace

cairo_font_face_t* PdfFonts::face(int font) {
    CairoFontFace& known = m_faces[font];
    if (known) return known.get();
    if (!m_library) {
        FT_Library library = nullptr;
        if (FT_Init_FreeType(&library) != 0) throw geo::Error(geo::ErrorKind::internal, "FreeType cannot be started");
        m_library.reset(library, [](FT_Library l) { FT_Done_FreeType(l); });
    }
    FT_Face face = nullptr;
    if (FT_New_Face(m_library.get(), font_file(font), 0, &face) != 0)
        throw geo::Error(geo::ErrorKind::bad_config, fmt::format("font {} cannot be read", font_file(font)));
    auto open = std::make_unique<OpenFont>();
    open->library = m_library;
    open->face.reset(face);
    CairoFontFace made(cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING));
    check_cairo(cairo_font_face_status(made.get()), font_file(font));
    check_cairo(cairo_font_face_set_user_data(made.get(), &open_font_key, open.get(),
                                              [](void* p) { delete static_cast<OpenFont*>(p); }),
                font_file(font));
    open.release();
    known = std::move(made);
    return known.get();
}

} // namespace harmattan::render
