// Graph, routes and network density on the roads of West Africa (data/lines of the shared folder; skipped where it is
// absent), with 100,000 events within some kilometres of them, no two at one place.

#include "geo/corridors/network_density.hpp"
#include "geo/corridors/road_index.hpp"
#include "geo/corridors/road_route.hpp"
#include "geo/geodesic.hpp"
#include "geo/read_features.hpp"
#include "geo/runtime.hpp"
#include "support/shared_data.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>

namespace {

using namespace harmattan::geo;

const std::optional<FeatureTable>& roads() {
    static const std::optional<FeatureTable> table = []() -> std::optional<FeatureTable> {
        const auto file = harmattan::test::shared_file("data/lines/roads_osm_west_africa.geojson");
        if (!file) return std::nullopt;
        return read_features(*file).table;
    }();
    return table;
}

bool ready(benchmark::State& state) {
    if (!roads()) state.SkipWithError("needs data/lines/roads_osm_west_africa.geojson of the shared folder");
    return roads().has_value();
}

const RoadGraph& graph() {
    static const RoadGraph graph = build_road_graph(*roads());
    return graph;
}

const Events& events() {
    static const Events events = [] {
        std::mt19937_64 engine(5);
        const auto u = [&] { return static_cast<double>(engine() >> 11) * 0x1p-53; };
        const auto normal = [&] { return std::sqrt(-2 * std::log(1 - u())) * std::cos(2 * M_PI * u()); };
        std::vector<double> before{0};
        for (const double length : graph().edge_length_m) before.push_back(before.back() + length);
        Events made;
        while (made.size() < 100'000) {
            const double at = u() * before.back();
            const auto edge = static_cast<std::uint32_t>(std::ranges::upper_bound(before, at) - before.begin() - 1);
            const LonLat p =
                geodesic_place(graph().place_at(edge, at - before[edge]), 360 * u(), 3000 * std::abs(normal()));
            made.at.push_back({static_cast<std::int32_t>(std::lround(p.lon * 1e7)),
                               static_cast<std::int32_t>(std::lround(p.lat * 1e7))});
        }
        made.precision.assign(made.size(), Precision::unstated);
        return made;
    }();
    return events;
}

void build_graph(benchmark::State& state) {
    if (!ready(state)) return;
    for (auto _ : state) benchmark::DoNotOptimize(build_road_graph(*roads()));
}
BENCHMARK(build_graph)->Unit(benchmark::kMillisecond);

void build_index(benchmark::State& state) {
    if (!ready(state)) return;
    for (auto _ : state) benchmark::DoNotOptimize(RoadIndex(graph(), static_cast<double>(state.range(0)) * 1000));
}
BENCHMARK(build_index)->Arg(10)->Arg(25)->Arg(100)->Unit(benchmark::kMillisecond);

void dakar_to_bamako(benchmark::State& state) {
    if (!ready(state)) return;
    const std::vector<Waypoint> way{{"Dakar", {-17.4441, 14.6937}},
                                    {"Tambacounda", {-13.6673, 13.7707}},
                                    {"Kayes", {-11.4446, 14.4469}},
                                    {"Bamako", {-8.0029, 12.6392}}};
    for (auto _ : state) benchmark::DoNotOptimize(route_along(graph(), way));
}
BENCHMARK(dakar_to_bamako)->Unit(benchmark::kMillisecond);

/// The whole of it, index and all, for σ in kilometres.
void density(benchmark::State& state, NetworkMethod method, Kernel kernel) {
    if (!ready(state)) return;
    NetworkDensityOptions options;
    options.method = method, options.kernel = kernel;
    options.bandwidth_m = static_cast<double>(state.range(0)) * 1000;
    for (auto _ : state) {
        const NetworkDensity d = network_density(graph(), events(), options);
        state.counters["lixels"] = static_cast<double>(d.lixels());
        state.counters["events"] = static_cast<double>(d.events);
        state.counters["moved"] = d.moved;
    }
}
BENCHMARK_CAPTURE(density, discontinuous_quartic, NetworkMethod::discontinuous, Kernel::quartic)
    ->Arg(5)
    ->Arg(25)
    ->Arg(100)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(density, discontinuous_gaussian, NetworkMethod::discontinuous, Kernel::gaussian)
    ->Arg(25)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(density, continuous_quartic, NetworkMethod::continuous, Kernel::quartic)
    ->Arg(5)
    ->Arg(25)
    ->Arg(100)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(density, planar_gaussian, NetworkMethod::planar, Kernel::gaussian)
    ->Arg(5)
    ->Arg(25)
    ->Arg(100)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(density, planar_quartic, NetworkMethod::planar, Kernel::quartic)
    ->Arg(25)
    ->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char** argv) {
    const Runtime runtime; // before the libraries are used, and gone before their own ends
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
