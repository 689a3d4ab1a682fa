#pragma once
// Pictures that stand on a page: a QR code as areas, a logo as image pixels.

#include "render/print/lettering.hpp"

#include <string>

namespace harmattan::render {

/// Modules on white with the quiet zone the code needs, `side_mm` in all; `caption` under it.
Block qr_block(const Lettering& lettering, const std::string& text, const std::string& caption, double side_mm,
               double size_pt);
/// The picture of a file as large as fits, right and top aligned in the box.
Block logo_block(const std::string& file, double width_mm, double height_mm, double px_per_mm);

} // namespace harmattan::render
