#include "geo/nearest_place.hpp"

#include "geo/geodesic.hpp"

#include <gtest/gtest.h>
#include <random>

namespace harmattan::geo {
namespace {

FeatureTable points(const std::vector<LonLat>& places) {
    FeatureTable table;
    for (const LonLat& place : places) table.add_feature(GeometryType::point), table.add_part(std::vector{place});
    return table;
}

/// The same as looking at every one, anywhere on the Earth.
TEST(NearestPlace, IsTheOneOfTheShortestGeodesic) {
    std::mt19937 engine(11);
    std::uniform_real_distribution<double> lon(-180, 180), lat(-90, 90);
    std::vector<LonLat> places{{180, 5}, {-180, -5}, {0, 90}, {77, -90}};
    for (int i = 0; i < 900; ++i) places.push_back({lon(engine), lat(engine)});
    const NearestPlace nearest(points(places));
    std::vector<LonLat> asked{{179.9, 4}, {-179.9, 6}, {20, 89.9}, {-100, -89}};
    for (int i = 0; i < 400; ++i) asked.push_back({lon(engine), lat(engine)});
    std::size_t found = 0;
    for (const LonLat& at : asked) {
        std::size_t best = 0;
        for (std::size_t i = 1; i < places.size(); ++i)
            if (geodesic_m(at, places[i]) < geodesic_m(at, places[best])) best = i;
        const double distance_m = geodesic_m(at, places[best]);
        const auto hit = nearest.nearest(at, 500'000);
        ASSERT_EQ(hit.has_value(), distance_m <= 500'000) << at.lon << ", " << at.lat;
        if (!hit) continue;
        ++found;
        EXPECT_EQ(hit->feature, best) << at.lon << ", " << at.lat;
        EXPECT_DOUBLE_EQ(hit->distance_m, distance_m);
    }
    EXPECT_GT(found, 100u);
}

TEST(NearestPlace, OfEqualsIsTheEarlierOne) {
    const NearestPlace nearest(points({{3, 1}, {1, 1}, {1, -1}, {-1, 1}, {1, 1}}));
    EXPECT_EQ(nearest.nearest({1, 1}, 1'000)->feature, 1u);
    EXPECT_EQ(nearest.nearest({2, 1}, 1e6)->feature, 0u);
    EXPECT_FALSE(NearestPlace(FeatureTable()).nearest({0, 0}, 1e6));
}

} // namespace
} // namespace harmattan::geo
