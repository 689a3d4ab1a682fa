// What must hold of every field, whatever the numbers.

#include "density_events.hpp"
#include "density_oracle.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

namespace harmattan::geo {
namespace {

FieldOptions options_of(double sigma_km, Kernel kernel = Kernel::gaussian, int threads = 1) {
    FieldOptions o;
    o.kernel = kernel;
    o.bandwidth_m = sigma_km * 1000;
    o.threads = threads;
    return o;
}

/// Values on a mesh over the field's extent, as bytes to compare.
std::vector<float> picture(const Field& field, std::size_t columns = 301, std::size_t rows = 201) {
    const LonLatBox box = field.extent();
    const double width = box.east > box.west ? box.east - box.west : box.east + 360 - box.west;
    std::vector<double> lats(rows);
    for (std::size_t j = 0; j < rows; ++j)
        lats[j] = box.north - (box.north - box.south) * static_cast<double>(j) / static_cast<double>(rows - 1);
    std::vector<float> out(columns * rows);
    EXPECT_TRUE(field.sample(box.west, width / static_cast<double>(columns - 1), columns, lats, out));
    return out;
}

class EveryKernel : public testing::TestWithParam<Kernel> {};
INSTANTIATE_TEST_SUITE_P(Field, EveryKernel, testing::Values(Kernel::gaussian, Kernel::quartic, Kernel::epanechnikov),
                         [](const auto& p) { return std::string(kernel_name(p.param)); });

TEST_P(EveryKernel, TheOrderOfEventsDoesNotMatter) {
    Events events = test::made_up({.events = 1500});
    std::mt19937 engine(3);
    for (std::size_t i = 0; i < events.size(); ++i) events.weight.push_back(static_cast<float>(engine() % 977) / 7.0f);
    const Field a = build_field(events, options_of(20, GetParam()));
    std::vector<std::size_t> order(events.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::shuffle(order, engine);
    Events shuffled = events;
    for (std::size_t i = 0; i < order.size(); ++i)
        shuffled.at[i] = events.at[order[i]], shuffled.weight[i] = events.weight[order[i]];
    const Field b = build_field(shuffled, options_of(20, GetParam()));
    EXPECT_EQ(picture(a), picture(b));
    EXPECT_EQ(a.mass(), b.mass());
}

TEST_P(EveryKernel, ThreadsDoNotMatter) {
    const Events events = test::made_up({.events = 3000});
    const Field one = build_field(events, options_of(20, GetParam(), 1)),
                eight = build_field(events, options_of(20, GetParam(), 8));
    EXPECT_EQ(picture(one), picture(eight));
    EXPECT_EQ(one.mass(), eight.mass());
    EXPECT_EQ(one.peak(), eight.peak());
    const std::array<double, 3> shares{0.1, 0.5, 0.99};
    EXPECT_EQ(one.quantiles(shares), eight.quantiles(shares));
}

TEST_P(EveryKernel, ManyPlacesAreBinnedByAnyNumberOfThreads) {
    // Enough events that the binning itself is shared out, and the stamps come from nodes.
    const Events events = test::made_up({.events = 600'000, .share_coincident = 0});
    const Field one = build_field(events, options_of(60, GetParam(), 1)),
                eight = build_field(events, options_of(60, GetParam(), 8));
    EXPECT_EQ(picture(one), picture(eight));
    EXPECT_NEAR(one.mass() / 600'000, 1, 3e-4);
}

TEST_P(EveryKernel, OneEventIsTheKernel) {
    const Events events = test::one_event(1.2345, 14.3211);
    const Field field = build_field(events, options_of(25, GetParam()));
    const test::Oracle truth(events, options_of(25, GetParam()));
    const double peak = truth({1.2345, 14.3211});
    const double bound = GetParam() == Kernel::epanechnikov ? 0.02 : 5e-4; // the kink at its rim
    for (double r = 0; r < 1.2; r += 0.013)
        for (double angle = 0; angle < 6; angle += 0.7) {
            const LonLat p{1.2345 + r * std::cos(angle), 14.3211 + r * std::sin(angle)};
            EXPECT_NEAR(field.at(p), truth(p), bound * peak) << r << ' ' << angle;
        }
    EXPECT_NEAR(field.lone_peak() / peak, 1, 1e-9);
    EXPECT_NEAR(field.peak() / peak, 1, 0.01) << "a node need not be on the event";
}

TEST_P(EveryKernel, NothingIsBeyondTheReach) {
    const Field field = build_field(test::one_event(10, 20), options_of(25, GetParam()));
    const double reach_deg = support_of(GetParam(), 25'000) / 111'000;
    for (const LonLat p : {LonLat{10, 20 + 1.15 * reach_deg},
                           {10, 20 - 1.15 * reach_deg},
                           {10 + 1.25 * reach_deg, 20},
                           {10 - 1.25 * reach_deg, 20},
                           {10 + reach_deg, 20 + reach_deg},
                           {-170, 0},
                           {10, 89}})
        EXPECT_EQ(field.at(p), 0) << p.lon << ' ' << p.lat;
    std::vector<float> untouched(4, -7.0f);
    const std::array<double, 2> lats{50, 49};
    EXPECT_FALSE(field.sample(10, 0.1, 2, lats, untouched));
    EXPECT_EQ(untouched, std::vector<float>(4, -7.0f));
}

TEST_P(EveryKernel, ValuesAreNeverNegative) {
    for (const float v : picture(build_field(test::made_up({.events = 300}), options_of(15, GetParam())), 997, 503))
        ASSERT_GE(v, 0);
}

TEST_P(EveryKernel, MassIsTheSumOfWeights) {
    Events events = test::made_up({.events = 500});
    double sum = 0;
    for (std::size_t i = 0; i < events.size(); ++i)
        events.weight.push_back(static_cast<float>(i % 13) * 0.25f), sum += events.weight_of(i);
    for (const double sigma : {5.0, 40.0})
        EXPECT_NEAR(build_field(events, options_of(sigma, GetParam())).mass() / sum, 1, 5e-4);
}

TEST_P(EveryKernel, WeightsAreEventsRepeated) {
    Events once = test::made_up({.events = 200, .share_coincident = 0}), often = once;
    for (std::size_t i = 0; i < once.size(); ++i) {
        once.weight.push_back(static_cast<float>(i % 3));
        if (i % 3 == 2) often.at.push_back(once.at[i]), often.precision.push_back(Precision::place);
    }
    Events kept;
    kept.spread_m = often.spread_m;
    for (std::size_t i = 0; i < often.size(); ++i)
        if (i >= once.size() || i % 3 != 0) kept.at.push_back(often.at[i]), kept.precision.push_back(Precision::place);
    const Field a = build_field(once, options_of(30, GetParam())), b = build_field(kept, options_of(30, GetParam()));
    for (const LonLatE7& p : kept.at) EXPECT_NEAR(a.at(p.degrees()), b.at(p.degrees()), 2e-6 * b.peak());
}

TEST_P(EveryKernel, SampleIsAt) {
    const Field field = build_field(test::made_up({.events = 800}), options_of(20, GetParam()));
    constexpr std::size_t columns = 97;
    const std::vector<double> lats{20.1, 18.7, 15.05, 15.0, 14.2, 9, 4.5};
    std::vector<float> out(columns * lats.size());
    ASSERT_TRUE(field.sample(-15.3, 0.371, columns, lats, out));
    for (std::size_t j = 0; j < lats.size(); ++j)
        for (std::size_t i = 0; i < columns; ++i) {
            const double at = field.at({-15.3 + 0.371 * static_cast<double>(i), lats[j]});
            EXPECT_NEAR(static_cast<double>(out[j * columns + i]), at, 1e-6 * at + 1e-12 * field.peak());
        }
}

TEST_P(EveryKernel, TheAntimeridianIsNoEdge) {
    Events here = test::made_up({.west = -5, .south = -25, .east = 5, .north = -5, .clusters = 8, .events = 400}),
           there = here;
    for (LonLatE7& p : there.at) {
        const std::int64_t lon = std::int64_t{p.lon} + 1'800'000'000;
        p.lon = static_cast<std::int32_t>(lon >= 1'800'000'000 ? lon - 3'600'000'000 : lon);
    }
    const Field a = build_field(here, options_of(30, GetParam())), b = build_field(there, options_of(30, GetParam()));
    for (double lon = -6; lon <= 6; lon += 0.37)
        for (double lat = -26; lat < -4; lat += 0.9)
            EXPECT_NEAR(b.at({lon > 0 ? lon - 180 : lon + 180, lat}), a.at({lon, lat}), 1e-3 * a.peak());
    const LonLatBox box = b.extent();
    EXPECT_GT(box.west, 160);
    EXPECT_LT(box.east, -160);
}

TEST_P(EveryKernel, TheWholeWorldGoesRound) {
    Events events =
        test::made_up({.west = -180, .south = -50, .east = 180, .north = 65, .clusters = 300, .events = 3000});
    for (LonLatE7& p : events.at) p.lon = std::clamp(p.lon, -1'800'000'000, 1'800'000'000);
    for (const LonLatE7 p : {test::e7(179.99, 10), test::e7(-179.98, 10.1), test::e7(180, -17)})
        events.at.push_back(p), events.precision.push_back(Precision::place);
    const FieldOptions options = options_of(100, GetParam());
    const Field field = build_field(events, options);
    const test::Oracle truth(events, options);
    double peak = 0;
    for (const LonLatE7& p : events.at) peak = std::max(peak, truth(p.degrees()));
    const double bound = GetParam() == Kernel::epanechnikov ? 0.01 : 2e-3;
    for (double lat = -20; lat < 20; lat += 0.7)
        for (const double lon : {-180.0, -179.5, -177.0, 177.3, 179.6, 180.0, 181.0})
            EXPECT_NEAR(field.at({lon, lat}), truth({lon, lat}), bound * peak) << lon << ' ' << lat;
    EXPECT_NEAR(field.mass() / static_cast<double>(events.size()), 1, 1e-3);
    EXPECT_EQ(field.extent().west, -180);
    EXPECT_EQ(field.extent().east, 180);
}

TEST(Field, AWiderGaussianNeverRaisesThePeak) {
    const Events events = test::made_up({.events = 1000});
    double before = HUGE_VAL;
    for (const double sigma : {3.0, 5.0, 8.0, 13.0, 21.0, 34.0, 55.0, 89.0, 144.0}) {
        const double peak = build_field(events, options_of(sigma)).peak();
        EXPECT_LE(peak, before * 1.002) << sigma; // peaks are those of nodes
        before = peak;
    }
}

TEST(Field, ImpreciseEventsAreWidenedByClass) {
    Events events = test::made_up({.events = 900});
    events.spread_m = {2000, 12'500, 30'000, 60'000, 60'000, 0};
    for (std::size_t i = 0; i < events.size(); ++i) events.precision[i] = static_cast<Precision>(i % 6);
    FieldOptions options = options_of(15);
    const Field field = build_field(events, options);
    EXPECT_EQ(field.bandwidths_m().size(), 5u);
    const auto places = test::probes(events, field, 600);
    std::vector<double> values;
    for (const LonLat& p : places) values.push_back(field.at(p));
    const test::Errors e = test::compare(events, options, field, places, values);
    test::print("five classes of precision", options, e);
    EXPECT_LE(e.of_peak, 0.002);
    EXPECT_LE(e.pointwise, 0.01);
    EXPECT_LE(e.mass, 0.001);
    options.widen_by_precision = false;
    EXPECT_EQ(build_field(events, options).bandwidths_m(), std::vector<double>{15'000});
}

TEST(Field, QuantilesShareOutTheGround) {
    Events events = test::made_up({.events = 900});
    events.spread_m = {0, 40'000, 0, 0, 0, 0}; // two layers, of which the coarser one reaches farther
    for (std::size_t i = 0; i < events.size(); i += 3) events.precision[i] = Precision::near;
    const Field field = build_field(events, options_of(20));
    const AnalysisGrid g = field.grid();
    std::vector<double> xs, ys;
    for (double x = g.x0 - 1e6; x < g.x0 + 1e6 + static_cast<double>(g.columns) * g.step_x; x += 7000) xs.push_back(x);
    for (double y = g.y0 + 1e6; y > g.y0 - 1e6 - static_cast<double>(g.rows) * g.step_y; y -= 7000) ys.push_back(y);
    std::vector<float> out(xs.size() * ys.size());
    ASSERT_TRUE(field.sample_mesh(xs, ys, out));
    // Equal areas, so cells can be counted. Above the median, as what counts as above zero at the rim depends on the
    // mesh.
    const std::array<double, 4> shares{0.5, 0.75, 0.9, 0.995};
    std::array<double, 4> above{};
    const auto quantiles = field.quantiles(shares);
    for (std::size_t i = 0; i < shares.size(); ++i)
        above[i] = static_cast<double>(
            std::ranges::count_if(out, [&](float v) { return static_cast<double>(v) > quantiles[i]; }));
    for (std::size_t i = 1; i < shares.size(); ++i)
        EXPECT_NEAR(above[i] / above[0], (1 - shares[i]) / (1 - shares[0]), 0.004);
}

TEST(Field, EventsNearThePolesAreCountedAndLeftOut) {
    Events events = test::one_event(10, 84.9);
    events.at.push_back(test::e7(0, 88)), events.precision.push_back(Precision::place);
    events.at.push_back(test::e7(0, -90)), events.precision.push_back(Precision::place);
    const Field field = build_field(events, options_of(25));
    EXPECT_EQ(field.events(), 1u);
    EXPECT_EQ(field.left_out(), 2u);
    EXPECT_GT(field.at({10, 84.9}), 0);
    EXPECT_LE(field.extent().north, 85.6);
}

TEST(Field, NoEventsGiveNoDensity) {
    for (const Kernel kernel : {Kernel::gaussian, Kernel::quartic}) {
        const Field field = build_field({}, options_of(25, kernel));
        EXPECT_EQ(field.mass(), 0);
        EXPECT_EQ(field.peak(), 0);
        EXPECT_EQ(field.at({0, 0}), 0);
        const std::array<double, 1> half{0.5};
        EXPECT_EQ(field.quantiles(half).front(), 0);
    }
}

TEST(Field, RefusesWhatCannotBeBuilt) {
    const Events events = test::made_up({.events = 100});
    for (const double sigma : {0.0, -5.0, 0.001, 5000.0, std::nan("")})
        EXPECT_THROW(build_field(events, options_of(sigma)), Error);
    Events bad = events;
    bad.weight.assign(bad.size(), 1);
    bad.weight[3] = -1;
    EXPECT_THROW(build_field(bad, options_of(25)), Error);
    FieldOptions small = options_of(0.5);
    small.memory_bytes = 10 << 20;
    try {
        build_field(events, small);
        FAIL() << "it fits into 10 MiB";
    } catch (const Error& e) {
        EXPECT_EQ(e.kind(), ErrorKind::bad_config);
        EXPECT_NE(std::string(e.what()).find("--memory"), std::string::npos) << e.what();
    }
}

TEST(Field, TheForecastIsAnUpperBoundAndNotFarOff) {
    const Events events = test::made_up({.events = 200, .share_coincident = 0});
    const FieldOptions options = options_of(5);
    const FieldCost cost = foretell_field(events, options);
    const Field field = build_field(events, options);
    EXPECT_LT(cost.bytes, std::size_t{400} << 20);
    EXPECT_GT(static_cast<double>(cost.cells) * field.step_m() * field.step_m(),
              200 * 5e3 * 5e3);                                   // some ground for every event
    EXPECT_LT(static_cast<double>(cost.cells), 200 * 3.0 * 5000); // the disc of an event in cells, generously
}

} // namespace
} // namespace harmattan::geo
