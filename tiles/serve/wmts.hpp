#pragma once
// The capabilities document of OGC's Web Map Tile Service 1.0.0 (07-057r7), in its RESTful form: tiles by address
// template, no key-value requests.

#include "tiles/serve/served_layer.hpp"

#include <span>
#include <string>
#include <string_view>

namespace harmattan::tiles {

/// XML for {base_url}/wmts/1.0.0/WMTSCapabilities.xml. Tiles are at
/// {base_url}/wmts/1.0.0/{layer}/default/{set}/{TileMatrix}/{TileRow}/{TileCol}.{extension}, where {set} is the layer's
/// tile_matrix_set_id: mind the row before the column. Layers of vector tiles are left out. Texts are escaped; what
/// XML 1.0 cannot hold is left out.
std::string wmts_capabilities(std::span<const ServedLayer> layers, std::string_view service_title,
                              std::string_view base_url);

} // namespace harmattan::tiles
