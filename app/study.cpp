#include "app/study.hpp"

#include "app/data_folder.hpp"
#include "app/texts.hpp"
#include "app/where.hpp"
#include "geo/error.hpp"
#include "geo/reading/axis_check.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <thread>

namespace harmattan::app {

namespace {

/// A country counts as covered, where the table has no country column, from this share of its events on: a few events
/// that lie just across a border do not make a country covered.
constexpr double covered_share = 0.005;
/// Events asked for their country to know that, evenly out of all.
constexpr std::size_t covered_sample = 20'000;

bool is_box(const std::string& text) { return std::count(text.begin(), text.end(), ',') == 3; }

geo::ReadEventsOptions reading_options(const Job& job, const geo::Region& region) {
    geo::ReadEventsOptions options;
    options.schema_dir = data_folder() / "schemas";
    options.schema = job.schema;
    options.lon = job.lon, options.lat = job.lat, options.date = job.date, options.weight = job.weight;
    options.date_order = job.date_order;
    options.from = job.from, options.to = job.to, options.dates = job.dates;
    options.precision = job.precision;
    options.max_reject = job.max_reject;
    options.threads = job.threads;
    for (const std::string& condition : job.where) options.where.push_back(parse_where(condition));
    if (job.within && is_box(*job.within)) {
        options.within = parse_box(std::vector<std::string>{*job.within});
    } else if (job.within) {
        options.within_unit = inside_units(region, split_commas(std::vector<std::string>{*job.within}));
    }
    return options;
}

/// Countries the source covers: as the user says, else the table's country column, else where its events lie.
std::vector<std::string> covered_countries(const Job& job, const geo::Region& region,
                                           const geo::EventImport& incidents) {
    std::vector<std::string> codes;
    const std::vector<std::string>& named = job.covers.empty() ? incidents.source.countries : job.covers;
    for (const std::string& name : named) {
        const std::string code = region.country_code(name);
        if (!code.empty()) codes.push_back(code);
        else if (!job.covers.empty())
            throw geo::Error(geo::ErrorKind::bad_config, fmt::format("'{}' is no country of the region", name))
                .at("events.covers");
    }
    if (codes.empty()) {
        std::map<std::string, std::size_t> events_in;
        std::size_t asked = 0;
        const std::size_t step = 1 + incidents.events.size() / covered_sample;
        for (std::size_t i = 0; i < incidents.events.size(); i += step, ++asked)
            ++events_in[region.country_at(incidents.events.at[i].degrees())];
        for (const auto& [code, count] : events_in)
            if (!code.empty() && static_cast<double>(count) >= covered_share * static_cast<double>(asked))
                codes.push_back(code);
    }
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    return codes;
}

/// The frame: as asked for, else the box of the events with air around it.
geo::LonLatBox frame_of(const Job& job, const geo::Region& region, const geo::EventSource& source) {
    if (job.bbox) return *job.bbox;
    if (!job.region.empty()) return region.box_of(region.find_units(job.region), 0.03);
    const geo::Extent<geo::LonLat>& box = source.extent;
    const double margin = std::max({0.5, 0.06 * box.width(), 0.06 * box.height()});
    return {std::max(-180.0, box.min_x - margin), std::max(-85.0, box.min_y - margin),
            std::min(180.0, box.max_x + margin), std::min(85.0, box.max_y + margin)};
}

std::vector<Credit> credits_of(const Job& job, const geo::Region& region, const geo::EventSource& source) {
    std::vector<Credit> credits;
    if (source.illustrative) credits.push_back({"incidents", made_up_note(job.language), ""});
    else if (!source.citation.empty()) credits.push_back({"incidents", source.citation, source.licence});
    else credits.push_back({"incidents", source.file, source.licence});
    for (const std::string& line : job.credit) credits.push_back({"layers", line, ""});
    if (job.credit.empty() && !job.boundaries.empty())
        credits.push_back({"boundaries", job.boundaries.filename().string(), ""});
    if (job.credit.empty() && !job.via.empty() && !job.roads.empty())
        credits.push_back({"roads", job.roads.filename().string(), ""});
    if (job.credit.empty() && !job.corridors.empty())
        credits.push_back({"corridors", job.corridors.filename().string(), ""});
    for (const geo::RegionCredit& layer : region.credits()) {
        if (layer.layer == "corridors" && has_own_corridors(job)) continue;
        if (layer.layer == "admin1" && !job.boundaries.empty()) continue;
        const std::string& text = job.language == Language::fr ? layer.credit_fr : layer.credit_en;
        const auto same = std::find_if(credits.begin(), credits.end(), [&](const Credit& c) { return c.text == text; });
        if (same == credits.end()) credits.push_back({layer.layer, text, layer.licence});
        else same->what += ", " + layer.layer;
    }
    return credits;
}

} // namespace

std::function<bool(geo::LonLat)> inside_units(const geo::Region& region, const std::vector<std::string>& names) {
    auto chosen = std::make_shared<std::map<std::string, std::pair<geo::AdminIndex, std::vector<std::size_t>>>>();
    for (const geo::Region::Unit& unit : region.find_units(names))
        chosen->try_emplace(unit.layer, geo::AdminIndex(region.layer(unit.layer)), std::vector<std::size_t>())
            .first->second.second.push_back(unit.feature);
    return [chosen](geo::LonLat place) {
        return std::any_of(chosen->begin(), chosen->end(), [&](const auto& layer) {
            const auto& [index, wanted] = layer.second;
            const auto unit = index.unit_at(place);
            return unit && std::find(wanted.begin(), wanted.end(), *unit) != wanted.end();
        });
    };
}

Study read_study(const Job& given) {
    Job job = given;
    if (job.threads == 0) job.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    if (job.events.empty()) job.events = data_folder() / "demo" / "incidents.csv";

    geo::Region region(data_folder());
    geo::EventImport incidents = geo::read_events(job.events, reading_options(job, region));
    geo::check_axes(
        incidents, [&](geo::LonLat place) { return region.country_at(place); },
        [&](std::string_view name) { return region.country_code(name); });

    const geo::LonLatBox frame = frame_of(job, region, incidents.source);
    std::vector<std::string> covered = covered_countries(job, region, incidents);
    std::vector<Credit> credits = credits_of(job, region, incidents.source);
    std::string title = job.title.empty() ? default_title(incidents.source, job.language) : job.title;
    return {std::move(job),     std::move(region), std::move(incidents), frame,
            std::move(covered), std::move(title),  std::move(credits)};
}

geo::FeatureTable covered_land(const Study& study) {
    const geo::FeatureTable& countries = study.region.layer("countries");
    return geo::select_features(countries, [&](std::size_t i) {
        return std::binary_search(study.covered.begin(), study.covered.end(), countries.text(i, "iso2"));
    });
}

std::optional<Period> study_period(const Study& study) {
    const std::optional<geo::Day> first = study.job.from ? study.job.from : study.incidents.source.first_day;
    const std::optional<geo::Day> last = study.job.to ? study.job.to : study.incidents.source.last_day;
    if (!first || !last) return std::nullopt;
    return Period{*first, *last};
}

std::string attribution(const Study& study) {
    std::vector<std::string> lines;
    for (const Credit& credit : study.credits) lines.push_back(credit.text);
    return fmt::format("{}", fmt::join(lines, " · "));
}

} // namespace harmattan::app
