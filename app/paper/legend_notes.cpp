#include "app/paper/legend_notes.hpp"

#include "render/text/french_spacing.hpp"

namespace harmattan::app {

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
