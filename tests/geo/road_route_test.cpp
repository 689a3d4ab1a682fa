#include "geo/corridors/road_route.hpp"

#include "geo/corridors/road_index.hpp"
#include "geo/corridors/route_index.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/read_features.hpp"
#include "road_tables.hpp"
#include "support/shared_data.hpp"

#include <cmath>
#include <cstdio>
#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <set>

namespace harmattan::geo {
namespace {

using test::graph_of;
using test::km;

RoadRoute via(const RoadGraph& graph, const std::vector<Waypoint>& waypoints, double within_m = 10'000) {
    return route_along(graph, waypoints, within_m);
}

Error error_of(const RoadGraph& graph, const std::vector<Waypoint>& waypoints, double within_m = 10'000) {
    try {
        via(graph, waypoints, within_m);
    } catch (const Error& error) { return error; }
    return {ErrorKind::internal, "a route"};
}

/// Columns and rows of roads 10 km apart, n × n of them, each a line from side to side with a vertex at every meeting.
std::vector<test::Line> grid_lines(int n) {
    std::vector<test::Line> lines(static_cast<std::size_t>(2 * n));
    for (int i = 0; i < n; ++i)
        for (int k = 0; k < n; ++k) {
            lines[static_cast<std::size_t>(i)].push_back(km(10 * k, 10 * i));
            lines[static_cast<std::size_t>(n + i)].push_back(km(10 * i, 10 * k));
        }
    return lines;
}

TEST(RoadRoute, GoesTheShortWayRoundARing) {
    const RoadGraph ring = graph_of({{km(0, 0), km(30, 0), km(30, 20), km(0, 20), km(0, 0)}});
    const RoadRoute route = via(ring, {{"west", km(-0.5, 5)}, {"east", km(30.5, 3)}});
    EXPECT_NEAR(route.route.length_m(), 5'000 + 30'000 + 3'000, 5);
    ASSERT_EQ(route.stops.size(), 2u);
    EXPECT_EQ(route.stops[0].name, "west");
    EXPECT_NEAR(route.stops[0].off_road_m, 500, 0.1);
    EXPECT_NEAR(geodesic_m(route.stops[1].on_road, km(30, 3)), 0, 1);
    EXPECT_EQ(route.stops[1].chainage_m, route.route.length_m());
    EXPECT_EQ(route.route.vertices.size(), 4u);
    EXPECT_NEAR(via(ring, {{"a", km(10, 0)}, {"b", km(12, 0)}}).route.length_m(), 2'000, 0.01); // on one edge
    EXPECT_NEAR(via(ring, {{"a", km(12, 0)}, {"b", km(10, 0)}}).route.length_m(), 2'000, 0.01);
    EXPECT_NEAR(via(ring, {{"a", km(1, 0)}, {"b", km(0, 1)}}).route.length_m(), 2'000, 0.5); // over the ring's own node
}

TEST(RoadRoute, PassesItsWaypointsInOrder) {
    const RoadGraph grid = graph_of(grid_lines(4));
    const RoadRoute route = via(grid, {{"a", km(0, 0)}, {"b", km(30, 3)}, {"c", km(5, 30)}, {"a again", km(0, 0)}});
    std::vector<double> chainages;
    for (const RoadStop& stop : route.stops) {
        chainages.push_back(std::round(stop.chainage_m / 100) / 10);
        EXPECT_NEAR(geodesic_m(route.route.place_at(stop.chainage_m), stop.on_road), 0, 0.01);
    }
    EXPECT_EQ(chainages, (std::vector<double>{0, 33, 85, 120}));
    for (std::size_t i = 1; i < route.route.vertices.size(); ++i)
        EXPECT_NEAR(route.route.chainage_m[i] - route.route.chainage_m[i - 1],
                    geodesic_m(route.route.vertices[i - 1], route.route.vertices[i]), 1e-6);
}

/// Floyd and Warshall over the nodes, nothing in common with the search.
TEST(RoadRoute, IsAsShortAsEveryPairOfNodesAllows) {
    std::mt19937 engine(5);
    std::vector<test::Line> lines;
    for (int i = 0; i < 60; ++i) {
        const auto at = [&] {
            return km(static_cast<double>(engine() % 8) * 10, static_cast<double>(engine() % 8) * 10);
        };
        const LonLat a = at(), b = at();
        if (!(a == b)) lines.push_back({a, b});
    }
    const RoadGraph graph = graph_of(lines);
    const std::size_t n = graph.nodes();
    std::vector<std::vector<double>> d(n, std::vector<double>(n, std::numeric_limits<double>::infinity()));
    for (std::size_t i = 0; i < n; ++i) d[i][i] = 0;
    for (std::size_t e = 0; e < graph.edges(); ++e) {
        double &there = d[graph.edge_from[e]][graph.edge_to[e]], &back = d[graph.edge_to[e]][graph.edge_from[e]];
        there = back = std::min(there, graph.edge_length_m[e]);
    }
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
    int compared = 0;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            if (i == j || !std::isfinite(d[i][j])) continue;
            EXPECT_NEAR(via(graph, {{"i", graph.node_at[i]}, {"j", graph.node_at[j]}}, 1).route.length_m(), d[i][j],
                        0.01);
            ++compared;
        }
    EXPECT_GT(compared, 500);
}

TEST(RoadRoute, SaysWhichWaypointIsOffTheRoads) {
    const RoadGraph graph = graph_of({{km(0, 0), km(50, 0)}});
    const Error off = error_of(graph, {{"Kayes", km(0, 3)}, {"Nowhere", km(20, 34.2)}});
    EXPECT_EQ(off.kind(), ErrorKind::usage);
    EXPECT_EQ(
        off.line(),
        "waypoint 'Nowhere' lies 34.2 km from the nearest road, at 0.1797,0.0000; roads are looked for within 10 km");
    EXPECT_EQ(error_of(graph, {{"A", km(3, 0)}, {"B", km(3, 1)}}).line(),
              "waypoints 'A' and 'B' are at one place of the roads; leave out one");
    EXPECT_NE(error_of(graph, {{"A", {NAN, 0}}, {"B", km(3, 1)}}).line().find("waypoint 'A' is at nan,0.0000"),
              std::string::npos);
    EXPECT_EQ(error_of(graph, {{"A", km(0, 0)}}).kind(), ErrorKind::usage);
    EXPECT_EQ(error_of(graph, {}).kind(), ErrorKind::usage);
    EXPECT_EQ(error_of(graph, {{"A", km(0, 0)}, {"B", km(30, 0)}}, NAN).kind(), ErrorKind::usage);
}

TEST(RoadRoute, SaysWhichWaypointsAreNotJoinedAndHowNearTheirRoadsCome) {
    const RoadGraph graph = graph_of({{km(0, 0), km(50, 0)}, {km(20, 1.5), km(20, 40)}, {km(300, 300), km(310, 310)}});
    const Error apart = error_of(graph, {{"A", km(0, 0)}, {"B", km(50, 0)}, {"C", km(20, 40)}});
    EXPECT_EQ(apart.kind(), ErrorKind::bad_data);
    EXPECT_NE(
        apart.line().find("no road joins 'B' and 'C': their roads come within 1.50 km of each other at 0.1797,0.0136"),
        std::string::npos)
        << apart.line();
    EXPECT_NE(error_of(graph, {{"A", km(0, 0)}, {"D", km(300, 300)}}).line().find("stay more than 100 km apart"),
              std::string::npos);
}

TEST(RoadRoute, PrefersTheComponentThatAllWaypointsReach) {
    // A scrap of road lies nearer to the first town than the road to the second.
    const RoadGraph graph = graph_of({{km(0, 0.2), km(0.5, 0.2)}, {km(0, 1), km(40, 1)}});
    const RoadRoute route = via(graph, {{"A", km(0, 0)}, {"B", km(40, 0)}});
    EXPECT_NEAR(route.route.length_m(), 40'000, 5);
    EXPECT_NEAR(route.stops[0].off_road_m, 1'000, 0.1);
}

TEST(RoadRoute, AlternativesDifferAndPassNoNodeTwice) {
    const RoadGraph grid = graph_of(grid_lines(5));
    AlternativeOptions options;
    options.count = 4;
    const std::vector<RoadRoute> routes = alternative_routes(grid, {"a", km(0, 0)}, {"b", km(40, 40)}, options);
    ASSERT_GE(routes.size(), 3u);
    for (std::size_t r = 0; r < routes.size(); ++r) {
        EXPECT_NEAR(routes[r].route.length_m(), 80'000, 20); // every monotone way through the grid is as long
        std::set<std::uint32_t> edges;
        for (const RoadStretch& s : routes[r].stretches) EXPECT_TRUE(edges.insert(s.edge).second);
        for (std::size_t o = 0; o < r; ++o) {
            double shared = 0;
            for (const RoadStretch& s : routes[o].stretches)
                shared += edges.contains(s.edge) ? grid.edge_length_m[s.edge] : 0;
            EXPECT_LE(shared, options.shared_at_most * routes[r].route.length_m() + 1);
        }
    }
    // Where there is one road there is one way.
    EXPECT_EQ(alternative_routes(graph_of({{km(0, 0), km(50, 0)}}), {"a", km(0, 0)}, {"b", km(50, 0)}).size(), 1u);
}

const std::vector<Waypoint> dakar_to_bamako = {{"Dakar", {-17.4441, 14.6937}},
                                               {"Tambacounda", {-13.6673, 13.7707}},
                                               {"Kayes", {-11.4446, 14.4469}},
                                               {"Bamako", {-8.0029, 12.6392}}};

TEST(RoadRoute, FromDakarToBamakoIsTheCorridorThatTheDataHolds) {
    HARMATTAN_SHARED_FILE(file, "data/lines/roads_osm_west_africa.geojson");
    HARMATTAN_SHARED_FILE(corridors_file, "data/lines/corridors.geojson");
    const RoadGraph graph = build_road_graph(read_features(file).table);
    const RoadRoute route = via(graph, dakar_to_bamako);
    for (const RoadStop& stop : route.stops)
        std::printf("%s: km %.1f, %.2f km off the road\n", stop.name.c_str(), stop.chainage_m / 1000,
                    stop.off_road_m / 1000);
    // C01 was routed over the same roads by other hands, Dakar to Bamako by Kayes and Diéma: 1,382 km as drawn.
    const FeatureTable corridors = read_features(corridors_file).table;
    const Route c01 = route_of(corridors, 0);
    std::printf("%.1f km, C01 %.1f km\n", route.route.length_m() / 1000, c01.length_m() / 1000);
    const RouteIndex index(c01, 50'000);
    double off = 0, worst = 0;
    int samples = 0;
    for (double m = 0; m < route.route.length_m(); m += 1'000, ++samples) {
        const LonLat p = route.route.place_at(m);
        const auto at = index.nearest(
            {static_cast<std::int32_t>(std::lround(p.lon * 1e7)), static_cast<std::int32_t>(std::lround(p.lat * 1e7))});
        const double d = at ? at->distance_m : 50'000;
        off += d > 1'000, worst = std::max(worst, d);
    }
    std::printf("%.0f of %d km more than 1 km off C01, %.1f km at most\n", off, samples, worst / 1000);
    EXPECT_LT(worst, 100); // all of it is C01, which also goes into and out of the towns on its way
    EXPECT_LE(route.route.length_m(), c01.length_m());
    EXPECT_GT(route.route.length_m(), 0.95 * c01.length_m());
    const auto others = alternative_routes(graph, dakar_to_bamako.front(), dakar_to_bamako.back());
    for (const RoadRoute& r : others) std::printf("alternative: %.1f km\n", r.route.length_m() / 1000);
    EXPECT_GT(others.size(), 1u);
}

} // namespace
} // namespace harmattan::geo
