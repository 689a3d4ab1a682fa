// Profiles of one million events on the twelve embedded corridors: all at places, and as well known as UCDP's (47 % at
// places, the rest to about 25 km, a district or a province; no two at one place). What docs/benchmarks.md says of them
// comes from here.

#include "geo/corridors/corridor_profile.hpp"
#include "geo/read_features.hpp"
#include "geo/runtime.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <random>

namespace {

using namespace harmattan::geo;

constexpr std::size_t count = 1'000'000;

const FeatureTable& corridors() {
    static const FeatureTable table = read_features(HARMATTAN_TEST_SOURCE "/data/region/corridors.geojson").table;
    return table;
}

/// Even over the region of the corridors; `known`: the share at places.
Events made_up(double known) {
    std::mt19937_64 engine(7);
    const auto u = [&] { return static_cast<double>(engine() >> 11) * 0x1p-53; };
    Events events;
    events.spread_m = {1'000, 12'500, 30'000, 85'000, 50'000, 1'000};
    for (std::size_t i = 0; i < count; ++i) {
        events.at.push_back({static_cast<std::int32_t>(std::lround((-17.5 + 26 * u()) * 1e7)),
                             static_cast<std::int32_t>(std::lround((5 + 14 * u()) * 1e7))});
        const double class_of = u();
        events.precision.push_back(class_of < known  ? Precision::place
                                   : class_of < 0.79 ? Precision::near
                                   : class_of < 0.9  ? Precision::district
                                                     : Precision::province);
    }
    return events;
}

/// The whole of it: route, index, raster, counts, corridor by corridor.
void profiles(benchmark::State& state, double known) {
    const Events events = made_up(known);
    for (auto _ : state) {
        const std::vector<std::uint32_t> rows = all_rows(events);
        const std::vector<SpreadPlace> spread = spread_places(events, rows);
        double within = 0;
        for (std::size_t c = 0; c < corridors().size(); ++c) {
            const Route route = route_of(corridors(), c);
            const ProfileBins bins(RouteIndex(route, reach_of({}, route.schematic)), {});
            within += bins.profile(events, rows, spread).within.expected();
        }
        state.counters["within"] = within;
    }
}
BENCHMARK_CAPTURE(profiles, at_places, 1.0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(profiles, as_known_as_ucdp, 0.47)->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char** argv) {
    const Runtime runtime; // before the libraries are used, and gone before their own ends
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
