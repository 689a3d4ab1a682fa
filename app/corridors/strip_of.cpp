#include "app/corridors/strip_of.hpp"

#include "app/paper/page_subject.hpp"
#include "app/shown_months.hpp"
#include "app/words.hpp"
#include "geo/day.hpp"
#include "geo/error.hpp"
#include "geo/series.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace harmattan::app {

namespace {

constexpr double unit_km = 10;     ///< incidents per 10 km: whole numbers where bins are as long
constexpr double few = 3;          ///< incidents in a bin: an axis of rates reaches as far
constexpr double sample_m = 5'000; ///< places along a route are asked for their country so often
constexpr std::size_t most_months = 36;

/// The share of a route that lies in the frame, and in one of the countries where any are given.
double share_within(const Study& study, const geo::Route& route, const geo::LonLatBox& frame,
                    const std::set<std::string>& countries) {
    std::size_t samples = 0, within = 0;
    for (double m = sample_m / 2; m < route.length_m(); m += sample_m) {
        const geo::LonLat at = route.place_at(m);
        ++samples,
            within += frame.contains(at) && (countries.empty() || countries.contains(study.region.country_at(at)));
    }
    return samples > 0                         ? static_cast<double>(within) / static_cast<double>(samples)
           : frame.contains(route.place_at(0)) ? 1
                                               : 0;
}

void add_countries(render::StripChart& chart, const CorridorStudy& corridor, const Study& study) {
    const std::vector<Stay>& stays = corridor.stays;
    for (std::size_t i = 1; i < stays.size(); ++i)
        chart.borders.push_back({stays[i].from_m / 1000, stays[i - 1].country, stays[i].country});
    for (const Stay& stay : stays)
        if (!std::binary_search(study.covered.begin(), study.covered.end(), stay.country))
            chart.uncovered.push_back({stay.from_m / 1000, stay.to_m / 1000});
}

/// `unit`: what one incident per km is shown as.
std::vector<render::StripBin> strip_bins(const geo::CorridorProfile& profile, double unit = unit_km) {
    std::vector<render::StripBin> bins;
    for (const geo::ProfileBin& bin : profile.bins) {
        render::StripBin shown{
            bin.from_m / 1000, bin.to_m / 1000, {}, unit * geo::per_km(bin.sum().spread, bin.length_m())};
        for (const geo::BandCount& band : bin.bands)
            shown.bands.push_back(unit * geo::per_km(static_cast<double>(band.events), bin.length_m()));
        bins.push_back(std::move(shown));
    }
    return bins;
}

std::string note_of(const Study& study, const geo::CorridorProfile& profile, bool uncovered) {
    std::vector<std::string> sentences;
    if (profile.within.spread >= 0.05)
        sentences.push_back(fmt::format(
            fmt::runtime(
                words(study, "Grey bars: {} more, by the shares of incidents known only to about 25 km or to an area.",
                      "Barres grises\u202f: {} de plus, par les parts des incidents connus seulement à 25\u00a0km près "
                      "ou à une zone.")),
            describe_number(profile.within.spread, study.job.language)));
    if (profile.reason == geo::BandsReason::schematic)
        sentences.emplace_back(words(study, "Schematic line: distances under 10 km are not told apart.",
                                     "Tracé schématique\u202f: distances de moins de 10\u00a0km non distinguées."));
    if (uncovered)
        sentences.emplace_back(
            words(study, "Grey ground: not covered by the data.", "Fond gris\u202f: hors des données."));
    return fmt::format("{}", fmt::join(sentences, " "));
}

/// All but the panels; `profile`: of what the panels show together.
render::StripChart chart_of(const Study& study, const CorridorStudy& corridor, const geo::CorridorProfile& profile) {
    render::StripChart chart;
    chart.lang = words(study, "en", "fr");
    chart.title = corridor.name;
    chart.measure = fmt::format(fmt::runtime(words(study, "Incidents per {} km along the route (n = {})",
                                                   "Incidents par {} km le long de la route (n = {})")),
                                unit_km, describe_count(profile.within.events, study.job.language));
    if (const std::string period = period_of(study); !period.empty()) chart.measure += ", " + period;
    chart.bands_title = words(study, "Distance:", "Distance\u202f:");
    chart.rough_title = rough_title(study);
    for (const geo::DistanceBand& band : profile.bands)
        chart.bands.push_back(fmt::format("{:g}–{:g} km", band.from_m / 1000, band.to_m / 1000));
    chart.length_km = profile.length_m / 1000;
    for (const RoutePlace& place : corridor.places)
        chart.stations.push_back({place.name, place.at_m / 1000, place.checkpoint});
    add_countries(chart, corridor, study);
    chart.note = note_of(study, profile, !chart.uncovered.empty());
    return chart;
}

} // namespace

std::string rough_title(const Study& study) { return words(study, "place known roughly", "lieu approximatif"); }

std::string corridor_note(const Study& study, const CorridorStudy& corridor) {
    return note_of(study, corridor.profile, false);
}

std::optional<std::size_t> strip_corridor(const Study& study, const geo::FeatureTable& corridors,
                                          const geo::LonLatBox& frame) {
    if (!study.job.corridor.empty()) return find_corridor(corridors, study.job.corridor);
    const std::set<std::string> countries = asked_countries(study);
    const geo::ProfileOptions options = profile_options(study.job);
    const CorridorEvents events = corridor_events(study);
    std::optional<std::size_t> best;
    std::pair<bool, double> greatest{false, 0}; // a quarter of it here; incidents per km
    for (std::size_t i = 0; i < corridors.size(); ++i) {
        if (corridors.type[i] != geo::GeometryType::line) continue;
        if (!geo::meets(frame, geo::envelope(corridors, i))) continue; // what is elsewhere need not be sound
        const geo::Route route = geo::route_of(corridors, i);
        const double share = share_within(study, route, frame, countries);
        if (!(share > 0)) continue;
        const geo::ProfileBins bins(geo::RouteIndex(route, geo::reach_of(options, route.schematic)), options);
        const geo::CorridorProfile profile = bins.profile(study.incidents.events, events.rows, events.spread);
        const std::pair<bool, double> here{share >= 0.25, geo::per_km(profile.within.expected(), route.length_m())};
        if (!best || here > greatest) best = i, greatest = here;
    }
    return best;
}

render::StripChart corridor_strip(const Study& study, const CorridorStudy& corridor) {
    render::StripChart chart = chart_of(study, corridor, corridor.profile);
    chart.panels.push_back({{}, {}, strip_bins(corridor.profile)});
    return chart;
}

render::StripChart corridor_strip_compared(const Study& study, const CorridorStudy& corridor) {
    const geo::Events& events = study.incidents.events;
    std::vector<std::uint32_t> both;
    std::vector<std::pair<Period, geo::CorridorProfile>> profiles;
    for (const Period& period : {study.job.compare->first, study.job.compare->second}) {
        const std::vector<std::uint32_t> rows = rows_between(events, period);
        if (rows.empty())
            throw geo::Error(geo::ErrorKind::bad_data,
                             fmt::format("--compare: no incident lies in {}..{}", geo::to_iso(period.first),
                                         geo::to_iso(period.last)));
        profiles.emplace_back(period, corridor.bins.profile(events, rows));
        both.insert(both.end(), rows.begin(), rows.end());
    }
    std::ranges::sort(both); // periods may overlap: each incident once in the whole
    both.erase(std::ranges::unique(both).begin(), both.end());
    const geo::CorridorProfile whole = corridor.bins.profile(events, both);
    render::StripChart chart = chart_of(study, corridor, whole);
    chart.measure = fmt::format(fmt::runtime(words(study, "Incidents per 100 km and month along the route (n = {})",
                                                   "Incidents par 100 km et par mois le long de la route (n = {})")),
                                describe_count(whole.within.events, study.job.language));
    chart.whole_values = false;
    chart.least_top = 0;
    for (const auto& [period, profile] : profiles) {
        const auto rate = [&](double count, double length_m) {
            return geo::per_100_km_month(count, length_m, period.first, period.last);
        };
        chart.least_top = std::max(chart.least_top, rate(few, 1000 * study.job.corridor_bin_km));
        chart.panels.push_back({describe_period(period.first, period.last, study.job.language),
                                fmt::format("n = {}", describe_count(profile.within.events, study.job.language)),
                                strip_bins(profile, rate(1, 1000))});
    }
    return chart;
}

std::function<render::Block(const render::Lettering&, double, double)> strip_drawing(render::StripChart chart) {
    return [chart = std::move(chart)](const render::Lettering& lettering, double width, double size_pt) {
        const double panel_mm = (chart.panels.size() > 2 ? 9 : 16) * size_pt / 7;
        return chart.panels.size() > 1 ? render::strip_multiples_block(lettering, chart, width, panel_mm, size_pt)
                                       : render::strip_chart_block(lettering, chart, width, 32 * size_pt / 7, size_pt);
    };
}

render::StripChart corridor_strip_by_month(const Study& study, const CorridorStudy& corridor) {
    const geo::Events& events = study.incidents.events;
    const geo::MonthlyCounts counts = shown_months(study, "a strip by month", most_months);
    std::vector<std::vector<std::uint32_t>> by_month(counts.months.size());
    std::vector<std::uint32_t> dated;
    for (std::uint32_t i = 0; i < events.size(); ++i) {
        const geo::Day day = events.first_day.empty() ? geo::no_day : events.first_day[i];
        if (day == geo::no_day || day < counts.first || day > counts.last) continue;
        const geo::CivilDate date = geo::civil_date(day);
        by_month[static_cast<std::size_t>(12 * (date.year - counts.months[0].year) + date.month -
                                          counts.months[0].month)]
            .push_back(i);
        dated.push_back(i);
    }
    const geo::CorridorProfile all = corridor.bins.profile(events, dated);
    render::StripChart chart = chart_of(study, corridor, all);
    for (std::size_t m = 0; m < counts.months.size(); ++m) {
        const geo::MonthCount& month = counts.months[m];
        const geo::CorridorProfile profile = corridor.bins.profile(events, by_month[m]);
        std::string count = fmt::format("n = {}", describe_count(profile.within.events, study.job.language));
        if (month.beyond_data) count = words(study, "no data", "sans données");
        else if (month.partial) count += words(study, ", in part", ", en partie");
        chart.panels.push_back(
            {describe_month(month.year, month.month, study.job.language), std::move(count), strip_bins(profile)});
    }
    return chart;
}

} // namespace harmattan::app
