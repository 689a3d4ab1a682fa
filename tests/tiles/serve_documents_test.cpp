#include "geo/error.hpp"
#include "support/temp_folder.hpp"
#include "tiles/serve/ogc_tiles.hpp"
#include "tiles/serve/tile_matrix_set.hpp"
#include "tiles/serve/wmts.hpp"
#include "tiles/serve/xml_text.hpp"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <regex>

namespace harmattan::tiles {

namespace {

using Json = nlohmann::json;

const std::string base = "https://maps.example.org/tiles";

ServedLayer heat() {
    return {.id = "heat",
            .title = "Incidents",
            .description = "Made up for a test",
            .attribution = "nobody",
            .extension = "png",
            .media_type = "image/png",
            .bounds = {-17.6, 8.1, 16.1, 25.1},
            .min_zoom = 3,
            .max_zoom = 9,
            .tile_px = 256};
}

ServedLayer sharp() {
    ServedLayer layer = heat();
    layer.id = "sharp";
    layer.extension = "webp";
    layer.media_type = "image/webp";
    layer.max_zoom = 6;
    layer.tile_px = 512;
    return layer;
}

/// The texts between <tag> and </tag>, in order.
std::vector<std::string> elements(const std::string& xml, const std::string& tag) {
    std::vector<std::string> found;
    const std::regex element("<" + tag + ">([^<]*)</" + tag + ">");
    for (std::sregex_iterator at(xml.begin(), xml.end(), element), end; at != end; ++at) found.push_back((*at)[1]);
    return found;
}

// The registered definition of WebMercatorQuad (OGC 17-083r4, annex D.1), as it prints them.
struct Published {
    int zoom;
    double scale_denominator, cell_size;
    std::uint64_t width;
};
const std::vector<Published> published{
    {0, 559082264.028717, 156543.033928041, 1},           {1, 279541132.014358, 78271.5169640204, 2},
    {5, 17471320.7508974, 4891.96981025128, 32},          {9, 1091957.54693108, 305.748113140704, 512},
    {14, 34123.6733415964, 9.55462853564703, 16384},      {18, 2132.72958384978, 0.597164283477939, 262144},
    {24, 33.3238997476528, 0.0093306919293428, 16777216},
};

TEST(TileMatrixSet, HasThePublishedNumbersOfWebMercatorQuad) {
    const Json set = Json::parse(ogc_tile_matrix_set({}, 256));
    EXPECT_EQ(set["id"], "WebMercatorQuad");
    EXPECT_EQ(set["uri"], "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad");
    EXPECT_EQ(set["crs"], "http://www.opengis.net/def/crs/EPSG/0/3857");
    ASSERT_EQ(set["tileMatrices"].size(), 25u);
    for (const Published& p : published) {
        const Json& matrix = set["tileMatrices"][static_cast<std::size_t>(p.zoom)];
        EXPECT_EQ(matrix["id"], std::to_string(p.zoom));
        EXPECT_NEAR(matrix["scaleDenominator"].get<double>() / p.scale_denominator, 1, 1e-14) << p.zoom;
        EXPECT_NEAR(matrix["cellSize"].get<double>() / p.cell_size, 1, 1e-14) << p.zoom;
        EXPECT_EQ(matrix["matrixWidth"], p.width);
        EXPECT_EQ(matrix["matrixHeight"], p.width);
        EXPECT_EQ(matrix["tileWidth"], 256);
        EXPECT_EQ(matrix["tileHeight"], 256);
        EXPECT_EQ(matrix["cornerOfOrigin"], "topLeft");
        EXPECT_NEAR(matrix["pointOfOrigin"][0].get<double>(), -20037508.3427892, 1e-7);
        EXPECT_NEAR(matrix["pointOfOrigin"][1].get<double>(), 20037508.3427892, 1e-7);
    }
}

TEST(TileMatrixSet, OfLargerTilesCoversTheSamePlacesAtOtherScales) {
    const Json set = Json::parse(ogc_tile_matrix_set({}, 512));
    EXPECT_EQ(set["id"], "WebMercatorQuad512");
    EXPECT_FALSE(set.contains("uri"));
    EXPECT_FALSE(set.contains("wellKnownScaleSet"));
    for (const Json& matrix : set["tileMatrices"]) {
        const double side_m =
            matrix["cellSize"].get<double>() * matrix["tileWidth"].get<double>() * matrix["matrixWidth"].get<double>();
        EXPECT_NEAR(side_m, 40075016.6855785, 1e-6);
        EXPECT_EQ(matrix["tileWidth"], 512);
    }
    EXPECT_NEAR(set["tileMatrices"][0]["scaleDenominator"].get<double>(), 559082264.0287178 / 2, 1e-6);
}

TEST(TileMatrixSet, GoesAsDeepAsALayerDoes) {
    std::vector<ServedLayer> layers{heat()};
    layers[0].max_zoom = 26;
    EXPECT_EQ(Json::parse(ogc_tile_matrix_set(layers, 256))["tileMatrices"].size(), 27u);
    EXPECT_EQ(Json::parse(ogc_tile_matrix_set(layers, 512))["tileMatrices"].size(), 25u);
}

TEST(TileLimits, AreTheTilesThatTheBoundsMeet) {
    const std::vector<geo::TileRange> limits = tile_limits(heat());
    ASSERT_EQ(limits.size(), 7u);
    // By the formula of slippy map tile names, in another language: column (lon + 180) / 360 · 2^z …
    EXPECT_EQ(limits[2], (geo::TileRange{5, 14, 13, 17, 15}));
    EXPECT_EQ(limits[6], (geo::TileRange{9, 230, 219, 278, 244}));
    for (int z = 3; z <= 9; ++z) EXPECT_EQ(limits[static_cast<std::size_t>(z - 3)], geo::tiles_of(heat().bounds, z));
}

TEST(TileLimits, OfBoundsAcrossTheAntimeridianAreAllColumns) {
    ServedLayer layer = heat();
    layer.bounds = {170, -20, -170, -10};
    layer.min_zoom = layer.max_zoom = 4;
    const std::vector<geo::TileRange> limits = tile_limits(layer);
    EXPECT_EQ(limits[0].min_x, 0u);
    EXPECT_EQ(limits[0].max_x, 15u);
}

TEST(Wmts, SaysWhereTilesAreAndHowFarTheyGo) {
    const std::vector<ServedLayer> layers{heat(), sharp()};
    const std::string xml = wmts_capabilities(layers, "Sahel", base);
    EXPECT_NE(xml.find("template=\"https://maps.example.org/tiles/wmts/1.0.0/heat/default/WebMercatorQuad/{TileMatrix}/"
                       "{TileRow}/{TileCol}.png\""),
              std::string::npos);
    EXPECT_NE(xml.find("template=\"https://maps.example.org/tiles/wmts/1.0.0/sharp/default/WebMercatorQuad512/"
                       "{TileMatrix}/{TileRow}/{TileCol}.webp\""),
              std::string::npos);
    const std::vector<std::string> scales = elements(xml, "ScaleDenominator");
    ASSERT_EQ(scales.size(), 10u + 7u); // 0 to 9 of 256 px, 0 to 6 of 512
    EXPECT_EQ(scales[0], "559082264.0287178");
    for (const Published& p : std::span(published).first(4))
        EXPECT_NEAR(std::stod(scales[static_cast<std::size_t>(p.zoom)]) / p.scale_denominator, 1, 1e-14) << p.zoom;
    EXPECT_EQ(scales[10], "279541132.0143589");
    EXPECT_EQ(elements(xml, "TopLeftCorner")[3], "-20037508.342789244 20037508.342789244");
    EXPECT_NE(
        xml.find("<TileMatrixLimits><TileMatrix>5</TileMatrix><MinTileRow>13</MinTileRow><MaxTileRow>15</MaxTileRow>"
                 "<MinTileCol>14</MinTileCol><MaxTileCol>17</MaxTileCol></TileMatrixLimits>"),
        std::string::npos);
    EXPECT_EQ(elements(xml, "ows:LowerCorner")[0], "-17.6 8.1");
    EXPECT_EQ(elements(xml, "ows:Abstract")[0], "Made up for a test&#10;nobody");
    EXPECT_EQ(elements(xml, "MinTileRow").size(), 7u + 4u);
}

TEST(Wmts, LayerThatEndsEarlierHasASetThatEndsThere) {
    std::vector<ServedLayer> layers{heat(), heat()};
    layers[1].id = "low";
    layers[1].max_zoom = 4;
    const std::string xml = wmts_capabilities(layers, "Sahel", base);
    EXPECT_EQ(elements(xml, "TileMatrixSet"), (std::vector<std::string>{"WebMercatorQuad", "WebMercatorQuad_0-4"}));
    EXPECT_EQ(elements(xml, "ScaleDenominator").size(), 5u + 10u);
    EXPECT_NE(xml.find("/low/default/WebMercatorQuad/"), std::string::npos) << "the addresses stay the same";
}

TEST(Wmts, TextsCannotLeaveTheirElement) {
    ServedLayer layer = heat();
    layer.title = "</ows:Title><script>\"&'\x01\x1f\x7f";
    layer.description = "]]> <!-- \xff caf\xc3\xa9 \xef\xbf\xbf";
    const std::string xml = wmts_capabilities({&layer, 1}, "a < b & c", base);
    EXPECT_EQ(elements(xml, "ows:Title")[0], "a &lt; b &amp; c");
    EXPECT_EQ(elements(xml, "ows:Title")[1], "&lt;/ows:Title&gt;&lt;script&gt;&quot;&amp;'");
    EXPECT_EQ(elements(xml, "ows:Abstract")[0], "]]&gt; &lt;!-- \xef\xbf\xbd caf\xc3\xa9 &#10;nobody");
    EXPECT_EQ(xml_text("a\tb\r\nc"), "a&#9;b&#13;&#10;c");
    EXPECT_EQ(xml_text("\xef\xbf\xbd"), "\xef\xbf\xbd");
}

/// OGC's schema as MapProxy's package carries it.
const std::filesystem::path wmts_schema =
    "/usr/share/python3-mapproxy/test/schemas/wmts/1.0/wmtsGetCapabilities_response.xsd";

// The schema of 2010 has rows and columns count from 1, against the standard, whose first is 0; so no zoom 0 here.
TEST(Wmts, IsValidByOgcsSchema) {
    if (!std::filesystem::exists(wmts_schema)) GTEST_SKIP() << "python3-mapproxy is not installed";
    if (std::system("command -v xmllint >/dev/null 2>&1") != 0) GTEST_SKIP() << "xmllint is not installed";
    const test::TempFolder folder;
    std::vector<ServedLayer> layers{heat(), sharp(), heat()};
    layers[2].id = "odd";
    layers[2].title = "<&>\"'\x02";
    layers[2].description = layers[2].attribution = "";
    const auto valid = [&](const std::string& xml) {
        const std::string file = folder.write("capabilities.xml", xml).string();
        return std::system(
                   ("xmllint --nonet --noout --schema " + wmts_schema.string() + " " + file + " >/dev/null 2>&1")
                       .c_str()) == 0;
    };
    const std::string xml = wmts_capabilities(layers, "Sahel", base);
    EXPECT_TRUE(valid(xml));
    EXPECT_FALSE(valid(std::regex_replace(xml, std::regex("MinTileRow"), "MinimumRow")));
}

/// The address of the link with that relation.
std::string link(const Json& document, const std::string& rel) {
    for (const Json& one : document["links"])
        if (one["rel"] == rel) return one["href"];
    ADD_FAILURE() << "no link " << rel << " in " << document.dump();
    return {};
}

TEST(OgcTiles, LinksLeadFromTheLandingPageToATile) {
    const std::vector<ServedLayer> layers{heat(), sharp()};
    const std::string slash = base + "/";
    EXPECT_EQ(link(Json::parse(ogc_landing_page("Sahel", slash)), "data"), base + "/collections");
    const Json collections = Json::parse(ogc_collections(layers, slash));
    ASSERT_EQ(collections["collections"].size(), 2u);
    EXPECT_EQ(link(collections["collections"][1], "self"), base + "/collections/sharp");
    const Json collection = Json::parse(ogc_collection(layers[1], slash));
    EXPECT_EQ(collection, collections["collections"][1]);
    EXPECT_EQ(collection["extent"]["spatial"]["bbox"], Json::parse("[[-17.6, 8.1, 16.1, 25.1]]"));
    EXPECT_EQ(link(collection, "http://www.opengis.net/def/rel/ogc/1.0/tilesets-map"),
              base + "/collections/sharp/map/tiles");
    const Json tilesets = Json::parse(ogc_tilesets(layers[1], slash));
    EXPECT_EQ(link(tilesets["tilesets"][0], "self"), base + "/collections/sharp/map/tiles/WebMercatorQuad512");
    const Json tileset = Json::parse(ogc_tileset(layers[1], slash));
    EXPECT_EQ(link(tileset, "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"),
              base + "/tileMatrixSets/WebMercatorQuad512");
    EXPECT_EQ(link(tileset, "item"),
              base + "/collections/sharp/map/tiles/WebMercatorQuad512/{tileMatrix}/{tileRow}/{tileCol}");
    const Json sets = Json::parse(ogc_tile_matrix_sets(layers, slash));
    EXPECT_EQ(link(sets["tileMatrixSets"][1], "self"), base + "/tileMatrixSets/WebMercatorQuad512");
}

TEST(OgcTiles, LimitsAreThoseOfTheBounds) {
    const Json tileset = Json::parse(ogc_tileset(heat(), base));
    EXPECT_EQ(tileset["dataType"], "map");
    EXPECT_EQ(tileset["tileMatrixSetURI"], "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad");
    EXPECT_EQ(tileset["tileMatrixSetLimits"].size(), 7u);
    EXPECT_EQ(tileset["tileMatrixSetLimits"][2], Json::parse(R"({"tileMatrix": "5", "minTileRow": 13, "maxTileRow": 15,
                                                                 "minTileCol": 14, "maxTileCol": 17})"));
}

TEST(OgcTiles, ConformsToMediaTypesThatAreServed) {
    const std::vector<ServedLayer> png{heat()}, webp{sharp()};
    const std::string png_class = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/png";
    const auto has_png = [&](std::span<const ServedLayer> layers) {
        const Json classes = Json::parse(ogc_conformance(layers))["conformsTo"];
        return std::find(classes.begin(), classes.end(), png_class) != classes.end();
    };
    EXPECT_TRUE(has_png(png));
    EXPECT_FALSE(has_png(webp));
}

TEST(OgcTiles, ApiDefinitionNamesEveryParameterOfItsPaths) {
    const Json api = Json::parse(ogc_api_definition("Sahel", base));
    EXPECT_EQ(api["servers"][0]["url"], base);
    EXPECT_EQ(api["paths"].size(), 9u);
    for (const auto& [path, item] : api["paths"].items()) {
        std::vector<std::string> in_path, declared;
        const std::regex name("\\{(\\w+)\\}");
        for (std::sregex_iterator at(path.begin(), path.end(), name), end; at != end; ++at) in_path.push_back((*at)[1]);
        for (const Json& one : item["get"].value("parameters", Json::array())) declared.push_back(one["name"]);
        EXPECT_EQ(in_path, declared) << path;
    }
}

TEST(OgcTiles, VectorTilesAreCalledSoAndAreNotInWmts) {
    ServedLayer layer = heat();
    layer.extension = "pbf";
    layer.media_type = "application/vnd.mapbox-vector-tile";
    EXPECT_EQ(Json::parse(ogc_tileset(layer, base))["dataType"], "vector");
    EXPECT_EQ(link(Json::parse(ogc_collection(layer, base)), "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"),
              base + "/collections/heat/map/tiles");
    EXPECT_EQ(wmts_capabilities({&layer, 1}, "Sahel", base).find("<Layer>"), std::string::npos);
}

TEST(OgcTiles, TextsMustBeUtf8) {
    ServedLayer layer = heat();
    layer.title = "caf\xe9";
    EXPECT_THROW(ogc_collection(layer, base), geo::Error);
    layer.title = "</script>\"\\\n\x01";
    EXPECT_EQ(Json::parse(ogc_collection(layer, base))["title"], layer.title);
}

} // namespace

} // namespace harmattan::tiles
