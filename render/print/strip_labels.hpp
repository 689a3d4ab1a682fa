#pragma once
// Which names along a strip are shown, in one row, so that none runs into another.

#include <cstddef>
#include <span>
#include <vector>

namespace harmattan::render {

/// A text over a place on the strip, millimetres.
struct StripLabel {
    double at = 0;                    ///< of its tick
    double left_of = 0, right_of = 0; ///< how far the text reaches to both sides of the tick
    bool may_slide = true;            ///< so as to lie inside the strip; its tick stays under it
    double beside = 0; ///< where it finds no room: another text, so wide, before its tick or behind it, off it by that
                       ///< width at most; 0: none
};

struct PlacedStripLabel {
    std::size_t label = 0; ///< index into those given
    double left = 0, right = 0;
    bool beside = false; ///< it is the other text
};

/// `labels`: the most important first; one that finds no room is left out. All placed ones lie in [left, right], at
/// least `gap` apart.
std::vector<PlacedStripLabel> place_strip_labels(std::span<const StripLabel> labels, double left, double right,
                                                 double gap);

} // namespace harmattan::render
