#include "geo/corridors/network_density.hpp"

#include "geo/corridors/lixel_mass.hpp"
#include "geo/corridors/road_kernel.hpp"
#include "geo/density/field.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/read_events.hpp"
#include "geo/read_features.hpp"
#include "road_tables.hpp"
#include "support/shared_data.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <gtest/gtest.h>
#include <numeric>
#include <random>

namespace harmattan::geo {
namespace {

using test::graph_of;
using test::km;

Events events_at(const std::vector<LonLat>& places, const std::vector<float>& weights = {}) {
    Events events;
    for (const LonLat& p : places)
        events.at.push_back({static_cast<std::int32_t>(std::lround(p.lon * 1e7)), static_cast<std::int32_t>(std::lround(p.lat * 1e7))});
    events.precision.assign(places.size(), Precision::place);
    events.weight = weights;
    return events;
}

NetworkDensityOptions options_of(NetworkMethod method, Kernel kernel, double sigma_km, double lixel_m = 10) {
    NetworkDensityOptions o;
    o.method = method, o.kernel = kernel;
    o.bandwidth_m = sigma_km * 1000, o.lixel_m = lixel_m;
    o.smallest_share = 0;
    return o;
}

/// Events per km so far along an edge, between the middles of lixels.
double value(const RoadGraph& graph, const NetworkDensity& d, std::uint32_t edge, double along_km) {
    const std::uint32_t begin = d.lixel_begin[edge], n = d.lixel_begin[edge + 1] - begin;
    const double at = along_km * 1000 / (graph.edge_length_m[edge] / n) - 0.5;
    const auto k = static_cast<std::uint32_t>(std::clamp(std::floor(at), 0.0, std::max(0.0, n - 2.0)));
    const double u = std::clamp(at - k, 0.0, 1.0);
    return (1 - u) * d.per_km[begin + k] + u * d.per_km[begin + std::min(k + 1, n - 1)];
}

/// The literature's kernels, per km; h: the support.
double k1(Kernel kernel, double distance_km, double sigma_km) {
    const double h = (kernel == Kernel::quartic ? std::sqrt(7.0) : std::sqrt(5.0)) * sigma_km, u = distance_km / h;
    if (u >= 1) return 0;
    return kernel == Kernel::quartic ? 15 / (16 * h) * (1 - u * u) * (1 - u * u) : 3 / (4 * h) * (1 - u * u);
}

const std::vector<NetworkMethod> methods = {NetworkMethod::discontinuous, NetworkMethod::continuous, NetworkMethod::planar};
const std::vector<Kernel> kernels = {Kernel::quartic, Kernel::epanechnikov, Kernel::gaussian};

/// Columns and rows of roads, n × n of them, `step` km apart.
RoadGraph grid_graph(int n, double step) {
    std::vector<test::Line> lines(static_cast<std::size_t>(2 * n));
    for (int i = 0; i < n; ++i)
        for (int k = 0; k < n; ++k) {
            lines[static_cast<std::size_t>(i)].push_back(km(step * k, step * i));
            lines[static_cast<std::size_t>(n + i)].push_back(km(step * i, step * k));
        }
    return graph_of(lines);
}

Events scattered(int count, double size_km, unsigned seed) {
    std::mt19937 engine(seed);
    std::uniform_real_distribution<double> at(0, size_km);
    std::vector<LonLat> places;
    std::vector<float> weights;
    for (int i = 0; i < count; ++i) {
        const double x = at(engine), y = at(engine);
        places.push_back(km(x, y)), weights.push_back(static_cast<float>(1 + i % 3) * 0.7f);
    }
    return events_at(places, weights);
}

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
            for (double x = -15; x <= 15; x += 0.37) EXPECT_NEAR(value(line, d, 0, 40 + x), k1(kernel, std::abs(x), 4), 2e-6) << x;
            EXPECT_EQ(d.events, 1u);
        }
}

TEST(NetworkDensity, AtATeeIsSplitAsTheLiteratureHasIt) {
    // West and east arms of 20 km, a north arm of 20 km; an event 3 km west of the meeting. Edges in the order of the lines.
    const RoadGraph tee = graph_of({{km(-20, 0), km(0, 0)}, {km(0, 0), km(20, 0)}, {km(0, 0), km(0, 20)}});
    const Events one = events_at({km(-3, 0)}, {2.0f});
    const auto k = [](double d) { return 2 * k1(Kernel::quartic, d, 3); };
    const NetworkDensity split = network_density(tee, one, options_of(NetworkMethod::discontinuous, Kernel::quartic, 3));
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
        const NetworkDensity d = network_density(stub, events_at({km(2, 0)}), options_of(method, Kernel::epanechnikov, 4));
        for (double x = 0.2; x < 6; x += 0.3) { // h = 8.94 km: images of the event in both ends
            double sum = 0;
            for (int m = -3; m <= 3; ++m)
                sum += k1(Kernel::epanechnikov, std::abs(x - (2 + 12 * m)), 4) + k1(Kernel::epanechnikov, std::abs(x - (-2 + 12 * m)), 4);
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
        const NetworkDensity d = network_density(grid, events_at({km(4, 4)}), options_of(method, Kernel::quartic, 1.5, 100));
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
    const NetworkDensity d = network_density(grid, scattered(20, 6, 3), options_of(NetworkMethod::continuous, Kernel::quartic, 1.2, 1));
    double peak = *std::ranges::max_element(d.per_km);
    for (std::uint32_t n = 0; n < grid.nodes(); ++n) {
        std::vector<double> meeting;
        for (const std::uint32_t x : grid.exits_of(n)) meeting.push_back(d.per_km[x % 2 == 0 ? d.lixel_begin[x / 2] : d.lixel_begin[x / 2 + 1] - 1]);
        EXPECT_NEAR(std::ranges::max(meeting), std::ranges::min(meeting), 2e-3 * peak); // over two half metres
    }
}

struct SpatstatValue {
    std::uint32_t edge;
    double share;      ///< of the edge's length
    double events_per_km;
};
struct SpatstatCase {
    bool closed;
    NetworkMethod method;
    Kernel kernel;
    double sigma_km;
    std::vector<SpatstatValue> values;
};

const std::vector<std::pair<double, double>> spatstat_events = {{6, 0}, {10, 9.5}, {20, 3}};

RoadGraph spatstat_graph(bool closed) {
    std::vector<test::Line> lines = {{km(0, 0), km(10, 0)}, {km(10, 0), km(20, 0)}, {km(10, 0), km(10, 8)}, {km(10, 8), km(20, 8)},
                                     {km(20, 0), km(20, 8)}, {km(10, 8), km(10, 15)}};
    if (closed) lines.push_back({km(0, 0), km(10, 8)}), lines.push_back({km(10, 15), km(20, 8)});
    return graph_of(lines);
}

Events spatstat_points() {
    std::vector<LonLat> places;
    for (const auto& [x, y] : spatstat_events) places.push_back(km(x, y));
    return events_at(places);
}

// spatstat.linnet 3.0-6 of Debian 12, in R:
//   v <- ppp(x=c(0,10,20,10,20,10), y=c(0,0,0,8,8,15), window=owin(c(-1,21),c(-1,16)))
//   L <- linnet(v, edges=matrix(c(1,2, 2,3, 2,4, 4,5, 3,5, 4,6),ncol=2,byrow=TRUE))    # closed: and 1,4, 6,5
//   im <- densityEqualSplit(lpp(data.frame(x=c(6,10,20), y=c(0,9.5,3)), L), sigma, kernel=, continuous=, epsilon=1e-12, dimyx=64)
//   df <- attr(im, "df")    # mapXY, tp and values, at a fifth and four fifths of every edge's rows
// Its discontinuous kernel ends at dead ends, ours turns round: so that one is compared without them.
const std::vector<SpatstatCase> spatstat_cases = {
    {false, NetworkMethod::continuous, Kernel::epanechnikov, 2,
     {{0, 0.157812, 0.003748389}, {0, 0.776563, 0.141564639}, {1, 0.189062, 0.000000000}, {1, 0.807813, 0.000000000},
      {2, 0.190430, 0.000000000}, {2, 0.754883, 0.044843849}, {3, 0.154688, 0.059907351}, {3, 0.773438, 0.000000000},
      {4, 0.190430, 0.149423257}, {4, 0.788086, 0.076130069}, {5, 0.213170, 0.136827803}, {5, 0.820312, 0.016802753}}},
    {false, NetworkMethod::continuous, Kernel::epanechnikov, 4,
     {{0, 0.157812, 0.087016980}, {0, 0.776563, 0.066213864}, {1, 0.189062, 0.031654713}, {1, 0.807813, 0.058461103},
      {2, 0.190430, 0.046025329}, {2, 0.754883, 0.047531756}, {3, 0.154688, 0.049414693}, {3, 0.773438, 0.028521075},
      {4, 0.190430, 0.081567319}, {4, 0.788086, 0.072405671}, {5, 0.213170, 0.059029750}, {5, 0.820312, 0.091349221}}},
    {false, NetworkMethod::continuous, Kernel::quartic, 2,
     {{0, 0.157812, 0.016124394}, {0, 0.776563, 0.139915752}, {1, 0.189062, 0.000000000}, {1, 0.807813, 0.003220652},
      {2, 0.190430, 0.000000000}, {2, 0.754883, 0.038673511}, {3, 0.154688, 0.052776023}, {3, 0.773438, 0.000000000},
      {4, 0.190430, 0.150654014}, {4, 0.788086, 0.065917866}, {5, 0.213170, 0.149842592}, {5, 0.820312, 0.022615705}}},
    {false, NetworkMethod::continuous, Kernel::quartic, 4,
     {{0, 0.157812, 0.081386144}, {0, 0.776563, 0.071132618}, {1, 0.189062, 0.028131960}, {1, 0.807813, 0.054408825},
      {2, 0.190430, 0.042282283}, {2, 0.754883, 0.047692860}, {3, 0.154688, 0.049672479}, {3, 0.773438, 0.028121519},
      {4, 0.190430, 0.085170113}, {4, 0.788086, 0.072152011}, {5, 0.213170, 0.063589120}, {5, 0.820312, 0.084465777}}},
    {true, NetworkMethod::discontinuous, Kernel::epanechnikov, 2,
     {{0, 0.157812, 0.003748389}, {0, 0.776563, 0.141564639}, {1, 0.189062, 0.000000000}, {1, 0.807813, 0.000000000},
      {2, 0.190430, 0.000000000}, {2, 0.788086, 0.027363820}, {3, 0.154688, 0.029953675}, {3, 0.807813, 0.000000000},
      {4, 0.190430, 0.149423257}, {4, 0.788086, 0.076130069}, {5, 0.213170, 0.167704587}, {5, 0.744420, 0.052231274},
      {6, 0.191502, 0.000000000}, {6, 0.781059, 0.004129024}, {7, 0.185979, 0.000000000}, {7, 0.765363, 0.000000000}}},
    {true, NetworkMethod::discontinuous, Kernel::epanechnikov, 4,
     {{0, 0.157812, 0.063357961}, {0, 0.776563, 0.080584992}, {1, 0.189062, 0.023741034}, {1, 0.807813, 0.058461103},
      {2, 0.190430, 0.031658498}, {2, 0.788086, 0.024383615}, {3, 0.154688, 0.024707347}, {3, 0.807813, 0.016816443},
      {4, 0.190430, 0.081567319}, {4, 0.788086, 0.072405671}, {5, 0.213170, 0.083852485}, {5, 0.744420, 0.069418321},
      {6, 0.191502, 0.008968724}, {6, 0.781059, 0.021479265}, {7, 0.185979, 0.020569536}, {7, 0.765363, 0.009515036}}},
    {true, NetworkMethod::discontinuous, Kernel::quartic, 2,
     {{0, 0.157812, 0.016124394}, {0, 0.776563, 0.139915752}, {1, 0.189062, 0.000000000}, {1, 0.807813, 0.003220652},
      {2, 0.190430, 0.000000000}, {2, 0.788086, 0.023839973}, {3, 0.154688, 0.026388012}, {3, 0.807813, 0.000000000},
      {4, 0.190430, 0.150654014}, {4, 0.788086, 0.065917866}, {5, 0.213170, 0.177170074}, {5, 0.744420, 0.045753199},
      {6, 0.191502, 0.000000000}, {6, 0.781059, 0.006765800}, {7, 0.185979, 0.000000000}, {7, 0.765363, 0.000000000}}},
    {true, NetworkMethod::discontinuous, Kernel::quartic, 4,
     {{0, 0.157812, 0.060354835}, {0, 0.776563, 0.083722644}, {1, 0.189062, 0.021098970}, {1, 0.807813, 0.054408825},
      {2, 0.190430, 0.028957439}, {2, 0.788086, 0.024509513}, {3, 0.154688, 0.024836239}, {3, 0.807813, 0.015468758},
      {4, 0.190430, 0.085170113}, {4, 0.788086, 0.072152011}, {5, 0.213170, 0.088585327}, {5, 0.744420, 0.068140476},
      {6, 0.191502, 0.011615840}, {6, 0.781059, 0.020569170}, {7, 0.185979, 0.018820781}, {7, 0.765363, 0.008882550}}},
    {true, NetworkMethod::continuous, Kernel::epanechnikov, 2,
     {{0, 0.157812, 0.003748389}, {0, 0.776563, 0.141564639}, {1, 0.189062, 0.000000000}, {1, 0.807813, 0.000000000},
      {2, 0.190430, 0.000000000}, {2, 0.788086, 0.041045731}, {3, 0.154688, 0.044930513}, {3, 0.807813, 0.000000000},
      {4, 0.190430, 0.149423257}, {4, 0.788086, 0.076130069}, {5, 0.213170, 0.121389411}, {5, 0.744420, 0.052231274},
      {6, 0.191502, 0.000000000}, {6, 0.781059, 0.006193537}, {7, 0.185979, 0.000000000}, {7, 0.765363, 0.000000000}}},
    {true, NetworkMethod::continuous, Kernel::epanechnikov, 4,
     {{0, 0.157812, 0.063357961}, {0, 0.776563, 0.066213864}, {1, 0.189062, 0.031654713}, {1, 0.807813, 0.058461103},
      {2, 0.190430, 0.043164830}, {2, 0.788086, 0.036575422}, {3, 0.154688, 0.037061020}, {3, 0.807813, 0.022421925},
      {4, 0.190430, 0.081567319}, {4, 0.788086, 0.060116803}, {5, 0.213170, 0.046618382}, {5, 0.744420, 0.051094800},
      {6, 0.191502, 0.008968724}, {6, 0.781059, 0.032218898}, {7, 0.185979, 0.020569536}, {7, 0.765363, 0.012686715}}},
    {true, NetworkMethod::continuous, Kernel::quartic, 2,
     {{0, 0.157812, 0.016124394}, {0, 0.776563, 0.139915752}, {1, 0.189062, 0.000000000}, {1, 0.807813, 0.003220652},
      {2, 0.190430, 0.000000000}, {2, 0.788086, 0.035759960}, {3, 0.154688, 0.039582018}, {3, 0.807813, 0.000000000},
      {4, 0.190430, 0.150654014}, {4, 0.788086, 0.065917866}, {5, 0.213170, 0.136178851}, {5, 0.744420, 0.045753199},
      {6, 0.191502, 0.000000000}, {6, 0.781059, 0.010148699}, {7, 0.185979, 0.000000000}, {7, 0.765363, 0.000000000}}},
    {true, NetworkMethod::continuous, Kernel::quartic, 4,
     {{0, 0.157812, 0.060354835}, {0, 0.776563, 0.071132618}, {1, 0.189062, 0.028131960}, {1, 0.807813, 0.054408825},
      {2, 0.190430, 0.039528009}, {2, 0.788086, 0.036744380}, {3, 0.154688, 0.037254359}, {3, 0.807813, 0.020786043},
      {4, 0.190430, 0.085170113}, {4, 0.788086, 0.061530367}, {5, 0.213170, 0.051091017}, {5, 0.744420, 0.052307223},
      {6, 0.191502, 0.011615840}, {6, 0.781059, 0.030853755}, {7, 0.185979, 0.018820781}, {7, 0.765363, 0.011843400}}}
};

TEST(NetworkDensity, IsWhatSpatstatFinds) {
    int compared = 0;
    double worst = 0;
    for (const SpatstatCase& c : spatstat_cases) {
        const RoadGraph graph = spatstat_graph(c.closed);
        ASSERT_EQ(graph.edges(), c.closed ? 8u : 6u);
        const NetworkDensity d = network_density(graph, spatstat_points(), options_of(c.method, c.kernel, c.sigma_km));
        for (const SpatstatValue& v : c.values) {
            const double ours = value(graph, d, v.edge, v.share * graph.edge_length_m[v.edge] / 1000);
            EXPECT_NEAR(ours, v.events_per_km, 2e-5) << static_cast<int>(c.method) << " edge " << v.edge << " at " << v.share;
            worst = std::max(worst, std::abs(ours - v.events_per_km));
            ++compared;
        }
        EXPECT_NEAR(mass_of(graph, d), 3, 3e-9);
    }
    std::printf("%d values, off by %.2e events/km at most\n", compared, worst);
}

// densityQuick.lpp(X, 2, kernel="gaussian", diggle=TRUE, edge2D=FALSE, dimyx=3072) on the closed network, window -15..35 by
// -15..30: a raster of 15 to 16 m, and a gaussian that is not cut.
const std::vector<SpatstatValue> spatstat_planar = {
    {0, 0.200033, 0.021763423}, {0, 0.800618, 0.097824116}, {1, 0.199382, 0.001841807}, {1, 0.799967, 0.035302315},
    {2, 0.200500, 0.015872871}, {2, 0.799255, 0.034865480}, {3, 0.199382, 0.053155714}, {3, 0.799967, 0.004707377},
    {4, 0.200500, 0.139642312}, {4, 0.799255, 0.041992223}, {5, 0.199568, 0.115798994}, {5, 0.800153, 0.014158500},
    {6, 0.200215, 0.015824486}, {6, 0.800087, 0.021815011}, {7, 0.199534, 0.008579462}, {7, 0.800120, 0.000680987}};

TEST(NetworkDensity, PlanarIsSpatstatsQuickOneWithinItsRaster) {
    const RoadGraph graph = spatstat_graph(true);
    const NetworkDensity d = network_density(graph, spatstat_points(), options_of(NetworkMethod::planar, Kernel::gaussian, 2));
    for (const SpatstatValue& v : spatstat_planar)
        EXPECT_NEAR(value(graph, d, v.edge, v.share * graph.edge_length_m[v.edge] / 1000), v.events_per_km, 0.006 * v.events_per_km + 2e-4)
            << "edge " << v.edge << " at " << v.share;
}

TEST(NetworkDensity, PlanarIsJonesAndDigglesSumByGeodesics) {
    const RoadGraph graph = spatstat_graph(true);
    const Events events = events_at({km(5, 1.5), km(12, 6), km(19, 3), km(-1.5, -1)}, {1, 2, 0.5, 1});
    for (const Kernel kernel : kernels) {
        const NetworkDensity d = network_density(graph, events, options_of(NetworkMethod::planar, kernel, 2));
        std::vector<double> c(events.size());
        const double step = 20;
        for (std::uint32_t e = 0; e < graph.edges(); ++e) {
            const int n = static_cast<int>(graph.edge_length_m[e] / step);
            for (int i = 0; i < n; ++i) {
                const LonLat p = graph.place_at(e, graph.edge_length_m[e] * (i + 0.5) / n);
                for (std::size_t j = 0; j < c.size(); ++j) c[j] += kernel_density(kernel, geodesic_m(p, events.at[j].degrees()), 2000) * graph.edge_length_m[e] / n;
            }
        }
        const double peak = *std::ranges::max_element(d.per_km);
        for (std::uint32_t e = 0; e < graph.edges(); ++e)
            for (double along = 5; along < graph.edge_length_m[e]; along += 777) {
                double sum = 0;
                for (std::size_t j = 0; j < c.size(); ++j)
                    sum += events.weight_of(j) * kernel_density(kernel, geodesic_m(graph.place_at(e, along), events.at[j].degrees()), 2000) / c[j];
                EXPECT_NEAR(value(graph, d, e, along / 1000), sum * 1000, 1e-3 * peak);
            }
    }
}

TEST(NetworkDensity, PlanarIsTheFieldOfReweightedEventsReadOnTheRoads) {
    const RoadGraph graph = grid_graph(6, 8);
    Events events = scattered(300, 40, 7);
    const NetworkDensity d = network_density(graph, events, options_of(NetworkMethod::planar, Kernel::gaussian, 4, 500));
    // c from the field of the road itself: every lixel an event of its length.
    Events road;
    std::vector<LonLat> middles;
    std::vector<float> lengths;
    for (std::size_t l = 0; l < d.lixels(); ++l) {
        const std::uint32_t e = d.edge_of(l);
        middles.push_back(graph.place_at(e, (static_cast<double>(l - d.lixel_begin[e]) + 0.5) * lixel_length_m(graph, d, l)));
        lengths.push_back(static_cast<float>(lixel_length_m(graph, d, l) / 1000));
    }
    FieldOptions field;
    field.bandwidth_m = 4000;
    road = events_at(middles, lengths);
    road.spread_m.assign(precision_count, 0), events.spread_m.assign(precision_count, 0);
    const Field c = build_field(road, field);
    for (std::size_t i = 0; i < events.size(); ++i)
        events.weight[i] = static_cast<float>(events.weight_of(i) / c.at(events.at[i].degrees()));
    const Field reweighted = build_field(events, field);
    const double peak = *std::ranges::max_element(d.per_km);
    for (std::size_t l = 0; l < d.lixels(); ++l) EXPECT_NEAR(d.per_km[l], reweighted.at(middles[l]), 3e-3 * peak);
}

/// Waves and walks share nothing but the kernel's tails.
TEST(NetworkDensity, WavesFindWhatWalksFind) {
    const RoadGraph graphs[] = {spatstat_graph(true), spatstat_graph(false), grid_graph(4, 3),
                                graph_of({{km(0, 0), km(6, 0), km(6, 4), km(0, 4), km(0, 0)}, {km(6, 4), km(6.02, 4)}, {km(6.02, 4), km(20, 4)}})};
    for (const RoadGraph& graph : graphs)
        for (const Kernel kernel : {Kernel::quartic, Kernel::epanechnikov, Kernel::gaussian}) {
            const NetworkDensityOptions o = options_of(NetworkMethod::continuous, kernel, 2, 500);
            const Events events = scattered(15, 9, 4);
            const NetworkDensity d = network_density(graph, events, o);
            ASSERT_EQ(d.waves, 0u);
            Lixels lixels;
            lixels.begin = d.lixel_begin;
            for (std::uint32_t e = 0; e < graph.edges(); ++e) lixels.length_m.push_back(graph.edge_length_m[e] / lixels.count(e));
            const MassOnRoads waves = wave_mass(graph, lixels, RoadIndex(graph, o.reach_m), events, o);
            EXPECT_GT(waves.waves, 50u);
            const double peak = *std::ranges::max_element(d.per_km);
            double worst = 0;
            for (std::size_t l = 0; l < d.lixels(); ++l)
                worst = std::max(worst, std::abs(waves.mass[l] / lixel_length_m(graph, d, l) * 1000 - d.per_km[l]));
            std::printf("%zu edges, %s: %zu steps, %.4f %% of the peak\n", graph.edges(), kernel_name(kernel).data(), waves.waves, 100 * worst / peak);
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
                EXPECT_GT(d.events, method == NetworkMethod::planar ? 30u : 399u); // planar: σ of 50 m reaches 200 m at most
                EXPECT_EQ(d.events + d.beyond, 400u);
                EXPECT_NEAR(mass_of(grid, d) / d.weight, 1, 1e-9) << static_cast<int>(method) << ' ' << sigma_km;
                EXPECT_NEAR(d.weight + d.beyond_weight, std::accumulate(events.weight.begin(), events.weight.end(), 0.0), 1e-9);
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
    for (std::size_t l = 0; l < fine.lixels(); ++l) apart += std::abs(fine.per_km[l] - coarse.per_km[l]) * lixel_length_m(grid, fine, l) / 1000;
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
    const NetworkDensity planar = network_density(line, events, options_of(NetworkMethod::planar, Kernel::quartic, 2, 100));
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
        } catch (const Error& e) {
            return std::pair{e.kind(), e.line()};
        }
        return std::pair{ErrorKind::internal, std::string("a density")};
    };
    for (const double sigma : {0.0, -5.0, 9.9, 1.1e6, static_cast<double>(NAN)})
        EXPECT_EQ(error([&](auto& o) { o.bandwidth_m = sigma; }).first, ErrorKind::usage) << sigma;
    for (const double lixel : {0.0, -1.0, static_cast<double>(INFINITY)}) EXPECT_EQ(error([&](auto& o) { o.lixel_m = lixel; }).first, ErrorKind::usage) << lixel;
    for (const double reach : {0.0, 2e5, static_cast<double>(NAN)}) EXPECT_EQ(error([&](auto& o) { o.reach_m = reach; }).first, ErrorKind::usage) << reach;
    EXPECT_EQ(error([](auto& o) { o.smallest_share = 1; }).first, ErrorKind::usage);
    EXPECT_EQ(error([](auto& o) { o.lixel_m = 1, o.memory_bytes = 1 << 20; }),
              std::pair(ErrorKind::usage, std::string("50 km of road in pieces of 1 m at a bandwidth of 2000 m need 1 MB, and 1 MB are allowed; take longer pieces, or more memory")));
    EXPECT_EQ(error([](auto&) {}, events_at({km(1, 0)}, {-1})).first, ErrorKind::bad_data);
    EXPECT_EQ(error([](auto& o) { o.method = NetworkMethod::planar; }, events_at({km(1, 0)}, {NAN})).first, ErrorKind::bad_data);
    const NetworkDensity none = network_density(line, Events{}, options_of(NetworkMethod::planar, Kernel::quartic, 2, 100));
    EXPECT_EQ(none.weight, 0);
    EXPECT_EQ(*std::ranges::max_element(none.per_km), 0);
}

TEST(NetworkDensity, LixelsAreLinesWithTheirDensity) {
    const RoadGraph graph = spatstat_graph(false);
    const NetworkDensity d = network_density(graph, spatstat_points(), options_of(NetworkMethod::discontinuous, Kernel::quartic, 2, 3000));
    const FeatureTable lixels = lixel_features(graph, d);
    ASSERT_EQ(lixels.size(), d.lixels());
    double length = 0;
    for (std::size_t l = 0; l < lixels.size(); ++l) {
        EXPECT_EQ(std::get<double>(lixels.property(l, "per_km")), d.per_km[l]);
        for (std::size_t i = 1; i < lixels.part(l).size(); ++i) length += geodesic_m(lixels.part(l)[i - 1], lixels.part(l)[i]);
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
            const std::clock_t start = std::clock();
            const NetworkDensity d = network_density(graph, events, o);
            std::printf("method %d σ %.0f km: %zu lixels, %llu events, %llu beyond, moved %.1e, %zu steps, %.3f to %.3f events/km, mass off by %.1e, %.2f CPU s\n",
                        static_cast<int>(method), sigma_km, d.lixels(), static_cast<unsigned long long>(d.events),
                        static_cast<unsigned long long>(d.beyond), d.moved, d.waves, *std::ranges::min_element(d.per_km),
                        *std::ranges::max_element(d.per_km), mass_of(graph, d) / d.weight - 1, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
            EXPECT_EQ(d.events + d.beyond, events.size());
            EXPECT_NEAR(mass_of(graph, d) / d.weight, 1, 1e-9);
        }
}

} // namespace
} // namespace harmattan::geo
