// The OpenAPI document of the OGC API paths. Kept apart: it says of them what a machine wants to hear, nothing more.

#include "tiles/json_text.hpp"
#include "tiles/serve/ogc_tiles.hpp"

namespace harmattan::tiles {

namespace {

Json parameter(std::string_view name, Json schema) {
    return {{"name", name}, {"in", "path"}, {"required", true}, {"schema", std::move(schema)}};
}

Json path(std::string_view id, std::string_view summary, std::string_view media_type, const Json& parameters) {
    Json answers{{"200", {{"description", "Found"}, {"content", {{std::string(media_type), Json::object()}}}}}};
    if (media_type != "application/json")
        answers["204"] = {{"description", "Within the tileset's limits, nothing drawn there"}};
    if (!parameters.empty()) answers["404"] = {{"description", "No such layer, tile matrix set or tile"}};
    Json get{{"operationId", id}, {"summary", summary}};
    if (!parameters.empty()) get["parameters"] = parameters;
    get["responses"] = std::move(answers);
    return {{"get", std::move(get)}};
}

} // namespace

std::string ogc_api_definition(std::string_view service_title, std::string_view base_url) {
    const std::string json = "application/json";
    const Json text{{"type", "string"}};
    const Json count{{"type", "integer"}, {"minimum", 0}};
    const Json layer = parameter("collectionId", text), set = parameter("tileMatrixSetId", text);
    const std::string tilesets = "/collections/{collectionId}/map/tiles", tileset = tilesets + "/{tileMatrixSetId}";
    return json_text({{"openapi", "3.0.3"},
                      {"info", {{"title", service_title}, {"version", "1.0.0"}}},
                      {"servers", Json::array({{{"url", base_url}}})},
                      {"paths",
                       {{"/", path("getLandingPage", "Where everything is", json, {})},
                        {"/conformance", path("getConformance", "Conformance classes", json, {})},
                        {"/collections", path("getCollections", "Layers", json, {})},
                        {"/collections/{collectionId}", path("getCollection", "A layer", json, Json::array({layer}))},
                        {"/tileMatrixSets", path("getTileMatrixSets", "Tile matrix sets", json, {})},
                        {"/tileMatrixSets/{tileMatrixSetId}",
                         path("getTileMatrixSet", "A tile matrix set", json, Json::array({set}))},
                        {tilesets, path("getTileSets", "Tilesets of a layer", json, Json::array({layer}))},
                        {tileset, path("getTileSet", "A tileset and its limits", json, Json::array({layer, set}))},
                        {tileset + "/{tileMatrix}/{tileRow}/{tileCol}",
                         path("getTile", "A tile", "image/*",
                              Json::array({layer, set, parameter("tileMatrix", count), parameter("tileRow", count),
                                           parameter("tileCol", count)}))}}}});
}

} // namespace harmattan::tiles
