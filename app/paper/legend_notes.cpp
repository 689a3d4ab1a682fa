#include "app/paper/legend_notes.hpp"

#include "render/text/french_spacing.hpp"

#include <algorithm>

namespace harmattan::app {

namespace {

bool any_schematic(const geo::FeatureTable& corridors) {
    for (std::size_t i = 0; i < corridors.size(); ++i)
        if (const bool* schematic = std::get_if<bool>(&corridors.property(i, "schematic")); schematic && *schematic)
            return true;
    return false;
}

bool shows(const styles::Style& style, std::string_view source) {
    return std::any_of(style.layers.begin(), style.layers.end(),
                       [&](const styles::Layer& layer) { return layer.source == source; });
}

} // namespace

void add_notes(render::Legend& legend, const Study& study, const SceneParts& parts) {
    const Language language = study.job.language;
    const auto note = [&](const std::string& text) {
        if (!text.empty()) legend.notes.push_back(text);
    };
    if (study.incidents.source.illustrative) note(made_up_note(language));
    if (parts.density) note(density_note(language));
    note(describe_precision(study.incidents.source, language));
    note(describe_counted(study.incidents.ledger, language));
    if (shows(parts.style, "corridors") && any_schematic(parts.corridors)) note(schematic_note(language));
    if (parts.density) note(describe_method(parts.density->method, language));
    if (shows(parts.style, "boundaries") || shows(parts.style, "countries"))
        note(language == Language::fr ? render::french_spacing(study.region.disclaimer(true))
                                      : study.region.disclaimer(false));
}

} // namespace harmattan::app
