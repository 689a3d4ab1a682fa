#pragma once
// A sheet: what stands on paper (a page, a figure), laid out and ready to be drawn on any canvas. A list of named
// elements in drawing order; each is a group of the same name in SVG. Coordinates are image pixels from the sheet's
// north-west corner; `px_per_mm` says how many there are to a millimetre.

#include "render/canvas.hpp"

#include <functional>
#include <string>
#include <vector>

namespace harmattan::render {

struct SheetElement {
    std::string name; ///< "title", "map", "legend", "scale-bar", …
    PixelExtent box;  ///< all of its ink lies inside
    /// Draws what of the element meets `seen` (a canvas may be a stripe of the sheet); pure.
    std::function<void(Canvas& canvas, const PixelExtent& seen)> paint;
};

struct Sheet {
    double width_mm = 0, height_mm = 0;
    double px_per_mm = 1;
    std::vector<SheetElement> elements;

    int width_px() const; ///< rounded to whole pixels
    int height_px() const;
};

/// Draws the elements that meet `seen`, in order, each in a group of its name.
void paint(const Sheet& sheet, Canvas& canvas, const PixelExtent& seen);
/// All of it.
void paint(const Sheet& sheet, Canvas& canvas);

} // namespace harmattan::render
