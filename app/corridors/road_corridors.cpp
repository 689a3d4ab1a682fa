#include "app/corridors/road_corridors.hpp"

#include "app/texts.hpp"
#include "app/user_layers.hpp"
#include "geo/error.hpp"
#include "geo/fold_name.hpp"
#include "geo/nearest_name.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>
#include <tuple>

namespace harmattan::app {

namespace {

constexpr double same_way_m = 500; ///< lines that keep within it from junction to junction are no two ways

std::optional<geo::LonLat> place_written(const std::string& text) {
    const std::size_t comma = text.find(',');
    if (comma == std::string::npos || text.find_first_not_of("0123456789+-., eE") != std::string::npos)
        return std::nullopt;
    try {
        return geo::LonLat{parse_number(text.substr(0, comma), -180, 180),
                           parse_number(text.substr(comma + 1), -90, 90)};
    } catch (geo::Error& error) {
        error.at(fmt::format("--via '{}', longitude,latitude", text));
        throw;
    }
}

geo::LonLat place_of(const geo::FeatureTable& places, std::size_t town) {
    return places.part(places.part_begin[town]).front();
}

/// All towns of that name, the most important first; at least one.
std::vector<std::size_t> towns_named(const geo::FeatureTable& places, const std::string& name) {
    const std::string wanted = geo::fold_name(name);
    const auto number = [&](std::size_t f, const char* column, double otherwise) {
        const auto* d = std::get_if<double>(&places.property(f, column));
        return d ? *d : otherwise;
    };
    std::vector<std::size_t> found;
    std::vector<std::string> known;
    for (std::size_t f = 0; f < places.size(); ++f)
        for (const char* column : {"name", "name_en", "name_fr"}) {
            const std::string one = places.text(f, column);
            if (one.empty()) continue;
            known.push_back(one);
            if (geo::fold_name(one) == wanted && (found.empty() || found.back() != f)) found.push_back(f);
        }
    if (found.empty())
        throw geo::Error(geo::ErrorKind::bad_config,
                         fmt::format("--via: there is no town '{}' among the region's{}; write its longitude,latitude "
                                     "instead, such as -8.0,12.65",
                                     name, geo::did_you_mean(name, known)));
    std::ranges::stable_sort(
        found, {}, [&](std::size_t i) { return std::tuple(number(i, "rank", 99), -number(i, "population", 0)); });
    return found;
}

} // namespace

std::vector<std::string> places_of_via(const std::string& via) {
    std::vector<std::string> places{""};
    for (const char c : via) {
        if (c == ';') places.emplace_back();
        else places.back() += c;
    }
    for (std::string& place : places) {
        place.erase(0, std::min(place.size(), place.find_first_not_of(' ')));
        place.erase(place.find_last_not_of(' ') + 1);
    }
    std::erase(places, "");
    if (places.size() < 2)
        throw geo::Error(geo::ErrorKind::bad_config,
                         fmt::format("'{}' names {}; give two or more places, such as \"Dakar;Kayes;Bamako\"", via,
                                     places.empty() ? "no place" : "one place"));
    return places;
}

std::vector<geo::Waypoint> waypoints_of(const geo::Region& region, const std::string& via) {
    std::vector<geo::Waypoint> waypoints;
    for (const std::string& piece : places_of_via(via)) {
        const std::optional<geo::LonLat> written = place_written(piece);
        const geo::FeatureTable& places = region.layer("places");
        waypoints.push_back({piece, written ? *written : place_of(places, towns_named(places, piece).front())});
    }
    return waypoints;
}

std::vector<std::string> describe_namesakes(const geo::Region& region, const std::string& via) {
    std::vector<std::string> lines;
    const geo::FeatureTable& places = region.layer("places");
    for (const std::string& piece : places_of_via(via)) {
        if (place_written(piece)) continue;
        std::vector<std::string> at;
        for (const std::size_t town : towns_named(places, piece))
            at.push_back(fmt::format("{:.2f},{:.2f}", place_of(places, town).lon, place_of(places, town).lat));
        if (at.size() > 1)
            lines.push_back(fmt::format("note: --via: {} towns are called '{}'; taken is the most important, at {}; "
                                        "write longitude,latitude for another ({})",
                                        at.size(), piece, at.front(), fmt::join(at.begin() + 1, at.end(), "; ")));
    }
    return lines;
}

geo::FeatureTable corridors_by_road(const Study& study) {
    const Job& job = study.job;
    if (job.roads.empty())
        throw geo::Error(
            geo::ErrorKind::usage,
            "--via finds a way by road and no roads are given; bring a network of lines with --roads FILE");
    const std::vector<geo::Waypoint> waypoints = waypoints_of(study.region, job.via);
    geo::RoadGraphOptions options;
    if (job.ways > 1) options.merge_m = same_way_m;
    const geo::RoadGraph graph =
        geo::build_road_graph(read_user_features(job.roads, geo::GeometryType::line, "--roads wants lines"), options);
    if (job.ways > 1 && waypoints.size() != 2)
        throw geo::Error(geo::ErrorKind::usage, fmt::format("other ways are looked for between two places, and --via "
                                                            "names {}; leave --ways out or the places between",
                                                            waypoints.size()));
    std::vector<geo::RoadRoute> routes;
    if (job.ways > 1) routes = geo::alternative_routes(graph, waypoints[0], waypoints[1], {.count = job.ways});
    else routes.push_back(geo::route_along(graph, waypoints));

    std::vector<std::string> names;
    for (const geo::Waypoint& waypoint : waypoints) names.push_back(waypoint.name);
    geo::FeatureTable corridors;
    corridors.name = "corridors";
    for (std::size_t i = 0; i < routes.size(); ++i) {
        const std::size_t f = corridors.add_feature(geo::GeometryType::line);
        corridors.add_part(routes[i].route.vertices);
        corridors.set(f, "id", fmt::format("V{}", i + 1));
        corridors.set(
            f, "name",
            fmt::format("{}{}", fmt::join(names, "–"), routes.size() > 1 ? fmt::format(", way {}", i + 1) : ""));
        corridors.set(f, "from", names.front()), corridors.set(f, "to", names.back());
        corridors.set(f, "schematic", false);
    }
    return corridors;
}

} // namespace harmattan::app
