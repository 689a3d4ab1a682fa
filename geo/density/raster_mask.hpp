#pragma once
// Polygons on a raster's grid: which cells' centres lie in one of them.

#include "geo/density/raster_grid.hpp"
#include "geo/features.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace harmattan::geo {

class RasterMask {
public:
    /// Takes the polygon features of the table (even-odd within a feature, together between features). Edges are cut
    /// into pieces of a quarter of a degree at most, so that they bend as the CRS does.
    RasterMask(const FeatureTable& polygons, const RasterGrid& grid);

    /// NaN into the cells of rows first … first + rows − 1 whose centre is in no polygon.
    void cut(std::int64_t first, std::int64_t rows, std::span<float> values) const;

private:
    /// In cells: the middle of cell (c, r) is at (c, r).
    struct Edge {
        double x0, y0, x1, y1;
        std::uint32_t feature;
    };
    std::int64_t m_columns;
    std::vector<Edge> m_edges;
};

} // namespace harmattan::geo
