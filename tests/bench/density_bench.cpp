// The density's parts on ten million clustered points (as the peers' generator scatters them: 200 gaussian clusters and
// 10 % uniform over 17.5° W to 24° E, 4° to 27° N), σ = 25 km.

#include "geo/density/bandwidth.hpp"
#include "geo/density/colour_range.hpp"
#include "geo/density/write_cog.hpp"
#include "geo/runtime.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <random>
#include <unistd.h>

namespace {

using namespace harmattan::geo;

const Events& points(std::size_t n) {
    static Events events;
    if (events.size() == n) return events;
    std::mt19937_64 engine(20240101);
    const auto u = [&] { return static_cast<double>(engine() >> 11) * 0x1p-53; };
    const auto normal = [&] { return std::sqrt(-2 * std::log(1 - u())) * std::cos(2 * M_PI * u()); };
    struct Cluster {
        double x, y, sx, sy, share;
    };
    std::vector<Cluster> clusters(200);
    double shares = 0;
    for (Cluster& c : clusters) {
        c = {-17.5 + 41.5 * u(), 4 + 23 * u(), 0.05 + 0.6 * u() * u(), 0.05 + 0.6 * u() * u(), 0};
        c.share = shares += std::pow(u() + 1e-3, -0.7);
    }
    events = {};
    while (events.size() < n) {
        double x = -17.5 + 41.5 * u(), y = 4 + 23 * u();
        if (u() >= 0.1) {
            const auto c = std::ranges::lower_bound(clusters, u() * shares, {}, &Cluster::share);
            x = c->x + c->sx * normal(), y = c->y + c->sy * normal();
        }
        if (x < -17.5 || x > 24 || y < 4 || y > 27) continue;
        events.at.push_back({static_cast<std::int32_t>(std::lround(x * 1e5) * 100),
                             static_cast<std::int32_t>(std::lround(y * 1e5) * 100)});
    }
    events.precision.assign(n, Precision::unstated);
    events.spread_m.assign(precision_count, 0);
    return events;
}

FieldOptions options_of(double sigma_km, Kernel kernel = Kernel::gaussian) {
    FieldOptions o;
    o.kernel = kernel;
    o.bandwidth_m = sigma_km * 1000;
    return o;
}

void choose_default_bandwidth(benchmark::State& state) {
    const Events& events = points(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(default_bandwidth(events));
}
BENCHMARK(choose_default_bandwidth)->Arg(10'000'000)->Unit(benchmark::kMillisecond);

void build(benchmark::State& state, Kernel kernel) {
    const Events& events = points(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(build_field(events, options_of(25, kernel)));
}
BENCHMARK_CAPTURE(build, gaussian, Kernel::gaussian)->Arg(10'000)->Arg(10'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(build, quartic, Kernel::quartic)->Arg(10'000)->Arg(10'000'000)->Unit(benchmark::kMillisecond);

/// 4,096 × 2,304 cells of 1,160 m on the peers' own grid.
RasterGrid peers_grid(const Field& field) {
    return raster_grid(field, {"+proj=laea +lat_0=15.5 +lon_0=3.25 +datum=WGS84 +units=m +no_defs",
                               Extent<Projected>{-2375680, -1278000, 2375680, 1394640}, 1160});
}

void raster_cells(benchmark::State& state) {
    const Field field = build_field(points(10'000), options_of(25));
    DensityRaster raster(field, peers_grid(field), nullptr, 1);
    const RasterGrid& g = raster.grid();
    std::vector<float> band(static_cast<std::size_t>(512 * g.columns));
    for (auto _ : state)
        for (std::int64_t r = 0; r < g.rows; r += 512)
            raster.read_rows(r, std::min<std::int64_t>(512, g.rows - r), band);
}
BENCHMARK(raster_cells)->Unit(benchmark::kMillisecond);

void whole_cog(benchmark::State& state) {
    const Events& events = points(static_cast<std::size_t>(state.range(0)));
    const auto file = std::filesystem::temp_directory_path() / ("density_bench_" + std::to_string(::getpid()) + ".tif");
    for (auto _ : state) {
        const Field field = build_field(events, options_of(25));
        DensityRaster raster(field, peers_grid(field), nullptr, 1);
        CogOptions how;
        how.force = true;
        write_cog(raster, file, how);
    }
    state.counters["bytes"] = static_cast<double>(std::filesystem::file_size(file));
    std::filesystem::remove(file);
}
BENCHMARK(whole_cog)->Arg(10'000)->Arg(10'000'000)->Unit(benchmark::kMillisecond);

/// 256 × 256 pixels of a web tile over Burkina Faso at zoom z.
void heat_tile(benchmark::State& state, double sigma_km) {
    const Field field = build_field(points(10'000), options_of(sigma_km));
    const double pixels = 256 * std::ldexp(1.0, static_cast<int>(state.range(0)));
    const double row = std::floor(0.5 * (1 - std::asinh(std::tan(12.5 * M_PI / 180)) / M_PI) * pixels / 256) * 256;
    std::vector<double> lats(256);
    for (std::size_t j = 0; j < 256; ++j)
        lats[j] = std::atan(std::sinh(M_PI * (1 - 2 * (row + static_cast<double>(j) + 0.5) / pixels))) * 180 / M_PI;
    std::vector<float> out(256 * 256);
    for (auto _ : state) benchmark::DoNotOptimize(field.sample(-2, 360 / pixels, 256, lats, out));
}
BENCHMARK_CAPTURE(heat_tile, sigma_15_km, 15)->DenseRange(3, 9)->Unit(benchmark::kMicrosecond);

} // namespace

int main(int argc, char** argv) {
    const Runtime runtime; // before the libraries are used, and gone before their own ends
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
