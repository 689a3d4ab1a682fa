#pragma once
// Where a sheet's map lies on Earth: what a GIS needs to place a PDF or GeoTIFF.

#include "geo/space.hpp"
#include "render/canvas.hpp"

#include <string>

namespace harmattan::render {

struct Georeference {
    std::string crs;         ///< PROJ string, "EPSG:…" or WKT, as geo::CrsTransform takes it
    PixelExtent frame;       ///< the map's frame on the sheet, image pixels
    double x0 = 0, y0 = 0;   ///< coordinates (units of the CRS) of the sheet's north-west corner
    double units_per_px = 1; ///< y goes down on the sheet, up in the CRS
};

} // namespace harmattan::render
