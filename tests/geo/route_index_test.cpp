#include "geo/corridors/route_index.hpp"

#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/read_features.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace harmattan::geo {
namespace {

LonLatE7 e7(LonLat p) {
    const double lon = p.lon - 360 * std::round(p.lon / 360);
    return {static_cast<std::int32_t>(std::lround(lon * 1e7)), static_cast<std::int32_t>(std::lround(p.lat * 1e7))};
}

Route route_through(std::vector<LonLat> vertices) {
    FeatureTable table;
    table.add_feature(GeometryType::line);
    table.add_part(vertices);
    return route_of(table, 0);
}

/// The nearest point by geodesics alone: every kilometre of the route, then by thirds around the best of each edge.
RoutePosition by_force(const Route& route, LonLat place) {
    RoutePosition best{0, INFINITY};
    for (std::size_t i = 0; i + 1 < route.vertices.size(); ++i) {
        const GeodesicCourse course = geodesic_course(route.vertices[i], route.vertices[i + 1]);
        const auto distance = [&](double along) {
            return geodesic_m(place, geodesic_place(route.vertices[i], course.azimuth, along));
        };
        const int n = static_cast<int>(std::ceil(course.length_m / 1000));
        int k = 0;
        double least = INFINITY;
        for (int j = 0; j <= n; ++j)
            if (const double d = distance(course.length_m * j / n); d < least) least = d, k = j;
        if (least > best.distance_m + 1000) continue;
        double a = course.length_m * std::max(k - 1, 0) / n, b = course.length_m * std::min(k + 1, n) / n;
        for (int step = 0; step < 40; ++step) {
            const double p = a + (b - a) / 3, q = b - (b - a) / 3;
            (distance(p) <= distance(q) ? b : a) = distance(p) <= distance(q) ? q : p;
        }
        if (const double d = distance((a + b) / 2); d < best.distance_m) best = {route.chainage_m[i] + (a + b) / 2, d};
    }
    return best;
}

struct Worst {
    double distance = 0, chainage = 0;
    int found = 0;
};

/// Random places around random places of the route, up to a little beyond the reach.
Worst compare(const Route& route, double reach_m, int count, unsigned seed) {
    const RouteIndex index(route, reach_m);
    std::mt19937 engine(seed);
    std::uniform_real_distribution<double> along(0, route.length_m()), away(0, 1.1 * reach_m), turn(0, 360);
    Worst worst;
    for (int i = 0; i < count; ++i) {
        const LonLatE7 place = e7(geodesic_place(route.place_at(along(engine)), turn(engine), away(engine)));
        const RoutePosition truth = by_force(route, place.degrees());
        const std::optional<RoutePosition> found = index.nearest(place);
        if (std::abs(truth.distance_m - reach_m) > 1) {
            EXPECT_EQ(found.has_value(), truth.distance_m <= reach_m) << truth.distance_m;
        }
        if (!found || truth.distance_m > reach_m) continue;
        ++worst.found;
        worst.distance = std::max(worst.distance, std::abs(found->distance_m - truth.distance_m));
        // Two valleys within a centimetre may be told apart either way: then the place found is judged by its own
        // distance.
        const double apart = std::abs(found->chainage_m - truth.chainage_m);
        if (apart > 10 && geodesic_m(route.place_at(found->chainage_m), place.degrees()) < truth.distance_m + 0.1)
            continue;
        worst.chainage = std::max(worst.chainage, apart);
    }
    return worst;
}

TEST(RouteIndex, FindsWhatGeodesicsFindAlongTheEmbeddedCorridors) {
    const FeatureTable corridors = read_features(HARMATTAN_TEST_DATA "/region/corridors.geojson").table;
    Worst worst;
    for (std::size_t f = 0; f < corridors.size(); f += 4) {
        const Worst w = compare(route_of(corridors, f), 25'000, 120, static_cast<unsigned>(f));
        worst.distance = std::max(worst.distance, w.distance), worst.chainage = std::max(worst.chainage, w.chainage);
        worst.found += w.found;
    }
    std::printf("%d places: distance off by %.4f m, chainage by %.4f m at most\n", worst.found, worst.distance,
                worst.chainage);
    EXPECT_GT(worst.found, 250);
    EXPECT_LT(worst.distance, 0.05);
    EXPECT_LT(worst.chainage, 0.1);
}

TEST(RouteIndex, FindsWhatGeodesicsFindOnOddRoutes) {
    const std::vector<std::pair<const char*, std::vector<LonLat>>> routes = {
        {"across the antimeridian", {{178.5, -17}, {-179.4, -17.6}, {-178, -16}}},
        {"over the pole", {{10, 89}, {-165, 89.2}, {-100, 88.5}}},
        {"along a high parallel", {{0, 70}, {20, 70}}},
        {"along the equator", {{-1, 0}, {3, 0}}},
        {"crossing itself", {{0, 10}, {1, 10}, {1, 10.8}, {0.4, 10.8}, {0.4, 9.5}}},
        {"of many short edges", [] {
             std::vector<LonLat> v;
             for (int i = 0; i < 150; ++i) v.push_back({-8 + i * 5e-3, 12 + 0.02 * std::sin(i * 0.25)});
             return v;
         }()}};
    for (const auto& [name, vertices] : routes) {
        const Worst near = compare(route_through(vertices), 25'000, 60, 3),
                    far = compare(route_through(vertices), 100'000, 60, 5);
        std::printf("%s: 25 km: %.4f m, chainage %.4f m; 100 km: %.4f m, chainage %.4f m\n", name, near.distance,
                    near.chainage, far.distance, far.chainage);
        EXPECT_GT(near.found, 40) << name;
        EXPECT_LT(near.distance, 0.1) << name;
        EXPECT_LT(near.chainage, 0.1) << name;
        EXPECT_LT(far.distance, 0.1) << name;
        EXPECT_LT(far.chainage, 0.5) << name;
    }
}

TEST(RouteIndex, OfEqualDistancesTheLowerChainageCounts) {
    // There and back on one line; a cross passed twice; two arms of a V seen from the line between them.
    const Route there_and_back = route_through({{0, 12}, {1, 12}, {0, 12}});
    const RouteIndex twice(there_and_back, 25'000);
    for (const double lon : {0.1, 0.5, 0.9}) {
        const auto at = twice.nearest(e7({lon, 12.05}));
        ASSERT_TRUE(at);
        EXPECT_LT(at->chainage_m, there_and_back.length_m() / 2);
        EXPECT_NEAR(at->chainage_m, geodesic_m({0, 12}, {lon, 12}), 20);
    }
    const Route cross = route_through({{0, 0}, {1, 0}, {1, 1}, {0.5, 1}, {0.5, -1}});
    const auto at = RouteIndex(cross, 25'000).nearest(e7({0.5, 0}));
    ASSERT_TRUE(at);
    EXPECT_NEAR(at->chainage_m, geodesic_m({0, 0}, {0.5, 0}), 1e-3);
    EXPECT_NEAR(at->distance_m, 0, 1e-3);
    const Route vee = route_through({{0.2, 0.2}, {0, 0}, {0.2, -0.2}});
    const auto middle = RouteIndex(vee, 25'000).nearest(e7({0.1, 0}));
    ASSERT_TRUE(middle);
    EXPECT_LT(middle->chainage_m, vee.chainage_m[1]);
}

TEST(RouteIndex, GoesToTheEndsAndNoFarther) {
    const Route route = route_through({{0, 0}, {1, 0}});
    const RouteIndex index(route, 5'000);
    const auto before = index.nearest(e7({-0.03, 0})), after = index.nearest(e7({1.03, 0.01}));
    ASSERT_TRUE(before && after);
    EXPECT_EQ(before->chainage_m, 0);
    EXPECT_NEAR(before->distance_m, geodesic_m({-0.03, 0}, {0, 0}), 1e-3);
    EXPECT_EQ(after->chainage_m, route.length_m());
    EXPECT_FALSE(index.nearest(e7({-0.06, 0})));
    EXPECT_FALSE(index.nearest(e7({0.5, 0.06})));
    EXPECT_FALSE(index.nearest(e7({-179, 0})));
    EXPECT_FALSE(index.nearest({1'800'000'000, 900'000'000}));
    EXPECT_FALSE(index.nearest({-1'800'000'000, -900'000'000}));
    EXPECT_THROW(RouteIndex(route, 0), Error);
    EXPECT_THROW(RouteIndex(route, 200'000), Error);
    EXPECT_THROW(RouteIndex(route, NAN), Error);
}

TEST(RouteIndex, ReachesRoundTheEarth) {
    const Route route = route_through({{-179, 1}, {-90, 1}, {0, -1}, {90, 1}, {170, 0}, {-170, 2}});
    const RouteIndex index(route, 25'000);
    for (double chainage = 0; chainage < route.length_m(); chainage += 97'000) {
        const auto at = index.nearest(e7(route.place_at(chainage)));
        ASSERT_TRUE(at) << chainage;
        EXPECT_NEAR(at->distance_m, 0, 0.01);
    }
    EXPECT_FALSE(index.nearest(e7({45, 5})));
}

} // namespace
} // namespace harmattan::geo
