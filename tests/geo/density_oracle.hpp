#pragma once
// What a density should be: the kernel at the geodesic distance of every event, added up. No grid, no projection;
// distances by PROJ's geodesic.h (Karney 2013), which the code under test does not use.

#include "geo/density/field.hpp"

#include <geodesic.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <random>
#include <vector>

namespace harmattan::test {

/// A place with the weight of all events there that share a bandwidth.
struct Source {
    double lat, lon, weight, sigma_m;
};

inline std::vector<Source> sources_of(const geo::Events& events, const geo::FieldOptions& options) {
    std::map<std::tuple<std::int32_t, std::int32_t, double>, double> sums;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto p = static_cast<std::size_t>(events.precision[i]);
        const double spread = options.widen_by_precision && p < events.spread_m.size() ? events.spread_m[p] : 0;
        sums[{events.at[i].lat, events.at[i].lon, std::hypot(options.bandwidth_m, spread)}] += events.weight_of(i);
    }
    std::vector<Source> sources;
    for (const auto& [key, weight] : sums)
        sources.push_back({std::get<0>(key) / 1e7, std::get<1>(key) / 1e7, weight, std::get<2>(key)});
    return sources;
}

class Oracle {
public:
    Oracle(const geo::Events& events, const geo::FieldOptions& options)
        : m_sources(sources_of(events, options)), m_kernel(options.kernel) {
        geod_init(&m_geod, 6378137, 1 / 298.257223563);
        for (const Source& s : m_sources) m_reach = std::max(m_reach, support_of(m_kernel, s.sigma_m));
    }

    /// Events per km².
    double operator()(geo::LonLat at) const {
        const double dlat = m_reach / 110'000;
        const auto first = std::ranges::lower_bound(m_sources, at.lat - dlat, {}, &Source::lat);
        double sum = 0;
        for (auto s = first; s != m_sources.end() && s->lat <= at.lat + dlat; ++s) {
            const double reach = support_of(m_kernel, s->sigma_m);
            if (std::abs(s->lat - at.lat) * 110'000 > reach) continue;
            double dlon = std::abs(s->lon - at.lon);
            dlon = std::min(dlon, 360 - dlon);
            // Generous: a chord along the higher of the parallels.
            const double high = std::max(std::abs(at.lat), std::abs(s->lat));
            if (dlon * 111'000 * std::cos(high * M_PI / 180) > 1.1 * reach && high < 80) continue;
            double d = 0;
            geod_inverse(&m_geod, at.lat, at.lon, s->lat, s->lon, &d, nullptr, nullptr);
            sum += s->weight * kernel_density(m_kernel, d, s->sigma_m);
        }
        return sum * 1e6;
    }

private:
    std::vector<Source> m_sources; ///< by latitude
    geo::Kernel m_kernel;
    double m_reach = 0;
    geod_geodesic m_geod{};
};

/// Where to look: a third each near events drawn at random (peaks), one to three σ from them (flanks), and anywhere in
/// the field's extent. Only the raw engine is used, so the places are the same everywhere.
inline std::vector<geo::LonLat> probes(const geo::Events& events, const geo::Field& field, std::size_t n) {
    std::mt19937_64 engine(20250701);
    const auto u = [&] { return static_cast<double>(engine() >> 11) * 0x1p-53; };
    const geo::LonLatBox box = field.extent();
    const double width = box.east > box.west ? box.east - box.west : box.east + 360 - box.west;
    std::vector<geo::LonLat> places;
    while (places.size() < n) {
        const geo::LonLat e = events.at[engine() % events.size()].degrees();
        const double angle = 2 * M_PI * u(), sigma = field.bandwidth_m() / 111'000;
        const double r = sigma * (places.size() % 3 == 0 ? 0.5 * u() : 1 + 2 * u());
        geo::LonLat p{e.lon + r * std::cos(angle) / std::cos(e.lat * M_PI / 180), e.lat + r * std::sin(angle)};
        if (places.size() % 3 == 2) p = {box.west + width * u(), box.south + (box.north - box.south) * u()};
        places.push_back(p);
    }
    return places;
}

struct Errors {
    double peak = 0;      ///< greatest true value met
    double of_peak = 0;   ///< greatest error over that
    double pointwise = 0; ///< greatest relative error where the truth exceeds 1 % of the peak
    double mass = 0;      ///< relative
    std::size_t places = 0, above = 0;
};

/// Compares values with the truth. The peak is the greatest truth at the places and at the events themselves.
inline Errors compare(const geo::Events& events, const geo::FieldOptions& options, const geo::Field& field,
                      const std::vector<geo::LonLat>& places, const std::vector<double>& values) {
    const Oracle oracle(events, options);
    std::vector<double> truth(places.size());
    Errors e;
    for (std::size_t i = 0; i < places.size(); ++i) truth[i] = oracle(places[i]), e.peak = std::max(e.peak, truth[i]);
    double weight = 0;
    for (std::size_t i = 0; i < events.size(); ++i) weight += events.weight_of(i);
    e.mass = std::abs(field.mass() / weight - 1);
    e.places = places.size();
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double error = std::abs(values[i] - truth[i]);
        e.of_peak = std::max(e.of_peak, error / e.peak);
        if (truth[i] <= 0.01 * e.peak) continue;
        ++e.above;
        e.pointwise = std::max(e.pointwise, error / truth[i]);
    }
    return e;
}

inline void print(const char* what, const geo::FieldOptions& options, const Errors& e) {
    std::printf("%-28s %-12.12s sigma %5.1f km: %zu places, %zu above 1 %%; error %.4f %% of peak, %.3f %% pointwise, "
                "mass %.4f %%\n",
                what, kernel_name(options.kernel).data(), options.bandwidth_m / 1000, e.places, e.above,
                100 * e.of_peak, 100 * e.pointwise, 100 * e.mass);
}

} // namespace harmattan::test
