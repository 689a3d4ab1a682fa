#pragma once
// Made-up events for the density's tests, the same on every machine.

#include "geo/events.hpp"

#include <cmath>
#include <cstdint>
#include <random>

namespace harmattan::test {

/// Where clusters are made, and how many.
struct Clusters {
    double west = -17, south = 4, east = 24, north = 27;
    std::size_t clusters = 60, events = 2500;
    double share_coincident = 0.4; ///< of events that repeat the place of another
};

inline geo::LonLatE7 e7(double lon, double lat) {
    return {static_cast<std::int32_t>(std::llround(lon * 1e7)), static_cast<std::int32_t>(std::llround(lat * 1e7))};
}

inline geo::Events made_up(const Clusters& c, std::uint64_t seed = 7) {
    std::mt19937_64 engine(seed);
    const auto u = [&] { return static_cast<double>(engine() >> 11) * 0x1p-53; };
    const auto normal = [&] { return std::sqrt(-2 * std::log(1 - u())) * std::cos(2 * M_PI * u()); };
    struct Cluster {
        double lon, lat, spread;
    };
    std::vector<Cluster> clusters;
    for (std::size_t i = 0; i < c.clusters; ++i)
        clusters.push_back(
            {c.west + (c.east - c.west) * u(), c.south + (c.north - c.south) * u(), 0.02 + 0.8 * u() * u()});
    geo::Events events;
    while (events.size() < c.events) {
        if (!events.at.empty() && u() < c.share_coincident) {
            events.at.push_back(events.at[engine() % events.size()]);
        } else {
            const Cluster& k = clusters[static_cast<std::size_t>(static_cast<double>(c.clusters) * u() * u())];
            const double lat = std::clamp(k.lat + k.spread * normal(), c.south, c.north);
            events.at.push_back(e7(k.lon + k.spread * normal() / std::cos(lat * M_PI / 180), lat));
        }
        events.precision.push_back(geo::Precision::place);
    }
    events.spread_m.assign(geo::precision_count, 0);
    return events;
}

inline geo::Events one_event(double lon, double lat) {
    geo::Events events;
    events.at = {e7(lon, lat)};
    events.precision = {geo::Precision::place};
    events.spread_m.assign(geo::precision_count, 0);
    return events;
}

} // namespace harmattan::test
