#pragma once
// The corner of a map in which a card hides least.

#include "render/print/pen.hpp"

#include <span>

namespace harmattan::render {

enum class Corner { lower_right, lower_left, upper_right, upper_left };

/// Where a card of this size (width and height, mm) lies in a corner of `frame`, `inset_mm` from its edges.
PaperExtent card_in(Corner corner, const PaperExtent& frame, PaperPoint size, double inset_mm);

/// The corner whose card covers the fewest of `first`, circles of `radius_mm`; among equals the fewest of `then`; among
/// equals the first of Corner.
Corner least_covering(const PaperExtent& frame, PaperPoint size, double inset_mm, std::span<const PaperPoint> first,
                      double radius_mm, std::span<const PaperPoint> then);

} // namespace harmattan::render
