#include "geo/geodesic.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace harmattan::geo {
namespace {

TEST(Geodesic, DistancesDirectionsAndPlacesAreThoseOfPublishedLines) {
    EXPECT_NEAR(geodesic_m({0, 0}, {0, 90}), 10001965.729, 1e-3); // a quarter of the meridian
    EXPECT_NEAR(geodesic_m({0, 0}, {1, 0}), 111319.491, 1e-3);
    EXPECT_NEAR(geodesic_m({179.5, 10}, {-179.5, 10}), geodesic_m({0, 10}, {1, 10}), 1e-6);
    const GeodesicCourse course = geodesic_course({-8, 12.65}, {-1.5, 12.37});
    const LonLat there = geodesic_place({-8, 12.65}, course.azimuth, course.length_m);
    EXPECT_NEAR(there.lon, -1.5, 1e-11);
    EXPECT_NEAR(there.lat, 12.37, 1e-11);
}

} // namespace
} // namespace harmattan::geo
