#include "render/print/lettering.hpp"

#include <utility>

namespace harmattan::render {

namespace {

std::string font_of(const Letters& letters) {
    return std::string("Noto Sans") + (letters.bold ? " Bold" : "") + (letters.italic ? " Italic" : "");
}

} // namespace

Block Lettering::set(const std::string& text, const Letters& letters, double width_mm) const {
    const double size_mm = letters.size_pt * mm_per_pt;
    TextStyle style{
        text, font_of(letters), letters.letter_spacing, width_mm / size_mm, letters.line_height, letters.justify,
        false};
    if (text.empty()) return {{}, 0, 0, [](const Pen&, PaperPoint) {}};
    const TextBlock& set = m_typesetter->set(style);
    Block block;
    block.width_mm = set.width * size_mm;
    block.height_mm = set.height * size_mm;
    if (letters.quarter_turns % 2 != 0) std::swap(block.width_mm, block.height_mm);
    block.draw = [setter = m_typesetter, &set, text, font = style.font, size_mm, letters, w = block.width_mm,
                  h = block.height_mm](const Pen& pen, PaperPoint at) {
        const TextLook look{letters.color, {}, 0};
        pen.text({at.x + w / 2, at.y + h / 2}, set, text, font, size_mm, look, letters.quarter_turns);
    };
    return block;
}

Block Lettering::set_in(const std::string& text, const Letters& letters, double width_mm) const {
    Block inner = set(text, letters, width_mm);
    const double spare = width_mm - inner.width_mm;
    const double shift = letters.justify == Justify::left ? 0 : letters.justify == Justify::right ? spare : spare / 2;
    Block block{{}, width_mm, inner.height_mm, {}};
    block.draw = [inner, shift](const Pen& pen, PaperPoint at) { inner.draw(pen, {at.x + shift, at.y}); };
    return block;
}

} // namespace harmattan::render
