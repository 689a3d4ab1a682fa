#include "app/corridors/site_corridors.hpp"

#include "app/corridors/strip_of.hpp"
#include "app/words.hpp"
#include "geo/corridors/poisson.hpp"
#include "styles/json.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>

namespace harmattan::app {

namespace {

using styles::Array;
using styles::Object;
using styles::Value;

constexpr double unit_m = 10'000; ///< incidents per 10 km, as strips show them

double to_hundredths(double value) { return std::round(value * 100) / 100; }
double km(double metres) { return std::round(metres / 100) / 10; }

std::map<std::string, std::string> country_names(const Study& study) {
    const geo::FeatureTable& countries = study.region.layer("countries");
    std::map<std::string, std::string> names;
    for (std::size_t i = 0; i < countries.size(); ++i)
        names[countries.text(i, "iso2")] = countries.text(i, name_column(study));
    return names;
}

/// Every band that one of the corridors has, near to far. Corridors of different bands share the list: what one does
/// not tell apart is nothing in it.
std::vector<geo::DistanceBand> bands_of(const std::vector<CorridorStudy>& studies) {
    std::vector<geo::DistanceBand> bands;
    for (const CorridorStudy& c : studies)
        for (const geo::DistanceBand& band : c.profile.bands)
            if (std::ranges::find(bands, band) == bands.end()) bands.push_back(band);
    std::ranges::sort(bands, {}, [](const geo::DistanceBand& b) { return std::pair(b.to_m, b.from_m); });
    return bands;
}

Value bin_value(const CorridorStudy& c, std::size_t k, const std::vector<geo::DistanceBand>& bands) {
    const geo::ProfileBin& bin = c.profile.bins[k];
    const auto per_unit = [&](double count) { return Value(to_hundredths(count * unit_m / bin.length_m())); };
    Array counts;
    for (const geo::DistanceBand& band : bands) {
        const auto own = std::ranges::find(c.profile.bands, band);
        counts.push_back(per_unit(
            own == c.profile.bands.end()
                ? 0
                : static_cast<double>(bin.bands[static_cast<std::size_t>(own - c.profile.bands.begin())].events)));
    }
    counts.push_back(per_unit(bin.sum().spread));
    Object value{{"from_km", km(bin.from_m)}, {"to_km", km(bin.to_m)}, {"counts", Value(std::move(counts))}};
    if (c.covered[k]) {
        const geo::Interval interval = geo::poisson_interval(bin.sum().expected());
        value["low"] = per_unit(interval.low), value["high"] = per_unit(interval.high);
    }
    return Value(std::move(value));
}

Value corridor_value(const Study& study, const CorridorStudy& c, const std::vector<geo::DistanceBand>& bands,
                     const std::map<std::string, std::string>& countries) {
    Array bins, stations, borders;
    for (std::size_t k = 0; k < c.profile.bins.size(); ++k) bins.push_back(bin_value(c, k, bands));
    for (const RoutePlace& place : c.places)
        stations.push_back(Value(Object{{"name", place.name}, {"at_km", km(place.at_m)}}));
    const auto name = [&](const std::string& code) {
        const auto found = countries.find(code);
        return found == countries.end() ? code : found->second;
    };
    for (std::size_t i = 1; i < c.stays.size(); ++i)
        borders.push_back(Value(Object{{"at_km", km(c.stays[i].from_m)},
                                       {"before", name(c.stays[i - 1].country)},
                                       {"after", name(c.stays[i].country)}}));
    Object value{{"length_km", km(c.profile.length_m)},
                 {"bins", Value(std::move(bins))},
                 {"stations", Value(std::move(stations))},
                 {"borders", Value(std::move(borders))}};
    std::string note = corridor_note(study, c);
    std::vector<std::string> uncovered;
    for (const Stay& stay : c.stays)
        if (!std::ranges::binary_search(study.covered, stay.country)) uncovered.push_back(name(stay.country));
    if (!uncovered.empty())
        note +=
            fmt::format(fmt::runtime(words(study, "{}Not covered by the data: {}.", "{}Hors des données\u202f: {}.")),
                        note.empty() ? "" : " ", fmt::join(uncovered, ", "));
    if (!note.empty()) value["note"] = note;
    return Value(std::move(value));
}

} // namespace

geo::FeatureTable published_corridors(const Study& study, const geo::FeatureTable& corridors,
                                      const std::vector<CorridorStudy>& studies) {
    geo::FeatureTable published;
    for (const char* column :
         {"id", "name", "ref", "status", "schematic", "length_km", "incidents", "incidents_coarse", "per_100_km_month"})
        published.column(column);
    for (std::size_t i = 0; i < corridors.size(); ++i) {
        const std::size_t f = published.add_feature(corridors.type[i]);
        for (std::size_t p = corridors.part_begin[i]; p < corridors.part_begin[i + 1]; ++p)
            published.add_part(corridors.part(p));
        const auto c = std::ranges::find(studies, i, &CorridorStudy::feature);
        const std::string id = corridors.text(i, "id"), name = corridors.text(i, "name");
        published.set(f, "id", c != studies.end() ? c->id : id.empty() ? name : id);
        published.set(f, "name", c != studies.end() ? c->name : name.empty() ? id : name);
        if (const std::string ref = corridors.text(i, "ref"); !ref.empty()) published.set(f, "ref", ref);
        if (const std::string status = corridors.text(i, "status"); !status.empty()) published.set(f, "status", status);
        published.set(f, "schematic", corridors.property(i, "schematic"));
        if (c == studies.end()) continue;
        published.set(f, "length_km", km(c->profile.length_m));
        if (!(c->covered_m() > 0)) continue;
        published.set(f, "incidents", std::round(c->profile.within.expected()));
        published.set(f, "incidents_coarse", std::round(c->profile.within.spread));
        if (const std::optional<double> rate = per_100_km_month(study, *c))
            published.set(f, "per_100_km_month", to_hundredths(*rate));
    }
    return published;
}

std::string corridor_profiles_json(const Study& study, const std::vector<CorridorStudy>& studies) {
    const std::vector<geo::DistanceBand> bands = bands_of(studies);
    Array labels, colors;
    for (std::size_t b = 0; b < bands.size(); ++b) {
        labels.push_back(Value(fmt::format("{:g}–{:g} km", bands[b].from_m / 1000, bands[b].to_m / 1000)));
        colors.push_back(Value(styles::to_css(render::strip_band_color(b, bands.size()))));
    }
    labels.push_back(Value(rough_title(study))), colors.push_back(Value(styles::to_css(render::strip_rough_color())));
    const std::map<std::string, std::string> countries = country_names(study);
    Object by_id;
    for (const CorridorStudy& c : studies) by_id[c.id] = corridor_value(study, c, bands, countries);
    return styles::to_json(Value(Object{{"unit", words(study, "incidents per 10 km", "incidents par 10 km")},
                                        {"bands", Value(std::move(labels))},
                                        {"colors", Value(std::move(colors))},
                                        {"corridors", Value(std::move(by_id))}}));
}

} // namespace harmattan::app
