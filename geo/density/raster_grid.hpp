#pragma once
// The grid of a density raster: a CRS, a corner and a cell size; rows from the north.

#include "geo/density/field.hpp"
#include "geo/space.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace harmattan::geo {

/// Cell (c, r) covers min_x + [c, c+1) · step_x and max_y − [r, r+1) · step_y; its value is that of its centre.
struct RasterGrid {
    std::string crs; ///< "EPSG:…", a PROJ string or WKT
    double min_x = 0, max_y = 0, step_x = 0, step_y = 0;
    std::int64_t columns = 0, rows = 0;

    double centre_x(std::int64_t c) const { return min_x + (static_cast<double>(c) + 0.5) * step_x; }
    double centre_y(std::int64_t r) const { return max_y - (static_cast<double>(r) + 0.5) * step_y; }
    std::uint64_t cells() const { return static_cast<std::uint64_t>(columns) * static_cast<std::uint64_t>(rows); }
};

struct RasterRequest {
    std::string crs;                         ///< --crs; empty: the field's analysis CRS
    std::optional<Extent<Projected>> extent; ///< --extent, in that CRS; else what the field covers
    std::optional<double> resolution;        ///< --resolution, in units of that CRS; else the field's own step
};

/// Without a request the cells are centred on the nodes of the field's finest grid. Otherwise the extent grows to the
/// east and the south until it is a whole number of cells. Throws Error usage: unknown CRS, an extent that is none, a
/// resolution that is not above zero or gives more than 2^31 − 1 columns or rows.
RasterGrid raster_grid(const Field& field, const RasterRequest& request);

} // namespace harmattan::geo
