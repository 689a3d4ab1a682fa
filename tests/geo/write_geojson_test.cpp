#include "geo/read_features.hpp"
#include "geo/ring_nesting.hpp"
#include "geo/rings.hpp"
#include "geo/write_geojson.hpp"
#include "support/shared_data.hpp"
#include "support/temp_folder.hpp"

#include <gtest/gtest.h>
#include <limits>

using namespace harmattan;
using namespace harmattan::geo;

namespace {

std::vector<LonLat> box(double west, double south, double east, double north) {
    return {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
}

std::vector<LonLat> reversed(std::vector<LonLat> ring) { return {ring.rbegin(), ring.rend()}; }

FeatureTable point_with(PropertyValue value) {
    FeatureTable table;
    const LonLat at{-8.0000004, 12.65};
    const std::size_t f = table.add_feature(GeometryType::point);
    table.add_part({&at, 1});
    table.set(f, "v", std::move(value));
    return table;
}

} // namespace

TEST(WriteGeoJson, IsExactlyThis) {
    FeatureTable table;
    const std::vector<LonLat> points = {{-8, 12.65}, {-0.0000001, 1.000004}},
                              line = {{0, 0}, {0.000001, 0}, {1.5, -2.25}};
    table.add_feature(GeometryType::point);
    table.add_part({points.data(), 1});
    table.add_feature(GeometryType::point);
    for (const LonLat& at : points) table.add_part({&at, 1});
    table.add_feature(GeometryType::line);
    table.add_part(line);
    table.add_feature(GeometryType::none);
    table.set(0, "name", std::string("S\"é\\\n\x01"));
    table.set(0, "n", 7.0);
    table.set(1, "n", 0.1);
    table.set(2, "core", true);
    EXPECT_EQ(to_geojson(table), R"({"type":"FeatureCollection",
"bbox":[-8,-2.25,1.5,12.65],
"features":[
{"type":"Feature","properties":{"name":"S\"é\\\n\u0001","n":7},"geometry":{"type":"Point","coordinates":[-8,12.65]}},
{"type":"Feature","properties":{"n":0.1},"geometry":{"type":"MultiPoint","coordinates":[[-8,12.65],[0,1]]}},
{"type":"Feature","properties":{"core":true},"geometry":{"type":"LineString","coordinates":[[0,0],[1.5,-2.25]]}},
{"type":"Feature","properties":{},"geometry":null}
]}
)");
}

TEST(WriteGeoJson, RingsAreNestedAndRightHandedWhateverTheirOrder) {
    FeatureTable table;
    table.add_feature(
        GeometryType::polygon); // a hole first, an island in it, all the wrong way round, another polygon last
    table.add_part(box(2, 2, 8, 8));
    table.add_part(reversed(box(4, 4, 6, 6)));
    table.add_part(reversed(box(0, 0, 10, 10)));
    table.add_part(box(20, 0, 21, 1));
    const auto nested = nest_rings(table, 0);
    ASSERT_EQ(nested.size(), 3u);
    EXPECT_EQ(nested[1].outer, 2u);
    EXPECT_EQ(nested[1].holes, (std::vector<std::size_t>{0}));
    EXPECT_NE(
        to_geojson(table).find(R"("coordinates":[[[[4,4],[6,4],[6,6],[4,6],[4,4]]],)"
                               R"([[[0,0],[10,0],[10,10],[0,10],[0,0]],[[2,2],[2,8],[8,8],[8,2],[2,2]]],[[[20,0])"),
        std::string::npos)
        << to_geojson(table);
}

TEST(WriteGeoJson, WhatCollapsesInRoundingIsLeftAway) {
    FeatureTable table;
    table.add_feature(GeometryType::polygon);
    table.add_part(box(0, 0, 0.001, 0.001));
    EXPECT_NE(to_geojson(table, 2).find("\"geometry\":null"), std::string::npos);
    EXPECT_NE(to_geojson(table, 3).find("\"Polygon\""), std::string::npos);
}

TEST(WriteGeoJson, NumbersThatJsonCannotHoldAreNull) {
    EXPECT_NE(to_geojson(point_with(std::numeric_limits<double>::infinity())).find(R"("v":null)"), std::string::npos);
    EXPECT_NE(to_geojson(point_with(1e300)).find(R"("v":1e+300)"), std::string::npos);
}

TEST(WriteGeoJson, WhatIsWrittenIsReadBack) {
    HARMATTAN_SHARED_FILE(file, "data/boundaries/cod_mli_adm1.geojson");
    const FeatureTable original = read_features(file).table;
    const std::string text = to_geojson(original, 8);
    EXPECT_EQ(text, to_geojson(original, 8));
    const test::TempFolder folder;
    const auto back = read_features(folder.write("back.geojson", text));
    ASSERT_EQ(back.table.size(), original.size());
    EXPECT_EQ(back.notes.repaired, 0u);
    for (std::size_t f = 0; f < original.size(); ++f) {
        double area = 0, want = 0;
        for (std::size_t p = back.table.part_begin[f]; p < back.table.part_begin[f + 1]; ++p)
            area += signed_area(back.table.part(p));
        for (std::size_t p = original.part_begin[f]; p < original.part_begin[f + 1]; ++p)
            want += signed_area(original.part(p));
        EXPECT_NEAR(area, want, 1e-7 * want);
        for (const PropertyColumn& column : original.columns)
            EXPECT_EQ(back.table.text(f, column.name), original.text(f, column.name));
    }
    EXPECT_EQ(back.table.vertices.size(), original.vertices.size());
}

TEST(WriteCsv, QuotesWhatMustBeQuoted) {
    FeatureTable table;
    for (int i = 0; i < 2; ++i) table.add_feature(GeometryType::none);
    table.set(0, "name", std::string("Ségou, \"ville\""));
    table.set(0, "n", 7.5);
    table.set(1, "core", true);
    EXPECT_EQ(to_csv(table), "name,n,core\n\"Ségou, \"\"ville\"\"\",7.5,\n,,true\n");
}

TEST(WriteCsv, NoTextRunsAsAFormula) {
    for (const char* payload : {"=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1",
                                "=HYPERLINK(\"http://x\")", "=1;2", "-", "+", "=", "@"}) {
        const std::string csv = to_csv(point_with(std::string(payload)));
        const std::string cell = csv.substr(2, csv.size() - 3);
        EXPECT_EQ(cell.substr(0, 2), "\"'") << cell;
    }
    for (const char* harmless : {"-5", "+1.5", "a=b", "-1e3"})
        EXPECT_EQ(to_csv(point_with(std::string(harmless))), std::string("v\n") + harmless + "\n");
}
