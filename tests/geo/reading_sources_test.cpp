#include "geo/day.hpp"
#include "support/vector_fixture.hpp"

#include "event_tables.hpp"

#include <algorithm>

namespace harmattan::geo {

using test::contains;
using test::event_options;
using test::feature;
using test::feature_collection;
using test::lenient_options;
using test::Reasons;
using test::TempFolder;

namespace {

EventImport read_file(const std::filesystem::path& file, const ReadEventsOptions& options = event_options()) {
    EventImport import = read_events(file, options);
    EXPECT_TRUE(import.ledger.balanced());
    return import;
}

std::string point(double lon, double lat, const std::string& properties) {
    return feature(fmt::format(R"({{"type": "Point", "coordinates": [{}, {}]}})", lon, lat), properties);
}

const std::vector<std::string> features{
    point(-3.9962, 16.2667, R"({"event_id": "a", "date": "2025-09-14", "country": "Mali"})"),
    point(-1.5, 14.25, R"({"event_id": "b", "date": "2025-09-15", "country": "Burkina Faso"})"),
    point(2.125, 13.5, R"({"event_id": "c", "date": null, "country": "Niger"})"),
};

} // namespace

TEST(EventSources, EveryFormatGivesTheSameEvents) {
    const TempFolder folder;
    const auto json = folder.write("events.geojson", feature_collection(features));
    const EventImport expected = read_file(json);
    EXPECT_EQ(expected.ledger.drawn, 3u);
    EXPECT_EQ(expected.source.schema, "generic");
    EXPECT_EQ(expected.source.countries, (std::vector<std::string>{"Burkina Faso", "Mali", "Niger"}));
    EXPECT_EQ(to_iso(expected.events.first_day[1]), "2025-09-15");
    EXPECT_EQ(expected.events.first_day[2], no_day);
    const std::pair<const char*, const char*> formats[] = {
        {"GPKG", "events.gpkg"}, {"ESRI Shapefile", "events.shp"}, {"FlatGeobuf", "events.fgb"}};
    for (const auto& [driver, name] : formats) {
        const EventImport import = read_file(test::translate(json, driver, folder.path() / name));
        std::vector<LonLatE7> at = import.events.at, wanted = expected.events.at;
        std::ranges::sort(at), std::ranges::sort(wanted); // FlatGeobuf keeps its features in the order of its index
        EXPECT_EQ(at, wanted) << driver;
        EXPECT_EQ(import.source.countries, expected.source.countries) << driver;
        EXPECT_EQ(import.source.digest.size(), 32u);
    }
}

TEST(EventSources, GeometryThatIsNoPlaceIsRejectedOrCounted) {
    const TempFolder folder;
    std::vector<std::string> some = features;
    some.push_back(feature("null", R"({"event_id": "d"})"));
    some.push_back(feature(R"({"type": "LineString", "coordinates": [[1, 12], [2, 13]]})", R"({"event_id": "e"})"));
    some.push_back(feature(R"({"type": "Point", "coordinates": [1e999, 2]})", R"({"event_id": "f"})"));
    some.push_back(point(190, 95, R"({"event_id": "g"})"));
    some.push_back(point(-3.9962, 16.2667, R"({"event_id": "a", "date": "2025-09-14", "country": "Mali"})"));
    const EventImport import = read_file(folder.write("events.json", feature_collection(some)), lenient_options());
    EXPECT_EQ(import.ledger.counted, (Reasons{{"no_coordinates", 1}}));
    EXPECT_EQ(import.ledger.rejected,
              (Reasons{{"not_a_point", 1}, {"bad_geometry", 1}, {"longitude_out_of_range", 1}, {"duplicate_id", 1}}));
    EXPECT_EQ(import.ledger.examples.at(0).line, 4u) << "features are numbered from 1";
}

TEST(EventSources, AWorkbookIsReadByItsColumns) {
    const TempFolder folder;
    const auto file = test::write_workbook(folder.path() / "acled.xlsx",
                                           {{"Data",
                                             {{"EVENT_ID_CNTY", "EVENT_DATE", "EVENT_TYPE", "COUNTRY", "LATITUDE",
                                               "LONGITUDE", "GEO_PRECISION", "FATALITIES"},
                                              {"MLI1", "45184", "Battles", "Mali", "14.5", "-4.25", "1", "3"},
                                              {"MLI2", "45185", "Battles", "Mali", "14.75", "-4.5", "3", "0"},
                                              {"", "", "", "", "", "", "", ""}}}});
    ReadEventsOptions options = event_options();
    options.weight = "fatalities";
    const EventImport import = read_file(file, options);
    EXPECT_EQ(import.source.schema, "acled");
    EXPECT_EQ(import.ledger.rows, 2u);
    EXPECT_EQ(to_iso(import.events.first_day.at(0)), "2023-09-15");
    EXPECT_EQ(import.events.at[1], (LonLatE7{-45000000, 147500000}));
    EXPECT_EQ(import.events.weight, (std::vector<float>{3, 0}));
    EXPECT_EQ(import.source.precision_mix, (std::vector<std::uint64_t>{1, 0, 0, 1, 0, 0}));

    const auto dated = test::write_workbook(
        folder.path() / "dated.xlsx",
        {{"Data", {{"lon", "lat", "date"}, {"1", "12", "date:45184"}, {"2", "12", "date:45185"}}}});
    EXPECT_EQ(to_iso(read_file(dated).events.first_day.at(1)), "2023-09-16");
    const auto unnamed = test::write_workbook(folder.path() / "odd.xlsx", {{"Data", {{"lonn", "lat"}, {"1", "12"}}}});
    try {
        read_file(unnamed);
        ADD_FAILURE() << "read";
    } catch (const Error& error) { EXPECT_TRUE(contains(error.line(), "is 'lonn' meant?")); }
}

TEST(EventSources, ColumnsNamedByTheUserComeBeforeGeometry) {
    const TempFolder folder;
    const auto json = folder.write("events.geojson", feature_collection({point(1, 12, R"({"px": 3, "py": 14})")}));
    ReadEventsOptions options = event_options();
    options.lon = "px", options.lat = "py";
    EXPECT_EQ(read_file(json, options).events.at[0], (LonLatE7{30000000, 140000000}));
    EXPECT_EQ(read_file(json).events.at[0], (LonLatE7{10000000, 120000000}));
}

} // namespace harmattan::geo
