#pragma once
// Text on paper: set in points, measured in millimetres, wrapped to a width. Blocks share what is needed to draw them,
// so they outlive the Lettering that set them.

#include "render/print/block.hpp"

#include <memory>
#include <string>

namespace harmattan::render {

struct Letters {
    double size_pt = 8;
    styles::Color color{0.13f, 0.13f, 0.13f, 1};
    bool bold = false, italic = false;
    Justify justify = Justify::left;
    double line_height = 1.25; ///< ems
    double letter_spacing = 0; ///< ems
    int quarter_turns = 0;     ///< counter-clockwise; width and height of the block are those after the turn
};

class Lettering {
public:
    Lettering() : m_typesetter(std::make_shared<Typesetter>()) {}

    /// At most `width_mm` wide where words allow it (0: one line); the block is as wide as its widest line.
    Block set(const std::string& text, const Letters& letters, double width_mm = 0) const;
    /// The same, but the block is `width_mm` wide and the text stands in it as it is justified.
    Block set_in(const std::string& text, const Letters& letters, double width_mm) const;
    /// Characters met so far that no font has.
    std::size_t unknown_glyphs() const { return m_typesetter->unknown_glyphs(); }

private:
    std::shared_ptr<Typesetter> m_typesetter;
};

} // namespace harmattan::render
