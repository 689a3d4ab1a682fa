#include "app/site/site_texts.hpp"

#include "app/corridors/site_corridors.hpp"
#include "app/look.hpp"
#include "app/version.hpp"
#include "geo/write_geojson.hpp"
#include "styles/json.hpp"

#include <fmt/format.h>
#include <map>
#include <set>

namespace harmattan::app {

namespace {

using styles::Array;
using styles::Object;
using styles::Value;

Value box(const geo::LonLatBox& b) {
    return Value(Array{Value(b.west), Value(b.south), Value(b.east), Value(b.north)});
}

Value credit_lines(const Study& study) {
    Array lines;
    for (const Credit& credit : study.credits) lines.push_back(Value(credit.text));
    return Value(std::move(lines));
}

Value precision_shares(const geo::EventSource& source, Language language) {
    Array shares;
    for (std::size_t i = 0; i < source.precision_mix.size(); ++i)
        if (source.precision_mix[i] > 0)
            shares.push_back(Value(Object{{"label", precision_label(static_cast<geo::Precision>(i), language)},
                                          {"events", static_cast<double>(source.precision_mix[i])}}));
    return Value(std::move(shares));
}

/// The level's name where all units share one ("province"), else "unit".
std::string level_name(const geo::FeatureTable& units, Language language) {
    std::set<std::string> names;
    for (std::size_t i = 0; i < units.size(); ++i)
        names.insert(units.text(i, language == Language::fr ? "level_name_fr" : "level_name_en"));
    if (names.size() == 1 && !names.begin()->empty()) return *names.begin();
    return language == Language::fr ? "unité administrative" : "administrative unit";
}

/// Units with a name and their counts, in the viewer's terms; only those of covered countries answer clicks.
geo::FeatureTable published_units(const Study& study, const geo::FeatureTable& units) {
    const bool french = study.job.language == Language::fr;
    const geo::FeatureTable& countries = study.region.layer("countries");
    std::map<std::string, std::string> country_names;
    for (std::size_t i = 0; i < countries.size(); ++i)
        country_names[countries.text(i, "iso2")] = countries.text(i, french ? "name_fr" : "name_en");
    geo::FeatureTable published;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const bool* covered = std::get_if<bool>(&units.property(i, "covered"));
        if (!covered || !*covered) continue;
        const std::size_t feature = published.add_feature(units.type[i]);
        for (std::size_t p = units.part_begin[i]; p < units.part_begin[i + 1]; ++p) published.add_part(units.part(p));
        const std::string code = units.text(i, "code");
        published.set(feature, "id", code.empty() ? units.text(i, "name") : code);
        published.set(feature, "name", units.text(i, "name"));
        if (const std::string level = units.text(i, french ? "level_name_fr" : "level_name_en"); !level.empty())
            published.set(feature, "level", level);
        if (const auto country = country_names.find(units.text(i, "iso2")); country != country_names.end())
            published.set(feature, "country", country->second);
        for (const char* key : {"incidents", "incidents_coarse", "per_1000_km2", "area_km2"})
            published.set(feature, key, units.property(i, key));
    }
    return published;
}

} // namespace

std::vector<SiteText> site_texts(const Study& study, const SceneParts& parts) {
    const geo::FeatureTable units = published_units(study, parts.units);
    const std::vector<CorridorStudy> corridors =
        parts.corridor_studies.empty() ? study_corridors(study, parts.corridors, [](const std::string&) {})
                                       : parts.corridor_studies;
    return {{"derived/units.geojson", geo::to_geojson(units, 5)},
            {"derived/units.csv", geo::to_csv(units)},
            {"derived/corridors.geojson", geo::to_geojson(published_corridors(study, parts.corridors, corridors), 5)},
            {"derived/corridor_profiles.json", corridor_profiles_json(study, corridors)},
            {"legend.json", render::to_json(parts.legend)}};
}

std::string site_json(const Study& study, const SceneParts& parts, styles::Array sets) {
    const Language language = study.job.language;
    const geo::EventSource& source = study.incidents.source;
    const Look look = look_of(parts.style, study.job.min_zoom);
    Object root{
        {"title", study.title},
        {"lang", language == Language::fr ? "fr" : "en"},
        {"attribution", credit_lines(study)},
        {"bounds", box(study.frame)},
        {"min_zoom", static_cast<double>(study.job.min_zoom)},
        {"max_zoom", static_cast<double>(study.job.max_zoom)},
        {"tile_size", 256.0},
        {"tile_px", 256.0 * study.job.scale},
        {"background", look.background},
        {"sets", Value(std::move(sets))},
        {"legend", "legend.json"},
        {"units", Value(Object{{"path", "derived/units.geojson"}, {"level", level_name(parts.units, language)}})},
        {"corridors",
         Value(Object{{"path", "derived/corridors.geojson"}, {"profiles", "derived/corridor_profiles.json"}})},
        {"generator", fmt::format("harmattan {}", program_version)}};
    if (!study.job.description.empty()) root["subtitle"] = study.job.description;
    if (source.first_day && source.last_day)
        root["period"] = describe_period(*source.first_day, *source.last_day, language);
    if (!look.theme.empty()) root["theme"] = look.theme;
    if (source.illustrative) root["illustrative"] = made_up_note(language);
    root["precision"] = precision_shares(source, language);
    root["files"] = Value(Array{
        Value(Object{{"label", language == Language::fr ? "Incidents par unité (CSV)" : "Incidents per unit (CSV)"},
                     {"path", "derived/units.csv"}}),
        Value(Object{
            {"label", language == Language::fr ? "Incidents par unité (GeoJSON)" : "Incidents per unit (GeoJSON)"},
            {"path", "derived/units.geojson"}}),
        Value(Object{{"label", language == Language::fr ? "Corridors (GeoJSON)" : "Corridors (GeoJSON)"},
                     {"path", "derived/corridors.geojson"}})});
    return styles::to_json(Value(std::move(root)));
}

} // namespace harmattan::app
