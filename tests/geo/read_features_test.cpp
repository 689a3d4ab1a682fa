#include "geo/error.hpp"
#include "geo/read_features.hpp"
#include "geo/rings.hpp"
#include "support/shared_data.hpp"
#include "support/temp_folder.hpp"
#include "support/vector_fixture.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <sys/stat.h>

using namespace harmattan;
using namespace harmattan::geo;
using test::feature;
using test::feature_collection;

namespace {

const std::string square = R"({"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]]})";
const std::string square_with_hole =
    R"({"type": "Polygon", "coordinates": [[[0, 0], [0, 4], [4, 4], [4, 0], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]]})";

double area(const FeatureTable& table, std::size_t feature) {
    double sum = 0;
    for (std::size_t p = table.part_begin[feature]; p < table.part_begin[feature + 1]; ++p)
        sum += signed_area(table.part(p));
    return sum;
}

FeatureImport read_text(const std::string& text, const ReadFeaturesOptions& options = {}) {
    const test::TempFolder folder;
    return read_features(folder.write("in.geojson", text), options);
}

/// The error's line, or nothing where reading went well.
std::string error_of(const std::filesystem::path& file, ErrorKind kind, const ReadFeaturesOptions& options = {}) {
    try {
        read_features(file, options);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), kind) << error.line();
        EXPECT_EQ(error.line().find('\n'), std::string::npos);
        return error.line();
    }
    ADD_FAILURE() << file << " was read";
    return {};
}

std::string error_of_text(const std::string& text) {
    const test::TempFolder folder;
    return error_of(folder.write("in.geojson", text), ErrorKind::bad_data);
}

void expect_says(const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
}

} // namespace

TEST(ReadFeatures, EveryKindOfGeometryBecomesParts) {
    const auto in = read_text(feature_collection({
        feature(R"({"type": "Point", "coordinates": [-8, 12.65]})"),
        feature(R"({"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]})"),
        feature(R"({"type": "LineString", "coordinates": [[0, 0], [1, 1], [2, 0]]})"),
        feature(R"({"type": "MultiLineString", "coordinates": [[[0, 0], [1, 1]], [[5, 5], [6, 6], [7, 7]]]})"),
        feature(square_with_hole),
        feature(
            R"({"type": "MultiPolygon", "coordinates": [[[[0,0],[1,0],[1,1],[0,0]]], [[[5,5],[6,5],[6,6],[5,5]]]]})"),
    }));
    const FeatureTable& t = in.table;
    ASSERT_EQ(t.size(), 6u);
    const std::vector<GeometryType> types = {GeometryType::point, GeometryType::point,   GeometryType::line,
                                             GeometryType::line,  GeometryType::polygon, GeometryType::polygon};
    EXPECT_EQ(t.type, types);
    EXPECT_EQ(t.part_begin, (std::vector<std::uint32_t>{0, 1, 3, 4, 6, 8, 10}));
    EXPECT_EQ(t.part(0)[0], (LonLat{-8, 12.65}));
    EXPECT_EQ(t.part(5).size(), 3u);
    EXPECT_EQ(in.notes.repaired, 0u);
    EXPECT_EQ(in.notes.format, "GeoJSON");
}

TEST(ReadFeatures, OuterRingsTurnLeftAndHolesRightWhateverTheFileDoes) {
    const auto in = read_text(feature_collection({feature(square_with_hole)}));
    EXPECT_GT(signed_area(in.table.part(0)), 0);
    EXPECT_LT(signed_area(in.table.part(1)), 0);
    EXPECT_DOUBLE_EQ(area(in.table, 0), 15);
}

TEST(ReadFeatures, ACollectionBecomesOneFeatureForEachKind) {
    const auto in = read_text(feature_collection(
        {feature(R"({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 1]}, )" +
                     square + R"(, {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}]})",
                 R"({"name": "all"})")}));
    ASSERT_EQ(in.table.size(), 3u);
    EXPECT_EQ(in.table.type,
              (std::vector<GeometryType>{GeometryType::polygon, GeometryType::line, GeometryType::point}));
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(in.table.text(i, "name"), "all");
}

TEST(ReadFeatures, NothingIsDroppedWithoutBeingCounted) {
    const auto in = read_text(feature_collection({
        feature("null"),
        feature(R"({"type": "Point", "coordinates": []})"),
        feature(R"({"type": "Polygon", "coordinates": []})"),
        feature(R"({"type": "Point", "coordinates": [1e999, 3]})"),
        feature(R"({"type": "LineString", "coordinates": [[0, 0], [1e999, 1]]})"),
        feature(R"({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0], [0, 0]]]})"), // encloses nothing
        feature(R"({"type": "Point", "coordinates": ["1", "2"]})"),
        feature(R"({"type": "Point", "coordinates": [NaN, 2]})"),
        feature(R"({"type": "Point", "coordinates": [1]})"),
        feature(R"({"type": "Point"})"),
        feature(R"({"type": "Blob", "coordinates": [1, 2]})"),
        R"({"type": "Feature", "properties": {}})",
        feature(R"({"type": "Point", "coordinates": [2, 3]})"),
    }));
    EXPECT_EQ(in.table.size(), 1u);
    EXPECT_EQ(in.notes.non_finite + in.notes.null_geometries, 12u);
}

TEST(ReadFeatures, HeightAndMeasureMakeNoDifference) {
    const auto flat =
        read_text(feature_collection({feature(R"({"type": "LineString", "coordinates": [[0, 0], [1, 1]]})")}));
    const auto high = read_text(
        feature_collection({feature(R"({"type": "LineString", "coordinates": [[0, 0, 250.5], [1, 1, 300]]})")}));
    EXPECT_EQ(flat.table.vertices, high.table.vertices);
}

TEST(ReadFeatures, InvalidPolygonsAreRepairedAndCounted) {
    const auto in = read_text(feature_collection({
        feature(R"({"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]})"), // bow-tie
        feature(
            R"({"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [2, 4], [2, 6], [2, 4], [0, 4], [0, 0]]]})"),
        feature(
            R"({"type": "MultiPolygon", "coordinates": [[[[0,0],[4,0],[4,4],[0,4],[0,0]]], [[[1,1],[5,1],[5,5],[1,5],[1,1]]]]})"),
        feature(R"({"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4]]]})"), // not closed: no repair
                                                                                              // needed
        feature(square_with_hole),
    }));
    ASSERT_EQ(in.table.size(), 5u);
    EXPECT_EQ(in.notes.repaired, 3u);
    EXPECT_DOUBLE_EQ(area(in.table, 0), 2);
    EXPECT_DOUBLE_EQ(area(in.table, 1), 16);
    EXPECT_DOUBLE_EQ(area(in.table, 3), 16);
    EXPECT_DOUBLE_EQ(area(in.table, 4), 15);
    for (std::size_t i = 0; i < 5; ++i) EXPECT_GT(area(in.table, i), 0) << i;
}

TEST(ReadFeatures, PropertiesKeepTheirKind) {
    const auto in = read_text(feature_collection(
        {feature(R"({"type": "Point", "coordinates": [0, 0]})",
                 R"({"name": "Ségou – سيغو", "rank": 3, "share": 0.1, "core": true, "big": 9007199254740993,
                     "day": "2025-09-14", "note": null, "tags": ["a", "b"]})"),
         feature(R"({"type": "Point", "coordinates": [0, 0]})", R"({"name": "Mopti"})")}));
    const FeatureTable& t = in.table;
    EXPECT_EQ(std::get<std::string>(t.property(0, "name")), "Ségou – سيغو");
    EXPECT_EQ(std::get<double>(t.property(0, "rank")), 3);
    EXPECT_EQ(std::get<double>(t.property(0, "share")), 0.1);
    EXPECT_EQ(std::get<bool>(t.property(0, "core")), true);
    EXPECT_EQ(t.text(0, "big"), "9007199254740993");
    EXPECT_EQ(t.text(0, "day"), "2025-09-14");
    EXPECT_TRUE(std::holds_alternative<std::monostate>(t.property(0, "note")));
    EXPECT_EQ(t.text(0, "tags"), R"([ "a", "b" ])");
    EXPECT_TRUE(std::holds_alternative<std::monostate>(t.property(1, "rank")));
}

TEST(ReadFeatures, EveryFormatGivesTheSameFeatures) {
    const test::TempFolder folder;
    const auto source =
        folder.write("in.geojson", feature_collection({feature(square_with_hole, R"({"name": "Gao", "n": 7})"),
                                                       feature(square, R"({"name": "Ménaka", "n": 8})")}));
    const auto want = read_features(source);
    const std::vector<std::pair<std::string, std::string>> formats = {
        {"GPKG", "out.gpkg"}, {"FlatGeobuf", "out.fgb"}, {"ESRI Shapefile", "out.shp"}};
    for (const auto& [driver, name] : formats) {
        const std::vector<std::string> arguments =
            driver == "FlatGeobuf" ? std::vector<std::string>{"-lco", "SPATIAL_INDEX=NO"} : std::vector<std::string>{};
        const auto got = read_features(test::translate(source, driver, folder.path() / name, arguments));
        ASSERT_EQ(got.table.size(), 2u) << driver;
        for (std::size_t i = 0; i < 2; ++i) {
            EXPECT_EQ(got.table.text(i, "name"), want.table.text(i, "name")) << driver;
            EXPECT_EQ(got.table.text(i, "n"), want.table.text(i, "n")) << driver;
            EXPECT_DOUBLE_EQ(area(got.table, i), area(want.table, i)) << driver;
        }
        // content decides, not the name (but for a shapefile, whose parts are found by it)
        if (driver == "ESRI Shapefile") continue;
        std::filesystem::rename(folder.path() / name, folder.path() / "disguised.geojson");
        EXPECT_EQ(read_features(folder.path() / "disguised.geojson").table.vertices, got.table.vertices) << driver;
    }
}

TEST(ReadFeatures, OtherCoordinateSystemsAreBroughtToWgs84) {
    // Niamey (2.1098, 13.5137) in UTM zone 31 north, from PROJ's cs2cs
    const std::string utm = R"("crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32631"}}, )";
    const auto in =
        read_text(feature_collection({feature(R"({"type": "Point", "coordinates": [403664.427, 1494119.896]})")}, utm));
    EXPECT_NEAR(in.table.vertices[0].lon, 2.1098, 1e-8);
    EXPECT_NEAR(in.table.vertices[0].lat, 13.5137, 1e-8);
    EXPECT_EQ(in.notes.source_crs, "WGS 84 / UTM zone 31N");
}

TEST(ReadFeatures, AShapefileWithoutPrjIsAskedAbout) {
    const test::TempFolder folder;
    const auto degrees = folder.write("a.geojson", feature_collection({feature(square)}));
    const auto shp = test::translate(degrees, "ESRI Shapefile", folder.path() / "a.shp");
    std::filesystem::remove(folder.path() / "a.prj");
    const std::string line = error_of(shp, ErrorKind::bad_data);
    expect_says(line, "has no .prj");
    expect_says(line, "look like degrees");
    EXPECT_EQ(read_features(shp, {.layer = {}, .meeting = {}, .assume_crs = "EPSG:4326"}).table.size(), 1u);
    EXPECT_EQ(read_features(shp, {.layer = {}, .meeting = {}, .assume_crs = "EPSG:32630"}).notes.source_crs,
              "WGS 84 / UTM zone 30N");
}

TEST(ReadFeatures, MetresThatPassForDegreesAreRefused) {
    expect_says(error_of_text(feature_collection({feature(R"({"type": "Point", "coordinates": [403659, 1494158]})")})),
                "are not degrees");
}

TEST(ReadFeatures, LinksToCoordinateSystemsAreRefusedHoweverHidden) {
    const std::vector<std::string> hidden = {
        R"("crs": {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs"}}, )",
        R"("CRS": {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs"}}, )",
        R"("\u0063rs": {"type": "url", "properties": {"url": "http://127.0.0.1:9/crs"}}, )",
        R"("crs": {"properties": {"name": "http://127.0.0.1:9/crs"}, "type": "name"}, )",
        R"("crs": {"type": "name", "properties": {"name": "/etc/hostname"}}, )",
        R"(/* " */ "crs": {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs"}}, )",
        R"('crs': {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs"}}, )",
    };
    for (const std::string& members : hidden) {
        const std::string line = error_of_text(feature_collection({feature(square)}, members));
        EXPECT_TRUE(line.find("not a plain name") != line.npos || line.find("plain JSON") != line.npos) << line;
    }
    const std::string inner =
        R"({"type": "Point", "crs": {"type": "link", "properties": {"href": "x"}}, "coordinates": [0, 0]})";
    expect_says(error_of_text(feature_collection({feature(inner)})), "in.geojson:2");
    EXPECT_EQ(read_text(feature_collection({feature(square)}, R"("crs": null, )")).table.size(), 1u);
    EXPECT_EQ(read_text(feature_collection(
                            {feature(square)},
                            R"("crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, )"))
                  .table.size(),
              1u);
}

TEST(ReadFeatures, CutFilesAreErrors) {
    const test::TempFolder folder;
    std::vector<std::string> features;
    for (int i = 0; i < 40; ++i)
        features.push_back(feature(square_with_hole, R"({"name": "a longer name to cut through"})"));
    const auto source = folder.write("in.geojson", feature_collection(features));
    std::vector<std::filesystem::path> files = {
        source, test::translate(source, "FlatGeobuf", folder.path() / "a.fgb"),
        test::translate(source, "FlatGeobuf", folder.path() / "b.fgb", {"-lco", "SPATIAL_INDEX=NO"}),
        test::translate(source, "GPKG", folder.path() / "a.gpkg")};
    for (const auto& file : files) {
        const std::string whole = test::read_bytes(file);
        for (int tenth = 1; tenth < 10; ++tenth) {
            const auto cut = folder.write(
                "cut", std::string_view(whole).substr(0, whole.size() * static_cast<unsigned>(tenth) / 10));
            error_of(cut, ErrorKind::bad_data);
        }
    }
}

TEST(ReadFeatures, CutShapefilePartsAreErrors) {
    const test::TempFolder folder;
    std::vector<std::string> features;
    for (int i = 0; i < 40; ++i) features.push_back(feature(square_with_hole, R"({"name": "Tombouctou"})"));
    const auto source = folder.write("in.geojson", feature_collection(features));
    for (const char* part : {"shp", "dbf", "shx"}) {
        const auto shp =
            test::translate(source, "ESRI Shapefile", folder.path() / (std::string("cut_") + part + ".shp"));
        std::filesystem::path cut = shp;
        cut.replace_extension(part);
        std::filesystem::resize_file(cut, std::filesystem::file_size(cut) / 2);
        error_of(shp, ErrorKind::bad_data);
    }
    const auto alone = test::translate(source, "ESRI Shapefile", folder.path() / "alone.shp");
    std::filesystem::remove(folder.path() / "alone.shx");
    expect_says(error_of(alone, ErrorKind::bad_data), "alone.shx");
}

TEST(ReadFeatures, TextThatIsNotUtf8NamesTheRemedy) {
    const test::TempFolder folder;
    const auto source = folder.write("in.geojson", feature_collection({feature(square, R"({"name": "Ségou"})")}));
    const auto shp =
        test::translate(source, "ESRI Shapefile", folder.path() / "latin.shp", {"-lco", "ENCODING=ISO-8859-1"});
    EXPECT_EQ(read_features(shp).table.text(0, "name"), "Ségou");
    std::filesystem::remove(folder.path() / "latin.cpg");
    std::string dbf = test::read_bytes(folder.path() / "latin.dbf");
    dbf[29] = 0; // the language byte
    folder.write("latin.dbf", dbf);
    expect_says(error_of(shp, ErrorKind::bad_data), ".cpg");
}

TEST(ReadFeatures, WhatIsNotOneOfTheFormatsIsNamed) {
    const test::TempFolder folder;
    expect_says(error_of(folder.write("a.geojson", "<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>"),
                         ErrorKind::bad_data),
                "XML");
    expect_says(error_of(folder.write("b.geojson", "\x1f\x8b\x08 packed"), ErrorKind::bad_data), "gunzip");
    expect_says(error_of(folder.write("c.geojson", ""), ErrorKind::bad_data), "empty");
    expect_says(error_of(folder.write("d.geojson", "lon,lat\n1,2\n"), ErrorKind::bad_data), "none of GeoJSON");
    expect_says(error_of(folder.write("e.geojson", "{\"type\": \"Topology\", \"objects\": {}}"), ErrorKind::bad_data),
                "e.geojson");
    expect_says(error_of(folder.write("f.gpkg", "SQLite format 3\0 and no more"), ErrorKind::bad_data), "GeoPackage");
    expect_says(error_of(folder.write("g.zip", std::string("PK\x03\x04 cut", 8)), ErrorKind::bad_data), "damaged zip");
    expect_says(error_of(folder.write("h.geojson", "\xFF\xFE{\0"), ErrorKind::bad_data), "UTF-16");
}

TEST(ReadFeatures, OnlyRegularFilesAreInputs) {
    const test::TempFolder folder;
    const auto fifo = folder.path() / "pipe.geojson";
    ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
    for (const std::filesystem::path& name :
         {fifo, folder.path(), folder.path() / "absent.fgb", std::filesystem::path("/dev/null"),
          std::filesystem::path("/vsizip//a.zip/a.shp"), std::filesystem::path(""),
          std::filesystem::path("https://example.org/a.geojson"),
          std::filesystem::path(R"({"type":"FeatureCollection","features":[]})")})
        error_of(name, ErrorKind::no_input);
}

TEST(ReadFeatures, ViewsOfAGeoPackageAreNotRun) {
    const test::TempFolder folder;
    const auto source = folder.write("in.geojson", feature_collection({feature(square)}));
    const auto gpkg = test::translate(source, "GPKG", folder.path() / "v.gpkg", {"-nln", "units"});
    test::execute_sql(gpkg, {"CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                             "SELECT i AS fid, NULL AS geom FROM n",
                             "INSERT INTO gpkg_contents(table_name, identifier, data_type, srs_id) "
                             "VALUES ('endless', 'endless', 'features', 4326)",
                             "INSERT INTO gpkg_geometry_columns VALUES ('endless', 'geom', 'POLYGON', 4326, 0, 0)"});
    const auto in = read_features(gpkg);
    EXPECT_EQ(in.table.name, "units");
    EXPECT_TRUE(in.notes.unread_layers.empty());
    expect_says(error_of(gpkg, ErrorKind::bad_data, {.layer = "endless", .meeting = {}, .assume_crs = {}}),
                "no layer 'endless'");
}

TEST(ReadFeatures, LayersAreChosenByNameWithHelp) {
    const test::TempFolder folder;
    const auto source = folder.write("in.geojson", feature_collection({feature(square)}));
    const auto gpkg = test::translate(source, "GPKG", folder.path() / "two.gpkg", {"-nln", "regions"});
    test::translate(source, "GPKG", gpkg, {"-update", "-nln", "cercles"});
    EXPECT_EQ(read_features(gpkg, {.layer = "cercles", .meeting = {}, .assume_crs = {}}).table.name, "cercles");
    EXPECT_EQ(read_features(gpkg).notes.unread_layers, (std::vector<std::string>{"cercles"}));
    expect_says(error_of(gpkg, ErrorKind::bad_data, {.layer = "cercle", .meeting = {}, .assume_crs = {}}),
                "did you mean 'cercles'");
}

TEST(ReadFeatures, TheBoxKeepsWhatMeetsItAlsoAcrossTheDateLine) {
    const std::string text = feature_collection({feature(R"({"type": "Point", "coordinates": [179, 0]})"),
                                                 feature(R"({"type": "Point", "coordinates": [-179, 0]})"),
                                                 feature(R"({"type": "Point", "coordinates": [0, 0]})")});
    EXPECT_EQ(read_text(text, {.layer = {}, .meeting = LonLatBox{170, -5, -170, 5}, .assume_crs = {}}).table.size(),
              2u);
    EXPECT_EQ(read_text(text, {.layer = {}, .meeting = LonLatBox{-5, -5, 5, 5}, .assume_crs = {}}).table.size(), 1u);
}

TEST(ReadFeatures, RealBoundariesAreValidAsTheyCome) {
    HARMATTAN_SHARED_FILE(file, "data/boundaries/sahel_adm2.fgb");
    const auto in = read_features(file);
    EXPECT_EQ(in.table.size(), 165u);
    EXPECT_EQ(in.table.vertices.size(), 81377u);
    EXPECT_EQ(in.notes.repaired, 0u);
    EXPECT_EQ(in.notes.null_geometries + in.notes.non_finite, 0u);
}
