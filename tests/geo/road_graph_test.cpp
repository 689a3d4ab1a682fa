#include "geo/corridors/road_graph.hpp"

#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/read_features.hpp"
#include "road_tables.hpp"
#include "support/shared_data.hpp"

#include <algorithm>
#include <array>
#include <geodesic.h>
#include <gtest/gtest.h>
#include <random>

namespace harmattan::geo {
namespace {

using test::graph_of;
using test::km;
using test::roads;

std::vector<std::uint32_t> degrees_of(const RoadGraph& graph) {
    std::vector<std::uint32_t> degrees;
    for (std::uint32_t n = 0; n < graph.nodes(); ++n) degrees.push_back(graph.degree(n));
    std::ranges::sort(degrees);
    return degrees;
}

std::string error_of(const FeatureTable& table, const RoadGraphOptions& options = {}) {
    try {
        build_road_graph(table, options);
        return "a graph";
    } catch (const Error& error) { return error.line(); }
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

using Degrees = std::vector<std::uint32_t>;

TEST(RoadGraph, EdgesRunFromMeetingToMeeting) {
    // A cross whose arms are two lines with a vertex in common, and a line that goes on where another ends.
    const RoadGraph graph =
        graph_of({{km(-10, 0), km(0, 0), km(10, 0)}, {km(0, -10), km(0, 0), km(0, 10)}, {km(10, 0), km(20, 0)}});
    EXPECT_EQ(degrees_of(graph), (Degrees{1, 1, 1, 1, 2, 4}));
    EXPECT_EQ(graph.edges(), 5u);
    EXPECT_EQ(graph.edge_feature, (std::vector<std::uint32_t>{0, 0, 1, 1, 2}));
    EXPECT_NEAR(graph.length_m(), 50'000, 1e-3);
    EXPECT_EQ(graph.report.dead_ends, 4u);
    EXPECT_EQ(graph.component_m.size(), 1u);
    for (std::uint32_t x = 0; x < 2 * graph.edges(); ++x) {
        EXPECT_TRUE(std::ranges::count(graph.exits_of(graph.start_of(x)), x) == 1);
        EXPECT_EQ(graph.end_of(x), graph.start_of(x ^ 1));
    }
}

TEST(RoadGraph, LinesThatOnlyCrossMeetWhereThatIsAskedFor) {
    const std::vector<test::Line> cross = {{km(-10, 0), km(10, 0)}, {km(3, -10), km(3, 10)}};
    const RoadGraph bridge = graph_of(cross);
    EXPECT_EQ(bridge.edges(), 2u);
    EXPECT_EQ(bridge.component_m.size(), 2u);
    EXPECT_EQ(bridge.report.crossings, 1u);
    RoadGraphOptions meet;
    meet.join_crossings = true;
    const RoadGraph junction = graph_of(cross, meet);
    EXPECT_EQ(degrees_of(junction), (Degrees{1, 1, 1, 1, 4}));
    EXPECT_NEAR(junction.length_m(), 40'000, 1e-2);
    for (std::uint32_t n = 0; n < junction.nodes(); ++n) {
        if (junction.degree(n) != 4) continue;
        EXPECT_NEAR(geodesic_m(junction.node_at[n], km(3, 0)), 0, 0.01);
    }
}

/// A road drawn twice, each time thinned by itself, the second time from its other end: 0.3 km apart at most.
TEST(RoadGraph, RoadsDrawnTwiceAreSaidAndMergedWhereAskedFor) {
    const std::vector<test::Line> twice = {{km(-10, 0), km(0, 0), km(20, 0), km(30, 0)},
                                           {km(20, 0), km(15, 0.2), km(8, -0.3), km(0, 0)}};
    const RoadGraph said = graph_of(twice);
    EXPECT_EQ(said.edges(), 4u);
    EXPECT_NEAR(said.report.beside_m, 20'000, 30) << "one of the two, whichever";
    EXPECT_TRUE(
        says(road_report_lines(said).at(1), "20.0 km run within 500 m of another line between the same two junctions"))
        << road_report_lines(said).at(1);
    const RoadGraph merged = graph_of(twice, {.merge_m = 310});
    EXPECT_EQ(merged.edges(), 3u);
    EXPECT_EQ(merged.edge_feature, (std::vector<std::uint32_t>{0, 0, 1})) << "the one with more vertices stays";
    EXPECT_NEAR(merged.length_m(), 40'000, 40);
    EXPECT_EQ(degrees_of(merged), (Degrees{1, 1, 2, 2}));
    EXPECT_EQ(graph_of(twice, {.merge_m = 290}).edges(), 4u);
    EXPECT_TRUE(says(error_of(roads(twice), {.merge_m = 6'000}), "give 0, or 1 to 5000 m"));
    EXPECT_TRUE(says(error_of(roads(twice), {.merge_m = 1e-300}), "give 0, or 1 to 5000 m"));
}

TEST(RoadGraph, WhatIsNotTheSameRoadIsNotMerged) {
    const RoadGraphOptions wide{.merge_m = 5'000};
    const auto edges = [&](const test::Line& other) { return graph_of({{km(0, 0), km(20, 0)}, other}, wide).edges(); };
    EXPECT_EQ(edges({km(0, 0), km(10, 0.4), km(20, 0)}), 1u);
    EXPECT_EQ(edges({km(0, 0), km(10, 2.6), km(20, 0)}), 2u) << "farther apart than an eighth of the length";
    EXPECT_EQ(edges({km(0, 0), km(2, 2), km(20, 0)}), 1u);
    EXPECT_EQ(edges({km(0, 0.4), km(20, 0.4)}), 2u) << "no junction in common";
    EXPECT_EQ(edges({km(0, 0), km(10, 0.4), km(20, 0.4)}), 2u) << "one end in common";
    // A block of a town; a loop beside it; three drawings of one road.
    EXPECT_EQ(graph_of({{km(0, 0), km(0.2, 0)}, {km(0, 0), km(0, 0.05), km(0.2, 0.05), km(0.2, 0)}}, wide).edges(), 2u);
    EXPECT_EQ(
        graph_of({{km(0, 0), km(9, 0), km(9, 1), km(0, 0)}, {km(0, 0), km(-9, 0), km(-9, 1), km(0, 0)}}, wide).edges(),
        2u);
    EXPECT_EQ(
        graph_of({{km(0, 0), km(20, 0)}, {km(0, 0), km(10, 0.4), km(20, 0)}, {km(20, 0), km(9, -0.4), km(0, 0)}}, wide)
            .edges(),
        1u);
}

TEST(RoadGraph, LooseEndsJoinWhatIsNear) {
    // End to end, end to the middle (short of it and beyond it), end to a vertex; 8 m each.
    const RoadGraph ends = graph_of({{km(0, 0), km(5, 0)}, {km(5.008, 0), km(9, 0)}});
    EXPECT_EQ(degrees_of(ends), (Degrees{1, 1, 2}));
    EXPECT_EQ(ends.report.joined_ends, 1u);
    for (const double north : {-0.008, 0.0, 0.008}) {
        const RoadGraph tee = graph_of({{km(0, 0), km(10, 0)}, {km(4, north), km(4, 6)}});
        EXPECT_EQ(degrees_of(tee), (Degrees{1, 1, 1, 3})) << north;
        EXPECT_EQ(tee.report.ends_on_lines, 1u);
        EXPECT_EQ(tee.report.crossings, 0u);
        EXPECT_NEAR(tee.length_m(), 16'000, 0.01);
    }
    const RoadGraph vertex = graph_of({{km(0, 0), km(4, 0), km(10, 0)}, {km(4, 0.008), km(4, 6)}});
    EXPECT_EQ(degrees_of(vertex), (Degrees{1, 1, 1, 3}));
    EXPECT_EQ(vertex.report.joined_ends, 1u);
    // Three ends around one place on a line that none of them reaches.
    const RoadGraph star = graph_of({{km(0, 0), km(10, 0)}, {km(4, 0.006), km(4, 6)}, {km(4.004, 0.006), km(8, 6)}});
    EXPECT_EQ(degrees_of(star), (Degrees{1, 1, 1, 1, 4}));
    // Farther, or not asked for, they stay apart; what touches joins all the same.
    EXPECT_EQ(graph_of({{km(0, 0), km(5, 0)}, {km(5.012, 0), km(9, 0)}}).component_m.size(), 2u);
    RoadGraphOptions exact;
    exact.join_m = 0;
    EXPECT_EQ(graph_of({{km(0, 0), km(5, 0)}, {km(5.008, 0), km(9, 0)}}, exact).component_m.size(), 2u);
    EXPECT_EQ(graph_of({{km(0, 0), km(10, 0)}, {km(4, 0), km(4, 6)}}, exact).component_m.size(), 1u);
}

TEST(RoadGraph, AnEndThatMeetsALineAlreadyIsNotDrawnToItsNeighbour) {
    // Two carriageways 8 m apart, each of two lines.
    const RoadGraph graph = graph_of({{km(0, 0), km(5, 0)},
                                      {km(5, 0), km(9, 0)},
                                      {km(0.1, 0.008), km(5.1, 0.008)},
                                      {km(5.1, 0.008), km(9.1, 0.008)}});
    // The loose ends join the other carriageway where it runs beside them; the ends in the middle join only each other.
    EXPECT_EQ(graph.report.ends_on_lines, 2u);
    EXPECT_EQ(degrees_of(graph), (Degrees{1, 1, 2, 2, 3, 3}));
}

TEST(RoadGraph, DenseVerticesDoNotFoldALineOntoItself) {
    test::Line line;
    for (int i = 0; i <= 500; ++i) line.push_back(km(i * 0.002, 0)); // every 2 m
    const RoadGraph graph = graph_of({line});
    EXPECT_EQ(degrees_of(graph), (Degrees{1, 1}));
    EXPECT_NEAR(graph.length_m(), 1'000, 1e-3);
    // A nine: the end comes back to the middle of its own line.
    const RoadGraph nine = graph_of({{km(0, 0), km(10, 0), km(10, 5), km(4, 5), km(4, 0.004)}});
    EXPECT_EQ(degrees_of(nine), (Degrees{1, 3}));
    EXPECT_EQ(nine.edges(), 2u);
}

TEST(RoadGraph, AStretchDrawnTwiceCountsOnce) {
    const RoadGraph graph = graph_of({{km(0, 0), km(5, 0), km(10, 0), km(15, 5)},
                                      {km(15, -5), km(10, 0), km(5, 0), km(0, 0)},
                                      {km(0, 0), km(5, 0)}});
    EXPECT_NEAR(graph.report.doubled_m, 15'000, 1e-2);
    EXPECT_NEAR(graph.length_m(), 10'000 + 2 * std::hypot(5'000, 5'000), 5);
    EXPECT_EQ(degrees_of(graph), (Degrees{1, 1, 1, 3}));
    const RoadGraph back = graph_of({{km(0, 0), km(5, 0), km(0, 0)}});
    EXPECT_NEAR(back.length_m(), 5'000, 1e-3);
}

TEST(RoadGraph, TakesRingsLoopsAndSelfCrossings) {
    const test::Line ring = {km(0, 0), km(10, 0), km(10, 10), km(0, 10), km(0, 0)};
    const RoadGraph alone = graph_of({ring});
    EXPECT_EQ(alone.nodes(), 1u);
    EXPECT_EQ(alone.degree(0), 2u);
    EXPECT_EQ(alone.edge_from[0], alone.edge_to[0]);
    EXPECT_NEAR(alone.length_m(), 40'000, 0.1);
    const RoadGraph lollipop = graph_of({ring, {km(-5, 0), km(0, 0)}});
    EXPECT_EQ(degrees_of(lollipop), (Degrees{1, 3}));
    const RoadGraph bow = graph_of({{km(0, 0), km(10, 0), km(5, 5), km(5, -5)}}); // over itself, without a vertex there
    EXPECT_EQ(bow.edges(), 1u);
    EXPECT_EQ(bow.report.crossings, 1u);
    const RoadGraph eight = graph_of({{km(0, 0), km(10, 0), km(10, 5), km(5, 0), km(5, -5)}, {km(5, 0), km(5, 3)}});
    EXPECT_EQ(degrees_of(eight), (Degrees{1, 1, 1, 5})); // an end on a stretch that the same line's vertex touches
}

TEST(RoadGraph, CrossesTheAntimeridianAndThePole) {
    const RoadGraph fiji = graph_of({{{179, -17}, {-179, -17}}, {{181, -17}, {182, -17}}, {{180, -16}, {-180, -17.0}}});
    EXPECT_NEAR(fiji.edge_length_m[1], geodesic_m({-179, -17}, {-178, -17}), 1e-6);
    EXPECT_EQ(fiji.component_m.size(), 2u); // 180, −17 lies 262 m off the geodesic between the other two
    const RoadGraph cut = graph_of({{{179, -17}, {180, -17}}, {{-180, -17}, {-179, -17}}});
    EXPECT_EQ(degrees_of(cut), (Degrees{1, 1, 2}));
    const RoadGraph pole = graph_of({{{10, 89}, {10, 90}}, {{-170, 90}, {-170, 89}}, {{100, 89.5}, {55, 90}}});
    EXPECT_EQ(degrees_of(pole), (Degrees{1, 1, 1, 3}));
    RoadGraphOptions meet;
    meet.join_crossings = true;
    EXPECT_EQ(degrees_of(graph_of({{{179.5, 1}, {-179.5, -1}}, {{-179.5, 1}, {179.5, -1}}}, meet)),
              (Degrees{1, 1, 1, 1, 4}));
}

TEST(RoadGraph, BrokenLinesHaveAClearWord) {
    FeatureTable table = roads({{km(0, 0), km(1, 0)}, {km(3, 3), km(3, 3)}, {km(7, 7)}, {}});
    table.add_feature(GeometryType::point);
    table.add_part(test::Line{km(0, 0)});
    const RoadGraph graph = build_road_graph(table);
    EXPECT_EQ(graph.edges(), 1u);
    EXPECT_EQ(graph.report.no_length, 3u);
    EXPECT_EQ(graph.report.not_lines, 1u);
    EXPECT_TRUE(says(error_of({}), "there is no road: of 0 features"));
    EXPECT_TRUE(says(error_of(roads({{km(1, 1), km(1, 1)}})), "there is no road"));
    FeatureTable nan = roads({{km(0, 0), km(1, 0)}, {km(0, 0), {NAN, 3}}});
    nan.set(1, "name", std::string("RN6"));
    EXPECT_TRUE(
        says(error_of(nan), "road 2 (name 'RN6') has a vertex at nan,3.0000, which is no longitude and latitude"))
        << error_of(nan);
    EXPECT_TRUE(says(error_of(roads({{{0, 0}, {0, 95}}})), "no longitude and latitude"));
    EXPECT_TRUE(says(error_of(roads({{{0, 0}, {179.9, 0.1}}})), "half round the Earth"));
    RoadGraphOptions far;
    far.join_m = -1;
    EXPECT_TRUE(says(error_of(table, far), "give 0 to 1000 m"));
}

TEST(RoadGraph, TheOrderOfTheLinesChangesNoLength) {
    std::mt19937 engine(11);
    std::uniform_real_distribution<double> at(0, 30);
    std::vector<test::Line> lines;
    for (int i = 0; i < 40; ++i) {
        test::Line line;
        for (int k = 0; k < 4; ++k)
            line.push_back(km(std::round(at(engine)), std::round(at(engine)))); // many vertices in common
        lines.push_back(line);
    }
    const RoadGraph graph = graph_of(lines);
    std::ranges::reverse(lines);
    const RoadGraph other = graph_of(lines);
    EXPECT_NEAR(graph.length_m(), other.length_m(), 1e-6);
    EXPECT_EQ(degrees_of(graph), degrees_of(other));
    EXPECT_EQ(graph.report.crossings, other.report.crossings);
}

/// Whatever the lines, the columns of a graph fit each other.
void expect_whole(const RoadGraph& graph) {
    std::size_t meeting = 0;
    double length = 0;
    for (std::uint32_t n = 0; n < graph.nodes(); ++n) {
        EXPECT_GT(graph.degree(n), 0u);
        meeting += graph.degree(n);
        for (const std::uint32_t x : graph.exits_of(n)) EXPECT_EQ(graph.start_of(x), n);
    }
    EXPECT_EQ(meeting, 2 * graph.edges());
    for (std::uint32_t e = 0; e < graph.edges(); ++e) {
        const auto line = graph.line(e);
        ASSERT_GE(line.size(), 2u);
        EXPECT_EQ(line.front(), graph.node_at[graph.edge_from[e]]);
        EXPECT_EQ(line.back(), graph.node_at[graph.edge_to[e]]);
        EXPECT_EQ(graph.along(e).front(), 0);
        EXPECT_EQ(graph.along(e).back(), graph.edge_length_m[e]);
        for (std::size_t i = 1; i < line.size(); ++i) {
            EXPECT_GT(graph.along(e)[i], graph.along(e)[i - 1]);
            EXPECT_NEAR(graph.along(e)[i] - graph.along(e)[i - 1], geodesic_m(line[i - 1], line[i]), 1e-6);
        }
        EXPECT_EQ(graph.node_component[graph.edge_from[e]], graph.node_component[graph.edge_to[e]]);
        length += graph.edge_length_m[e];
    }
    EXPECT_NEAR(graph.length_m(), length, 1e-6 * length);
    EXPECT_TRUE(std::ranges::is_sorted(graph.component_m, std::greater<>()));
}

TEST(RoadGraph, IsWholeWhateverTheLines) {
    std::mt19937 engine(23);
    const auto u = [&] { return static_cast<double>(engine()) / 4294967296.0; };
    for (int round = 0; round < 300; ++round) {
        // A few hundred metres to some kilometres wide, so that ends, vertices and stretches lie within metres of each
        // other; some of it across the antimeridian or around a pole.
        const LonLat middle = round % 3 == 0 ? LonLat{-5, 13} : round % 3 == 1 ? LonLat{180, -17} : LonLat{40, 89.9999};
        const double size = 200 * std::pow(30, u());
        std::vector<test::Line> lines;
        std::vector<LonLat> places;
        for (int l = 0; l < 12; ++l) {
            test::Line line;
            for (int k = 0; k < 2 + static_cast<int>(6 * u()); ++k) {
                if (!places.empty() && u() < 0.3) line.push_back(places[engine() % places.size()]);
                else line.push_back(geodesic_place(middle, 360 * u(), size * u()));
                places.push_back(line.back());
            }
            lines.push_back(line);
        }
        RoadGraphOptions options;
        options.join_m = u() < 0.2 ? 0 : 30 * u();
        options.join_crossings = round % 2 == 0;
        try {
            expect_whole(graph_of(lines, options));
        } catch (const Error& error) { EXPECT_TRUE(says(error.line(), "there is no road")) << error.line(); }
        if (HasFailure()) FAIL() << "round " << round;
    }
}

TEST(RoadGraph, OfTheRiversJoinsWhereTheyMeet) {
    HARMATTAN_SHARED_FILE(file, "data/lines/ne_10m_rivers.geojson");
    const FeatureTable rivers = read_features(file).table;
    const RoadGraph graph = build_road_graph(rivers);
    for (const std::string& line : road_report_lines(graph)) std::puts(line.c_str());
    expect_whole(graph);
}

TEST(RoadGraph, OfTheRoadsOfWestAfricaIsAsLongAsProjSays) {
    HARMATTAN_SHARED_FILE(file, "data/lines/roads_osm_west_africa.geojson");
    const FeatureTable table = read_features(file).table;
    const RoadGraph graph = build_road_graph(table);
    for (const std::string& line : road_report_lines(graph)) std::puts(line.c_str());
    EXPECT_EQ(graph.report.lines, 739u);
    EXPECT_NEAR(graph.report.beside_m, 1'091e3, 1e3);
    const RoadGraph merged = build_road_graph(table, {.merge_m = 500});
    EXPECT_NEAR(graph.length_m() - merged.length_m(), graph.report.beside_m, 1);
    EXPECT_EQ(merged.component_m.size(), 1u) << "nothing is cut off";
    EXPECT_EQ(graph.component_m.size(), 1u);
    // The stretches by hand, outside the graph: each pair of vertices once.
    geod_geodesic wgs84;
    geod_init(&wgs84, 6378137, 1 / 298.257223563);
    std::vector<std::array<double, 4>> stretches;
    double drawn = 0, once = 0;
    for (std::size_t p = 0; p + 1 < table.vertex_begin.size(); ++p)
        for (std::size_t i = 1; i < table.part(p).size(); ++i) {
            const LonLat a = table.part(p)[i - 1], b = table.part(p)[i];
            stretches.push_back(std::tie(a.lon, a.lat) < std::tie(b.lon, b.lat)
                                    ? std::array{a.lon, a.lat, b.lon, b.lat}
                                    : std::array{b.lon, b.lat, a.lon, a.lat});
        }
    const auto length = [&](const std::array<double, 4>& s) {
        double metres = 0;
        geod_inverse(&wgs84, s[1], s[0], s[3], s[2], &metres, nullptr, nullptr);
        return metres;
    };
    for (const auto& s : stretches) drawn += length(s);
    std::ranges::sort(stretches);
    stretches.erase(std::unique(stretches.begin(), stretches.end()), stretches.end());
    for (const auto& s : stretches) once += length(s);
    EXPECT_NEAR(graph.length_m() / once, 1, 1e-9);
    EXPECT_NEAR(graph.report.doubled_m, drawn - once, 1e-3);
    EXPECT_EQ(graph.report.crossings, 1164u); // by an independent sweep over the stretches
    expect_whole(graph);
    RoadGraphOptions meet;
    meet.join_crossings = true;
    expect_whole(build_road_graph(table, meet));
}

} // namespace
} // namespace harmattan::geo
