#pragma once
// A run of glyphs, taken apart into what page formats write as text: lines, and within them spans that one font shows
// at one turn in one direction, each with the characters that it shows.

#include "render/canvas.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace harmattan::render {

/// Neighbouring glyphs of a run. Text and clusters are in reading order; where `backward`, the glyphs of the first
/// cluster are the last ones.
struct TextSpan {
    struct Cluster {
        std::size_t bytes = 0, glyphs = 0;
    };
    std::size_t begin = 0, end = 0; ///< glyphs of the run
    std::string text;               ///< valid UTF-8
    std::vector<Cluster> clusters;  ///< of the text's bytes and the span's glyphs, all of both
    bool backward = false;
};

struct TextLine {
    std::size_t begin = 0, end = 0; ///< glyphs of the run
    std::vector<TextSpan> spans;    ///< in reading order
    bool right_to_left = false;     ///< reading begins at the right
    std::string text() const;
};

/// Blanks that a line break swallowed are in no line.
std::vector<TextLine> split_lines(const TextRun& run);

} // namespace harmattan::render
