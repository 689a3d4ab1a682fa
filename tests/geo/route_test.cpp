#include "geo/corridors/route.hpp"

#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/read_features.hpp"

#include <cmath>
#include <geodesic.h>
#include <gtest/gtest.h>

namespace harmattan::geo {
namespace {

using Lines = std::vector<std::vector<LonLat>>;

FeatureTable corridor(const Lines& parts, GeometryType type = GeometryType::line) {
    FeatureTable table;
    table.add_feature(type);
    for (const auto& part : parts) table.add_part(part);
    table.set(0, "id", std::string("C99"));
    return table;
}

std::string error_of(const Lines& parts, GeometryType type = GeometryType::line) {
    try {
        route_of(corridor(parts, type), 0);
        return "a route";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_data);
        return error.line();
    }
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(Route, OfTheEmbeddedCorridorsIsAsLongAsProjSays) {
    const FeatureTable corridors = read_features(HARMATTAN_TEST_DATA "/region/corridors.geojson").table;
    ASSERT_EQ(corridors.size(), 12u);
    geod_geodesic wgs84;
    geod_init(&wgs84, 6378137, 1 / 298.257223563);
    for (std::size_t f = 0; f < corridors.size(); ++f) {
        const Route route = route_of(corridors, f);
        geod_polygon line; // PROJ's own sum along a polyline
        geod_polygon_init(&line, 1);
        for (const LonLat& p : corridors.part(corridors.part_begin[f]))
            geod_polygon_addpoint(&wgs84, &line, p.lat, p.lon);
        double length = 0;
        geod_polygon_compute(&wgs84, &line, 0, 1, nullptr, &length);
        EXPECT_NEAR(route.length_m() / length, 1, 1e-12);
        EXPECT_NEAR(route.length_m() / 1000, std::get<double>(corridors.property(f, "length_km")), 0.051);
        EXPECT_TRUE(route.schematic);
    }
}

TEST(Route, PlacesLieAtTheirChainage) {
    const Route route = route_of(corridor({{{0, 0}, {1, 0}, {1, 1}}}), 0);
    EXPECT_FALSE(route.schematic);
    EXPECT_NEAR(route.chainage_m[1], 111319.4908, 1e-3); // a degree of the equator
    EXPECT_EQ(route.place_at(-5), (LonLat{0, 0}));
    EXPECT_EQ(route.place_at(1e9), (LonLat{1, 1}));
    EXPECT_NEAR(route.place_at(route.chainage_m[1] / 2).lon, 0.5, 1e-9);
    EXPECT_NEAR(geodesic_m({1, 0}, route.place_at(route.chainage_m[1] + 1000)), 1000, 1e-6);
    const Route back = reversed(route);
    EXPECT_EQ(back.chainage_m.front(), 0);
    EXPECT_EQ(back.length_m(), route.length_m());
    EXPECT_NEAR(geodesic_m(back.place_at(70'000), route.place_at(route.length_m() - 70'000)), 0, 1e-6);
}

TEST(Route, PartsAreJoinedEndToEnd) {
    const Route whole = route_of(corridor({{{0, 0}, {1, 0}, {2, 0}, {3, 1}}}), 0);
    for (const Lines& parts : {Lines{{{0, 0}, {1, 0}}, {{1, 0}, {2, 0}}, {{2, 0}, {3, 1}}},  // in order
                               Lines{{{0, 0}, {1, 0}}, {{2, 0}, {1, 0}}, {{3, 1}, {2, 0}}},  // turned round
                               Lines{{{0, 0}, {1, 0}}, {{2, 0}, {3, 1}}, {{1, 0}, {2, 0}}},  // out of order
                               Lines{{{1, 0}, {2, 0}}, {{1, 0}, {0, 0}}, {{2, 0}, {3, 1}}}}) // the first in the middle
        EXPECT_EQ(route_of(corridor(parts), 0).vertices, whole.vertices);
    const Route apart = route_of(corridor({{{0, 0}, {1, 0}}, {{1.00005, 0}, {2, 0}}}), 0); // 5.6 m
    EXPECT_NEAR(apart.length_m(), 2 * 111319.4908, 1e-2);
}

TEST(Route, PartsThatCrossThemselvesAreJoinedInTheOrderGiven) {
    const Route loop =
        route_of(corridor({{{0, 0}, {1, 0}, {1, 1}}, {{1, 1}, {0.5, 1}, {0.5, 0}}, {{0.5, 0}, {0.5, -1}}}), 0);
    EXPECT_EQ(loop.vertices.size(), 6u);
}

TEST(Route, PartsThatDoNotJoinAreRefused) {
    const std::string gap = error_of({{{0, 0}, {1, 0}}, {{1.1, 0}, {2, 0}}});
    EXPECT_TRUE(says(gap, "corridor 'C99' is in pieces: 11.13 km lie between 1.0000,0.0000 and "
                          "the nearest part left, at 1.1000,0.0000"))
        << gap;
    const std::string fork = error_of({{{0, 0}, {1, 0}}, {{2, 1}, {1, 0}}, {{2, -1}, {1, 0}}});
    EXPECT_TRUE(says(fork, "branches at 1.0000,0.0000: 3 of its parts meet there")) << fork;
}

TEST(Route, WithoutLengthIsRefused) {
    EXPECT_TRUE(says(error_of({{{3, 4}, {3, 4}, {3, 4}}}), "has no length"));
    EXPECT_TRUE(says(error_of({{{3, 4}}}), "has no length"));
    EXPECT_TRUE(says(error_of({}), "has no length"));
    EXPECT_TRUE(says(error_of({{{180, 4}, {-180, 4}}}), "has no length"));
    EXPECT_TRUE(says(error_of({{{3, 4}, {3.00001, 4}}}), "has no length: its 1.11 m"));
    EXPECT_TRUE(says(error_of({{{10, 90}, {50, 90}}}), "has no length"));
    EXPECT_TRUE(says(error_of({{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}, GeometryType::polygon), "is not a line"));
    EXPECT_TRUE(says(error_of({{{0, 0}, {NAN, 0}}}), "no longitude and latitude"));
    EXPECT_TRUE(says(error_of({{{0, 0}, {0, 91}}}), "no longitude and latitude"));
    EXPECT_TRUE(says(error_of({{{0, 0}, {179.9, 0.1}}}), "half round the Earth"));
    EXPECT_EQ(route_of(corridor({{{0, 0}, {0, 0}, {1, 0}, {1, 0}}}), 0).vertices.size(), 2u);
}

TEST(Route, CrossesTheAntimeridianTheShortWay) {
    const double length = geodesic_m({179, -17}, {-179, -17});
    EXPECT_LT(length, 213'000);
    for (const Lines& parts : {Lines{{{179, -17}, {-179, -17}}}, Lines{{{179, -17}, {181, -17}}}})
        EXPECT_NEAR(route_of(corridor(parts), 0).length_m(), length, 1e-6);
    // Cut there, as RFC 7946 asks: the ends at 180 and −180 are one place.
    EXPECT_NEAR(route_of(corridor({{{179, -17}, {180, -17}}, {{-180, -17}, {-179, -17}}}), 0).length_m(), length, 30);
}

} // namespace
} // namespace harmattan::geo
