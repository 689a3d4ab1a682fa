#include "geo/density/bandwidth.hpp"

#include "density_events.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace harmattan::geo {
namespace {

/// `n` × `n` events over a box of whole degrees at the equator.
Events lattice(double width, double height, int n = 101) {
    Events events;
    for (int j = 0; j < n; ++j)
        for (int i = 0; i < n; ++i) {
            events.at.push_back(test::e7(width * (i / (n - 1.0) - 0.5), height * (j / (n - 1.0) - 0.5)));
            events.precision.push_back(Precision::place);
        }
    events.spread_m.assign(precision_count, 0);
    return events;
}

TEST(Bandwidth, RoundsTo125ByRatio) {
    EXPECT_DOUBLE_EQ(round_125(1.41), 1);
    EXPECT_DOUBLE_EQ(round_125(1.42), 2);
    EXPECT_DOUBLE_EQ(round_125(3160), 2000);
    EXPECT_DOUBLE_EQ(round_125(3170), 5000);
    EXPECT_DOUBLE_EQ(round_125(7100), 10000);
}

TEST(Bandwidth, DefaultIsA150thOfTheShorterSideOfTheCentralBox) {
    // 9° × 20° of longitude and latitude, 97 of 101 columns: 8.64° are 962 km, over 150 = 6.4 km.
    const Bandwidth b = default_bandwidth(lattice(9, 20));
    EXPECT_DOUBLE_EQ(b.sigma_m, 5000);
    EXPECT_NE(b.explanation.find("962 km"), std::string::npos) << b.explanation;
    EXPECT_DOUBLE_EQ(default_bandwidth(lattice(40, 30)).sigma_m, 20'000);
}

TEST(Bandwidth, AFewFarEventsDoNotChangeTheDefault) {
    Events events = lattice(40, 30);
    for (int i = 0; i < 50; ++i) events.at.push_back(test::e7(150, 60)), events.precision.push_back(Precision::place);
    EXPECT_DOUBLE_EQ(default_bandwidth(events).sigma_m, 20'000);
}

TEST(Bandwidth, IsNeverSharperThanTheData) {
    Events events = lattice(9, 20);
    std::ranges::fill(events.precision, Precision::near);
    events.spread_m[static_cast<std::size_t>(Precision::near)] = 25'000;
    const Bandwidth b = default_bandwidth(events);
    EXPECT_DOUBLE_EQ(b.sigma_m, 20'000) << "half of 25 km, rounded up";
    EXPECT_NE(b.explanation.find("25 km"), std::string::npos) << b.explanation;
}

TEST(Bandwidth, OnePlaceGetsOneTooAndSaysWhy) {
    const Bandwidth b = default_bandwidth(test::one_event(0, 10));
    EXPECT_DOUBLE_EQ(b.sigma_m, 10'000);
    EXPECT_NE(b.explanation.find("one place"), std::string::npos);
}

TEST(Bandwidth, WorksAcrossTheAntimeridian) {
    Events here = lattice(20, 20), there = here;
    for (LonLatE7& p : there.at) {
        const std::int64_t lon = std::int64_t{p.lon} + 1'800'000'000;
        p.lon = static_cast<std::int32_t>(lon > 1'800'000'000 ? lon - 3'600'000'000 : lon);
    }
    EXPECT_DOUBLE_EQ(default_bandwidth(there).sigma_m, default_bandwidth(here).sigma_m);
    EXPECT_NEAR(scott_bandwidth(there).sigma_m, scott_bandwidth(here).sigma_m, 1);
}

TEST(Bandwidth, ScottIsTheFormulaForAUniformBox) {
    // Uniform on ±5°: standard deviation 10°/√12 (a little more on a lattice), interquartile range 5°/1.349 = 3.706° is
    // more.
    const Events events = lattice(10, 10);
    const double s = 10 / std::sqrt(12.0) * std::sqrt(102.0 / 100.0) * std::sqrt(111.32 * 110.575);
    EXPECT_NEAR(scott_bandwidth(events).sigma_m / 1000, s * std::pow(101.0 * 101, -1.0 / 6), 0.2);
    EXPECT_DOUBLE_EQ(choose_bandwidth(events, "silverman").sigma_m, scott_bandwidth(events).sigma_m);
    EXPECT_EQ(choose_bandwidth(events, "silverman").rule, "silverman");
}

TEST(Bandwidth, ScottDoesNotDependOnTheOrderOfEvents) {
    Events events = test::made_up({});
    const double before = scott_bandwidth(events).sigma_m;
    std::ranges::reverse(events.at);
    EXPECT_EQ(scott_bandwidth(events).sigma_m, before);
}

TEST(Bandwidth, TakesKilometresAndSearchRadii) {
    EXPECT_DOUBLE_EQ(choose_bandwidth({}, "12.5").sigma_m, 12'500);
    EXPECT_DOUBLE_EQ(bandwidth_of_radius(Kernel::gaussian, 100).sigma_m, 25'000);
    EXPECT_NEAR(bandwidth_of_radius(Kernel::quartic, 100).sigma_m, 35'355.3, 0.1);
}

TEST(Bandwidth, RefusesWhatIsNone) {
    const Events events = lattice(1, 1);
    for (const char* text : {"wide", "12km", "-5", "0", "nan", "5000"})
        EXPECT_THROW(choose_bandwidth(events, text), Error) << text;
    EXPECT_THROW(bandwidth_of_radius(Kernel::gaussian, 0), Error);
    EXPECT_THROW(default_bandwidth({}), Error);
    EXPECT_THROW(scott_bandwidth(test::one_event(0, 0)), Error);
}

} // namespace
} // namespace harmattan::geo
