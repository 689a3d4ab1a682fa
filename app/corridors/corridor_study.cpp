#include "app/corridors/corridor_study.hpp"

#include "app/text_table.hpp"
#include "geo/error.hpp"
#include "geo/fold_name.hpp"
#include "geo/nearest_name.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>

namespace harmattan::app {

double CorridorStudy::covered_m() const {
    double sum = 0;
    for (std::size_t k = 0; k < covered.size(); ++k) sum += covered[k] ? profile.bins[k].length_m() : 0;
    return sum;
}

geo::BandCount CorridorStudy::covered_count() const {
    geo::BandCount sum;
    for (std::size_t k = 0; k < covered.size(); ++k)
        if (covered[k]) sum = sum + profile.bins[k].sum();
    return sum;
}

double CorridorStudy::passed_before_m() const {
    constexpr double sample_m = 1'000;
    double sum = 0;
    for (double m = sample_m / 2; m < route.length_m(); m += sample_m) {
        const geo::LonLat p = route.place_at(m);
        const double lon = p.lon - 360 * std::round(p.lon / 360);
        const auto at = bins.index().nearest(
            {static_cast<std::int32_t>(std::lround(lon * 1e7)), static_cast<std::int32_t>(std::lround(p.lat * 1e7))});
        if (at && at->chainage_m < m - sample_m / 2) sum += sample_m;
    }
    return sum;
}

std::string CorridorStudy::country_at(double at_m) const {
    for (const Stay& stay : stays)
        if (at_m <= stay.to_m) return stay.country;
    return {};
}

geo::ProfileOptions profile_options(const Job& job) {
    geo::ProfileOptions options;
    options.bin_m = 1000 * job.corridor_bin_km;
    options.band_edges_m.clear();
    for (const double km : job.corridor_bands_km) options.band_edges_m.push_back(1000 * km);
    return options;
}

CorridorEvents corridor_events(const Study& study) {
    CorridorEvents events{geo::all_rows(study.incidents.events), {}};
    events.spread = geo::spread_places(study.incidents.events, events.rows);
    return events;
}

std::vector<std::uint32_t> rows_between(const geo::Events& events, const Period& period) {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t i = 0; i < events.first_day.size(); ++i)
        if (events.first_day[i] != geo::no_day && events.first_day[i] >= period.first &&
            events.first_day[i] <= period.last)
            rows.push_back(i);
    return rows;
}

CorridorStudy study_corridor(const Study& study, const geo::FeatureTable& corridors, std::size_t corridor,
                             const CorridorEvents& events, const geo::FeatureTable& checkpoints) {
    const geo::ProfileOptions options = profile_options(study.job);
    geo::Route route = geo::route_of(corridors, corridor);
    const geo::RouteIndex index(route, geo::reach_of(options, route.schematic));
    // The bins kept are others than those filled, whose raster of the discs (100 kB) goes: few corridors are filled
    // again.
    CorridorStudy c{corridor,
                    corridors.text(corridor, "id"),
                    corridors.text(corridor, "name"),
                    corridors.text(corridor, "status"),
                    corridors.text(corridor, "to"),
                    std::move(route),
                    geo::ProfileBins(index, options),
                    geo::ProfileBins(index, options).profile(study.incidents.events, events.rows, events.spread),
                    {},
                    {},
                    {}};
    if (c.name.empty()) c.name = c.id.empty() ? fmt::format("corridor {}", corridor + 1) : c.id;
    if (c.id.empty()) c.id = c.name;
    c.stays = stays_along(study, c.route);
    c.places = places_along(study, corridors, corridor, index, checkpoints);
    if (c.to.empty())
        for (const RoutePlace& place : c.places)
            if (place.at_m == c.route.length_m()) c.to = place.name;
    for (const geo::ProfileBin& bin : c.profile.bins) {
        const std::string country = c.country_at((bin.from_m + bin.to_m) / 2);
        c.covered.push_back(country.empty() || std::binary_search(study.covered.begin(), study.covered.end(), country));
    }
    return c;
}

std::vector<CorridorStudy> study_corridors(const Study& study, const geo::FeatureTable& corridors,
                                           const std::function<void(const std::string&)>& warn) {
    const CorridorEvents events = corridor_events(study);
    std::vector<CorridorStudy> studies;
    for (std::size_t i = 0; i < corridors.size(); ++i) {
        try {
            CorridorStudy corridor = study_corridor(study, corridors, i, events);
            if (std::ranges::find(studies, corridor.id, &CorridorStudy::id) == studies.end())
                studies.push_back(std::move(corridor));
            else
                warn(fmt::format(
                    "two corridors have the id '{}': no figures are told of the second; give each an id of its own",
                    corridor.id));
        } catch (const geo::Error& error) {
            if (error.kind() != geo::ErrorKind::bad_data) throw;
            warn(fmt::format("no figures are told of a corridor: {}", error.line()));
        }
    }
    return studies;
}

std::vector<std::string> describe_repeated_ids(const geo::FeatureTable& corridors) {
    std::map<std::string, std::size_t> times;
    for (std::size_t i = 0; i < corridors.size(); ++i) {
        const std::string id = corridors.text(i, "id"), name = corridors.text(i, "name");
        if (const std::string& one = id.empty() ? name : id; !one.empty()) ++times[one];
    }
    std::vector<std::string> lines;
    for (const auto& [id, n] : times)
        if (n > 1)
            lines.push_back(fmt::format("warning: {} corridors have the id '{}': what is told of them cannot be told "
                                        "apart, and --corridor takes the first; give each an id of its own",
                                        n, in_one_line(id)));
    return lines;
}

std::size_t find_corridor(const geo::FeatureTable& corridors, const std::string& name) {
    const std::string wanted = geo::fold_name(name);
    std::vector<std::string> known, listed;
    for (std::size_t i = 0; i < corridors.size(); ++i) {
        for (const char* column : {"id", "name", "name_en", "name_fr"}) {
            const std::string one = corridors.text(i, column);
            if (one.empty()) continue;
            if (geo::fold_name(one) == wanted) return i;
            known.push_back(one);
        }
        listed.push_back(fmt::format("{} {}", corridors.text(i, "id"), corridors.text(i, "name")));
    }
    if (listed.size() > 20) listed.resize(20), listed.emplace_back("…");
    throw geo::Error(geo::ErrorKind::bad_config,
                     fmt::format("--corridor: there is no corridor '{}'{}; there are {}", name,
                                 geo::did_you_mean(name, known), fmt::join(listed, ", ")));
}

std::optional<double> per_100_km_month(const Study& study, const CorridorStudy& corridor) {
    const std::optional<Period> period = study_period(study);
    if (!period || !(corridor.covered_m() > 0)) return std::nullopt;
    return geo::per_100_km_month(corridor.covered_count().expected(), corridor.covered_m(), period->first,
                                 period->last);
}

} // namespace harmattan::app
