#include "app/corridors/corridor_places.hpp"

#include "app/words.hpp"
#include "geo/corridors/stations.hpp"
#include "geo/fold_name.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <tuple>

namespace harmattan::app {

namespace {

constexpr double sample_m = 5'000;      ///< countries along a route are asked for so often
constexpr double least_stay_m = 12'000; ///< a schematic line cuts corners of countries that the road does not enter
constexpr double end_town_m = 15'000;   ///< a corridor's end is a town as near as that
constexpr double beside_m = 5'000;      ///< a town or checkpoint is on the route as near as that
constexpr std::size_t most_named = 3;

/// So that each next one is farthest from the route's ends and those before it: the first ones lie all along the route,
/// however many.
std::vector<geo::Station> spread_out(std::vector<geo::Station> posts, double length_m) {
    std::vector<double> room;
    for (const geo::Station& s : posts)
        room.push_back(std::min(s.on_route.chainage_m, length_m - s.on_route.chainage_m));
    for (std::size_t i = 0; i < posts.size(); ++i) {
        const auto next = static_cast<std::size_t>(
            std::max_element(room.begin() + static_cast<std::ptrdiff_t>(i), room.end()) - room.begin());
        std::swap(posts[i], posts[next]), std::swap(room[i], room[next]);
        for (std::size_t k = i + 1; k < posts.size(); ++k)
            room[k] = std::min(room[k], std::abs(posts[k].on_route.chainage_m - posts[i].on_route.chainage_m));
    }
    return posts;
}

} // namespace

std::vector<Stay> stays_along(const Study& study, const geo::Route& route) {
    std::vector<Stay> all, stays;
    const auto add = [](std::vector<Stay>& to, const Stay& stay) {
        if (!to.empty() && to.back().country == stay.country) to.back().to_m = stay.to_m;
        else to.push_back(stay);
    };
    for (double m = 0; m < route.length_m(); m += sample_m) {
        const std::string country = study.region.country_at(route.place_at(m));
        if (!country.empty()) add(all, {country, m, std::min(m + sample_m, route.length_m())});
    }
    for (const Stay& stay : all)
        if (all.size() == 1 || stay.to_m - stay.from_m >= least_stay_m) add(stays, stay);
    if (stays.empty()) return stays;
    for (std::size_t i = 1; i < stays.size(); ++i) {
        double before = stays[i - 1].to_m - sample_m, behind = stays[i].from_m; // halved to within 100 m
        while (behind - before > 100) {
            const double middle = (before + behind) / 2;
            (study.region.country_at(route.place_at(middle)) == stays[i].country ? behind : before) = middle;
        }
        stays[i - 1].to_m = stays[i].from_m = behind;
    }
    stays.front().from_m = 0, stays.back().to_m = route.length_m();
    return stays;
}

std::vector<RoutePlace> places_along(const Study& study, const geo::FeatureTable& corridors, std::size_t corridor,
                                     const geo::RouteIndex& index, const geo::FeatureTable& checkpoints) {
    const geo::FeatureTable& towns_of_region = study.region.layer("places");
    const std::string name = name_column(study);
    const auto by_importance = [](const geo::Station& s) {
        return std::tuple(s.rank, -s.population, s.on_route.chainage_m);
    };
    const double length_m = index.length_m();

    std::vector<geo::Station> wide =
        geo::stations_along(index, towns_of_region, {std::min(end_town_m, index.reach_m()), 1'000, name});
    std::ranges::sort(wide, {}, by_importance);
    const auto end = [&](double chainage_m, const char* property) {
        for (const geo::Station& s : wide)
            if (std::abs(s.on_route.chainage_m - chainage_m) < end_town_m) return s.name;
        return corridors.text(corridor, property);
    };
    std::vector<RoutePlace> places{{end(0, "from"), 0}, {end(length_m, "to"), length_m}};

    const std::vector<geo::Station> posts =
        spread_out(geo::stations_along(index, checkpoints, {std::min(beside_m, index.reach_m()), 0, "name"}), length_m);
    std::vector<geo::Station> towns =
        geo::stations_along(index, towns_of_region, {std::min(beside_m, index.reach_m()), 10'000, name});
    std::erase_if(towns, [&](const geo::Station& town) {
        return std::ranges::any_of(places, [&](const RoutePlace& p) { return p.name == town.name; }) ||
               std::ranges::any_of(posts, [&](const geo::Station& p) { return p.name == town.name; });
    });
    const std::string title = geo::fold_name(corridors.text(corridor, "name"));
    const auto named = [&](const geo::Station& s) { return title.find(geo::fold_name(s.name)) != std::string::npos; };
    std::ranges::sort(towns, {},
                      [&](const geo::Station& s) { return std::tuple_cat(std::tuple(!named(s)), by_importance(s)); });
    std::size_t post = 0;
    for (const geo::Station& town : towns) {
        places.push_back({town.name, town.on_route.chainage_m});
        if (!named(town) && post < posts.size())
            places.push_back({posts[post].name, posts[post].on_route.chainage_m, true}), ++post;
    }
    for (; post < posts.size(); ++post) places.push_back({posts[post].name, posts[post].on_route.chainage_m, true});
    std::erase_if(places, [](const RoutePlace& p) { return p.name.empty(); });
    return places;
}

std::string describe_stretch(const std::vector<RoutePlace>& places, double from_m, double to_m) {
    std::vector<RoutePlace> inside; // the most important ones
    const RoutePlace *before = nullptr, *behind = nullptr;
    for (const RoutePlace& p : places) {
        if (p.at_m >= from_m && p.at_m <= to_m) {
            if (inside.size() < most_named) inside.push_back(p);
        } else if (p.at_m < from_m) {
            if (!before || p.at_m > before->at_m) before = &p;
        } else if (!behind || p.at_m < behind->at_m) {
            behind = &p;
        }
    }
    std::ranges::sort(inside, {}, &RoutePlace::at_m);
    std::vector<std::string> names;
    for (const RoutePlace& p : inside)
        if (std::ranges::find(names, p.name) == names.end())
            names.push_back(p.name); // a ring begins and ends in one town
    if (!names.empty()) return fmt::format("{}", fmt::join(names, ", "));
    if (before && behind) return fmt::format("{}–{}", before->name, behind->name);
    return before ? before->name : behind ? behind->name : std::string();
}

} // namespace harmattan::app
