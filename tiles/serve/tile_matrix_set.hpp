#pragma once
// The tile matrix sets of what is served, as OGC has them: WebMercatorQuad for tiles of 256 px. Larger tiles lie in the
// same places with more pixels, so their scales are others; they get a set of their own, such as WebMercatorQuad512.
// why: clients compute a tile's place from scale × tile size, and 512 px at WebMercatorQuad's scales would put tiles
// two times too large into the wrong places. Source: OGC 17-083r4, annex D.1; a pixel is 0.28 mm.

#include "geo/tile_id.hpp"
#include "tiles/serve/served_layer.hpp"

#include <span>
#include <string>
#include <vector>

namespace harmattan::tiles {

inline constexpr int web_mercator_quad_px = 256;
/// The deepest tile matrix that the registered definition has.
inline constexpr int web_mercator_quad_max_zoom = 24;

/// "WebMercatorQuad", or with the pixels of a tile behind it where they are not 256.
std::string tile_matrix_set_id(int tile_px);

struct TileMatrixNumbers {
    double scale_denominator;
    double cell_m; ///< metres of EPSG:3857 per pixel
};
TileMatrixNumbers tile_matrix_numbers(int zoom, int tile_px);

/// The sizes of tile that the layers have, ascending, each once.
std::vector<int> tile_sizes(std::span<const ServedLayer> layers);
/// The deepest zoom of the layers with tiles of that size; -1 if none has.
int deepest_zoom(std::span<const ServedLayer> layers, int tile_px);

/// Where the layer's tiles can be: its bounds as tiles, one range a zoom, ascending.
std::vector<geo::TileRange> tile_limits(const ServedLayer& layer);
/// The layer's bounds; all longitudes if they cross the antimeridian, which limits of tiles cannot say.
geo::LonLatBox limit_box(const ServedLayer& layer);

} // namespace harmattan::tiles
