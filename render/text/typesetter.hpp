#pragma once
// Text to outlines: shaped by Pango (accents, Arabic, fallback fonts), broken into lines, set as glyphs in ems. Done
// once while a scene is prepared, by one thread; what comes out is drawn by any number of threads without fonts.

#include "render/canvas.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace harmattan::render {

enum class Justify { left, center, right };

struct TextStyle {
    std::string text;          ///< UTF-8; '\n' breaks the line
    std::string font;          ///< "Noto Sans Bold"
    double letter_spacing = 0; ///< ems; not applied to joined scripts
    double max_width = 10;     ///< ems; 0: one line
    double line_height = 1.2;  ///< ems
    Justify justify = Justify::center;
    /// Lines about equally long, as labels are; else filled one after the other, as paragraphs are
    bool balanced = true;
    auto operator<=>(const TextStyle&) const = default;
};

/// A glyph in ems, from the block's origin; y down.
struct SetGlyph {
    const Outline* outline = nullptr;
    double x = 0, y = 0;
    double advance = 0;        ///< for setting along lines
    std::uint32_t text_at = 0; ///< byte of the text where its characters begin
};

/// A block of lines whose middle is the origin: half its width left and right of it, lines centred on capital height.
struct TextBlock {
    std::vector<SetGlyph> glyphs; ///< per line from left to right
    double width = 0, height = 0; ///< ems: widest line's advance; lines × line height
    geo::Extent<void> ink;        ///< box of the outlines, ems
    std::size_t lines = 0;
    double letter_spacing = 0; ///< ems, as it was set
    bool joined = false;       ///< a script whose letters join (Arabic): must not be set letter by letter
};

class Typesetter {
public:
    Typesetter();
    ~Typesetter();
    Typesetter(const Typesetter&) = delete;
    Typesetter& operator=(const Typesetter&) = delete;

    /// Fonts are opened on first use (bad_config where they are missing). The same object for the same style; lives as
    /// long as the typesetter.
    const TextBlock& set(const TextStyle& style);
    /// Characters met so far that no font has.
    std::size_t unknown_glyphs() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Upper or lower case by the style's text-transform ("uppercase", "lowercase"; anything else: as it is).
std::string transform_case(const std::string& text, std::string_view transform);

} // namespace harmattan::render
