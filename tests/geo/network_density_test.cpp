#include "geo/corridors/network_density.hpp"

#include "geo/corridors/lixel_mass.hpp"
#include "geo/corridors/road_kernel.hpp"
#include "geo/density/field.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/read_events.hpp"
#include "geo/read_features.hpp"
#include "network_cases.hpp"
#include "support/shared_data.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <gtest/gtest.h>
#include <numeric>
#include <random>

namespace harmattan::geo {
namespace {

TEST(RoadKernel, TailsAreTheIntegralsOfTheKernel) {
    for (const Kernel kernel : kernels) {
        const RoadKernel k(kernel, 3);
        EXPECT_DOUBLE_EQ(k.tail(0), 0.5);
        EXPECT_EQ(k.tail(k.support_m()), 0);
        double variance = 0, mass = 0;
        const int n = 20'000;
        for (int i = 0; i < n; ++i) {
            const double a = k.support_m() * i / n, b = k.support_m() * (i + 1) / n, middle = (a + b) / 2;
            EXPECT_NEAR(k.tail(a) - k.tail(b), k.density(middle) * (b - a), 1e-11);
            mass += 2 * k.density(middle) * (b - a), variance += 2 * middle * middle * k.density(middle) * (b - a);
        }
        EXPECT_NEAR(mass, 1, 1e-8);
        EXPECT_NEAR(variance / 9, 1, kernel == Kernel::gaussian ? 2e-3 : 1e-6); // the gaussian's cut tails
        EXPECT_DOUBLE_EQ(line_sigma_of_support(kernel, k.support_m()), 3);
    }
}

TEST(NetworkDensity, OnALineIsTheKernel) {
    const RoadGraph line = graph_of({{km(-40, 0), km(40, 0)}});
    const Events one = events_at({km(0, 2)});
    for (const NetworkMethod method : {NetworkMethod::discontinuous, NetworkMethod::continuous})
        for (const Kernel kernel : {Kernel::quartic, Kernel::epanechnikov}) {
            const NetworkDensity d = network_density(line, one, options_of(method, kernel, 4));
            for (double x = -15; x <= 15; x += 0.37)
                EXPECT_NEAR(value(line, d, 0, 40 + x), k1(kernel, std::abs(x), 4), 2e-6) << x;
            EXPECT_EQ(d.events, 1u);
        }
}

TEST(NetworkDensity, AtATeeIsSplitAsTheLiteratureHasIt) {
    // West and east arms of 20 km, a north arm of 20 km; an event 3 km west of the meeting. Edges in the order of the
    // lines.
    const RoadGraph tee = graph_of({{km(-20, 0), km(0, 0)}, {km(0, 0), km(20, 0)}, {km(0, 0), km(0, 20)}});
    const Events one = events_at({km(-3, 0)}, {2.0f});
    const auto k = [](double d) { return 2 * k1(Kernel::quartic, d, 3); };
    const NetworkDensity split =
        network_density(tee, one, options_of(NetworkMethod::discontinuous, Kernel::quartic, 3));
    const NetworkDensity smooth = network_density(tee, one, options_of(NetworkMethod::continuous, Kernel::quartic, 3));
    for (double x = 0.11; x < 10; x += 0.5) {
        EXPECT_NEAR(value(tee, split, 0, 20 - x), k(std::abs(x - 3)), 1e-5);
        EXPECT_NEAR(value(tee, smooth, 0, 20 - x), k(std::abs(x - 3)) - k(3 + x) / 3, 1e-5);
        for (const std::uint32_t arm : {1u, 2u}) {
            EXPECT_NEAR(value(tee, split, arm, x), k(3 + x) / 2, 1e-5);
            EXPECT_NEAR(value(tee, smooth, arm, x), k(3 + x) * 2 / 3, 1e-5);
        }
    }
    // On the meeting itself every arm has a third of the mass, by both.
    for (const NetworkMethod method : {NetworkMethod::discontinuous, NetworkMethod::continuous}) {
        const NetworkDensity d = network_density(tee, events_at({km(0, 0)}), options_of(method, Kernel::quartic, 3));
        for (const std::uint32_t arm : {0u, 1u, 2u})
            EXPECT_NEAR(value(tee, d, arm, arm == 0 ? 16 : 4), 2.0 / 3 * k1(Kernel::quartic, 4, 3), 1e-6);
    }
}

TEST(NetworkDensity, TurnsRoundAtADeadEnd) {
    const RoadGraph stub = graph_of({{km(0, 0), km(6, 0)}});
    for (const NetworkMethod method : {NetworkMethod::discontinuous, NetworkMethod::continuous}) {
        const NetworkDensity d =
            network_density(stub, events_at({km(2, 0)}), options_of(method, Kernel::epanechnikov, 4));
        for (double x = 0.2; x < 6; x += 0.3) { // h = 8.94 km: images of the event in both ends
            double sum = 0;
            for (int m = -3; m <= 3; ++m)
                sum += k1(Kernel::epanechnikov, std::abs(x - (2 + 12 * m)), 4) +
                       k1(Kernel::epanechnikov, std::abs(x - (-2 + 12 * m)), 4);
            EXPECT_NEAR(value(stub, d, 0, x), sum, 1e-5) << x;
        }
        EXPECT_NEAR(mass_of(stub, d), 1, 1e-12);
    }
}

TEST(NetworkDensity, RunsRoundARing) {
    // 2 × (6 + 4) km of ring, an event 3 km from its node; the kernel reaches once round and more.
    const RoadGraph ring = graph_of({{km(0, 0), km(6, 0), km(6, 4), km(0, 4), km(0, 0)}});
    const double length = ring.edge_length_m[0] / 1000;
    for (const NetworkMethod method : {NetworkMethod::discontinuous, NetworkMethod::continuous})
        for (const Kernel kernel : {Kernel::quartic, Kernel::epanechnikov}) {
            const NetworkDensity d = network_density(ring, events_at({km(3, 0)}), options_of(method, kernel, 9));
            for (double x = 0.5; x < 20; x += 0.9) {
                double sum = 0;
                for (int m = -3; m <= 3; ++m) sum += k1(kernel, std::abs(x - 3 + m * length), 9);
                EXPECT_NEAR(value(ring, d, 0, x), sum, 2e-5) << x;
            }
        }
}

TEST(NetworkDensity, OfAGridIsAsSymmetricAsTheGrid) {
    const RoadGraph grid = grid_graph(5, 2);
    for (const NetworkMethod method : methods) {
        const NetworkDensity d =
            network_density(grid, events_at({km(4, 4)}), options_of(method, Kernel::quartic, 1.5, 100));
        // A quarter turn about the middle maps each road on another.
        const auto at = [&](LonLat p) {
            double best = INFINITY, found = 0;
            for (std::size_t l = 0; l < d.lixels(); ++l) {
                const std::uint32_t e = d.edge_of(l);
                const double middle = (static_cast<double>(l - d.lixel_begin[e]) + 0.5) * lixel_length_m(grid, d, l);
                if (const double m = geodesic_m(p, grid.place_at(e, middle)); m < best) best = m, found = d.per_km[l];
            }
            EXPECT_LT(best, 1);
            return found;
        };
        for (const auto& [x, y] : {std::pair{0.45, 2.0}, {3.05, 4.0}, {6.15, 4.0}, {4.95, 6.0}})
            EXPECT_NEAR(at(km(x, y)), at(km(8 - y, x)), 1e-6);
    }
}

TEST(NetworkDensity, ContinuousIsContinuousAtEveryNode) {
    const RoadGraph grid = grid_graph(4, 2);
    const NetworkDensity d =
        network_density(grid, scattered(20, 6, 3), options_of(NetworkMethod::continuous, Kernel::quartic, 1.2, 1));
    double peak = *std::ranges::max_element(d.per_km);
    for (std::uint32_t n = 0; n < grid.nodes(); ++n) {
        std::vector<double> meeting;
        for (const std::uint32_t x : grid.exits_of(n))
            meeting.push_back(d.per_km[x % 2 == 0 ? d.lixel_begin[x / 2] : d.lixel_begin[x / 2 + 1] - 1]);
        EXPECT_NEAR(std::ranges::max(meeting), std::ranges::min(meeting), 2e-3 * peak); // over two half metres
    }
}

/// Waves and walks share nothing but the kernel's tails.
TEST(NetworkDensity, WavesFindWhatWalksFind) {
    const RoadGraph graphs[] = {
        spatstat_graph(true), spatstat_graph(false), grid_graph(4, 3),
        graph_of(
            {{km(0, 0), km(6, 0), km(6, 4), km(0, 4), km(0, 0)}, {km(6, 4), km(6.02, 4)}, {km(6.02, 4), km(20, 4)}})};
    for (const RoadGraph& graph : graphs)
        for (const Kernel kernel : {Kernel::quartic, Kernel::epanechnikov, Kernel::gaussian}) {
            const NetworkDensityOptions o = options_of(NetworkMethod::continuous, kernel, 2, 500);
            const Events events = scattered(15, 9, 4);
            const NetworkDensity d = network_density(graph, events, o);
            ASSERT_EQ(d.waves, 0u);
            Lixels lixels;
            lixels.begin = d.lixel_begin;
            for (std::uint32_t e = 0; e < graph.edges(); ++e)
                lixels.length_m.push_back(graph.edge_length_m[e] / lixels.count(e));
            const MassOnRoads waves = wave_mass(graph, lixels, RoadIndex(graph, o.reach_m), events, o);
            EXPECT_GT(waves.waves, 50u);
            const double peak = *std::ranges::max_element(d.per_km);
            double worst = 0;
            for (std::size_t l = 0; l < d.lixels(); ++l)
                worst = std::max(worst, std::abs(waves.mass[l] / lixel_length_m(graph, d, l) * 1000 - d.per_km[l]));
            std::printf("%zu edges, %s: %zu steps, %.4f %% of the peak\n", graph.edges(), kernel_name(kernel).data(),
                        waves.waves, 100 * worst / peak);
            EXPECT_LT(worst, (kernel == Kernel::epanechnikov ? 5e-3 : 2e-3) * peak);
            EXPECT_NEAR(std::accumulate(waves.mass.begin(), waves.mass.end(), 0.0) / waves.weight, 1, 1e-9);
        }
}

TEST(NetworkDensity, KeepsTheMass) {
    const RoadGraph grid = grid_graph(6, 3);
    const Events events = scattered(400, 17, 1);
    for (const NetworkMethod method : methods)
        for (const Kernel kernel : kernels)
            for (const double sigma_km : {0.05, 1.0, 4.0}) {
                NetworkDensityOptions o = options_of(method, kernel, sigma_km, 250);
                o.smallest_share = 1e-5;
                const NetworkDensity d = network_density(grid, events, o);
                EXPECT_GT(d.events,
                          method == NetworkMethod::planar ? 30u : 399u); // planar: σ of 50 m reaches 200 m at most
                EXPECT_EQ(d.events + d.beyond, 400u);
                EXPECT_NEAR(mass_of(grid, d) / d.weight, 1, 1e-9) << static_cast<int>(method) << ' ' << sigma_km;
                EXPECT_NEAR(d.weight + d.beyond_weight,
                            std::accumulate(events.weight.begin(), events.weight.end(), 0.0), 1e-9);
                if (method == NetworkMethod::continuous) continue;
                EXPECT_GE(*std::ranges::min_element(d.per_km), 0);
            }
}

TEST(NetworkDensity, OfManyEventsIsTheSumOfEachAlone) {
    // More than eight on an edge are read from a table.
    const RoadGraph graph = spatstat_graph(true);
    std::vector<LonLat> places;
    for (int i = 0; i < 60; ++i) places.push_back(km(0.17 + 0.16 * i, 0));
    for (const NetworkMethod method : {NetworkMethod::discontinuous, NetworkMethod::continuous})
        for (const Kernel kernel : kernels) {
            const NetworkDensityOptions o = options_of(method, kernel, 3, 100);
            const NetworkDensity all = network_density(graph, events_at(places), o);
            std::vector<double> sum(all.lixels());
            for (const LonLat& p : places) {
                const NetworkDensity one = network_density(graph, events_at({p}), o);
                for (std::size_t l = 0; l < sum.size(); ++l) sum[l] += one.per_km[l];
            }
            const double peak = *std::ranges::max_element(sum);
            for (std::size_t l = 0; l < sum.size(); ++l) EXPECT_NEAR(all.per_km[l], sum[l], 1e-6 * peak);
        }
}

TEST(NetworkDensity, ThreadsAndTheOrderOfRowsChangeNoBit) {
    const RoadGraph grid = grid_graph(5, 3);
    Events events = scattered(300, 14, 9);
    for (const NetworkMethod method : methods) {
        NetworkDensityOptions o = options_of(method, Kernel::quartic, 2, 200);
        o.smallest_share = 1e-5;
        const NetworkDensity one = network_density(grid, events, o);
        for (const int threads : {2, 3, 16}) {
            o.threads = threads;
            EXPECT_EQ(network_density(grid, events, o).per_km, one.per_km);
        }
        Events turned = events;
        std::ranges::reverse(turned.at), std::ranges::reverse(turned.weight);
        const NetworkDensity other = network_density(grid, turned, o);
        EXPECT_EQ(other.per_km, one.per_km);
        EXPECT_EQ(other.weight, one.weight);
        EXPECT_EQ(other.moved, one.moved);
    }
}

TEST(NetworkDensity, SaysWhatWasNotFollowed) {
    // A grid of 400 m under a kernel that reaches 8 km: thousands of ways.
    const RoadGraph grid = grid_graph(12, 0.4);
    const Events one = events_at({km(2.1, 2)});
    NetworkDensityOptions o = options_of(NetworkMethod::discontinuous, Kernel::quartic, 3, 100);
    o.smallest_share = 1e-3;
    const NetworkDensity coarse = network_density(grid, one, o);
    EXPECT_GT(coarse.moved, 0.01);
    EXPECT_LT(coarse.moved, 1);
    o.smallest_share = 1e-5;
    const NetworkDensity fine = network_density(grid, one, o);
    EXPECT_LT(fine.moved, coarse.moved);
    EXPECT_NEAR(mass_of(grid, coarse), 1, 1e-9);
    EXPECT_NEAR(mass_of(grid, fine), 1, 1e-9);
    double apart = 0;
    for (std::size_t l = 0; l < fine.lixels(); ++l)
        apart += std::abs(fine.per_km[l] - coarse.per_km[l]) * lixel_length_m(grid, fine, l) / 1000;
    EXPECT_LT(apart, 2 * (coarse.moved + fine.moved));
}

TEST(NetworkDensity, EventsBeyondReachAreCounted) {
    const RoadGraph line = graph_of({{km(0, 0), km(50, 0)}});
    const Events events = events_at({km(10, 0), km(20, 9), km(30, 11), km(80, 0)}, {1, 1, 3, 4});
    for (const NetworkMethod method : {NetworkMethod::discontinuous, NetworkMethod::continuous}) {
        const NetworkDensity d = network_density(line, events, options_of(method, Kernel::quartic, 2, 100));
        EXPECT_EQ(d.events, 2u);
        EXPECT_EQ(d.beyond, 2u);
        EXPECT_EQ(d.beyond_weight, 7);
        EXPECT_NEAR(mass_of(line, d), 2, 1e-9);
    }
    const NetworkDensity planar =
        network_density(line, events, options_of(NetworkMethod::planar, Kernel::quartic, 2, 100));
    EXPECT_EQ(planar.events, 1u); // the support is 5.7 km: at 9 km there is no road within it
    EXPECT_NEAR(mass_of(line, planar), 1, 1e-9);
}

TEST(NetworkDensity, RefusesWhatIsNone) {
    const RoadGraph line = graph_of({{km(0, 0), km(50, 0)}});
    const auto error = [&](auto change, Events events = events_at({km(1, 0)})) {
        NetworkDensityOptions o = options_of(NetworkMethod::discontinuous, Kernel::quartic, 2, 100);
        change(o);
        try {
            network_density(line, events, o);
        } catch (const Error& e) { return std::pair{e.kind(), e.line()}; }
        return std::pair{ErrorKind::internal, std::string("a density")};
    };
    for (const double sigma : {0.0, -5.0, 9.9, 1.1e6, static_cast<double>(NAN)})
        EXPECT_EQ(error([&](auto& o) { o.bandwidth_m = sigma; }).first, ErrorKind::usage) << sigma;
    for (const double lixel : {0.0, -1.0, static_cast<double>(INFINITY)})
        EXPECT_EQ(error([&](auto& o) { o.lixel_m = lixel; }).first, ErrorKind::usage) << lixel;
    for (const double reach : {0.0, 2e5, static_cast<double>(NAN)})
        EXPECT_EQ(error([&](auto& o) { o.reach_m = reach; }).first, ErrorKind::usage) << reach;
    EXPECT_EQ(error([](auto& o) { o.smallest_share = 1; }).first, ErrorKind::usage);
    EXPECT_EQ(error([](auto& o) { o.lixel_m = 1, o.memory_bytes = 1 << 20; }),
              std::pair(ErrorKind::usage, std::string("50 km of road in pieces of 1 m at a bandwidth of 2000 m need 1 "
                                                      "MB, and 1 MB are allowed; take longer pieces, or more memory")));
    EXPECT_EQ(error([](auto&) {}, events_at({km(1, 0)}, {-1})).first, ErrorKind::bad_data);
    EXPECT_EQ(error([](auto& o) { o.method = NetworkMethod::planar; }, events_at({km(1, 0)}, {NAN})).first,
              ErrorKind::bad_data);
    const NetworkDensity none =
        network_density(line, Events{}, options_of(NetworkMethod::planar, Kernel::quartic, 2, 100));
    EXPECT_EQ(none.weight, 0);
    EXPECT_EQ(*std::ranges::max_element(none.per_km), 0);
}

TEST(NetworkDensity, LixelsAreLinesWithTheirDensity) {
    const RoadGraph graph = spatstat_graph(false);
    const NetworkDensity d =
        network_density(graph, spatstat_points(), options_of(NetworkMethod::discontinuous, Kernel::quartic, 2, 3000));
    const FeatureTable lixels = lixel_features(graph, d);
    ASSERT_EQ(lixels.size(), d.lixels());
    double length = 0;
    for (std::size_t l = 0; l < lixels.size(); ++l) {
        EXPECT_EQ(std::get<double>(lixels.property(l, "per_km")), d.per_km[l]);
        for (std::size_t i = 1; i < lixels.part(l).size(); ++i)
            length += geodesic_m(lixels.part(l)[i - 1], lixels.part(l)[i]);
    }
    EXPECT_NEAR(length / graph.length_m(), 1, 1e-9);
}

TEST(NetworkDensity, OfTheEventsOfWestAfricaKeepsTheMass) {
    HARMATTAN_SHARED_FILE(roads, "data/lines/roads_osm_west_africa.geojson");
    HARMATTAN_SHARED_FILE(incidents, "data/incidents/ucdp_merged_region.csv");
    const RoadGraph graph = build_road_graph(read_features(roads).table);
    ReadEventsOptions reading;
    reading.schema_dir = HARMATTAN_TEST_DATA "/schemas";
    const Events events = read_events(incidents, reading).events;
    for (const NetworkMethod method : methods)
        for (const double sigma_km : {5.0, 25.0, 100.0}) {
            NetworkDensityOptions o = options_of(method, Kernel::quartic, sigma_km, 1000);
            o.smallest_share = 1e-5, o.reach_m = 25'000;
            const NetworkDensity d = network_density(graph, events, o);
            std::printf("method %d σ %.0f km: %zu lixels, %llu events, %llu beyond, moved %.1e, %zu steps, %.3f to "
                        "%.3f events/km, mass off by %.1e\n",
                        static_cast<int>(method), sigma_km, d.lixels(), static_cast<unsigned long long>(d.events),
                        static_cast<unsigned long long>(d.beyond), d.moved, d.waves,
                        *std::ranges::min_element(d.per_km), *std::ranges::max_element(d.per_km),
                        mass_of(graph, d) / d.weight - 1);
            EXPECT_EQ(d.events + d.beyond, events.size());
            EXPECT_NEAR(mass_of(graph, d) / d.weight, 1, 1e-9);
        }
}

} // namespace
} // namespace harmattan::geo
