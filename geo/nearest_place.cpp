#include "geo/nearest_place.hpp"

#include "geo/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <tuple>

namespace harmattan::geo {

namespace {

constexpr double least_m_a_degree = 110'500; ///< of latitude: at the equator 110,574 m

} // namespace

NearestPlace::NearestPlace(const FeatureTable& places) {
    for (std::size_t f = 0; f < places.size(); ++f)
        if (places.type[f] == GeometryType::point && places.part_begin[f] < places.part_begin[f + 1]) {
            const LonLat at = places.part(places.part_begin[f]).front();
            m_places.push_back({at.lat, at.lon, f});
        }
    std::ranges::sort(m_places);
}

std::optional<NearestPlace::Hit> NearestPlace::nearest(LonLat at, double reach_m) const {
    std::optional<Hit> best;
    const auto reach_deg = [&] { return (best ? best->distance_m : reach_m) / least_m_a_degree; };
    const auto look = [&](const Place& place) {
        // Meridians draw together poleward: on the parallel of the nearest one that may hold a place within reach.
        const double shrunk = std::cos(std::min(90.0, std::abs(at.lat) + reach_deg()) * std::numbers::pi / 180);
        if (std::abs(std::remainder(place.lon - at.lon, 360)) * shrunk > reach_deg()) return;
        const double distance_m = geodesic_m(at, {place.lon, place.lat});
        if (distance_m > reach_m) return;
        const Hit hit{place.feature, distance_m};
        if (!best || std::tie(hit.distance_m, hit.feature) < std::tie(best->distance_m, best->feature)) best = hit;
    };
    // Outwards from the parallel of the place, as long as what is found may be farther.
    auto north = std::ranges::lower_bound(m_places, at.lat, {}, &Place::lat), south = north;
    for (bool more = true; more;) {
        more = false;
        if (north != m_places.end() && north->lat - at.lat <= reach_deg()) look(*north++), more = true;
        if (south != m_places.begin() && at.lat - std::prev(south)->lat <= reach_deg()) look(*--south), more = true;
    }
    return best;
}

} // namespace harmattan::geo
