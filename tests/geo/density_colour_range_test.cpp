#include "geo/density/colour_range.hpp"

#include "density_events.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>

namespace harmattan::geo {
namespace {

FieldOptions options_of(double sigma_km) {
    FieldOptions o;
    o.bandwidth_m = sigma_km * 1000;
    return o;
}

double lead(double value) { return value / std::pow(10.0, std::floor(std::log10(value) + 1e-9)); }

TEST(ColourRange, IsMadeOfRoundNumbersThatHoldTheHotPlaces) {
    for (const double sigma : {5.0, 15.0, 40.0}) {
        const Field field = build_field(test::made_up({}), options_of(sigma));
        const ColourRange r = colour_range(field);
        EXPECT_NEAR(lead(r.high) * 10, std::round(lead(r.high) * 10), 1e-6) << r.high;
        EXPECT_NEAR(lead(r.low), std::round(lead(r.low)), 1e-6) << r.low;
        EXPECT_GE(r.high / r.low, 9.99);
        EXPECT_LE(r.high / r.low, 600);
        const std::array<double, 1> share{0.999};
        EXPECT_NEAR(std::log(r.high / field.quantiles(share).front()), 0, std::log(1.25));
    }
}

TEST(ColourRange, ALoneEventIsAboveTheFloorOfASmallTable) {
    Events events = test::made_up({.clusters = 10, .events = 60, .share_coincident = 0});
    const Field field = build_field(events, options_of(20));
    EXPECT_LT(colour_range(field).low, field.lone_peak());
    EXPECT_GT(colour_range(field).low, field.lone_peak() / 20);
}

TEST(ColourRange, IsARangeEvenWithoutEvents) {
    const ColourRange r = colour_range(build_field({}, options_of(20)));
    EXPECT_GT(r.low, 0);
    EXPECT_LT(r.low, r.high);
}

} // namespace
} // namespace harmattan::geo
