#include "app/paper/page_notes.hpp"

#include "app/words.hpp"
#include "geo/features.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace harmattan::app {

std::uint64_t imprecise_percent(const geo::EventSource& source) {
    std::uint64_t all = 0, coarse = 0;
    for (std::size_t i = 0; i < source.precision_mix.size(); ++i) {
        all += source.precision_mix[i];
        if (i >= static_cast<std::size_t>(geo::Precision::district) &&
            i != static_cast<std::size_t>(geo::Precision::unstated))
            coarse += source.precision_mix[i];
    }
    return all == 0 ? 0 : (100 * coarse + all / 2) / all;
}

namespace {

std::string joined(const std::vector<std::string>& sentences) { return fmt::format("{}", fmt::join(sentences, " ")); }

/// What a reader must know of the data on the map.
std::vector<std::string> data_caveats(const Study& study, const SceneParts& parts) {
    std::vector<std::string> sentences;
    if (parts.density) sentences.push_back(density_note(study.job.language));
    if (const std::uint64_t percent = imprecise_percent(study.incidents.source);
        percent > 0 && study.job.precision == geo::PrecisionUse::prior)
        sentences.push_back(fmt::format(
            fmt::runtime(words(study, "{}\u00a0% of incidents are located only to an area; they are spread over it.",
                               "{}\u00a0% des incidents ne sont localisés qu'à une zone ; ils y sont étalés.")),
            percent));
    if (!shows(parts.style, "corridors") || parts.corridors.size() == 0) return sentences;
    if (any_schematic(parts.corridors)) sentences.push_back(schematic_note(study.job.language));
    sentences.push_back(
        words(study, "Not for movement planning without current local security advice.",
              "Ne pas utiliser pour planifier des déplacements sans avis de sécurité local et récent."));
    return sentences;
}

/// What the map does not say about frontiers; the notes of those seen whose course is not settled.
std::vector<std::string> boundary_notes(const Study& study, const SceneParts& parts,
                                        const std::vector<geo::LonLatBox>& seen) {
    std::vector<std::string> sentences;
    const std::string organisation =
        study.job.organisation.empty() ? words(study, "its producer", "son producteur") : study.job.organisation;
    sentences.push_back(fmt::format(
        fmt::runtime(words(
            study,
            "Boundaries, names and data on this map do not express any opinion of {} on legal status or frontiers.",
            "Les limites, noms et données de cette carte n'expriment aucune opinion de {} sur le statut juridique ou "
            "les frontières.")),
        organisation));
    if (std::find(study.job.disclaimers.begin(), study.job.disclaimers.end(), "un") != study.job.disclaimers.end())
        sentences.push_back(
            words(study,
                  "The boundaries and names shown and the designations used on this map do not imply official "
                  "endorsement or acceptance by the United Nations.",
                  "Les frontières et les noms indiqués et les désignations employées sur cette carte n'impliquent ni "
                  "reconnaissance ni acceptation officielles par l'Organisation des Nations Unies."));
    if (!shows(parts.style, "boundaries")) return sentences;
    const geo::FeatureTable& boundaries = study.region.layer("boundaries");
    std::set<std::string> said;
    for (std::size_t i = 0; i < boundaries.size(); ++i) {
        if (boundaries.text(i, "class") != "undetermined") continue;
        const geo::Extent<geo::LonLat> line = geo::envelope(boundaries, i);
        if (std::none_of(seen.begin(), seen.end(), [&](const geo::LonLatBox& box) { return geo::meets(box, line); }))
            continue;
        if (said.empty())
            sentences.push_back(words(
                study, "Dashed and dotted lines show approximate boundaries on which there may not be full agreement.",
                "Les lignes en tirets ou en pointillés indiquent des limites approximatives qui peuvent ne pas faire "
                "l'objet d'un accord complet."));
        if (const std::string note =
                french(study) ? render::french_spacing(boundaries.text(i, "note_fr")) : boundaries.text(i, "note_en");
            said.insert(note).second && !note.empty())
            sentences.push_back(note);
    }
    return sentences;
}

/// Where the embedded base map ends: an empty land is not one without borders.
std::string beyond_note(const Study& study) {
    const geo::LonLatBox base = study.region.frame();
    const auto degrees = [&](double v, std::string_view positive, std::string_view negative) {
        return fmt::format("{}°\u00a0{}", describe_number(std::abs(v), study.job.language),
                           v < 0 ? negative : positive);
    };
    const std::string west = words(study, "W", "O");
    return fmt::format(
        fmt::runtime(words(study,
                           "The base map ends at {}, {}, {} and {}: land beyond is drawn without borders, rivers and "
                           "names.",
                           "Le fond de carte s'arrête à {}, {}, {} et {} : au-delà, les terres sont sans frontières, "
                           "cours d'eau ni noms.")),
        degrees(base.west, "E", west), degrees(base.south, "N", "S"), degrees(base.east, "E", west),
        degrees(base.north, "N", "S"));
}

} // namespace

std::vector<std::string> note_lines(const Study& study, const SceneParts& parts,
                                    const std::vector<geo::LonLatBox>& seen) {
    std::vector<std::string> lines = study.job.page_notes;
    if (const auto caveats = data_caveats(study, parts); !caveats.empty()) lines.push_back(joined(caveats));
    if (parts.density) lines.push_back(describe_method(parts.density->method, study.job.language));
    lines.push_back(joined(boundary_notes(study, parts, seen)));
    if (parts.beyond_base) lines.push_back(beyond_note(study));
    return lines;
}

} // namespace harmattan::app
