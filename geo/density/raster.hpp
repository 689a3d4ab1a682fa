#pragma once
// A field as a raster on any grid, a band of rows at a time, so that memory stays bounded whatever the raster's size.

#include "geo/density/field.hpp"
#include "geo/density/raster_grid.hpp"
#include "geo/features.hpp"

#include <memory>
#include <span>

namespace harmattan::geo {

/// Values at cell centres. Centres are brought to the analysis CRS by PROJ: exactly where the grid's rows and columns
/// are parallels and meridians, else on a mesh of places between which positions are interpolated, fine enough that
/// every mesh cell's middle is right to 0.002 step of the field's finest grid (checked; down to every cell where it
/// must be).
class DensityRaster {
public:
    /// `mask`: polygons outside of which cells are nodata (a cell belongs to the polygon that holds its centre); null:
    /// none.
    DensityRaster(Field field, RasterGrid grid, const FeatureTable* mask, int threads);
    ~DensityRaster();

    const RasterGrid& grid() const;
    bool masked() const;
    /// Rows first … first + rows − 1 into `out` (rows × columns), NaN outside the mask and where the CRS does not
    /// reach. The same values however the raster is cut into bands.
    void read_rows(std::int64_t first, std::int64_t rows, std::span<float> out);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace harmattan::geo
