#pragma once
// The JSON documents of OGC API – Tiles 1.0 (20-057), Maps and Common, for map tiles of collections: one function a
// path below `base_url`. A collection is a layer. Texts that are not UTF-8 throw bad_data.

#include "tiles/serve/served_layer.hpp"

#include <span>
#include <string>
#include <string_view>

namespace harmattan::tiles {

/// "/" where JSON is asked for.
std::string ogc_landing_page(std::string_view service_title, std::string_view base_url);
/// "/conformance": the classes that hold, among them those of the layers' media types.
std::string ogc_conformance(std::span<const ServedLayer> layers);
/// "/api": OpenAPI 3.0, for ogc_api_media_type.
std::string ogc_api_definition(std::string_view service_title, std::string_view base_url);
inline constexpr std::string_view ogc_api_media_type = "application/vnd.oai.openapi+json;version=3.0";
/// "/collections" and "/collections/{id}".
std::string ogc_collections(std::span<const ServedLayer> layers, std::string_view base_url);
std::string ogc_collection(const ServedLayer& layer, std::string_view base_url);
/// "/tileMatrixSets": WebMercatorQuad and what else the layers have.
std::string ogc_tile_matrix_sets(std::span<const ServedLayer> layers, std::string_view base_url);
/// "/tileMatrixSets/{tile_matrix_set_id(tile_px)}": zooms 0 to 24, or as deep as the layers go.
std::string ogc_tile_matrix_set(std::span<const ServedLayer> layers, int tile_px);
/// "/collections/{id}/map/tiles".
std::string ogc_tilesets(const ServedLayer& layer, std::string_view base_url);
/// "/collections/{id}/map/tiles/{tile_matrix_set_id(layer.tile_px)}"; the tiles are below it at "/{z}/{row}/{col}".
std::string ogc_tileset(const ServedLayer& layer, std::string_view base_url);

} // namespace harmattan::tiles
