#include "geo/density/bandwidth.hpp"

#include "geo/density/layout.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <vector>

namespace harmattan::geo {

namespace {

/// Counts of one coordinate in 65,536 equal classes of its range: quantiles to 1.5e-5 of the range in one pass,
/// whatever the order of the events.
class Spread {
public:
    Spread(std::int64_t low, std::int64_t high)
        : m_low(low), m_width(std::max(1.0, static_cast<double>(high - low) / classes)), m_counts(classes + 1) {}

    void add(std::int64_t value) {
        ++m_counts[static_cast<std::size_t>(static_cast<double>(value - m_low) / m_width)];
        ++m_n;
    }
    /// Degrees.
    double quantile(double share) const {
        const double wanted = share * static_cast<double>(m_n);
        double below = 0;
        for (std::size_t i = 0; i < m_counts.size(); ++i) {
            const auto here = static_cast<double>(m_counts[i]);
            if (here > 0 && below + here >= wanted)
                return (static_cast<double>(m_low) + m_width * (static_cast<double>(i) + (m_width > 1 ? 0.5 : 0))) /
                       1e7;
            below += here;
        }
        return static_cast<double>(m_low) / 1e7;
    }

private:
    static constexpr int classes = 65536;
    std::int64_t m_low;
    double m_width;
    std::vector<std::uint64_t> m_counts;
    std::uint64_t m_n = 0;
};

struct Distribution {
    EventBounds bounds;
    Spread lon, lat;
};

Distribution distribution_of(const Events& events) {
    const EventBounds b = bounds_of(events);
    if (b.events == 0)
        throw Error(ErrorKind::bad_data,
                    "no event has a place on the map, so there is no bandwidth to choose; see the ledger");
    Distribution d{b, Spread(b.west_e7, b.east_e7), Spread(b.south_e7, b.north_e7)};
    for (const LonLatE7& p : events.at) {
        if (p.lat < b.south_e7 || p.lat > b.north_e7) continue;
        d.lon.add(relative_lon_e7(p.lon, b.centre_e7));
        d.lat.add(p.lat);
    }
    return d;
}

double median_spread_m(const Events& events) {
    std::array<std::uint64_t, precision_count> count{};
    for (const Precision p : events.precision) ++count[static_cast<std::size_t>(p)];
    std::vector<std::pair<double, std::uint64_t>> by_spread;
    for (std::size_t p = 0; p < precision_count; ++p)
        by_spread.emplace_back(p < events.spread_m.size() ? events.spread_m[p] : 0, count[p]);
    std::ranges::sort(by_spread);
    std::uint64_t below = 0;
    for (const auto& [spread, n] : by_spread) {
        below += n;
        if (n > 0 && 2 * below >= events.precision.size()) return spread;
    }
    return 0;
}

/// 1-2-5 at or above.
double ceil_125(double value) {
    double step = round_125(value);
    for (double factor = 1; step < value * (1 - 1e-9); factor *= 1.5) step = round_125(value * factor * 1.5);
    return step;
}

double metres_per_degree_of_lon(double lat) { return wgs84::a * parallel_radius(lat) * M_PI / 180; }

} // namespace

double round_125(double value) {
    const double unit = std::pow(10.0, std::floor(std::log10(value)));
    const double lead = value / unit;
    // Between two steps the border is their geometric mean.
    const double step = lead < std::sqrt(2.0) ? 1 : lead < std::sqrt(10.0) ? 2 : lead < std::sqrt(50.0) ? 5 : 10;
    return step * unit;
}

Bandwidth default_bandwidth(const Events& events) {
    const Distribution d = distribution_of(events);
    const double west = d.lon.quantile(0.025), east = d.lon.quantile(0.975);
    const double south = d.lat.quantile(0.025), north = d.lat.quantile(0.975);
    const double width = (east - west) * metres_per_degree_of_lon((south + north) / 2);
    const double height = meridian_arc(north) - meridian_arc(south);
    const double side = std::min(width, height) > 0 ? std::min(width, height) : std::max(width, height);
    const double floor = 0.5 * median_spread_m(events);

    Bandwidth b;
    b.rule = "default";
    if (side / 150 >= floor && side > 0) {
        b.sigma_m = round_125(side / 150);
        if (b.sigma_m < floor) b.sigma_m = ceil_125(floor);
        b.explanation =
            fmt::format("{:g} km, a 150th of the shorter side ({:.0f} km) of the box that holds the central 95 % "
                        "of the events, rounded",
                        b.sigma_m / 1000, side / 1000);
    } else if (floor > 0) {
        b.sigma_m = ceil_125(floor);
        b.explanation =
            fmt::format("{:g} km, half of the median uncertainty of the events' places ({:g} km), rounded up",
                        b.sigma_m / 1000, 2 * floor / 1000);
    } else {
        b.sigma_m = 10'000;
        b.explanation = "10 km: all events are at one place, which suggests no bandwidth";
    }
    b.sigma_m = std::clamp(b.sigma_m, 10.0, 1e6);
    return b;
}

Bandwidth scott_bandwidth(const Events& events) {
    const Distribution d = distribution_of(events);
    const double middle = (d.lat.quantile(0.25) + d.lat.quantile(0.75)) / 2;
    double weight = 0, weight2 = 0;
    std::array<double, 2> sum{}, sum2{};
    const double lon_0 = d.lon.quantile(0.5), lat_0 = d.lat.quantile(0.5); // sums around a middle lose no digits
    for (std::size_t i = 0; i < events.size(); ++i) {
        const LonLatE7 p = events.at[i];
        if (p.lat < d.bounds.south_e7 || p.lat > d.bounds.north_e7) continue;
        const double w = events.weight_of(i);
        const double x = relative_lon_e7(p.lon, d.bounds.centre_e7) / 1e7 - lon_0, y = p.lat / 1e7 - lat_0;
        weight += w, weight2 += w * w;
        sum[0] += w * x, sum2[0] += w * x * x;
        sum[1] += w * y, sum2[1] += w * y * y;
    }
    const std::array<const Spread*, 2> spreads{&d.lon, &d.lat};
    double product = 1;
    for (std::size_t j = 0; j < 2; ++j) {
        const double mean = sum[j] / weight;
        double s = std::sqrt(std::max(0.0, sum2[j] / weight - mean * mean));
        const double iqr = (spreads[j]->quantile(0.75) - spreads[j]->quantile(0.25)) / 1.349;
        if (iqr > 0) s = std::min(s, iqr);
        product *=
            s * (j == 0 ? metres_per_degree_of_lon(middle) : meridian_arc(middle + 0.5) - meridian_arc(middle - 0.5));
    }
    const double n = weight * weight / weight2;
    Bandwidth b;
    b.rule = "scott";
    b.sigma_m = std::sqrt(product) * std::pow(n, -1.0 / 6);
    if (!(b.sigma_m >= 10))
        throw Error(ErrorKind::bad_data,
                    "Scott's rule needs events that spread both ways, and these do not; give --bandwidth-km a number");
    // Metres that nobody can see are dropped, and with them what the order of the sums leaves in the last digits.
    b.sigma_m = std::min(std::round(b.sigma_m), 1e6);
    b.explanation = fmt::format("{:.3f} km by Scott's rule from {:.0f} events (effective number)", b.sigma_m / 1000, n);
    return b;
}

Bandwidth choose_bandwidth(const Events& events, std::string_view text) {
    if (text.empty() || text == "default") return default_bandwidth(events);
    if (text == "scott" || text == "silverman") {
        Bandwidth b = scott_bandwidth(events);
        b.rule = text;
        return b;
    }
    double km = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), km);
    if (error != std::errc() || end != text.data() + text.size())
        throw Error(ErrorKind::usage,
                    fmt::format("'{}' is no bandwidth; give kilometres (the standard deviation), default, "
                                "scott or silverman",
                                text));
    if (!(km >= 0.01 && km <= 1000))
        throw Error(ErrorKind::usage, fmt::format("a bandwidth of {} km does not lie in 0.01 … 1,000 km", text));
    return {km * 1000, "given", fmt::format("{:g} km, as given", km)};
}

Bandwidth bandwidth_of_radius(Kernel kernel, double radius_km) {
    const double sigma_km = sigma_of_support(kernel, radius_km);
    if (!(sigma_km >= 0.01 && sigma_km <= 1000))
        throw Error(ErrorKind::usage,
                    fmt::format("a search radius of {} km gives the {} kernel a bandwidth of {:.3g} km, which "
                                "does not lie in 0.01 … 1,000 km",
                                radius_km, kernel_name(kernel), sigma_km));
    return {sigma_km * 1000, "search radius",
            fmt::format("{:.4g} km, the standard deviation of a {} kernel with a search radius of {:g} km", sigma_km,
                        kernel_name(kernel), radius_km)};
}

} // namespace harmattan::geo
