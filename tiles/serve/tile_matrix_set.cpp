#include "tiles/serve/tile_matrix_set.hpp"

#include "geo/mercator.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace harmattan::tiles {

namespace {

constexpr double pixel_m = 0.00028;

} // namespace

std::string tile_matrix_set_id(int tile_px) {
    return tile_px == web_mercator_quad_px ? "WebMercatorQuad" : fmt::format("WebMercatorQuad{}", tile_px);
}

TileMatrixNumbers tile_matrix_numbers(int zoom, int tile_px) {
    const double cell_m = geo::TileMatrix(zoom, tile_px).resolution();
    return {cell_m / pixel_m, cell_m};
}

std::vector<int> tile_sizes(std::span<const ServedLayer> layers) {
    std::set<int> sizes;
    for (const ServedLayer& layer : layers) sizes.insert(layer.tile_px);
    return {sizes.begin(), sizes.end()};
}

int deepest_zoom(std::span<const ServedLayer> layers, int tile_px) {
    int deepest = -1;
    for (const ServedLayer& layer : layers)
        if (layer.tile_px == tile_px) deepest = std::max(deepest, layer.max_zoom);
    return deepest;
}

geo::LonLatBox limit_box(const ServedLayer& layer) {
    const geo::LonLatBox& b = layer.bounds;
    return b.west <= b.east ? b : geo::LonLatBox{-180, b.south, 180, b.north};
}

std::vector<geo::TileRange> tile_limits(const ServedLayer& layer) {
    std::vector<geo::TileRange> limits;
    for (int z = layer.min_zoom; z <= layer.max_zoom; ++z) limits.push_back(geo::tiles_of(limit_box(layer), z));
    return limits;
}

} // namespace harmattan::tiles
