#include "app/scene_of.hpp"

#include "app/corridors/corridor_ribbon.hpp"
#include "app/data_folder.hpp"
#include "app/paper/legend_notes.hpp"
#include "app/unit_names.hpp"
#include "app/user_layers.hpp"
#include "geo/clip_features.hpp"
#include "geo/coincident.hpp"
#include "geo/counts.hpp"
#include "geo/crs_transform.hpp"
#include "geo/error.hpp"
#include "geo/projected_box.hpp"
#include "geo/read_features.hpp"
#include "styles/shipped.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <string_view>

namespace harmattan::app {

namespace {

/// Adds `covered`: whether the source covers the country a feature belongs to.
void mark_covered(geo::FeatureTable& table, const std::vector<std::string>& covered, const char* country = "iso2") {
    for (std::size_t i = 0; i < table.size(); ++i)
        table.set(i, "covered", std::binary_search(covered.begin(), covered.end(), table.text(i, country)));
}

/// The embedded boundary lines, with the outlines of the user's own units in place of the first-level lines.
geo::FeatureTable boundary_lines(const geo::Region& region, const geo::FeatureTable& units) {
    const geo::FeatureTable& embedded = region.layer("boundaries");
    geo::FeatureTable lines =
        geo::select_features(embedded, [&](std::size_t i) { return embedded.text(i, "class") != "admin1"; });
    for (std::size_t i = 0; i < units.size(); ++i) {
        const std::size_t line = lines.add_feature(geo::GeometryType::line);
        for (std::size_t p = units.part_begin[i]; p < units.part_begin[i + 1]; ++p) lines.add_part(units.part(p));
        lines.set(line, "class", std::string("admin1"));
    }
    return lines;
}

geo::FeatureTable source_of(const std::string& name, const Study& study, const SceneParts& parts) {
    if (name == "incidents") return geo::coincident_events(study.incidents.events);
    if (name == "admin1") return parts.units;
    if (name == "corridors") return parts.corridors;
    if (name == ribbon_source)
        return ribbon_sections(study, parts.corridor_studies, *ribbon_levels(study, parts.corridor_studies));
    if (name == "boundaries" && !study.job.boundaries.empty()) return boundary_lines(study.region, parts.units);
    geo::FeatureTable table = study.region.layer(name);
    name_features(table, study.job.language);
    if (name == "countries" || name == "places") mark_covered(table, study.covered);
    if (name == "boundaries") mark_covered(table, study.covered, "left"); // first-level lines have one country
    return table;
}

bool is_provided(const std::string& name, const geo::Region& region) {
    return name == "incidents" || name == ribbon_source || region.has_layer(name);
}

/// The file beside the style that a source of it is read from; nothing where it is the program that provides it.
std::optional<std::filesystem::path> own_file(const styles::Style& style, const styles::Source& source) {
    std::error_code failed;
    const std::filesystem::path file = style.folder / source.data;
    if (source.data.empty() || !std::filesystem::exists(file, failed)) return {};
    return file;
}

/// The features of every source of the style: a file beside the style where there is one, else what the program
/// provides.
std::map<std::string, geo::FeatureTable> sources_of(const styles::Style& style, const Study& study,
                                                    const SceneParts& parts) {
    std::map<std::string, geo::FeatureTable> sources;
    for (const auto& [name, source] : style.sources) {
        const bool used = std::any_of(style.layers.begin(), style.layers.end(), [&](const styles::Layer& layer) {
            return layer.source == name && layer.type != styles::LayerType::heatmap;
        });
        if (const auto file = own_file(style, source)) {
            if (used) sources.emplace(name, geo::read_features(*file).table);
        } else if (is_provided(name, study.region)) {
            if (used) sources.emplace(name, source_of(name, study, parts));
        } else {
            throw geo::Error(
                geo::ErrorKind::bad_config,
                fmt::format("source '{}' of the style: there is no file '{}' and no provided source of that name", name,
                            (style.folder / source.data).string()));
        }
    }
    return sources;
}

geo::FeatureTable read_units(const Study& study) {
    geo::FeatureTable units;
    if (study.job.boundaries.empty()) {
        units = study.region.layer("admin1");
        name_features(units, study.job.language);
        mark_covered(units, study.covered);
    } else {
        units = read_user_features(study.job.boundaries, geo::GeometryType::polygon, "--boundaries wants polygons");
        name_units(units, study.job.language);
        for (std::size_t i = 0; i < units.size(); ++i) units.set(i, "covered", true);
    }
    geo::count_per_unit(study.incidents.events, units);
    return units;
}

/// All places in a sheet's frame and some beyond, so that no edge of what is cut to it is seen.
geo::LonLatBox seen_around(const render::PaperFrame& frame) {
    constexpr double margin = 3; // degrees
    const double left = frame.x0 + static_cast<double>(frame.x) * frame.units_per_px,
                 top = frame.y0 - static_cast<double>(frame.y) * frame.units_per_px;
    geo::LonLatBox box = geo::lonlat_box(geo::CrsTransform(frame.crs), {left, top - frame.height * frame.units_per_px,
                                                                        left + frame.width * frame.units_per_px, top});
    box.south = std::max(-90.0, box.south - margin), box.north = std::min(90.0, box.north + margin);
    if (box.width() + 2 * margin >= 360) return {-180, box.south, 180, box.north};
    box.west -= margin, box.east += margin;
    if (box.west < -180) box.west += 360;
    if (box.east > 180) box.east -= 360;
    return box;
}

/// The user's units may be of any level: the legend must not call their lines those of the first.
void name_own_units(styles::Style& style) {
    for (styles::Layer& layer : style.layers)
        if (layer.source == "boundaries" && layer.id.starts_with("admin1") && !layer.note("legend").is_null())
            layer.metadata["harmattan:legend"] =
                styles::Value(styles::Object{{"en", "Unit boundary"}, {"fr", "Limite d'unité"}});
}

} // namespace

bool shows(const styles::Style& style, std::string_view source) {
    return std::ranges::any_of(style.layers, [&](const styles::Layer& layer) { return layer.source == source; });
}

bool any_schematic(const geo::FeatureTable& corridors) {
    for (std::size_t i = 0; i < corridors.size(); ++i)
        if (const bool* schematic = std::get_if<bool>(&corridors.property(i, "schematic")); schematic && *schematic)
            return true;
    return false;
}

SceneParts gather_parts(const Study& study, const std::string& default_style,
                        const std::function<void(const std::string&)>& warn) {
    SceneParts parts;
    parts.style = styles::open_style(study.job.style.empty() ? default_style : study.job.style, styles_folder());
    parts.units = read_units(study);
    parts.corridors = read_corridors(study);

    if (shows(parts.style, ribbon_source)) {
        parts.corridor_studies = study_corridors(study, parts.corridors, warn);
        name_ribbon_levels(parts.style, ribbon_levels(study, parts.corridor_studies), study.job.language);
    }

    render::SceneInput& input = parts.input;
    input.sources = sources_of(parts.style, study, parts);
    for (const styles::Layer& layer : parts.style.layers) {
        if (layer.type != styles::LayerType::heatmap) continue;
        if (!parts.density) parts.density = estimate_density(study);
        input.heat.emplace(layer.id, render::HeatInput{parts.density->field, parts.density->low, parts.density->high});
    }
    if (parts.density && !study.covered.empty()) input.heat_mask = covered_land(study);
    if (!study.job.boundaries.empty()) name_own_units(parts.style);
    input.style = parts.style;
    input.lang = study.job.language == Language::fr ? "fr" : "en";
    return parts;
}

SceneParts gather_paper_parts(const Study& study, const std::string& default_style,
                              const std::function<void(const std::string&)>& warn) {
    SceneParts parts = gather_parts(study, default_style, warn);
    const geo::FeatureTable& countries = study.region.layer("countries");
    parts.has_base = false;
    for (std::size_t i = 0; i < countries.size() && !parts.has_base; ++i)
        parts.has_base = geo::meets(study.frame, geo::envelope(countries, i));
    const geo::LonLatBox base = study.region.frame();
    parts.beyond_base = study.frame.west < base.west || study.frame.south < base.south ||
                        study.frame.east > base.east || study.frame.north > base.north;
    if (parts.has_base && parts.beyond_base)
        warn("the map reaches beyond the embedded base map: land there is drawn without borders, rivers and names");
    if (parts.has_base) return parts;
    const auto is_absent = [&](const styles::Layer& layer) {
        const auto source = parts.style.sources.find(layer.source);
        if (layer.source == "surroundings" || source == parts.style.sources.end() ||
            own_file(parts.style, source->second))
            return false;
        if (layer.source == "boundaries" || layer.source == "admin1") return study.job.boundaries.empty();
        if (layer.source == "corridors" || layer.source == ribbon_source) return !has_own_corridors(study.job);
        return study.region.has_layer(layer.source);
    };
    std::erase_if(parts.style.layers, is_absent);
    std::erase_if(parts.input.style.layers, is_absent);
    warn("the embedded base map has no country in this frame: land is drawn without borders, rivers and names; bring "
         "boundaries of your own with --boundaries FILE");
    return parts;
}

render::Scene web_scene(const Study& study, render::SceneInput input, int scale) {
    input.frame = study.frame;
    input.min_zoom = study.job.min_zoom, input.max_zoom = study.job.max_zoom;
    input.scale = scale;
    return render::prepare_scene(std::move(input));
}

render::Scene paper_scene(render::SceneInput input, const render::PaperFrame& frame, double scale) {
    if (const auto found = input.sources.find("surroundings"); found != input.sources.end())
        found->second = geo::clip_polygons(found->second, seen_around(frame));
    input.paper = frame;
    input.scale = scale;
    return render::prepare_scene(std::move(input));
}

void take_legend(SceneParts& parts, const Study& study, const render::Scene& scene) {
    parts.legend = scene.legend();
    parts.legend.title = study.title;
    add_notes(parts.legend, study, parts);
}

SceneParts compose_scene(const Study& study, const std::function<void(const std::string&)>& warn) {
    SceneParts parts = gather_parts(study, "light", warn);
    parts.scene = web_scene(study, std::move(parts.input), study.job.scale);
    parts.input = {};
    take_legend(parts, study, *parts.scene);
    return parts;
}

} // namespace harmattan::app
