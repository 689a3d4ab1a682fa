// Densities on roads against what we did not write: spatstat, sums by geodesics, the planar field.

#include "geo/corridors/network_density.hpp"

#include "geo/density/field.hpp"
#include "geo/geodesic.hpp"
#include "network_cases.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace harmattan::geo {
namespace {

struct SpatstatValue {
    std::uint32_t edge;
    double share; ///< of the edge's length
    double events_per_km;
};
struct SpatstatCase {
    bool closed;
    NetworkMethod method;
    Kernel kernel;
    double sigma_km;
    std::vector<SpatstatValue> values;
};

// clang-format off
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
// clang-format on

TEST(NetworkDensity, IsWhatSpatstatFinds) {
    int compared = 0;
    double worst = 0;
    for (const SpatstatCase& c : spatstat_cases) {
        const RoadGraph graph = spatstat_graph(c.closed);
        ASSERT_EQ(graph.edges(), c.closed ? 8u : 6u);
        const NetworkDensity d = network_density(graph, spatstat_points(), options_of(c.method, c.kernel, c.sigma_km));
        for (const SpatstatValue& v : c.values) {
            const double ours = value(graph, d, v.edge, v.share * graph.edge_length_m[v.edge] / 1000);
            EXPECT_NEAR(ours, v.events_per_km, 2e-5)
                << static_cast<int>(c.method) << " edge " << v.edge << " at " << v.share;
            worst = std::max(worst, std::abs(ours - v.events_per_km));
            ++compared;
        }
        EXPECT_NEAR(mass_of(graph, d), 3, 3e-9);
    }
    std::printf("%d values, off by %.2e events/km at most\n", compared, worst);
}

// densityQuick.lpp(X, 2, kernel="gaussian", diggle=TRUE, edge2D=FALSE, dimyx=3072) on the closed network, window
// -15..35 by -15..30: a raster of 15 to 16 m, and a gaussian that is not cut.
const std::vector<SpatstatValue> spatstat_planar = {
    {0, 0.200033, 0.021763423}, {0, 0.800618, 0.097824116}, {1, 0.199382, 0.001841807}, {1, 0.799967, 0.035302315},
    {2, 0.200500, 0.015872871}, {2, 0.799255, 0.034865480}, {3, 0.199382, 0.053155714}, {3, 0.799967, 0.004707377},
    {4, 0.200500, 0.139642312}, {4, 0.799255, 0.041992223}, {5, 0.199568, 0.115798994}, {5, 0.800153, 0.014158500},
    {6, 0.200215, 0.015824486}, {6, 0.800087, 0.021815011}, {7, 0.199534, 0.008579462}, {7, 0.800120, 0.000680987}};

TEST(NetworkDensity, PlanarIsSpatstatsQuickOneWithinItsRaster) {
    const RoadGraph graph = spatstat_graph(true);
    const NetworkDensity d =
        network_density(graph, spatstat_points(), options_of(NetworkMethod::planar, Kernel::gaussian, 2));
    for (const SpatstatValue& v : spatstat_planar)
        EXPECT_NEAR(value(graph, d, v.edge, v.share * graph.edge_length_m[v.edge] / 1000), v.events_per_km,
                    0.006 * v.events_per_km + 2e-4)
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
                for (std::size_t j = 0; j < c.size(); ++j)
                    c[j] += kernel_density(kernel, geodesic_m(p, events.at[j].degrees()), 2000) *
                            graph.edge_length_m[e] / n;
            }
        }
        const double peak = *std::ranges::max_element(d.per_km);
        for (std::uint32_t e = 0; e < graph.edges(); ++e)
            for (double along = 5; along < graph.edge_length_m[e]; along += 777) {
                double sum = 0;
                for (std::size_t j = 0; j < c.size(); ++j)
                    sum += events.weight_of(j) *
                           kernel_density(kernel, geodesic_m(graph.place_at(e, along), events.at[j].degrees()), 2000) /
                           c[j];
                EXPECT_NEAR(value(graph, d, e, along / 1000), sum * 1000, 1e-3 * peak);
            }
    }
}

TEST(NetworkDensity, PlanarIsTheFieldOfReweightedEventsReadOnTheRoads) {
    const RoadGraph graph = grid_graph(6, 8);
    Events events = scattered(300, 40, 7);
    const NetworkDensity d =
        network_density(graph, events, options_of(NetworkMethod::planar, Kernel::gaussian, 4, 500));
    // c from the field of the road itself: every lixel an event of its length.
    Events road;
    std::vector<LonLat> middles;
    std::vector<float> lengths;
    for (std::size_t l = 0; l < d.lixels(); ++l) {
        const std::uint32_t e = d.edge_of(l);
        middles.push_back(
            graph.place_at(e, (static_cast<double>(l - d.lixel_begin[e]) + 0.5) * lixel_length_m(graph, d, l)));
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

} // namespace
} // namespace harmattan::geo
