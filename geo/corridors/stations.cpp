#include "geo/corridors/stations.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

namespace harmattan::geo {

namespace {

constexpr double unranked = 99;

double number_or(const FeatureTable& table, std::size_t feature, std::string_view name, double otherwise) {
    const auto* d = std::get_if<double>(&table.property(feature, name));
    return d && std::isfinite(*d) ? *d : otherwise;
}

LonLatE7 in_e7(LonLat p) {
    const double lon = p.lon - 360 * std::round(p.lon / 360);
    return {static_cast<std::int32_t>(std::lround(lon * 1e7)), static_cast<std::int32_t>(std::lround(p.lat * 1e7))};
}

std::optional<Station> station_of(const RouteIndex& index, const FeatureTable& places, std::size_t feature,
                                  const StationOptions& options) {
    if (places.type[feature] != GeometryType::point || places.part_begin[feature] == places.part_begin[feature + 1])
        return std::nullopt;
    Station station;
    station.name = places.text(feature, options.name);
    if (station.name.empty()) station.name = places.text(feature, "name");
    if (station.name.empty()) return std::nullopt;
    station.at = places.part(places.part_begin[feature]).front();
    const std::optional<RoutePosition> on_route = index.nearest(in_e7(station.at));
    if (!on_route || on_route->distance_m > options.within_m) return std::nullopt;
    station.feature = feature, station.on_route = *on_route;
    station.population = number_or(places, feature, "population", 0);
    station.rank = number_or(places, feature, "rank", unranked);
    return station;
}

} // namespace

std::vector<Station> stations_along(const RouteIndex& index, const FeatureTable& places,
                                    const StationOptions& options) {
    std::vector<Station> found;
    for (std::size_t f = 0; f < places.size(); ++f)
        if (std::optional<Station> station = station_of(index, places, f, options))
            found.push_back(std::move(*station));
    std::ranges::stable_sort(found, {},
                             [](const Station& s) { return std::tuple(s.rank, -s.population, s.on_route.chainage_m); });

    std::vector<Station> kept;
    for (Station& station : found) {
        const auto crowds = [&](const Station& other) {
            return std::abs(other.on_route.chainage_m - station.on_route.chainage_m) < options.spacing_m;
        };
        if (std::ranges::none_of(kept, crowds)) kept.push_back(std::move(station));
    }
    std::ranges::sort(kept, {}, [](const Station& s) { return s.on_route.chainage_m; });
    return kept;
}

} // namespace harmattan::geo
