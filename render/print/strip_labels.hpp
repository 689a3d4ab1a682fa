#pragma once
// Which names along a strip are shown, and in which of its rows, so that none runs into another or into another's tick.

#include <cstddef>
#include <span>
#include <vector>

namespace harmattan::render {

/// A text over a place on the strip, millimetres from the strip's left edge.
struct StripLabel {
    double at = 0;                        ///< of its tick
    double left_of = 0, right_of = 0;     ///< how far the text reaches to both sides of the tick
    bool may_slide = true;                ///< so as to lie inside the strip; its tick stays under (or over) it
};

struct PlacedStripLabel {
    std::size_t label = 0;                ///< index into those given
    double left = 0, right = 0;
    std::size_t row = 0;                  ///< 0 is next to the strip; ticks of row 1 pass through row 0
};

/// `labels`: the most important first; one that finds no room is left out. All placed ones lie in [0, width], at least
/// `gap` apart in their row and `clear` away from the ticks that pass through it.
std::vector<PlacedStripLabel> place_strip_labels(std::span<const StripLabel> labels, double width, std::size_t rows, double gap, double clear);

} // namespace harmattan::render
