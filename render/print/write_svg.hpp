#pragma once
// A sheet as SVG 1.1 that people go on to edit in Illustrator and Inkscape: real text, a named group for every element
// and map layer, lines and areas as paths, heat as an embedded PNG. Millimetres outside, image pixels as user units.
// The same sheet gives the same bytes.

#include "render/print/byte_sink.hpp"
#include "render/print/sheet.hpp"

#include <string>

namespace harmattan::render {

struct SvgInfo {
    std::string title, description; ///< <title> and <desc>: what a screen reader says
};

void write_svg(const Sheet& sheet, const SvgInfo& info, const ByteSink& sink);

} // namespace harmattan::render
