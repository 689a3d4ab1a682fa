#include "geo/corridors/network_density.hpp"

#include "geo/corridors/lixel_mass.hpp"
#include "geo/corridors/road_kernel.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace harmattan::geo {

namespace {

constexpr double narrowest_m = 10, widest_m = 1e6, shortest_lixel_m = 1;
constexpr double slack = 1e-6; ///< of a lixel: 10 km and a nanometre are ten lixels of 1 km, not eleven

void check(const NetworkDensityOptions& o) {
    if (!(o.bandwidth_m >= narrowest_m && o.bandwidth_m <= widest_m))
        throw Error(ErrorKind::usage, fmt::format("a bandwidth of {} m along roads is none; give {} m to {} km",
                                                  o.bandwidth_m, narrowest_m, widest_m / 1000));
    if (!(o.lixel_m >= shortest_lixel_m && std::isfinite(o.lixel_m)))
        throw Error(ErrorKind::usage,
                    fmt::format("pieces of road of {} m are none; give {} m or more", o.lixel_m, shortest_lixel_m));
    if (!(o.smallest_share >= 0 && o.smallest_share < 1))
        throw Error(ErrorKind::usage,
                    fmt::format("a smallest share of {} is none; give 0 or more, below 1", o.smallest_share));
}

Lixels lixels_of(const RoadGraph& graph, const NetworkDensityOptions& options) {
    double count = 0;
    for (const double length : graph.edge_length_m) count += std::ceil(length / options.lixel_m);
    // Mass of each of the parts in memory, their sum and the result; planar, two points of 48 bytes or more for each
    // piece of σ/2.
    double bytes = count * 8 * (2 + std::clamp(options.threads, 1, 8));
    if (options.method == NetworkMethod::planar)
        bytes += 2 * 48 * 2 * (count + graph.length_m() / (options.bandwidth_m / 2));
    if (bytes > static_cast<double>(options.memory_bytes) || count > std::numeric_limits<std::uint32_t>::max())
        throw Error(
            ErrorKind::usage,
            fmt::format(
                "{:.0f} km of road in pieces of {} m at a bandwidth of {} m need {:.0f} MB, and {:.0f} MB are allowed; "
                "take longer pieces, or more memory",
                graph.length_m() / 1000, options.lixel_m, options.bandwidth_m, bytes / 1e6,
                static_cast<double>(options.memory_bytes) / 1e6));
    Lixels lixels;
    for (const double length : graph.edge_length_m) {
        const auto n = static_cast<std::uint32_t>(std::max(1.0, std::ceil(length / options.lixel_m - slack)));
        lixels.begin.push_back(lixels.begin.back() + n);
        lixels.length_m.push_back(length / n);
    }
    return lixels;
}

} // namespace

std::uint32_t NetworkDensity::edge_of(std::size_t lixel) const {
    return static_cast<std::uint32_t>(std::upper_bound(lixel_begin.begin(), lixel_begin.end(), lixel) -
                                      lixel_begin.begin()) -
           1;
}

double lixel_length_m(const RoadGraph& graph, const NetworkDensity& density, std::size_t lixel) {
    const std::uint32_t edge = density.edge_of(lixel);
    return graph.edge_length_m[edge] / (density.lixel_begin[edge + 1] - density.lixel_begin[edge]);
}

double mass_of(const RoadGraph& graph, const NetworkDensity& density) {
    double sum = 0;
    for (std::size_t i = 0; i < density.lixels(); ++i)
        sum += density.per_km[i] * lixel_length_m(graph, density, i) / 1000;
    return sum;
}

FeatureTable lixel_features(const RoadGraph& graph, const NetworkDensity& density) {
    FeatureTable table;
    for (std::uint32_t e = 0; e < graph.edges(); ++e) {
        const std::uint32_t begin = density.lixel_begin[e], n = density.lixel_begin[e + 1] - begin;
        const double each = graph.edge_length_m[e] / n;
        for (std::uint32_t k = 0; k < n; ++k) {
            const std::size_t f = table.add_feature(GeometryType::line);
            table.add_part(graph.stretch(e, k * each, (k + 1) * each));
            table.set(f, "per_km", density.per_km[begin + k]);
            table.set(f, "feature", static_cast<double>(graph.edge_feature[e]));
        }
    }
    return table;
}

NetworkDensity network_density(const RoadGraph& graph, const Events& events, const NetworkDensityOptions& options) {
    check(options);
    const Lixels lixels = lixels_of(graph, options);
    const RoadIndex index(graph, options.reach_m);
    NetworkDensity density;
    density.lixel_begin = lixels.begin;
    const bool planar = options.method == NetworkMethod::planar;
    density.support_m =
        planar ? support_of(options.kernel, options.bandwidth_m) : line_support_of(options.kernel, options.bandwidth_m);

    const MassOnRoads sum = [&] {
        if (planar) return planar_mass(graph, lixels, index, events, options);
        const std::optional<MassOnRoads> walked = walk_mass(graph, lixels, index, events, options);
        return walked ? *walked : wave_mass(graph, lixels, index, events, options);
    }();
    density.events = sum.events, density.beyond = sum.beyond;
    density.weight = sum.weight, density.beyond_weight = sum.beyond_weight;
    density.waves = sum.waves;
    density.moved = sum.weight > 0 ? sum.moved / sum.weight : 0;
    for (std::uint32_t e = 0; e < graph.edges(); ++e)
        for (std::uint32_t k = lixels.begin[e]; k < lixels.begin[e + 1]; ++k)
            density.per_km.push_back(sum.mass[k] / lixels.length_m[e] * 1000);
    return density;
}

} // namespace harmattan::geo
