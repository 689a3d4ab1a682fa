#pragma once
// A label before and after it has found its place. All of it in global image pixels of one zoom.

#include "render/text/label_path.hpp"
#include "render/text/typesetter.hpp"

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace harmattan::render {

/// A label in its place: what is drawn, and the boxes it keeps clear.
struct Label {
    PixelPoint anchor;
    std::vector<PlacedGlyph> glyphs;
    std::vector<PixelExtent> boxes; ///< ink, halo and padding
    PixelExtent ink;                ///< ink and halo: which pictures it must be drawn in
};

/// How far text is set from its anchor, as shares of its width and height: "left" means the anchor is at its left.
struct AnchorShift {
    double x = 0, y = 0;
};
AnchorShift anchor_shift(std::string_view anchor);

struct LabelMetrics {
    double size_px = 16;
    double halo_px = 0;
    double padding_px = 2;
};

/// The block beside or on the anchor, moved by (offset_x, offset_y) ems; its origin on a whole pixel.
Label set_at(PixelPoint anchor, const TextBlock& block, AnchorShift shift, double offset_x, double offset_y,
             const LabelMetrics& metrics);

/// One line of text along a path, upright, its middle `along` from the path's start, raised by `offset_y` ems (down).
/// Nothing where the path is too short or turns by more than `max_turn` (radians) between neighbouring letters.
std::optional<Label> set_along(const LabelPath& path, double along, const TextBlock& block, double offset_y,
                               double max_turn, const LabelMetrics& metrics);

/// A place inside a polygon, as far from its edge as a search along lines of latitude finds; rings as in a Curve.
std::optional<PixelPoint> place_inside(std::span<const Curve> rings);
/// The same inside a polygon and a box; nothing where there is less room than `width` along the line.
std::optional<PixelPoint> place_inside(std::span<const Curve> rings, const PixelExtent& box, double width);
/// All middles of boxes of that size inside both, about a quarter of their width apart, the nearest to `from` first.
std::vector<PixelPoint> places_inside(std::span<const Curve> rings, const PixelExtent& box, double width, double height,
                                      PixelPoint from);

} // namespace harmattan::render
