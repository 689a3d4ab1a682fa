#include "app/page_content.hpp"

#include "app/charts_of.hpp"
#include "app/data_folder.hpp"
#include "app/version.hpp"
#include "app/frame_counts.hpp"
#include "app/words.hpp"
#include "geo/day.hpp"
#include "geo/error.hpp"
#include "geo/features.hpp"
#include "render/print/map_placement.hpp"
#include "styles/style.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace harmattan::app {

namespace {

geo::LonLat middle_of(const geo::FeatureTable& table, std::size_t f) {
    const auto* lon = std::get_if<double>(&table.property(f, "label_lon"));
    const auto* lat = std::get_if<double>(&table.property(f, "label_lat"));
    if (lon && lat) return {*lon, *lat};
    const geo::Extent<geo::LonLat> e = geo::envelope(table, f);
    return {(e.min_x + e.max_x) / 2, (e.min_y + e.max_y) / 2};
}

double number_of(const geo::FeatureTable& table, std::size_t f, std::string_view name) {
    const auto* value = std::get_if<double>(&table.property(f, name));
    return value ? *value : 0;
}

std::uint64_t imprecise_percent(const geo::EventSource& source) {
    std::uint64_t all = 0, coarse = 0;
    for (std::size_t i = 0; i < source.precision_mix.size(); ++i) {
        all += source.precision_mix[i];
        if (i >= static_cast<std::size_t>(geo::Precision::district) && i != static_cast<std::size_t>(geo::Precision::unstated)) coarse += source.precision_mix[i];
    }
    return all == 0 ? 0 : (100 * coarse + all / 2) / all;
}

std::string summary_of(const Study& study, const SceneParts& parts, const PageSubject& subject, const FrameCounts& counts) {
    const Language language = study.job.language;
    std::vector<std::string> sentences;
    if (subject.unit) {
        const double n = number_of(parts.units, *subject.unit, "incidents"), per = number_of(parts.units, *subject.unit, "per_1000_km2");
        sentences.push_back(fmt::format(fmt::runtime(words(study, "{} in {} ({} per 1,000 km²).", "{} dans {} ({} pour 1\u202f000 km²).")),
                                        describe_incidents(static_cast<std::uint64_t>(n), language), subject.place, describe_number(per, language)));
    } else if (!study.job.description.empty()) {
        std::string text = study.job.description;
        if (text.back() != '.' && text.back() != '!' && text.back() != '?') text += '.';
        sentences.push_back(text);
    } else {
        std::string text = describe_incidents(counts.events.size(), language) + counts.where;
        std::vector<std::string> leaders;
        for (const render::RankingRow& row : ranking(study, counts.units, subject.frame, 3)) leaders.push_back(fmt::format("{} ({})", row.name, row.text));
        if (leaders.size() > 1) text += fmt::format(fmt::runtime(words(study, ", most in {}", ", surtout dans {}")), fmt::join(leaders, ", "));
        sentences.push_back(text + ".");
    }
    if (study.incidents.source.illustrative) sentences.push_back(made_up_note(language));
    else if (const std::uint64_t percent = imprecise_percent(study.incidents.source); percent > 0 && !subject.unit)
        sentences.push_back(fmt::format(fmt::runtime(words(study, "{}\u00a0% of incidents are known only to an area.", "{}\u00a0% des incidents ne sont connus qu'à une zone.")), percent));
    return fmt::format("{}", fmt::join(sentences, " "));
}

/// What kind of data a credit's word means, in the page's language.
std::string layer_word(const Study& study, const std::string& what) {
    static const std::vector<std::array<const char*, 3>> known{{"incidents", "Incidents", "Incidents"}, {"layers", "Layers", "Couches"}, {"boundaries", "Boundaries", "Limites"},
                                                               {"corridors", "Corridors", "Corridors"}, {"countries", "Countries", "Pays"}, {"admin1", "First-level units", "Unités de premier niveau"},
                                                               {"coast", "coast", "côtes"}, {"rivers", "rivers", "cours d'eau"}, {"lakes", "lakes", "lacs"}, {"surroundings", "land beyond", "terres voisines"}, {"places", "Places", "Localités"}};
    for (const auto& word : known)
        if (what == word[0]) return words(study, word[1], word[2]);
    return what;
}

std::vector<std::string> source_lines(const Study& study, const SceneParts& parts) {
    std::vector<std::string> lines;
    for (const Credit& credit : study.credits) {
        if (!parts.has_base && study.region.has_layer(credit.what.substr(0, credit.what.find(','))) && credit.what != "corridors" && credit.what != "boundaries") continue;
        std::vector<std::string> kinds;
        for (std::size_t at = 0; at < credit.what.size();) {
            const std::size_t comma = std::min(credit.what.find(", ", at), credit.what.size());
            std::string word = layer_word(study, credit.what.substr(at, comma - at));
            if (!kinds.empty() && !word.empty() && word[0] >= 'A' && word[0] <= 'Z') word[0] = static_cast<char>(word[0] - 'A' + 'a');
            kinds.push_back(std::move(word));
            at = comma + 2;
        }
        std::string line = fmt::format("{}{} {}", fmt::join(kinds, ", "), french(study) ? "\u202f:" : ":", credit.text);
        if (!credit.licence.empty() && credit.text.find(credit.licence) == std::string::npos) line += fmt::format(" ({})", credit.licence);
        if (credit.what == "incidents") {
            if (study.incidents.source.file.size() < 60 && credit.text != study.incidents.source.file) line += fmt::format(" ({})", study.incidents.source.file);
            if (study.job.accessed)
                line += fmt::format(fmt::runtime(words(study, ", accessed {}", ", consulté le {}")), describe_day(*study.job.accessed, study.job.language));
        }
        if (line.back() != '.') line += '.';
        lines.push_back(line);
    }
    return lines;
}

std::string joined(const std::vector<std::string>& sentences) { return fmt::format("{}", fmt::join(sentences, " ")); }

bool shows(const SceneParts& parts, std::string_view source) {
    return std::any_of(parts.style.layers.begin(), parts.style.layers.end(), [&](const styles::Layer& layer) { return layer.source == source; });
}

/// What a reader must know of the data on the map.
std::vector<std::string> data_caveats(const Study& study, const SceneParts& parts) {
    std::vector<std::string> sentences;
    if (parts.density) sentences.push_back(density_note(study.job.language));
    if (const std::uint64_t percent = imprecise_percent(study.incidents.source); percent > 0 && study.job.precision == geo::PrecisionUse::prior)
        sentences.push_back(fmt::format(fmt::runtime(words(study, "{}\u00a0% of incidents are located only to an area; they are spread over it.",
                                                           "{}\u00a0% des incidents ne sont localisés qu'à une zone ; ils y sont étalés.")), percent));
    if (!shows(parts, "corridors") || parts.corridors.size() == 0) return sentences;
    for (std::size_t i = 0; i < parts.corridors.size(); ++i)
        if (const bool* schematic = std::get_if<bool>(&parts.corridors.property(i, "schematic")); schematic && *schematic) {
            sentences.push_back(schematic_note(study.job.language));
            break;
        }
    sentences.push_back(words(study, "Not for movement planning without current local security advice.",
                              "Ne pas utiliser pour planifier des déplacements sans avis de sécurité local et récent."));
    return sentences;
}

/// What the map does not say about frontiers; the notes of those seen whose course is not settled.
std::vector<std::string> boundary_notes(const Study& study, const SceneParts& parts, const std::vector<geo::LonLatBox>& seen) {
    std::vector<std::string> sentences;
    const std::string organisation = study.job.organisation.empty() ? words(study, "its producer", "son producteur") : study.job.organisation;
    sentences.push_back(fmt::format(fmt::runtime(words(study, "Boundaries, names and data on this map do not express any opinion of {} on legal status or frontiers.",
                                                       "Les limites, noms et données de cette carte n'expriment aucune opinion de {} sur le statut juridique ou les frontières.")), organisation));
    if (std::find(study.job.disclaimers.begin(), study.job.disclaimers.end(), "un") != study.job.disclaimers.end())
        sentences.push_back(words(study, "The boundaries and names shown and the designations used on this map do not imply official endorsement or acceptance by the United Nations.",
                                  "Les frontières et les noms indiqués et les désignations employées sur cette carte n'impliquent ni reconnaissance ni acceptation officielles par l'Organisation des Nations Unies."));
    if (!shows(parts, "boundaries")) return sentences;
    const geo::FeatureTable& boundaries = study.region.layer("boundaries");
    std::set<std::string> said;
    for (std::size_t i = 0; i < boundaries.size(); ++i) {
        if (boundaries.text(i, "class") != "undetermined") continue;
        const geo::Extent<geo::LonLat> line = geo::envelope(boundaries, i);
        if (std::none_of(seen.begin(), seen.end(), [&](const geo::LonLatBox& box) { return geo::meets(box, line); })) continue;
        if (said.empty())
            sentences.push_back(words(study, "Dashed and dotted lines show approximate boundaries on which there may not be full agreement.",
                                      "Les lignes en tirets ou en pointillés indiquent des limites approximatives qui peuvent ne pas faire l'objet d'un accord complet."));
        if (const std::string note = boundaries.text(i, french(study) ? "note_fr" : "note_en"); said.insert(note).second && !note.empty()) sentences.push_back(note);
    }
    return sentences;
}

} // namespace

std::vector<std::string> note_lines(const Study& study, const SceneParts& parts, const std::vector<geo::LonLatBox>& seen) {
    std::vector<std::string> lines = study.job.page_notes;
    if (const auto caveats = data_caveats(study, parts); !caveats.empty()) lines.push_back(joined(caveats));
    if (parts.density) lines.push_back(describe_method(parts.density->method, study.job.language));
    lines.push_back(joined(boundary_notes(study, parts, seen)));
    return lines;
}

namespace {

/// "Albers equal-area, standard parallels 11.5° and 23.5° N, meridian 4° W".
std::string projection_text(const Study& study, const render::MapPlacement& map) {
    const auto degrees = [&](double v, bool longitude) {
        std::string text = fmt::format("{:g}°", std::abs(v));
        if (french(study)) std::replace(text.begin(), text.end(), '.', ',');
        return text + (v == 0 ? "" : longitude ? (v > 0 ? " E" : words(study, " W", " O")) : (v > 0 ? " N" : " S"));
    };
    if (map.fitted && map.fitted->kind == geo::FittedKind::albers)
        return fmt::format(fmt::runtime(words(study, "Albers equal-area conic, standard parallels {} and {}, meridian {}",
                                              "Albers, conique équivalente, parallèles automécoïques {} et {}, méridien {}")),
                           degrees(map.fitted->lat_1, false), degrees(map.fitted->lat_2, false), degrees(map.fitted->lon_0, true));
    if (map.fitted)
        return fmt::format(fmt::runtime(words(study, "Lambert azimuthal equal-area, centre {}, {}", "Lambert, azimutale équivalente, centre {}, {}")),
                           degrees(map.fitted->lat_0, false), degrees(map.fitted->lon_0, true));
    const geo::CrsTransform crs(map.crs);
    std::string text = crs.name().empty() ? crs.method() : crs.name();
    if (text.empty()) text = map.crs;
    if (crs.epsg() != 0) text += fmt::format(" (EPSG:{})", crs.epsg());
    return text;
}

std::string paper_name(const Study& study, render::PaperSize paper) {
    if (study.job.paper.find('x') == std::string::npos) return study.job.paper;
    return fmt::format("{:g} × {:g} mm", paper.width_mm, paper.height_mm);
}

std::vector<std::pair<std::string, std::string>> document_lines(const Study& study, const render::MapPlacement& map, render::PaperSize paper) {
    const Language language = study.job.language;
    std::vector<std::pair<std::string, std::string>> lines;
    const auto add = [&](const char* en, const char* fr, const std::string& value) {
        if (!value.empty()) lines.emplace_back(words(study, en, fr), value);
    };
    const Job& job = study.job;
    add("Map number", "Carte n°", job.map_version.empty() ? job.map_number : job.map_number + " " + job.map_version);
    add("Projection", "Projection", projection_text(study, map));
    const std::string& datum = geo::CrsTransform(map.crs).datum();
    add("Datum", "Datum", datum.empty() ? "WGS 84" : datum);
    add("Paper", "Papier", paper_name(study, paper));
    if (const std::optional<geo::Day> as_of = job.as_of ? job.as_of : study.incidents.source.last_day) add("Data as of", "Données au", describe_day(*as_of, language));
    if (const std::optional<geo::Day> created = created_day(job)) add("Created", "Créée le", describe_day(*created, language) + " (UTC)");
    add("GLIDE", "GLIDE", job.glide);
    add("Producer", "Producteur", job.producer);
    add("Contact", "Contact", job.contact);
    add("Corrections", "Corrections", job.feedback);
    add("Live map", "Carte en ligne", job.url);
    add("Made with", "Réalisée avec", fmt::format("harmattan {}", program_version));
    return lines;
}

/// Countries named for a frame: those asked for, else the covered ones with most events, if they are at most three.
std::string place_of(const Study& study) {
    const geo::FeatureTable& countries = study.region.layer("countries");
    const char* name = french(study) ? "name_fr" : "name_en";
    std::vector<std::string> names;
    if (!study.job.region.empty()) {
        for (const geo::Region::Unit& unit : study.region.find_units(study.job.region)) {
            const geo::FeatureTable& layer = study.region.layer(unit.layer);
            names.push_back(layer.find_column(name) && !layer.text(unit.feature, name).empty() ? layer.text(unit.feature, name) : layer.text(unit.feature, "name"));
        }
    } else {
        for (std::size_t i = 0; i < countries.size(); ++i)
            if (std::binary_search(study.covered.begin(), study.covered.end(), countries.text(i, "iso2")) && study.frame.contains(middle_of(countries, i)))
                names.push_back(countries.text(i, name));
    }
    return names.empty() || names.size() > 3 ? std::string() : fmt::format("{}", fmt::join(names, ", "));
}

/// Room around a box, so that a locator tells where it is: `times` its size, at least 14° wide, inside the region.
geo::LonLatBox around(const geo::LonLatBox& box, const geo::LonLatBox& region) {
    const double width = std::max(14.0, (box.east - box.west) * 2.2), height = std::max(10.0, (box.north - box.south) * 2.2);
    const double lon = (box.west + box.east) / 2, lat = (box.south + box.north) / 2;
    geo::LonLatBox wide{lon - width / 2, lat - height / 2, lon + width / 2, lat + height / 2};
    const bool inside = box.west >= region.west && box.east <= region.east && box.south >= region.south && box.north <= region.north;
    if (inside) wide = {std::max(wide.west, region.west), std::max(wide.south, region.south), std::min(wide.east, region.east), std::min(wide.north, region.north)};
    return {std::max(wide.west, -180.0), std::max(wide.south, -85.0), std::min(wide.east, 180.0), std::min(wide.north, 85.0)};
}

} // namespace

std::optional<geo::Day> created_day(const Job& job) {
    if (job.created) return job.created;
    const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
    if (!epoch || !*epoch) return std::nullopt;
    long long seconds = 0;
    const std::string_view text(epoch);
    const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (failed != std::errc() || stop != text.data() + text.size() || seconds < 0 || seconds > 253402300799)
        throw geo::Error(geo::ErrorKind::usage, fmt::format("SOURCE_DATE_EPOCH is '{}'; it should be a number of seconds since 1970", text));
    return static_cast<geo::Day>(seconds / 86400);
}

std::string period_of(const Study& study) {
    const std::optional<Period> period = study_period(study);
    return period ? describe_period(period->first, period->last, study.job.language) : std::string();
}

std::set<std::string> asked_countries(const Study& study) {
    std::set<std::string> codes;
    if (!study.job.region.empty())
        for (const geo::Region::Unit& unit : study.region.find_units(study.job.region)) codes.insert(study.region.layer(unit.layer).text(unit.feature, "iso2"));
    return codes;
}

PageSubject whole_subject(const Study& study) {
    PageSubject subject;
    subject.frame = study.frame;
    subject.place = place_of(study);
    subject.locator = around(study.frame, study.region.frame());
    return subject;
}

render::PageContent page_content(const Study& study, const std::shared_ptr<const SceneParts>& parts, const PageSubject& subject) {
    const Language language = study.job.language;
    const render::PaperSize upright = *render::find_paper_size(study.job.paper);
    render::PageContent content;
    content.lang = french(study) ? "fr" : "en";
    content.map.frame = subject.frame;
    content.map.crs = study.job.crs;
    content.map.denominator = study.job.scale_denominator;

    // What will be seen, near enough for the notes: the frame on all of the paper, whichever way it stands.
    const render::MapPlacement about = render::place_map(content.map, {10, 10, upright.width_mm - 10, upright.height_mm - 10}, 1);
    const render::MapPlacement turned = render::place_map(content.map, {10, 10, upright.height_mm - 10, upright.width_mm - 10}, 1);
    const std::vector<geo::LonLatBox> seen{about.seen, turned.seen};

    const FrameCounts counts = frame_counts(study, *parts, subject.frame, subject.place);
    const std::string period = period_of(study);
    // A title of the user's stands as it is, with the place under it; but the pages of an atlas must differ.
    std::string title = study.job.title.empty() ? "Incidents" : study.job.title;
    const bool named = subject.place.empty() || title.find(subject.place) != std::string::npos, prefixed = !named && (study.job.title.empty() || subject.in_atlas);
    if (prefixed) title = subject.place + (french(study) ? "\u00a0: " : ": ") + title;
    content.title = title;
    std::vector<std::string> under;
    if (!named && !prefixed) under.push_back(subject.place);
    if (title.find(period) == std::string::npos) under.push_back(period);
    content.subtitle = fmt::format("{}", fmt::join(under, " · "));
    content.summary = summary_of(study, *parts, subject, counts);
    content.sources = source_lines(study, *parts);
    content.notes = note_lines(study, *parts, seen);
    content.document = document_lines(study, about, upright);
    content.access = study.job.access;
    content.url = study.job.url;
    content.logo = study.job.logo.string();
    content.page_number = subject.page_number;

    content.make_scene = [parts](const render::PaperFrame& frame, double scale) {
        render::SceneInput input = parts->input;
        input.paper = frame;
        input.scale = scale;
        return render::prepare_scene(std::move(input));
    };
    const std::set<std::string> asked = asked_countries(study);
    geo::FeatureTable countries = study.region.layer("countries");
    for (std::size_t i = 0; i < countries.size(); ++i) {
        countries.set(i, "name", countries.text(i, french(study) ? "name_fr" : "name_en"));
        countries.set(i, "subject", asked.empty() ? std::binary_search(study.covered.begin(), study.covered.end(), countries.text(i, "iso2"))
                                                  : asked.count(countries.text(i, "iso2")) > 0);
    }
    content.locator = subject.locator;
    if (parts->has_base) content.make_locator = [countries, surroundings = study.region.layer("surroundings"), lang = content.lang](const render::PaperFrame& frame, double scale) {
        render::SceneInput input;
        input.style = styles::read_style(styles_folder() / "locator.json");
        input.sources.emplace("countries", countries);
        input.sources.emplace("surroundings", surroundings);
        input.paper = frame;
        input.scale = scale;
        input.lang = lang;
        return render::prepare_scene(std::move(input));
    };

    const geo::EventSource& source = study.incidents.source;
    if (parts->density) {
        content.bandwidth_km = parts->density->method.bandwidth_km;
        content.legend.bandwidth_label = fmt::format(fmt::runtime(words(study, "Bandwidth σ {} km", "Largeur de bande σ {} km")),
                                                     describe_number(content.bandwidth_km, language));
    }
    content.legend.ramp_note = period;
    if (!describe_precision(source, language).empty()) {
        content.legend.precision_title = words(study, "How well places are known", "Précision des lieux");
        for (std::size_t i = 0; i < source.precision_mix.size(); ++i)
            if (source.precision_mix[i] > 0) content.legend.precision.push_back({precision_label(static_cast<geo::Precision>(i), language), source.precision_mix[i]});
    }
    std::string n = fmt::format("n = {}", describe_count(study.incidents.ledger.drawn, language));
    if (!counts.all) n += fmt::format(fmt::runtime(words(study, " in all, {}{}", " en tout, {}{}")), describe_count(counts.events.size(), language), counts.where);
    if (source.last_day) n += fmt::format(fmt::runtime(words(study, "; newest {}", " ; le plus récent : {}")), describe_day(*source.last_day, language));
    content.legend.lines.push_back(n + ".");
    if (const std::string counted = describe_counted(study.incidents.ledger, language); !counted.empty()) content.legend.lines.push_back(counted);

    add_blocks(content, study, parts, subject, counts);
    return content;
}

} // namespace harmattan::app
