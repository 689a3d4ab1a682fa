// The strip of a corridor on a page: which corridor, its numbers and its words.
#include "app/program.hpp"

#include <gtest/gtest.h>

namespace harmattan::test {

namespace {

/// Two roads, west to east, about 108 km each: a quiet one in the north and one with incidents in the south.
constexpr const char* roads = R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"id": "R1", "name": "Quiet Road"}, "geometry": {"type": "LineString", "coordinates": [[-4, 15], [-3, 15]]}},
{"type": "Feature", "properties": {"id": "R2", "name": "Long Road", "from": "Westend", "to": "Eastend"}, "geometry": {"type": "LineString", "coordinates": [[-4, 14], [-3, 14]]}}]})";

/// Four at the southern road (two within 2 km, one within 10, one known to about 25 km), two known to a district, one
/// far off.
constexpr const char* events = R"(id,latitude,longitude,date_start,where_prec,country,type_of_violence
1,14.001,-3.95,2025-05-03,1,Mali,1
2,14.001,-3.94,2025-05-09,1,Mali,1
3,14.07,-3.5,2025-06-11,1,Mali,1
4,14.15,-3.2,2025-06-12,2,Mali,1
5,14.02,-3.6,2025-06-13,3,Mali,1
6,14.02,-3.61,2025-07-01,3,Mali,1
7,15.6,-3.5,2025-07-02,1,Mali,1
)";

class Strip : public testing::Test {
protected:
    Strip() { folder.write("roads.geojson", roads), folder.write("events.csv", events); }
    ProgramRun page(std::vector<std::string> more) const {
        std::vector<std::string> line{"page", "events.csv", "-o", "page.svg", "--blocks", "strip", "--force", "-q"};
        line.insert(line.end(), more.begin(), more.end());
        return run_program(line, folder.path());
    }
    bool says(const std::string& text) const {
        return read_file(folder.path() / "page.svg").find(text) != std::string::npos;
    }
    TemporaryFolder folder;
};

} // namespace

TEST_F(Strip, ShowsTheRoadWithMostIncidentsPerKm) {
    const ProgramRun run = page({"--corridors", "roads.geojson"});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    EXPECT_TRUE(says("corridor-strip"));
    EXPECT_TRUE(says(">Long Road<"));
    EXPECT_TRUE(says("Incidents per 10 km along the route (n = 3), 3 May – 2 July 2025"));
    EXPECT_TRUE(says(" more, by the shares of incidents known only to about 25 km or to an area."));
    EXPECT_TRUE(says(">0–2 km<"));
    EXPECT_FALSE(says("Schematic"));
}

TEST_F(Strip, ShowsTheOneNamedInWhateverCase) {
    ASSERT_EQ(page({"--corridors", "roads.geojson", "--corridor", "quiet road"}).exit_code, 0);
    EXPECT_TRUE(says(">Quiet Road<"));
    EXPECT_TRUE(says("(n = 0)"));
    ASSERT_EQ(page({"--corridors", "roads.geojson", "--corridor", "R2"}).exit_code, 0);
    EXPECT_TRUE(says(">Long Road<"));
}

TEST_F(Strip, NamesTheNearestForAnUnknownOne) {
    const ProgramRun run = page({"--corridors", "roads.geojson", "--corridor", "Lung Road"});
    EXPECT_EQ(run.exit_code, 78);
    EXPECT_NE(run.err.find("did you mean 'Long Road'"), std::string::npos) << run.err;
}

TEST_F(Strip, SaysWhereNoCorridorIs) {
    const ProgramRun run = page({"--bbox", "10,20,14,23"});
    EXPECT_EQ(run.exit_code, 64);
    EXPECT_NE(run.err.find("--corridor"), std::string::npos) << run.err;
}

TEST_F(Strip, CountriesWithoutDataAreGreyNotQuiet) {
    ASSERT_EQ(page({"--corridor", "C01"}).exit_code, 0);
    EXPECT_TRUE(says("Grey ground: not covered by the data."));
    ASSERT_EQ(page({"--corridor", "C08"}).exit_code, 0);
    EXPECT_FALSE(says("Grey ground"));
}

TEST_F(Strip, SchematicRoadsSayWhyTheyHaveFewBandsInTheirLanguage) {
    ASSERT_EQ(page({"--corridor", "C01", "--lang", "fr"}).exit_code, 0);
    EXPECT_TRUE(says(">Dakar–Kayes–Bamako<"));
    EXPECT_TRUE(says(">Dakar<"));
    EXPECT_TRUE(says(">0–10 km<"));
    EXPECT_FALSE(says(">0–2 km<"));
    EXPECT_TRUE(says("Tracé schématique"));
    EXPECT_TRUE(says(">SN<"));
    EXPECT_TRUE(says(">ML<"));
}

} // namespace harmattan::test
