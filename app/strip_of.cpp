#include "app/strip_of.hpp"

#include "app/page_content.hpp"
#include "app/words.hpp"
#include "geo/corridors/corridor_profile.hpp"
#include "geo/corridors/stations.hpp"
#include "geo/day.hpp"
#include "geo/error.hpp"
#include "geo/fold_name.hpp"
#include "geo/nearest_name.hpp"
#include "geo/series.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include <tuple>

namespace harmattan::app {

namespace {

constexpr double unit_km = 10;                 ///< incidents per 10 km: whole numbers where bins are as long
constexpr double sample_m = 5'000;             ///< countries along a route are asked for so often
constexpr double least_stay_m = 12'000;        ///< a schematic line cuts corners of countries that the road does not enter
constexpr double end_town_m = 15'000;          ///< a corridor's end is a town as near as that
constexpr std::size_t most_months = 36;


std::string name_of(const geo::FeatureTable& corridors, std::size_t corridor) {
    const std::string name = corridors.text(corridor, "name");
    return name.empty() ? corridors.text(corridor, "id") : name;
}

geo::RouteIndex index_of(const geo::Route& route) { return {route, geo::reach_of({}, route.schematic)}; }

std::size_t named_corridor(const Study& study, const geo::FeatureTable& corridors) {
    const std::string wanted = geo::fold_name(study.job.corridor);
    std::vector<std::string> known, listed;
    for (std::size_t i = 0; i < corridors.size(); ++i) {
        for (const char* column : {"id", "name", "name_en", "name_fr"}) {
            const std::string name = corridors.text(i, column);
            if (name.empty()) continue;
            if (geo::fold_name(name) == wanted) return i;
            known.push_back(name);
        }
        listed.push_back(fmt::format("{} {}", corridors.text(i, "id"), corridors.text(i, "name")));
    }
    if (listed.size() > 20) listed.resize(20), listed.emplace_back("…");
    throw geo::Error(geo::ErrorKind::bad_config,
                     fmt::format("--corridor: there is no corridor '{}'{}; there are {}", study.job.corridor, geo::did_you_mean(study.job.corridor, known), fmt::join(listed, ", ")));
}

/// The share of a route that lies in the frame, and in one of the countries where any are given.
double share_within(const Study& study, const geo::Route& route, const geo::LonLatBox& frame, const std::set<std::string>& countries) {
    std::size_t samples = 0, within = 0;
    for (double m = sample_m / 2; m < route.length_m(); m += sample_m) {
        const geo::LonLat at = route.place_at(m);
        ++samples, within += frame.contains(at) && (countries.empty() || countries.contains(study.region.country_at(at)));
    }
    return samples > 0 ? static_cast<double>(within) / static_cast<double>(samples) : frame.contains(route.place_at(0)) ? 1 : 0;
}

/// A stretch of a route in one country.
struct Stay {
    std::string country;
    double from_m = 0, to_m = 0;
};

/// From the first of the route to its last metre, short stays and the sea left to the country before.
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
        if (stay.to_m - stay.from_m >= least_stay_m) add(stays, stay);
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

void add_countries(render::StripChart& chart, const Study& study, const geo::Route& route) {
    const std::vector<Stay> stays = stays_along(study, route);
    for (std::size_t i = 1; i < stays.size(); ++i) chart.borders.push_back({stays[i].from_m / 1000, stays[i - 1].country, stays[i].country});
    for (const Stay& stay : stays)
        if (!std::binary_search(study.covered.begin(), study.covered.end(), stay.country)) chart.uncovered.push_back({stay.from_m / 1000, stay.to_m / 1000});
}

/// The ends, then the towns that the corridor is named after, then by importance.
std::vector<render::StripStation> stations_of(const Study& study, const geo::FeatureTable& corridors, std::size_t corridor, const geo::RouteIndex& index) {
    const geo::FeatureTable& places = study.region.layer("places");
    const std::string name = words(study, "name_en", "name_fr");
    const auto by_importance = [](const geo::Station& s) { return std::tuple(s.rank, -s.population, s.on_route.chainage_m); };
    const double length_m = index.length_m();

    std::vector<geo::Station> wide = geo::stations_along(index, places, {std::min(end_town_m, index.reach_m()), 1'000, name});
    std::ranges::sort(wide, {}, by_importance);
    const auto end = [&](double chainage_m, const char* property) {
        for (const geo::Station& s : wide)
            if (std::abs(s.on_route.chainage_m - chainage_m) < end_town_m) return s.name;
        return corridors.text(corridor, property);
    };
    std::vector<render::StripStation> stations{{end(0, "from"), 0}, {end(length_m, "to"), length_m / 1000}};

    std::vector<geo::Station> towns = geo::stations_along(index, places, {5'000, 10'000, name});
    const std::string title = geo::fold_name(name_of(corridors, corridor));
    const auto named = [&](const geo::Station& s) { return title.find(geo::fold_name(s.name)) != std::string::npos; };
    std::ranges::sort(towns, {}, [&](const geo::Station& s) { return std::tuple_cat(std::tuple(!named(s)), by_importance(s)); });
    for (const geo::Station& s : towns)
        if (s.name != stations[0].name && s.name != stations[1].name) stations.push_back({s.name, s.on_route.chainage_m / 1000});
    std::erase_if(stations, [](const render::StripStation& s) { return s.name.empty(); });
    return stations;
}

std::vector<render::StripBin> strip_bins(const geo::CorridorProfile& profile) {
    std::vector<render::StripBin> bins;
    for (const geo::ProfileBin& bin : profile.bins) {
        render::StripBin shown{bin.from_m / 1000, bin.to_m / 1000, {}, unit_km * geo::per_km(bin.sum().spread, bin.length_m())};
        for (const geo::BandCount& band : bin.bands) shown.bands.push_back(unit_km * geo::per_km(static_cast<double>(band.events), bin.length_m()));
        bins.push_back(std::move(shown));
    }
    return bins;
}

std::string note_of(const Study& study, const geo::CorridorProfile& profile, bool uncovered) {
    std::vector<std::string> sentences;
    if (profile.within.spread >= 0.05)
        sentences.push_back(fmt::format(fmt::runtime(words(study, "Grey bars: {} more, by the shares of incidents known only to about 25 km or to an area.",
                                                           "Barres grises\u202f: {} de plus, par les parts des incidents connus seulement à 25 km près ou à une zone.")),
                                        describe_number(profile.within.spread, study.job.language)));
    if (profile.reason == geo::BandsReason::schematic)
        sentences.emplace_back(words(study, "Schematic line: distances under 10 km are not told apart.",
                                     "Tracé schématique\u202f: distances de moins de 10 km non distinguées."));
    if (uncovered) sentences.emplace_back(words(study, "Grey ground: not covered by the data.", "Fond gris\u202f: hors des données."));
    return fmt::format("{}", fmt::join(sentences, " "));
}

/// All but the panels.
render::StripChart chart_of(const Study& study, const SceneParts& parts, std::size_t corridor, const geo::Route& route, const geo::RouteIndex& index,
                            const geo::CorridorProfile& profile) {
    render::StripChart chart;
    chart.lang = words(study, "en", "fr");
    chart.title = name_of(parts.corridors, corridor);
    chart.measure = fmt::format(fmt::runtime(words(study, "Incidents per {} km along the route (n = {})", "Incidents par {} km le long de la route (n = {})")), unit_km,
                                describe_count(profile.within.events, study.job.language));
    if (const std::string period = period_of(study); !period.empty()) chart.measure += ", " + period;
    chart.bands_title = words(study, "Distance:", "Distance\u202f:");
    chart.rough_title = words(study, "place known roughly", "lieu approximatif");
    for (const geo::DistanceBand& band : profile.bands) chart.bands.push_back(fmt::format("{:g}–{:g} km", band.from_m / 1000, band.to_m / 1000));
    chart.length_km = route.length_m() / 1000;
    chart.stations = stations_of(study, parts.corridors, corridor, index);
    add_countries(chart, study, route);
    chart.note = note_of(study, profile, !chart.uncovered.empty());
    return chart;
}

} // namespace

std::optional<std::size_t> strip_corridor(const Study& study, const SceneParts& parts, const geo::LonLatBox& frame) {
    if (!study.job.corridor.empty()) return named_corridor(study, parts.corridors);
    const std::set<std::string> countries = asked_countries(study);
    std::optional<std::size_t> best;
    std::pair<bool, double> greatest{false, 0}; // a quarter of it here; known incidents per km
    for (std::size_t i = 0; i < parts.corridors.size(); ++i) {
        if (parts.corridors.type[i] != geo::GeometryType::line) continue;
        if (!geo::meets(frame, geo::envelope(parts.corridors, i))) continue; // what is elsewhere need not be sound
        const geo::Route route = geo::route_of(parts.corridors, i);
        const double share = share_within(study, route, frame, countries);
        if (!(share > 0)) continue;
        const geo::CorridorProfile profile = geo::corridor_profile(index_of(route), study.incidents.events);
        const std::pair<bool, double> here{share >= 0.25, geo::per_km(profile.within.expected(), route.length_m())};
        if (!best || here > greatest) best = i, greatest = here;
    }
    return best;
}

render::StripChart corridor_strip(const Study& study, const SceneParts& parts, std::size_t corridor) {
    const geo::Route route = geo::route_of(parts.corridors, corridor);
    const geo::RouteIndex index = index_of(route);
    const geo::CorridorProfile profile = geo::corridor_profile(index, study.incidents.events);
    render::StripChart chart = chart_of(study, parts, corridor, route, index, profile);
    chart.panels.push_back({{}, {}, strip_bins(profile)});
    return chart;
}

render::StripChart corridor_strip_by_month(const Study& study, const SceneParts& parts, std::size_t corridor) {
    const geo::Events& events = study.incidents.events;
    const geo::MonthlyCounts counts = geo::monthly_counts(events, study.job.from, study.job.to);
    if (counts.months.empty()) throw geo::Error(geo::ErrorKind::bad_data, "a strip by month: no incident has a date; name the column with --date");
    if (counts.months.size() > most_months)
        throw geo::Error(geo::ErrorKind::usage, fmt::format("a strip by month: {} months are more than can be read (at most {}); narrow the period with --from and --to",
                                                            counts.months.size(), most_months));
    const geo::Route route = geo::route_of(parts.corridors, corridor);
    const geo::RouteIndex index = index_of(route);
    const geo::ProfileBins bins(index);
    std::vector<std::vector<std::uint32_t>> by_month(counts.months.size());
    std::vector<std::uint32_t> dated;
    for (std::uint32_t i = 0; i < events.size(); ++i) {
        const geo::Day day = events.first_day.empty() ? geo::no_day : events.first_day[i];
        if (day == geo::no_day || day < counts.first || day > counts.last) continue;
        const geo::CivilDate date = geo::civil_date(day);
        by_month[static_cast<std::size_t>(12 * (date.year - counts.months[0].year) + date.month - counts.months[0].month)].push_back(i);
        dated.push_back(i);
    }
    const geo::CorridorProfile all = bins.profile(events, dated);
    render::StripChart chart = chart_of(study, parts, corridor, route, index, all);
    for (std::size_t m = 0; m < counts.months.size(); ++m) {
        const geo::MonthCount& month = counts.months[m];
        const geo::CorridorProfile profile = bins.profile(events, by_month[m]);
        std::string count = fmt::format("n = {}", describe_count(profile.within.events, study.job.language));
        if (month.beyond_data) count = words(study, "no data", "sans données");
        else if (month.partial) count += words(study, ", in part", ", en partie");
        chart.panels.push_back({describe_month(month.year, month.month, study.job.language), std::move(count), strip_bins(profile)});
    }
    return chart;
}

} // namespace harmattan::app
