#include "geo/error.hpp"
#include "geo/reading/row_source.hpp"
#include "support/temp_folder.hpp"
#include "support/vector_fixture.hpp"

#include <gtest/gtest.h>

using namespace harmattan;
using namespace harmattan::geo;
using test::feature;
using test::feature_collection;

namespace {

struct Row {
    std::vector<std::string> cells;
    RowGeometry geometry;
    LonLat at;
    std::uint64_t number;
};

std::vector<Row> all_rows(RowSource& source) {
    std::vector<Row> rows;
    SourceRow row;
    while (source.next(row)) rows.push_back({{row.cells.begin(), row.cells.end()}, row.geometry, row.at, row.number});
    return rows;
}

const std::string events = feature_collection({
    feature(R"({"type": "Point", "coordinates": [-3.9962, 16.2667]})",
            R"({"event_id": "MLI1", "date": "2025-09-14", "fatalities": 3, "share": 0.1, "note": "Léré, \"camp\""})"),
    feature("null", R"({"event_id": "MLI2", "date": null, "fatalities": 0, "share": 2.5, "note": ""})"),
    feature(R"({"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]})", R"({"event_id": "MLI3"})"),
    feature(R"({"type": "MultiPoint", "coordinates": [[1, 2]]})", R"({"event_id": "MLI4"})"),
    feature(R"({"type": "Point", "coordinates": [1e999, 2]})", R"({"event_id": "MLI5"})"),
});

} // namespace

TEST(OgrRows, GeoJsonRowsCarryTextAndPlace) {
    const test::TempFolder folder;
    const auto source = open_ogr_rows(folder.write("events.json", events));
    EXPECT_EQ(source->columns(), (std::vector<std::string>{"event_id", "date", "fatalities", "share", "note"}));
    EXPECT_EQ(source->format(), "GeoJSON, layer events");
    const auto rows = all_rows(*source);
    ASSERT_EQ(rows.size(), 5u);
    EXPECT_EQ(rows[0].cells, (std::vector<std::string>{"MLI1", "2025-09-14", "3", "0.1", "Léré, \"camp\""}));
    EXPECT_EQ(rows[0].at, (LonLat{-3.9962, 16.2667}));
    EXPECT_EQ(rows[1].cells, (std::vector<std::string>{"MLI2", "", "0", "2.5", ""}));
    const std::vector<RowGeometry> want = {RowGeometry::point, RowGeometry::none, RowGeometry::other,
                                           RowGeometry::point, RowGeometry::bad};
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_EQ(rows[i].geometry, want[i]) << i;
        EXPECT_EQ(rows[i].number, i + 1);
    }
}

TEST(OgrRows, EveryFormatGivesTheSameRows) {
    const test::TempFolder folder;
    const auto json = folder.write(
        "points.geojson",
        feature_collection(
            {feature(R"({"type": "Point", "coordinates": [-3.9962, 16.2667]})", R"({"id": "a", "n": 3})"),
             feature(R"({"type": "Point", "coordinates": [2.1098, 13.5137]})", R"({"id": "é", "n": 4})")}));
    for (const auto& [driver, name] : std::vector<std::pair<std::string, std::string>>{
             {"GPKG", "points.gpkg"}, {"FlatGeobuf", "points.fgb"}, {"ESRI Shapefile", "points.shp"}}) {
        const std::vector<std::string> arguments =
            driver == "FlatGeobuf" ? std::vector<std::string>{"-lco", "SPATIAL_INDEX=NO"} : std::vector<std::string>{};
        const auto rows = all_rows(*open_ogr_rows(test::translate(json, driver, folder.path() / name, arguments)));
        ASSERT_EQ(rows.size(), 2u) << driver;
        EXPECT_EQ(rows[1].cells, (std::vector<std::string>{"é", "4"})) << driver;
        EXPECT_EQ(rows[1].at, (LonLat{2.1098, 13.5137})) << driver;
    }
}

TEST(OgrRows, ProjectedCoordinatesAreBroughtToWgs84AndSaidSo) {
    const test::TempFolder folder;
    const auto json = folder.write(
        "utm.geojson",
        feature_collection({feature(R"({"type": "Point", "coordinates": [403664.427, 1494119.896]})")},
                           R"("crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32631"}}, )"));
    const auto source = open_ogr_rows(json);
    EXPECT_EQ(source->notes(), (std::vector<std::string>{"coordinates brought from WGS 84 / UTM zone 31N"}));
    const auto rows = all_rows(*source);
    EXPECT_NEAR(rows.at(0).at.lon, 2.1098, 1e-8);
    EXPECT_NEAR(rows.at(0).at.lat, 13.5137, 1e-8);
}

TEST(OgrRows, AWorkbookGivesTheFirstSheetWithRows) {
    const test::TempFolder folder;
    const auto file =
        test::write_workbook(folder.path() / "book.xlsx", {{"Empty", {}},
                                                           {"Data",
                                                            {{"event", "latitude", "longitude", "day", "note"},
                                                             {"a", "13.4543", "-3.9962", "date:45914", "first"},
                                                             {"b", "14", "2.5", "date:45915", ""},
                                                             {},
                                                             {"c", "", "", "", "no place"}}},
                                                           {"Notes", {{"x"}, {"y"}}}});
    const auto source = open_ogr_rows(file);
    EXPECT_EQ(source->format(), "XLSX, sheet Data");
    EXPECT_EQ(source->columns(), (std::vector<std::string>{"event", "latitude", "longitude", "day", "note"}));
    ASSERT_EQ(source->notes().size(), 1u);
    const auto rows = all_rows(*source);
    ASSERT_GE(rows.size(), 3u);
    EXPECT_EQ(rows[0].cells, (std::vector<std::string>{"a", "13.4543", "-3.9962", "2025-09-14", "first"}));
    EXPECT_EQ(rows[0].number, 2u);
    EXPECT_EQ(rows[0].geometry, RowGeometry::none);
    EXPECT_EQ(rows.back().cells, (std::vector<std::string>{"c", "", "", "", "no place"}));
    EXPECT_EQ(rows.back().number, 5u);
}

TEST(OgrRows, AHeaderOfAnAllTextSheetIsStillTheHeader) {
    const test::TempFolder folder;
    const auto file = test::write_workbook(folder.path() / "text.xlsx",
                                           {{"S", {{"place", "kind"}, {"#loc", "#type"}, {"Gao", "ambush"}}}});
    const auto source = open_ogr_rows(file);
    EXPECT_EQ(source->columns(), (std::vector<std::string>{"place", "kind"}));
    const auto rows = all_rows(*source);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].cells, (std::vector<std::string>{"#loc", "#type"}));
}

TEST(OgrRows, AColumnOfNumbersUnderATagRowKeepsItsNumbers) {
    const test::TempFolder folder;
    const auto file = test::write_workbook(
        folder.path() / "hxl.xlsx",
        {{"S", {{"Latitude", "Day"}, {"#geo+lat", "#date"}, {"13.454299999999999", "date:45914"}}}});
    const auto rows = all_rows(*open_ogr_rows(file));
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_DOUBLE_EQ(std::stod(rows[1].cells[0]), 13.4543);
    EXPECT_EQ(rows[1].cells[1].substr(0, 4), "2025") << rows[1].cells[1];
}

TEST(OgrRows, CutAndEmptyTablesAreErrors) {
    const test::TempFolder folder;
    const auto book = test::write_workbook(folder.path() / "book.xlsx", {{"S", {{"a"}, {"1"}}}});
    const std::string whole = test::read_bytes(book);
    const auto kind_of = [&](const std::filesystem::path& file) {
        try {
            all_rows(*open_ogr_rows(file));
        } catch (const Error& error) { return error.kind(); }
        return ErrorKind::internal;
    };
    EXPECT_EQ(kind_of(folder.write("cut.xlsx", std::string_view(whole).substr(0, whole.size() / 2))),
              ErrorKind::bad_data);
    EXPECT_EQ(kind_of(folder.write("book.dat", whole)), ErrorKind::bad_data); // to be named .xlsx
    EXPECT_EQ(kind_of(folder.write("none.geojson", feature_collection({}))), ErrorKind::bad_data);
    EXPECT_EQ(kind_of(folder.write("cut.geojson", events.substr(0, events.size() / 2))), ErrorKind::bad_data);
    EXPECT_EQ(kind_of(folder.path() / "absent.gpkg"), ErrorKind::no_input);
}
