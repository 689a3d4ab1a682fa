#pragma once
// The path of a request for a tile, taken apart: raw as it came, without query, never percent-decoded. Views into the
// path, no allocation. What is not exactly one of the forms below is not a tile's path:
//
//   /{set}/{z}/{x}/{y}.{ext}    /{set}/{z}/{x}/{y}@2x.{ext}
//   /wmts/1.0.0/{set}/default/WebMercatorQuad/{z}/{row}/{col}.{ext}      OGC 07-057r7, RESTful; row before column
//   /collections/{set}/map/tiles/WebMercatorQuad/{z}/{row}/{col}         OGC 20-057 (API Tiles); no extension
//
// "WebMercatorQuad512" in its place has the tiles at scale 2.
//
// Numbers are decimal digits without sign or leading zero; z <= geo::max_zoom, x and y < 2^z.

#include "geo/tile_id.hpp"

#include <optional>
#include <string_view>

namespace harmattan::tiles {

struct TilePath {
    std::string_view set; ///< is_set_name holds
    geo::TileId tile;
    int scale = 1;              ///< pixels of the picture to one of the tile: 1 or 2
    std::string_view extension; ///< 1 to 5 lower-case letters, or empty (OGC API Tiles)
};

std::optional<TilePath> parse_tile_path(std::string_view path);

/// A letter or digit, then at most 63 letters, digits, "_" and "-"; then perhaps "@" and a frame of 1 to 64 letters,
/// digits and "-": "heat", "heat@2025-07". ASCII whatever the locale.
bool is_set_name(std::string_view name);

} // namespace harmattan::tiles
