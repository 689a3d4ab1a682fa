#include "tiles/serve/ogc_tiles.hpp"

#include "geo/mercator.hpp"
#include "tiles/json_text.hpp"
#include "tiles/serve/tile_matrix_set.hpp"
#include "tiles/tilejson.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace harmattan::tiles {

namespace {

constexpr const char* web_mercator_crs = "http://www.opengis.net/def/crs/EPSG/0/3857";
constexpr const char* lon_lat_crs = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
constexpr const char* web_mercator_quad_uri = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
constexpr const char* map_tilesets_rel = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-map";
constexpr const char* vector_tilesets_rel = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
constexpr const char* tiling_scheme_rel = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";
constexpr const char* tile_matrix_sets_rel = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes";
constexpr const char* geodata_rel = "http://www.opengis.net/def/rel/ogc/1.0/geodata";

Json link(std::string_view rel, const std::string& href, std::string_view title = {},
          std::string_view type = "application/json") {
    Json made{{"rel", rel}, {"type", type}};
    if (!title.empty()) made["title"] = title;
    made["href"] = href;
    return made;
}

std::string collection_address(const ServedLayer& layer, std::string_view base_url) {
    return joined(base_url, "collections/" + layer.id);
}

std::string tilesets_address(const ServedLayer& layer, std::string_view base_url) {
    return collection_address(layer, base_url) + "/map/tiles";
}

std::string tileset_address(const ServedLayer& layer, std::string_view base_url) {
    return fmt::format("{}/{}", tilesets_address(layer, base_url), tile_matrix_set_id(layer.tile_px));
}

std::string tile_matrix_set_address(int tile_px, std::string_view base_url) {
    return joined(base_url, "tileMatrixSets/" + tile_matrix_set_id(tile_px));
}

const char* data_type(const ServedLayer& layer) { return layer.is_picture() ? "map" : "vector"; }

Json collection_json(const ServedLayer& layer, std::string_view base_url) {
    const geo::LonLatBox& b = layer.bounds;
    return {
        {"id", layer.id},
        {"title", layer.title},
        {"description", layer.description},
        {"attribution", layer.attribution},
        {"dataType", data_type(layer)},
        {"extent", {{"spatial", {{"bbox", Json::array({{b.west, b.south, b.east, b.north}})}, {"crs", lon_lat_crs}}}}},
        {"crs", Json::array({web_mercator_crs})},
        {"links", Json::array({link("self", collection_address(layer, base_url)),
                               link(layer.is_picture() ? map_tilesets_rel : vector_tilesets_rel,
                                    tilesets_address(layer, base_url), "Tiles")})}};
}

/// What stands in the list of tilesets and at the head of the tileset itself.
Json tileset_head(const ServedLayer& layer) {
    Json head{{"title", layer.title}, {"dataType", data_type(layer)}, {"crs", web_mercator_crs}};
    if (layer.tile_px == web_mercator_quad_px) head["tileMatrixSetURI"] = web_mercator_quad_uri;
    return head;
}

// The sets have their keys twice: as 17-083r4 has them, and as the version of 2019 had them ("identifier",
// "supportedCRS", "topLeftCorner", corners of the box). why: GDAL up to 3.6, which Debian 12 has, reads only the older.

Json tile_matrix(int zoom, int tile_px) {
    const TileMatrixNumbers numbers = tile_matrix_numbers(zoom, tile_px);
    const std::uint64_t tiles = std::uint64_t{1} << zoom;
    const Json corner{-geo::mercator::half_world_m, geo::mercator::half_world_m};
    return {{"id", std::to_string(zoom)},
            {"identifier", std::to_string(zoom)},
            {"scaleDenominator", numbers.scale_denominator},
            {"cellSize", numbers.cell_m},
            {"cornerOfOrigin", "topLeft"},
            {"pointOfOrigin", corner},
            {"topLeftCorner", corner},
            {"tileWidth", tile_px},
            {"tileHeight", tile_px},
            {"matrixWidth", tiles},
            {"matrixHeight", tiles}};
}

} // namespace

std::string ogc_landing_page(std::string_view service_title, std::string_view base_url) {
    return json_text(
        {{"title", service_title},
         {"description", "Map tiles by OGC API – Tiles"},
         {"links", Json::array({link("self", joined(base_url, "")),
                                link("service-desc", joined(base_url, "api"), "API definition", ogc_api_media_type),
                                link("conformance", joined(base_url, "conformance")),
                                link("data", joined(base_url, "collections"), "Layers"),
                                link(tile_matrix_sets_rel, joined(base_url, "tileMatrixSets"), "Tile matrix sets")})}});
}

std::string ogc_conformance(std::span<const ServedLayer> layers) {
    Json classes = Json::array({"http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json",
                                "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
                                "http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/tilesets",
                                "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
                                "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
                                "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list"});
    const auto serves = [&](std::string_view media_type) {
        return std::any_of(layers.begin(), layers.end(),
                           [&](const auto& layer) { return layer.media_type == media_type; });
    };
    if (serves("image/png")) classes.push_back("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/png");
    if (serves("image/jpeg")) classes.push_back("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/jpeg");
    classes.push_back("http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset");
    return json_text({{"conformsTo", classes}});
}

std::string ogc_collections(std::span<const ServedLayer> layers, std::string_view base_url) {
    Json collections = Json::array();
    for (const ServedLayer& layer : layers) collections.push_back(collection_json(layer, base_url));
    return json_text({{"links", Json::array({link("self", joined(base_url, "collections"))})},
                      {"collections", std::move(collections)}});
}

std::string ogc_collection(const ServedLayer& layer, std::string_view base_url) {
    return json_text(collection_json(layer, base_url));
}

std::string ogc_tile_matrix_sets(std::span<const ServedLayer> layers, std::string_view base_url) {
    std::vector<int> sizes = tile_sizes(layers);
    if (std::find(sizes.begin(), sizes.end(), web_mercator_quad_px) == sizes.end())
        sizes.push_back(web_mercator_quad_px);
    std::sort(sizes.begin(), sizes.end());
    Json sets = Json::array();
    for (const int tile_px : sizes) {
        Json set{{"id", tile_matrix_set_id(tile_px)}, {"crs", web_mercator_crs}};
        if (tile_px == web_mercator_quad_px) set["uri"] = web_mercator_quad_uri;
        set["links"] = Json::array({link("self", tile_matrix_set_address(tile_px, base_url))});
        sets.push_back(std::move(set));
    }
    return json_text({{"tileMatrixSets", std::move(sets)}});
}

std::string ogc_tile_matrix_set(std::span<const ServedLayer> layers, int tile_px) {
    Json matrices = Json::array();
    const int deepest = std::max(web_mercator_quad_max_zoom, deepest_zoom(layers, tile_px));
    for (int z = 0; z <= deepest; ++z) matrices.push_back(tile_matrix(z, tile_px));
    Json set{{"id", tile_matrix_set_id(tile_px)},
             {"identifier", tile_matrix_set_id(tile_px)},
             {"title", fmt::format("Web Mercator, tiles of {} pixels", tile_px)}};
    if (tile_px == web_mercator_quad_px) set["uri"] = web_mercator_quad_uri;
    set["crs"] = set["supportedCRS"] = web_mercator_crs;
    set["orderedAxes"] = {"X", "Y"};
    constexpr double half = geo::mercator::half_world_m;
    set["boundingBox"] = {{"crs", web_mercator_crs},
                          {"lowerLeft", {-half, -half}},
                          {"upperRight", {half, half}},
                          {"lowerCorner", {-half, -half}},
                          {"upperCorner", {half, half}}};
    if (tile_px == web_mercator_quad_px)
        set["wellKnownScaleSet"] = "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible";
    set["tileMatrices"] = std::move(matrices);
    return json_text(set);
}

std::string ogc_tilesets(const ServedLayer& layer, std::string_view base_url) {
    Json item = tileset_head(layer);
    item["links"] = Json::array({link("self", tileset_address(layer, base_url)),
                                 link(tiling_scheme_rel, tile_matrix_set_address(layer.tile_px, base_url))});
    return json_text({{"links", Json::array({link("self", tilesets_address(layer, base_url))})},
                      {"tilesets", Json::array({std::move(item)})}});
}

std::string ogc_tileset(const ServedLayer& layer, std::string_view base_url) {
    const geo::LonLatBox box = limit_box(layer);
    Json limits = Json::array();
    for (const geo::TileRange& range : tile_limits(layer))
        limits.push_back({{"tileMatrix", std::to_string(range.z)},
                          {"minTileRow", range.min_y},
                          {"maxTileRow", range.max_y},
                          {"minTileCol", range.min_x},
                          {"maxTileCol", range.max_x}});
    Json tile =
        link("item", tileset_address(layer, base_url) + "/{tileMatrix}/{tileRow}/{tileCol}", {}, layer.media_type);
    tile["templated"] = true;
    Json set = tileset_head(layer);
    set["description"] = layer.description;
    set["attribution"] = layer.attribution;
    set["mediaTypes"] = Json::array({layer.media_type});
    set["tileMatrixSetLimits"] = std::move(limits);
    set["boundingBox"] = {
        {"lowerLeft", {box.west, box.south}}, {"upperRight", {box.east, box.north}}, {"crs", lon_lat_crs}};
    set["links"] = Json::array({link("self", tileset_address(layer, base_url)),
                                link(tiling_scheme_rel, tile_matrix_set_address(layer.tile_px, base_url)),
                                link(geodata_rel, collection_address(layer, base_url)), std::move(tile)});
    return json_text(set);
}

} // namespace harmattan::tiles
