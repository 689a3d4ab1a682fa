#pragma once
// The page's map as a GIS finds it: a viewport with a geospatial measure (ISO 32000-2, 12.10; Adobe's supplement to
// ISO 32000-1, extension level 3), which GDAL, QGIS and Acrobat read.

#include "render/print/georeference.hpp"
#include "render/print/pdf_update.hpp"

#include <span>
#include <string>

namespace harmattan::render {

struct PdfViewport {
    std::size_t page = 0;                      ///< from 0
    std::string name;                          ///< of the viewport: what Acrobat calls it
    double points_per_px = 1, page_height = 0; ///< page height in points
    Georeference georeference;
};

/// Gives the document's pages these viewports. Throws geo::Error usage where a CRS is not known, cannot be said in WKT
/// 1 nor by an EPSG code, or does not reach a corner of the frame.
void add_viewports(PdfUpdate& update, std::span<const PdfViewport> viewports);

} // namespace harmattan::render
