#pragma once
// A text run as SVG's <text>: one with its lines as <tspan> where it is straight, one with a place and a turn for every
// letter where it follows a path.

#include "render/print/text_lines.hpp"

#include <string>
#include <string_view>

namespace harmattan::render {

/// Families that a viewer tries in turn, as a font-family attribute has them: the project's own.
inline constexpr std::string_view svg_font_families = "'Noto Sans', 'Noto Sans Arabic', 'DejaVu Sans', sans-serif";

/// Appends the run's <text> elements (several where lines of both directions are in one block), each with `attributes`.
void append_svg_text(std::string& to, PixelPoint anchor, const TextRun& run, std::span<const TextLine> lines,
                     std::string_view attributes);

/// Size, weight, style and letter spacing of a run as attributes, with a leading blank.
std::string svg_font_attributes(const TextRun& run);

} // namespace harmattan::render
