#pragma once
// Puts a map into its place on a sheet: a projection, a scale, and from these the frame in millimetres, in pixels and
// in coordinates.

#include "geo/fitted_crs.hpp"
#include "geo/map_scale.hpp"
#include "render/paper_frame.hpp"
#include "render/print/georeference.hpp"
#include "render/print/pen.hpp"

#include <optional>
#include <string>

namespace harmattan::render {

struct MapRequest {
    geo::LonLatBox frame;              ///< what must be seen
    std::string crs;                   ///< as geo::CrsTransform takes it; empty: an equal-area one fitted to the frame
    std::optional<double> denominator; ///< of the scale; else the largest round scale that shows the frame
    bool round_scale = true;        ///< false: the largest scale whatever its number, so that the frame fills its place
    double style_px_mm = 25.4 / 96; ///< what a pixel of the style is on paper
};

struct MapPlacement {
    std::string crs;
    std::optional<geo::FittedCrs> fitted; ///< of a projection that was not asked for
    double denominator = 1;               ///< true at the middle of the map (square root of the areal scale)
    PaperExtent frame;                    ///< on the sheet, whole pixels
    geo::Extent<geo::Projected> extent;   ///< what the frame shows, units of the CRS
    geo::LonLatBox seen;                  ///< the box of all places in the frame
    geo::ScaleRange range;
    PaperFrame paper;
    double px_per_mm = 1;

    double units_per_mm() const { return paper.units_per_px * px_per_mm; }
    /// Image pixels per style pixel: the scale a scene for `paper` is prepared at.
    double scale = 1;
    PaperPoint to_paper(geo::Point<geo::Projected> p) const;
    Georeference georeference() const;
};

/// Throws geo::Error usage: a CRS that PROJ does not know or that does not reach the frame.
MapPlacement place_map(const MapRequest& request, const PaperExtent& slot, double px_per_mm);

/// Height over width of what a map must show, in its projection.
double shape_of(const MapRequest& request);

/// The next greater of 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8 times a power of ten.
double round_denominator(double at_least);

} // namespace harmattan::render
