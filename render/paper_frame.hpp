#pragma once
// A map's frame on a sheet: which CRS, at what scale, which part of the sheet. With it a scene is prepared for paper
// instead of for the zooms of the web; image pixels are then those of the sheet, origin at its north-west corner.

#include "render/canvas.hpp"
#include "render/view.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace harmattan::render {

struct PaperFrame {
    std::string crs;                     ///< as geo::CrsTransform takes it
    double x0 = 0, y0 = 0;               ///< coordinates, units of the CRS, of the sheet's north-west corner
    double units_per_px = 1;             ///< units of the CRS per image pixel; y goes down on the sheet, up in the CRS
    std::int64_t x = 0, y = 0;           ///< north-west corner of the frame, image pixels of the sheet
    int width = 0, height = 0;           ///< of the frame, image pixels
    double style_zoom = 0;               ///< the zoom that the style's expressions see; need not be whole
    double label_inset_px = 0;           ///< labels keep this far from the frame
    std::vector<PixelExtent> kept_clear; ///< of labels, image pixels of the sheet: what will stand on the map
};

/// All of the frame, at `scale` image pixels per style pixel.
View view_of(const PaperFrame& frame, double scale);

} // namespace harmattan::render
