#include "app/paper/page_content.hpp"

#include "app/data_folder.hpp"
#include "app/paper/charts_of.hpp"
#include "app/paper/frame_counts.hpp"
#include "app/paper/page_document.hpp"
#include "app/paper/page_notes.hpp"
#include "app/paper/page_sources.hpp"
#include "app/words.hpp"
#include "geo/day.hpp"
#include "geo/features.hpp"
#include "render/print/map_placement.hpp"
#include "styles/style.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>

namespace harmattan::app {

namespace {

double number_of(const geo::FeatureTable& table, std::size_t f, std::string_view name) {
    const auto* value = std::get_if<double>(&table.property(f, name));
    return value ? *value : 0;
}

std::string summary_of(const Study& study, const SceneParts& parts, const PageSubject& subject,
                       const FrameCounts& counts) {
    const Language language = study.job.language;
    std::vector<std::string> sentences;
    if (subject.unit) {
        const double n = number_of(parts.units, *subject.unit, "incidents"),
                     per = number_of(parts.units, *subject.unit, "per_1000_km2");
        sentences.push_back(fmt::format(
            fmt::runtime(words(study, "{} in {} ({} per 1,000 km²).", "{} dans {} ({} pour 1\u202f000 km²).")),
            describe_incidents(static_cast<std::uint64_t>(n), language), subject.place,
            describe_number(per, language)));
    } else if (!study.job.description.empty()) {
        std::string text = study.job.description;
        if (text.back() != '.' && text.back() != '!' && text.back() != '?') text += '.';
        sentences.push_back(text);
    } else {
        std::string text = describe_incidents(counts.events.size(), language) + counts.where;
        std::vector<std::string> leaders;
        for (const render::RankingRow& row : ranking(study, counts.units, subject.frame, 3))
            leaders.push_back(fmt::format("{} ({})", row.name, row.text));
        if (leaders.size() > 1)
            text +=
                fmt::format(fmt::runtime(words(study, ", most in {}", ", surtout dans {}")), fmt::join(leaders, ", "));
        sentences.push_back(text + ".");
    }
    if (study.incidents.source.illustrative) sentences.push_back(made_up_note(language));
    else if (const std::uint64_t percent = imprecise_percent(study.incidents.source); percent > 0 && !subject.unit)
        sentences.push_back(fmt::format(fmt::runtime(words(study, "{}\u00a0% of incidents are known only to an area.",
                                                           "{}\u00a0% des incidents ne sont connus qu'à une zone.")),
                                        percent));
    return fmt::format("{}", fmt::join(sentences, " "));
}

/// A title of the user's stands as it is, with the place under it; but the pages of an atlas must differ.
void add_title(render::PageContent& content, const Study& study, const PageSubject& subject) {
    const std::string period = period_of(study);
    std::string title = study.job.title.empty() ? "Incidents" : study.job.title;
    const bool named = subject.place.empty() || title.find(subject.place) != std::string::npos,
               prefixed = !named && (study.job.title.empty() || subject.in_atlas);
    if (prefixed) title = subject.place + words(study, ": ", " : ") + title;
    content.title = title;
    std::vector<std::string> under;
    if (!named && !prefixed) under.push_back(subject.place);
    if (title.find(period) == std::string::npos) under.push_back(period);
    content.subtitle = fmt::format("{}", fmt::join(under, " · "));
}

/// The surroundings, with the countries that the page is about in a darker grey.
void add_locator(render::PageContent& content, const Study& study, const PageSubject& subject) {
    const std::set<std::string> asked = asked_countries(study);
    geo::FeatureTable countries = study.region.layer("countries");
    for (std::size_t i = 0; i < countries.size(); ++i) {
        countries.set(i, "name", countries.text(i, name_column(study)));
        countries.set(i, "subject",
                      asked.empty()
                          ? std::binary_search(study.covered.begin(), study.covered.end(), countries.text(i, "iso2"))
                          : asked.count(countries.text(i, "iso2")) > 0);
    }
    std::map<std::string, geo::FeatureTable> sources{{"countries", std::move(countries)}};
    for (const char* name : {"surroundings", "boundaries", "coast"}) sources.emplace(name, study.region.layer(name));
    content.locator = subject.locator;
    content.make_locator = [sources, lang = content.lang](const render::PaperFrame& frame, double scale) {
        render::SceneInput input;
        input.style = styles::read_style(styles_folder() / "locator.json");
        input.sources = sources;
        input.lang = lang;
        return paper_scene(std::move(input), frame, scale);
    };
}

/// What the legend says beside the scene's own entries.
void add_legend(render::PageContent& content, const Study& study, const SceneParts& parts, const FrameCounts& counts) {
    const Language language = study.job.language;
    const geo::EventSource& source = study.incidents.source;
    if (parts.density) {
        content.bandwidth_km = parts.density->method.bandwidth_km;
        content.legend.bandwidth_label =
            fmt::format(fmt::runtime(words(study, "Bandwidth σ {} km", "Largeur de bande σ {} km")),
                        describe_number(content.bandwidth_km, language));
    }
    content.legend.ramp_note = period_of(study);
    if (!describe_precision(source, language).empty()) {
        content.legend.precision_title = words(study, "How well places are known", "Précision des lieux");
        for (std::size_t i = 0; i < source.precision_mix.size(); ++i)
            if (source.precision_mix[i] > 0)
                content.legend.precision.push_back(
                    {precision_label(static_cast<geo::Precision>(i), language), source.precision_mix[i]});
    }
    std::string n = fmt::format("n = {}", describe_count(study.incidents.ledger.drawn, language));
    if (!counts.all)
        n += fmt::format(fmt::runtime(words(study, " in all, {}{}", " en tout, {}{}")),
                         describe_count(counts.events.size(), language), counts.where);
    if (source.last_day)
        n += fmt::format(fmt::runtime(words(study, "; newest {}", " ; le plus récent : {}")),
                         describe_day(*source.last_day, language));
    content.legend.lines.push_back(n + ".");
    if (const std::string counted = describe_counted(study.incidents.ledger, language); !counted.empty())
        content.legend.lines.push_back(counted);
}

} // namespace

render::PageContent page_content(const Study& study, const std::shared_ptr<const SceneParts>& parts,
                                 const PageSubject& subject) {
    const render::PaperSize upright = *render::find_paper_size(study.job.paper);
    render::PageContent content;
    content.lang = french(study) ? "fr" : "en";
    content.map.frame = subject.frame;
    content.map.crs = study.job.crs;
    content.map.denominator = study.job.scale_denominator;

    // What will be seen, near enough for the notes: the frame on all of the paper, whichever way it stands.
    const render::MapPlacement about =
        render::place_map(content.map, {10, 10, upright.width_mm - 10, upright.height_mm - 10}, 1);
    const render::MapPlacement turned =
        render::place_map(content.map, {10, 10, upright.height_mm - 10, upright.width_mm - 10}, 1);
    const std::vector<geo::LonLatBox> seen{about.seen, turned.seen};

    const FrameCounts counts = frame_counts(study, *parts, subject.frame, subject.place);
    add_title(content, study, subject);
    content.summary = summary_of(study, *parts, subject, counts);
    content.sources = source_lines(study, *parts);
    content.notes = note_lines(study, *parts, seen);
    content.document = document_lines(study, about, upright);
    content.access = study.job.access;
    content.url = study.job.url;
    content.logo = study.job.logo.string();
    content.page_number = subject.page_number;

    content.make_scene = [parts](const render::PaperFrame& frame, double scale) {
        return paper_scene(parts->input, frame, scale);
    };
    add_locator(content, study, subject);
    add_legend(content, study, *parts, counts);
    add_blocks(content, study, parts, subject, counts);
    return content;
}

} // namespace harmattan::app
