// What is made of a corridor's profile: smoothed rates, worst sections, exposure, stretches of its line.
#include "geo/corridors/exposure.hpp"
#include "geo/corridors/sections.hpp"
#include "geo/corridors/smooth_profile.hpp"

#include "geo/error.hpp"
#include "geo/geodesic.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace harmattan::geo {
namespace {

/// A profile of one band with these numbers of events, bins of 10 km (the last of `last_m`).
CorridorProfile profile_of(const std::vector<std::uint64_t>& events, double last_m = 10'000) {
    CorridorProfile profile;
    profile.bands = {{0, 25'000}};
    for (std::size_t k = 0; k < events.size(); ++k) {
        const double from = 10'000 * static_cast<double>(k);
        profile.bins.push_back({from,
                                from + (k + 1 == events.size() ? last_m : 10'000),
                                {{events[k], 0, static_cast<double>(events[k])}}});
    }
    profile.length_m = profile.bins.back().to_m;
    return profile;
}

std::vector<bool> all_covered(const CorridorProfile& profile) { return std::vector<bool>(profile.bins.size(), true); }

double quartic(double d, double h) { return std::abs(d) < h ? 15 / (16 * h) * std::pow(1 - d * d / (h * h), 2) : 0; }

TEST(SmoothProfile, KeepsTheMassWhateverTheBandwidth) {
    std::mt19937 engine(7);
    std::vector<std::uint64_t> events(23);
    for (auto& n : events) n = engine() % 9;
    const CorridorProfile profile = profile_of(events, 13'700);
    double all = 0;
    for (const auto n : events) all += static_cast<double>(n);
    for (const double sigma : {100.0, 5'000.0, 10'000.0, 60'000.0, 400'000.0, 5e6}) {
        const std::vector<double> rates = smoothed_per_km(profile, all_covered(profile), sigma);
        double sum = 0;
        for (std::size_t k = 0; k < rates.size(); ++k) {
            EXPECT_GE(rates[k], -1e-9);
            sum += rates[k] * profile.bins[k].length_m() / 1000;
        }
        EXPECT_NEAR(sum, all, 1e-9 * all) << sigma;
    }
    EXPECT_NEAR(smoothed_per_km(profile, all_covered(profile), 5e6)[3], all / (profile.length_m / 1000), 0.01)
        << "wide enough, it is even";
    EXPECT_NEAR(smoothed_per_km(profile, all_covered(profile), 1)[3], static_cast<double>(events[3]) / 10, 1e-3)
        << "narrow enough, it is the bins'";
}

/// Against the sum over single places with the kernel itself, reflected at both ends.
TEST(SmoothProfile, IsTheKernelSumReflectedAtTheEnds) {
    const CorridorProfile profile = profile_of({4, 0, 0, 1, 0, 0, 0, 6});
    const double sigma = 10'000, h = std::sqrt(7.0) * sigma, length = profile.length_m;
    const std::vector<double> rates = smoothed_per_km(profile, all_covered(profile), sigma);
    constexpr int parts = 400;
    for (std::size_t k = 0; k < rates.size(); ++k) {
        double mean = 0;
        for (const ProfileBin& bin : profile.bins)
            for (int i = 0; i < parts; ++i)
                for (int j = 0; j < 40; ++j) {
                    const double s = bin.from_m + (i + 0.5) / parts * bin.length_m(),
                                 x = profile.bins[k].from_m + (j + 0.5) / 40 * profile.bins[k].length_m();
                    mean += bin.sum().expected() / parts / 40 *
                            (quartic(x - s, h) + quartic(x + s, h) + quartic(2 * length - s - x, h));
                }
        EXPECT_NEAR(rates[k], 1000 * mean, 2e-4) << k;
    }
    EXPECT_THROW(smoothed_per_km(profile, all_covered(profile), 0), Error);
}

/// A stretch that the data do not cover neither takes from its neighbours nor gives to them: each is as if it were a
/// route of its own.
TEST(SmoothProfile, StopsWhereCoverageEnds) {
    const CorridorProfile profile = profile_of({4, 0, 1, 9, 0, 3, 0, 2, 6}, 13'700);
    std::vector<bool> covered(profile.bins.size(), true);
    covered[3] = covered[4] = false;
    for (const double sigma : {3'000.0, 20'000.0, 500'000.0}) {
        const std::vector<double> rates = smoothed_per_km(profile, covered, sigma);
        const auto expect_alone = [&](std::size_t first, const std::vector<std::uint64_t>& events, double alone_bin_m) {
            const CorridorProfile alone = profile_of(events, alone_bin_m);
            const std::vector<double> wanted = smoothed_per_km(alone, all_covered(alone), sigma);
            double sum = 0, all = 0;
            for (std::size_t k = 0; k < events.size(); ++k) {
                EXPECT_NEAR(rates[first + k], wanted[k], 1e-9) << first + k << ", " << sigma;
                sum += rates[first + k] * profile.bins[first + k].length_m() / 1000,
                    all += static_cast<double>(events[k]);
            }
            EXPECT_NEAR(sum, all, 1e-9 * all) << first << ", " << sigma;
        };
        expect_alone(0, {4, 0, 1}, 10'000), expect_alone(3, {9, 0}, 10'000), expect_alone(5, {3, 0, 2, 6}, 13'700);
    }
}

std::vector<std::pair<int, int>> ends_of(const std::vector<Section>& sections) {
    std::vector<std::pair<int, int>> ends;
    for (const Section& s : sections) ends.emplace_back(std::lround(s.from_m / 1000), std::lround(s.to_m / 1000));
    return ends;
}

using Ends = std::vector<std::pair<int, int>>;

TEST(Sections, AreTheWorstThatDoNotOverlap) {
    const CorridorProfile profile = profile_of({0, 1, 0, 0, 7, 9, 0, 0, 3, 0, 2});
    const std::vector<bool> all(11, true);
    EXPECT_EQ(ends_of(worst_sections(profile, all, 20'000, 3)), (Ends{{40, 60}, {70, 90}, {90, 110}}));
    EXPECT_EQ(worst_sections(profile, all, 20'000, 1).front().count.events, 16u);
    EXPECT_EQ(worst_sections(profile, all, 20'000, 1).front().expected_per_km(), 0.8);
    EXPECT_EQ(ends_of(worst_sections(profile, all, 20'000, 99)).size(), 4u) << "one without events is none";
    EXPECT_EQ(ends_of(worst_sections(profile, all, 1e6, 9)), (Ends{{0, 110}}));
    EXPECT_EQ(ends_of(worst_sections(profile, all, 1, 1)), (Ends{{50, 60}}));
}

TEST(Sections, HaveTheirEventsInTheMiddleAndNothingUncovered) {
    const CorridorProfile profile = profile_of({0, 0, 0, 0, 5, 0, 0, 0, 0});
    EXPECT_EQ(ends_of(worst_sections(profile, std::vector<bool>(9, true), 50'000, 9)), (Ends{{20, 70}}));
    std::vector<bool> usable(9, true);
    usable[3] = false;
    EXPECT_EQ(ends_of(worst_sections(profile, usable, 50'000, 9)), (Ends{{40, 90}}));
    usable[6] = false;
    EXPECT_TRUE(worst_sections(profile, usable, 50'000, 9).empty());
}

TEST(Exposure, IsConvoysTimesKilometres) {
    const Exposure exposure({{50'000, 100'000, 10}, {0, 50'000, 40}});
    EXPECT_NEAR(exposure.convoy_km(40'000, 60'000), 40 * 10 + 10 * 10, 1e-9);
    EXPECT_NEAR(exposure.convoy_km(0, 200'000), 2000 + 500, 1e-9);
    EXPECT_TRUE(exposure.covers(0, 100'000));
    EXPECT_FALSE(exposure.covers(90'000, 110'000));
    EXPECT_EQ(Exposure().convoy_km(0, 1e6), 0);
    EXPECT_THROW(Exposure({{0, 10, 1}, {5, 20, 1}}), Error);
    EXPECT_THROW(Exposure({{10, 10, 1}}), Error);
    EXPECT_THROW(Exposure({{0, 10, -1}}), Error);
}

Route route_through(const std::vector<LonLat>& vertices) {
    FeatureTable table;
    table.add_feature(GeometryType::line);
    table.add_part(vertices);
    return route_of(table, 0);
}

double length_of(const std::vector<std::vector<LonLat>>& parts) {
    double sum = 0;
    for (const auto& part : parts)
        for (std::size_t i = 1; i < part.size(); ++i) sum += geodesic_m(part[i - 1], part[i]);
    return sum;
}

TEST(Stretch, IsAsLongAsItsChainageSays) {
    const Route route = route_through({{0, 10}, {1, 10.5}, {1.5, 10}, {3, 11}});
    for (const auto& [from, to] : {std::pair{0.0, 30'000.0}, {20'000.0, 250'000.0}, {150'000.0, route.length_m()}}) {
        const auto parts = stretch_of(route, from, to);
        ASSERT_EQ(parts.size(), 1u);
        EXPECT_NEAR(length_of(parts), to - from, 1e-3);
    }
    EXPECT_EQ(stretch_of(route, 0, route.length_m()).front(), route.vertices);
    EXPECT_THROW(stretch_of(route, 10, 5), Error);
    EXPECT_THROW(stretch_of(route, 0, route.length_m() + 1), Error);
}

TEST(Stretch, IsCutAtTheAntimeridian) {
    const Route route = route_through({{179, 10}, {179.5, 10.2}, {-179.2, 10.6}, {-178, 11}});
    const auto parts = stretch_of(route, 0, route.length_m());
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(parts[0].back().lon, 180);
    EXPECT_EQ(parts[1].front().lon, -180);
    EXPECT_EQ(parts[0].back().lat, parts[1].front().lat);
    EXPECT_NEAR(length_of(parts), route.length_m(), 20) << "the cut lies on the straight line in degrees";
    for (const auto& part : parts)
        for (const LonLat& p : part) EXPECT_LE(std::abs(p.lon), 180);
}

} // namespace
} // namespace harmattan::geo
