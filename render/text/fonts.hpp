#pragma once
// The fonts of the map, named by the project and by nobody else: an own fontconfig configuration that knows eight files
// and nothing of the machine's settings, so that a picture is the same wherever it is drawn. Noto Sans, Noto Sans
// Arabic beside it, DejaVu Sans for what both lack.

#include <memory>

typedef struct _PangoFont PangoFont;
typedef struct _PangoFontMap PangoFontMap;

namespace harmattan::render {

struct FontMapDeleter {
    void operator()(PangoFontMap* map) const noexcept;
};
using FontMap = std::unique_ptr<PangoFontMap, FontMapDeleter>;

/// Throws geo::Error bad_config that names the Debian package of a font that is not there.
FontMap open_fonts();

/// Path of font file `index` (Outline::font).
const char* font_file(int index);
/// Which font file a font of open_fonts is; Outline::no_font for a font that is not the project's.
int font_index(PangoFont* font);

} // namespace harmattan::render
