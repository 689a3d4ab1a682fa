#include "geo/corridors/prior_mass.hpp"

#include "geo/corridors/corridor_profile.hpp"
#include "geo/geodesic.hpp"
#include "geo/read_features.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <numeric>

namespace harmattan::geo {
namespace {

LonLatE7 e7(LonLat p) {
    return {static_cast<std::int32_t>(std::lround(p.lon * 1e7)), static_cast<std::int32_t>(std::lround(p.lat * 1e7))};
}

Route route_through(const std::vector<LonLat>& vertices) {
    FeatureTable table;
    table.add_feature(GeometryType::line);
    table.add_part(vertices);
    return route_of(table, 0);
}

/// Every class has a spread of its own.
Events spread_events(const std::vector<std::pair<LonLat, Precision>>& all) {
    Events events;
    for (const auto& [at, precision] : all) events.at.push_back(e7(at)), events.precision.push_back(precision);
    events.spread_m = {1'000, 12'500, 30'000, 85'000, 50'000, 1'000};
    return events;
}

/// Shares of a disc by brute force: places of equal area in it by geodesics from its centre (sunflower), each looked up
/// alone.
CorridorProfile brute(const RouteIndex& index, LonLat centre, double radius_m, int places,
                      const ProfileOptions& options) {
    Events events;
    for (int i = 0; i < places; ++i) {
        const double r = radius_m * std::sqrt((i + 0.5) / places), turn = i * 360 * (std::numbers::phi - 1);
        events.at.push_back(e7(geodesic_place(centre, std::fmod(turn, 360), r)));
        events.precision.push_back(Precision::place);
    }
    return corridor_profile(index, events, options);
}

double worst_cell(const CorridorProfile& profile, const CorridorProfile& truth, int places) {
    double worst = 0;
    for (std::size_t k = 0; k < profile.bins.size(); ++k)
        for (std::size_t b = 0; b < profile.bands.size(); ++b)
            worst = std::max(worst, std::abs(profile.bins[k].bands[b].spread -
                                             static_cast<double>(truth.bins[k].bands[b].events) / places));
    return worst;
}

TEST(PriorMass, IsThatOfGeodesicsOnRealRoutes) {
    const FeatureTable corridors = read_features(HARMATTAN_TEST_DATA "/region/corridors.geojson").table;
    constexpr int places = 40'000;
    double worst = 0, worst_total = 0;
    for (const std::size_t f : {0u, 7u, 8u}) {
        const Route route = route_of(corridors, f);
        const ProfileOptions options{.bin_m = 10'000, .band_edges_m = {10'000, 25'000}};
        const RouteIndex index(route, 25'000);
        for (const Precision precision : {Precision::near, Precision::district, Precision::province})
            for (const double share : {0.02, 0.37, 0.71}) {
                const LonLat on = route.place_at(share * route.length_m()), centre{on.lon + 0.11, on.lat - 0.07};
                const Events events = spread_events({{centre, precision}});
                const CorridorProfile profile = corridor_profile(index, events, options);
                const CorridorProfile truth =
                    brute(index, centre, spread_places(events, all_rows(events)).front().radius_m, places, options);
                worst = std::max(worst, worst_cell(profile, truth, places));
                worst_total = std::max(
                    worst_total, std::abs(profile.within.spread - static_cast<double>(truth.within.events) / places));
            }
    }
    std::printf("worst bin and band %.4f of an event, worst total %.5f\n", worst, worst_total);
    EXPECT_LT(worst, 0.01);
    EXPECT_LT(worst_total, 0.005);
}

TEST(PriorMass, OfNarrowBandsIsNearThatOfGeodesics) {
    const Route route = route_through({{0, 13}, {0.6, 13}, {1.1, 13.4}}); // part of it along a row of cells
    const RouteIndex index(route, 25'000);
    const Events events = spread_events({{{0.5, 13.05}, Precision::near}});
    const double worst =
        worst_cell(corridor_profile(index, events), brute(index, {0.5, 13.05}, 25'000, 40'000, {}), 40'000);
    std::printf("bands of 2 to 15 km: worst %.4f of an event\n", worst);
    EXPECT_LT(worst, 0.01);
}

TEST(PriorMass, OfShortBinsIsNearThatOfGeodesics) {
    const Route route = route_through({{0, 13}, {0.6, 13}, {1.1, 13.4}});
    const RouteIndex index(route, 25'000);
    const Events events = spread_events({{{0.5, 13.05}, Precision::near}});
    const ProfileOptions options{.bin_m = 1'000, .band_edges_m = {25'000}};
    const double worst = worst_cell(corridor_profile(index, events, options),
                                    brute(index, {0.5, 13.05}, 25'000, 40'000, options), 40'000);
    std::printf("bins of 1 km: worst %.4f of an event\n", worst);
    EXPECT_LT(worst, 0.01);
}

TEST(PriorMass, InsideAndOutsideMakeTheEvent) {
    const RouteIndex index(route_through({{0, 10}, {2, 11}}), 25'000);
    std::vector<std::pair<LonLat, Precision>> all;
    for (int i = 0; i < 60; ++i) all.push_back({{-2 + i * 0.1, 9 + (i % 7) * 0.5}, static_cast<Precision>(1 + i % 4)});
    double spread = 0, weight = 0;
    const ProfileBins bins(index);
    for (const auto& one : all) {
        Events events = spread_events({one});
        events.weight = {3};
        const CorridorProfile profile = bins.profile(events);
        double sum = 0;
        for (const ProfileBin& bin : profile.bins) sum += bin.sum().spread;
        EXPECT_NEAR(sum + profile.spread_beyond, 1, 1e-9);
        EXPECT_GE(profile.spread_beyond, -1e-12);
        EXPECT_NEAR(profile.within.weight, 3 * sum, 1e-9);
        spread += sum, weight += 3 * sum;
    }
    Events together = spread_events(all);
    together.weight.assign(all.size(), 3);
    const CorridorProfile profile = bins.profile(together);
    EXPECT_NEAR(profile.within.spread, spread, 1e-9);
    EXPECT_NEAR(profile.within.weight, weight, 1e-9);
    EXPECT_EQ(profile.within.events, 0u);
    EXPECT_EQ(profile.rough, all.size());
}

TEST(PriorMass, IsAllOfADiscThatLiesWithinTheBands) {
    const RouteIndex index(route_through({{0, 10}, {4, 10}}), 60'000);
    const CorridorProfile profile = corridor_profile(index, spread_events({{{2, 10.1}, Precision::near}}),
                                                     {.bin_m = 50'000, .band_edges_m = {60'000}});
    EXPECT_NEAR(profile.within.spread, 1, 1e-9);
    EXPECT_NEAR(profile.spread_beyond, 0, 1e-9);
}

TEST(PriorMass, IsTheSameAcrossTheAntimeridian) {
    const auto of = [](double lon) {
        const RouteIndex index(route_through({{lon - 1, 10}, {lon + 1, 10.5}}), 25'000);
        return corridor_profile(
            index, spread_events({{{lon + 0.2, 10.3}, Precision::near}, {{lon - 0.4, 9.8}, Precision::province}}));
    };
    const auto wrapped = [](double lon) { return lon > 180 ? lon - 360 : lon; };
    const CorridorProfile plain = of(0);
    const RouteIndex index(route_through({{179, 10}, {-179, 10.5}}), 25'000);
    const CorridorProfile across = corridor_profile(
        index, spread_events({{{wrapped(180.2), 10.3}, Precision::near}, {{179.6, 9.8}, Precision::province}}));
    ASSERT_EQ(across.bins.size(), plain.bins.size());
    EXPECT_GT(plain.within.spread, 0.5);
    EXPECT_NEAR(across.within.spread, plain.within.spread, 1e-6);
    for (std::size_t k = 0; k < plain.bins.size(); ++k)
        EXPECT_NEAR(across.bins[k].sum().spread, plain.bins[k].sum().spread, 1e-6);
}

TEST(PriorMass, PlacesAndPointsAreNotSpread) {
    Events events = spread_events({{{0, 0}, Precision::place},
                                   {{0, 0}, Precision::unstated},
                                   {{0, 0}, Precision::near},
                                   {{0, 0}, Precision::near}});
    EXPECT_FALSE(is_spread(events, 0));
    EXPECT_FALSE(is_spread(events, 1));
    EXPECT_TRUE(is_spread(events, 2));
    const std::vector<SpreadPlace> places = spread_places(events, all_rows(events));
    ASSERT_EQ(places.size(), 1u);
    EXPECT_EQ(places[0].events, 2);
    EXPECT_EQ(places[0].radius_m, 25'000);
    events.spread_m.assign(precision_count, 0); // --precision point
    EXPECT_FALSE(is_spread(events, 2));
}

} // namespace
} // namespace harmattan::geo
