#pragma once
// What the service documents (WMTS, OGC API) have to know of a tileset that is served.

#include "geo/space.hpp"

#include <string>

namespace harmattan::tiles {

/// Texts may hold anything, as an archive's metadata may; the documents escape them.
struct ServedLayer {
    std::string id; ///< part of addresses as it is: letters, digits, '-', '_', '@'
    std::string title, description, attribution;
    std::string extension;  ///< of the tiles' addresses: "png"
    std::string media_type; ///< "image/png"
    geo::LonLatBox bounds;
    int min_zoom = 0, max_zoom = 0;
    int tile_px = 256;

    bool is_picture() const { return media_type.starts_with("image/"); } ///< else vector tiles
};

} // namespace harmattan::tiles
