#pragma once
// What the tests of densities on roads share: events on made-up roads, options, and the literature's kernels.

#include "geo/corridors/network_density.hpp"
#include "road_tables.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace harmattan::geo {

using test::graph_of;
using test::km;

inline Events events_at(const std::vector<LonLat>& places, const std::vector<float>& weights = {}) {
    Events events;
    for (const LonLat& p : places)
        events.at.push_back(
            {static_cast<std::int32_t>(std::lround(p.lon * 1e7)), static_cast<std::int32_t>(std::lround(p.lat * 1e7))});
    events.precision.assign(places.size(), Precision::place);
    events.weight = weights;
    return events;
}

inline NetworkDensityOptions options_of(NetworkMethod method, Kernel kernel, double sigma_km, double lixel_m = 10) {
    NetworkDensityOptions o;
    o.method = method, o.kernel = kernel;
    o.bandwidth_m = sigma_km * 1000, o.lixel_m = lixel_m;
    o.smallest_share = 0;
    return o;
}

/// Events per km so far along an edge, between the middles of lixels.
inline double value(const RoadGraph& graph, const NetworkDensity& d, std::uint32_t edge, double along_km) {
    const std::uint32_t begin = d.lixel_begin[edge], n = d.lixel_begin[edge + 1] - begin;
    const double at = along_km * 1000 / (graph.edge_length_m[edge] / n) - 0.5;
    const auto k = static_cast<std::uint32_t>(std::clamp(std::floor(at), 0.0, std::max(0.0, n - 2.0)));
    const double u = std::clamp(at - k, 0.0, 1.0);
    return (1 - u) * d.per_km[begin + k] + u * d.per_km[begin + std::min(k + 1, n - 1)];
}

/// The literature's kernels, per km; h: the support.
inline double k1(Kernel kernel, double distance_km, double sigma_km) {
    const double h = (kernel == Kernel::quartic ? std::sqrt(7.0) : std::sqrt(5.0)) * sigma_km, u = distance_km / h;
    if (u >= 1) return 0;
    return kernel == Kernel::quartic ? 15 / (16 * h) * (1 - u * u) * (1 - u * u) : 3 / (4 * h) * (1 - u * u);
}

inline const std::vector<NetworkMethod> methods = {NetworkMethod::discontinuous, NetworkMethod::continuous,
                                                   NetworkMethod::planar};
inline const std::vector<Kernel> kernels = {Kernel::quartic, Kernel::epanechnikov, Kernel::gaussian};

/// Columns and rows of roads, n × n of them, `step` km apart.
inline RoadGraph grid_graph(int n, double step) {
    std::vector<test::Line> lines(static_cast<std::size_t>(2 * n));
    for (int i = 0; i < n; ++i)
        for (int k = 0; k < n; ++k) {
            lines[static_cast<std::size_t>(i)].push_back(km(step * k, step * i));
            lines[static_cast<std::size_t>(n + i)].push_back(km(step * i, step * k));
        }
    return graph_of(lines);
}

inline Events scattered(int count, double size_km, unsigned seed) {
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

/// Six roads (eight, closed) and three events: small enough for every oracle.
inline const std::vector<std::pair<double, double>> spatstat_events = {{6, 0}, {10, 9.5}, {20, 3}};

inline RoadGraph spatstat_graph(bool closed) {
    std::vector<test::Line> lines = {{km(0, 0), km(10, 0)},  {km(10, 0), km(20, 0)}, {km(10, 0), km(10, 8)},
                                     {km(10, 8), km(20, 8)}, {km(20, 0), km(20, 8)}, {km(10, 8), km(10, 15)}};
    if (closed) lines.push_back({km(0, 0), km(10, 8)}), lines.push_back({km(10, 15), km(20, 8)});
    return graph_of(lines);
}

inline Events spatstat_points() {
    std::vector<LonLat> places;
    for (const auto& [x, y] : spatstat_events) places.push_back(km(x, y));
    return events_at(places);
}

} // namespace harmattan::geo
