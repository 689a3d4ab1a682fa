// harmattan corridors on a network of roads: ways found between towns, and incidents per km of all of it.
#include "app/corridors_run.hpp"

#include <algorithm>

namespace harmattan::test {

/// A network of two ways round a block, a spur, and an island of its own.
TEST_F(Corridors, GoByRoadThroughTownsAndPlaces) {
    folder.write("net.geojson", R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[-4, 14], [-3.5, 14], [-3, 14]]}},
{"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[-4, 14], [-3.5, 14.3], [-3, 14]]}},
{"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[-2, 16], [-1.5, 16]]}}]})");
    const auto via = [&](const std::string& places, std::vector<std::string> more = {}) {
        std::vector<std::string> line{"corridors",   "events.csv", "--via",    places,   "--roads",
                                      "net.geojson", "-o",         "bins.csv", "--force"};
        line.insert(line.end(), more.begin(), more.end());
        return run_program(line, folder.path());
    };
    ASSERT_EQ(via("-4,14; -3,14").exit_code, 0);
    EXPECT_EQ(sum("bins.csv", "V1", "incidents"), 9);
    EXPECT_NEAR(std::stod(table("bins.csv").back().at("to_km")), 108.0, 0.1);
    const ProgramRun ways = via("-4,14;-3,14", {"--ways", "2"});
    ASSERT_EQ(ways.exit_code, 0) << ways.err;
    EXPECT_NE(ways.out.find("To -3,14: the corridors with fewest incidents on the way first"), std::string::npos)
        << ways.out;
    const std::size_t ranked = ways.out.find("To -3,14");
    EXPECT_LT(ways.out.find("way 2", ranked), ways.out.find("way 1", ranked)) << "the longer way has fewer\n"
                                                                              << ways.out;
    const ProgramRun apart = via("-4,14;-2,16");
    EXPECT_EQ(apart.exit_code, 65);
    EXPECT_NE(apart.err.find("-2,16"), std::string::npos) << apart.err;
    EXPECT_EQ(via("-4,14").exit_code, 64);
    const ProgramRun unknown = via("Bamakoo;Gao");
    EXPECT_EQ(unknown.exit_code, 78);
    EXPECT_NE(unknown.err.find("did you mean 'Bamako'"), std::string::npos) << unknown.err;
    const ProgramRun roadless =
        run_program({"corridors", "events.csv", "--via", "Bamako;Gao", "-o", "x.csv"}, folder.path());
    EXPECT_EQ(roadless.exit_code, 64);
    EXPECT_NE(roadless.err.find("--roads FILE"), std::string::npos) << roadless.err;
}

/// The shortest way is drawn twice, 200 m apart: the second of two ways is the other road.
TEST_F(Corridors, DrawnTwiceAreNoTwoWays) {
    folder.write("net.geojson", R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[-4, 14], [-3, 14]]}},
{"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[-4, 14], [-3.5, 14.002], [-3, 14]]}},
{"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[-4, 14], [-3.5, 14.3], [-3, 14]]}}]})");
    const ProgramRun made = run_program(
        {"corridors", "events.csv", "--via", "-4,14;-3,14", "--ways", "2", "--roads", "net.geojson", "-o", "bins.csv"},
        folder.path());
    ASSERT_EQ(made.exit_code, 0) << made.err;
    double longest = 0;
    for (const auto& row : table("bins.csv"))
        if (row.at("corridor") == "V2") longest = std::max(longest, std::stod(row.at("to_km")));
    EXPECT_NEAR(longest, 126.8, 1);
}

TEST_F(Corridors, AreANetworkWithWhatLiesBeyondReachCounted) {
    for (const auto& [method, on] :
         {std::pair{"discontinuous", "11 of 12 incidents on the network, 1 farther than 20 km"},
          {"continuous", "11 of 12 incidents on the network, 1 farther than 20 km"},
          {"planar", "10 of 12 incidents on the network, 2 farther than 8.49 km"}}) { // the kernel's own support

        const ProgramRun made = run_program({"corridors", "events.csv", "--roads", "roads.geojson", "--network", method,
                                             "--bandwidth-km", "3", "--reach-km", "20", "-o", "net.geojson", "--force"},
                                            folder.path());
        ASSERT_EQ(made.exit_code, 0) << made.err;
        EXPECT_NE(made.err.find(on), std::string::npos) << made.err;
        EXPECT_NE(made.err.find("1 incident known only roughly"), std::string::npos) << made.err;
        EXPECT_NE(read_file(folder.path() / "net.geojson").find("per_km"), std::string::npos);
    }
    EXPECT_EQ(run_program({"corridors", "events.csv", "--network", "discontinuous", "-o", "net.csv"}, folder.path())
                  .exit_code,
              64);
    EXPECT_EQ(
        run_program({"corridors", "events.csv", "--roads", "roads.geojson", "--network", "simple", "-o", "net.csv"},
                    folder.path())
            .exit_code,
        64);
    const ProgramRun near = run_program({"corridors", "events.csv", "--roads", "roads.geojson", "--network", "planar",
                                         "--bandwidth-km", "30", "-o", "net.csv"},
                                        folder.path());
    EXPECT_NE(near.err.find("2 farther than 10 km"), std::string::npos)
        << near.err; // the reach, where the kernel's support is wider
    const ProgramRun wrong = run_program({"corridors", "events.csv", "--roads", "roads.geojson", "--network", "planar",
                                          "--lixel-km", "0", "-o", "x.csv"},
                                         folder.path());
    EXPECT_EQ(wrong.exit_code, 64);
    EXPECT_NE(wrong.err.find("--lixel-km"), std::string::npos) << wrong.err;
}

TEST_F(Corridors, SayWhereANetworkHasARoadTwice) {
    folder.write("twice.geojson", R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[-4, 14], [-3, 14]]}},
{"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[-4, 14], [-3.4, 14.002], [-3, 14]]}}]})");
    const auto network = [&](std::vector<std::string> more) {
        std::vector<std::string> line{"corridors",      "events.csv", "--roads", "twice.geojson", "--network", "planar",
                                      "--bandwidth-km", "3",          "-o",      "net.csv",       "--force"};
        line.insert(line.end(), more.begin(), more.end());
        return run_program(line, folder.path()).err;
    };
    EXPECT_NE(network({}).find("108.0 km run within 500 m of another line between the same two junctions"),
              std::string::npos)
        << network({});
    EXPECT_NE(network({}).find("--merge-m 500 takes one"), std::string::npos);
    EXPECT_NE(network({"--merge-m", "300"}).find("and count once"), std::string::npos);
    EXPECT_EQ(network({"--merge-m", "300"}).find("note: --merge-m"), std::string::npos);
    EXPECT_NE(network({"--merge-m", "wide"}).find("--merge-m"), std::string::npos);
    EXPECT_EQ(network({}).find("makes no use of"), std::string::npos);
    EXPECT_NE(network({"--via", "Bamako;Gao", "--corridor", "R1"}).find("makes no use of --via, --corridor\n"),
              std::string::npos);
}

/// Each row says where it is: the road's own name and class, the town near it, its middle.
TEST_F(Corridors, ANetworkSaysWhereEachPieceIs) {
    folder.write("named.geojson", R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"name": "Route du fleuve", "highway": "trunk"}, "geometry": {"type": "LineString", "coordinates": [[-4.2, 14.5], [-4.1, 14.5]]}},
{"type": "Feature", "properties": {"highway": "primary"}, "geometry": {"type": "LineString", "coordinates": [[-30, 20], [-29.9, 20]]}}]})");
    const ProgramRun made = run_program({"corridors", "events.csv", "--roads", "named.geojson", "--network", "planar",
                                         "--bandwidth-km", "3", "--lixel-km", "20", "-o", "net.csv"},
                                        folder.path());
    ASSERT_EQ(made.exit_code, 0) << made.err;
    const auto rows = table("net.csv");
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].at("road"), "Route du fleuve");
    EXPECT_EQ(rows[0].at("class"), "trunk");
    EXPECT_EQ(rows[0].at("near"), "Mopti");
    EXPECT_LT(std::stod(rows[0].at("near_km")), 10);
    EXPECT_EQ(rows[0].at("country"), "ML");
    EXPECT_NEAR(std::stod(rows[0].at("lon")), -4.15, 1e-4);
    EXPECT_NEAR(std::stod(rows[0].at("lat")), 14.5, 1e-4);
    EXPECT_NEAR(std::stod(rows[0].at("length_km")), 10.78, 0.01);
    EXPECT_EQ(rows[1].at("road"), "");
    EXPECT_EQ(rows[1].at("near"), "") << "far out at sea";
    EXPECT_EQ(rows[1].at("feature"), "1");
}

} // namespace harmattan::test
