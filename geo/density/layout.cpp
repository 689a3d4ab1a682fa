#include "geo/density/layout.hpp"

#include "geo/density/blocks.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace harmattan::geo {

namespace {

constexpr std::int32_t max_lat_e7 = 850'600'000;
constexpr double shortest_degree_m = 110'500; ///< of latitude: 110,574 m at the equator

/// Whole degrees opposite the middle of the widest arc without events.
std::int32_t middle_of(const Events& events) {
    std::vector<bool> seen(3600);
    for (const LonLatE7& p : events.at)
        if (std::abs(p.lat) <= max_lat_e7) seen[static_cast<std::size_t>(p.lon / 1'000'000 + 1800) % 3600] = true;
    int best_length = 0, best_first = 0, first = 0;
    for (int i = 0; i < 7200; ++i) {
        if (seen[static_cast<std::size_t>(i % 3600)]) first = i + 1;
        if (const int length = std::min(i + 1 - first, 3600); length > best_length)
            best_length = length, best_first = first;
    }
    const double opposite = (best_first + best_length / 2.0) / 10; // from −180°, plus half a turn
    return static_cast<std::int32_t>(std::lround(std::fmod(opposite, 360.0)) % 360) * 10'000'000;
}

/// Two significant digits, rounded down: so steps are numbers that people can read.
double readable_step(double step) {
    const double unit = std::pow(10.0, std::floor(std::log10(step)) - 1);
    return std::floor(step / unit * (1 + 1e-12)) * unit;
}

double clip_lat(double lat) { return std::clamp(lat, -max_field_latitude, max_field_latitude); }

LayerGrid lay_grid(const EventBounds& bounds, const EqualArea& crs, Kernel kernel, double sigma, bool wraps) {
    LayerGrid g;
    g.sigma_m = sigma;
    g.wraps = wraps;
    const double reach = support_of(kernel, sigma);
    const double south = bounds.south_e7 / 1e7, north = bounds.north_e7 / 1e7;
    const double low = std::min(std::abs(south), std::abs(north)), high = std::max(std::abs(south), std::abs(north));
    const double least = south <= 0 && north >= 0 ? crs.scale_at(0) : crs.scale_at(low);
    const double stretch = std::max(crs.scale_at(high), 1 / least);
    g.dx = g.dy = readable_step(sigma / (steps_per_bandwidth(kernel) * stretch));

    // why 3 spare nodes: binning takes one, sampling two
    const double top = crs.y_of(clip_lat(north + reach / shortest_degree_m)) + 3 * g.dy;
    const double bottom = crs.y_of(clip_lat(south - reach / shortest_degree_m)) - 3 * g.dy;
    const auto whole_blocks = [](double nodes) {
        return static_cast<std::int64_t>(std::ceil(nodes / block_side)) * block_side;
    };
    g.y0 = std::ceil(top / g.dy) * g.dy;
    g.rows = whole_blocks((g.y0 - bottom) / g.dy + 1);
    if (wraps) {
        g.columns = whole_blocks(crs.circumference() / g.dx / 2) * 2; // so that a grid of twice the step wraps, too
        g.dx = crs.circumference() / static_cast<double>(g.columns);
        g.x0 = -crs.circumference() / 2;
    } else {
        const double widest = clip_lat(high + reach / shortest_degree_m);
        const double margin = reach * crs.scale_at(widest) + 3 * g.dx;
        g.x0 = std::floor((bounds.west_e7 / 1e7 * crs.metres_per_degree() - margin) / g.dx) * g.dx;
        g.columns = whole_blocks((bounds.east_e7 / 1e7 * crs.metres_per_degree() + margin - g.x0) / g.dx + 1);
    }
    return g;
}

} // namespace

int steps_per_bandwidth(Kernel kernel) { return kernel == Kernel::gaussian ? 6 : 12; }

EventBounds bounds_of(const Events& events) {
    EventBounds b;
    b.centre_e7 = middle_of(events);
    b.south_e7 = max_lat_e7, b.north_e7 = -max_lat_e7;
    std::int32_t west = 1'800'000'000, east = -1'800'000'000;
    for (const LonLatE7& p : events.at) {
        if (std::abs(p.lat) > max_lat_e7) {
            ++b.left_out;
            continue;
        }
        const std::int32_t lon = relative_lon_e7(p.lon, b.centre_e7);
        west = std::min(west, lon), east = std::max(east, lon);
        b.south_e7 = std::min(b.south_e7, p.lat), b.north_e7 = std::max(b.north_e7, p.lat);
    }
    b.events = events.size() - b.left_out;
    if (b.events == 0) b.south_e7 = b.north_e7 = 0;
    b.west_e7 = std::min(west, 0), b.east_e7 = std::max(east, 0);
    return b;
}

Layout lay_out(const Events& events, const FieldOptions& options) {
    if (!(options.bandwidth_m >= 10 && options.bandwidth_m <= 1e6))
        throw Error(ErrorKind::bad_config,
                    fmt::format("the bandwidth is {} km; it must lie in 0.01 … 1,000 km", options.bandwidth_m / 1000));
    Layout layout;
    EventBounds& b = layout.bounds;
    b = bounds_of(events);

    std::array<bool, precision_count> used{};
    for (const Precision p : events.precision) used[static_cast<std::size_t>(p)] = true;
    if (events.precision.empty()) used.fill(false), used[0] = true;
    std::array<double, precision_count> sigma{};
    std::vector<double> distinct;
    for (std::size_t p = 0; p < precision_count; ++p) {
        const double spread = options.widen_by_precision && p < events.spread_m.size() ? events.spread_m[p] : 0;
        sigma[p] = std::hypot(options.bandwidth_m, spread);
        if (used[p]) distinct.push_back(sigma[p]);
    }
    std::ranges::sort(distinct);
    distinct.erase(std::ranges::unique(distinct).begin(), distinct.end());
    if (distinct.empty()) distinct.push_back(options.bandwidth_m);
    for (std::size_t p = 0; p < precision_count; ++p) {
        const auto found = std::ranges::find(distinct, sigma[p]);
        layout.layer_of[p] = found == distinct.end() ? 0 : static_cast<int>(found - distinct.begin());
    }

    // True to scale where the scale's extremes in the data are each other's inverse: cells stay near square.
    const double south = b.south_e7 / 1e7, north = b.north_e7 / 1e7;
    const double high = std::max(std::abs(south), std::abs(north));
    const double low = south <= 0 && north >= 0 ? 0 : std::min(std::abs(south), std::abs(north));
    const double radius = std::sqrt(parallel_radius(low) * parallel_radius(high));
    const double lat_ts = std::round(std::acos(std::min(1.0, radius)) * 1800 / std::numbers::pi) / 10;

    const double reach = support_of(options.kernel, distinct.back());
    const double widest = clip_lat(high + reach / shortest_degree_m);
    const double reach_deg = reach / (wgs84::a * parallel_radius(widest)) * 180 / std::numbers::pi;
    const bool wraps = (b.east_e7 - static_cast<double>(b.west_e7)) / 1e7 + 2 * reach_deg >= 355;
    if (wraps) { b.centre_e7 = 0, b.west_e7 = -1'800'000'000, b.east_e7 = 1'799'999'999; }
    layout.crs = EqualArea(lat_ts, b.centre_e7 / 1e7);
    for (const double s : distinct) layout.layers.push_back(lay_grid(b, layout.crs, options.kernel, s, wraps));
    return layout;
}

} // namespace harmattan::geo
