#include "app/report/report_content.hpp"

#include "app/interrupt.hpp"
#include "app/paper/charts_of.hpp"
#include "app/paper/figure_content.hpp"
#include "app/paper/frame_counts.hpp"
#include "app/paper/page_content.hpp"
#include "app/paper/paper_output.hpp"
#include "app/provenance.hpp"
#include "app/report/report_tables.hpp"
#include "app/version.hpp"
#include "app/words.hpp"
#include "geo/day.hpp"
#include "geo/error.hpp"
#include "geo/series.hpp"
#include "render/print/write_svg.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace harmattan::app {

namespace {

constexpr double wide_mm = 178, narrow_mm = 92; ///< between the margins of A4; a phone's screen
/// Greatest heights on A4: of the map under title and summary; of a figure
constexpr double with_heading_mm = 150, alone_mm = 215;
constexpr double least_with_scale_mm = 55; ///< width of a map that bears a scale bar
constexpr double css_px_per_mm = 96 / 25.4;
constexpr std::size_t fewest_maps = 2, most_maps = 12; ///< months that are shown in a map each
constexpr std::size_t most_countries = 8;              ///< named under the title

std::string sentence(std::string text) {
    if (!text.empty() && text.back() != '.' && text.back() != '!' && text.back() != '?') text += '.';
    return text;
}

std::string joined(const std::vector<std::string>& sentences) {
    std::string text;
    for (const std::string& one : sentences)
        if (!one.empty()) text += (text.empty() ? "" : " ") + one;
    return text;
}

/// A share and its sign stay on one line.
std::string tied_percents(std::string text) {
    for (std::size_t at = 0; (at = text.find(" %", at)) != std::string::npos; ++at) text.replace(at, 1, "\u00a0");
    return text;
}

/// The frame's place, else the countries that the source covers.
std::string place_of_report(const Study& study) {
    const std::string place = whole_subject(study).place;
    if (!place.empty() || study.covered.size() > most_countries || !study.job.region.empty()) return place;
    std::vector<std::string> names;
    for (const std::string& iso2 : study.covered) names.push_back(country_name(study, iso2));
    std::sort(names.begin(), names.end());
    return fmt::format("{}", fmt::join(names, ", "));
}

/// "The month with most was July 2025 (120)."
std::string busiest_month(const Study& study, const geo::MonthlyCounts& counts) {
    const auto most = std::max_element(counts.months.begin(), counts.months.end(),
                                       [](const auto& a, const auto& b) { return a.events < b.events; });
    if (counts.months.size() < 2 || most->events == 0) return {};
    if (std::count_if(counts.months.begin(), counts.months.end(),
                      [&](const auto& m) { return m.events == most->events; }) > 1)
        return {};
    return fmt::format(
        fmt::runtime(words(study, "The month with most was {} ({}).", "Le mois qui en compte le plus est {} ({}).")),
        describe_month(most->year, most->month, study.job.language), describe_count(most->events, study.job.language));
}

std::string summary_text(const Study& study, const FrameCounts& counted, const geo::MonthlyCounts& counts) {
    const Language language = study.job.language;
    std::vector<std::string> sentences{sentence(study.job.description)};
    std::string numbers = describe_incidents(counted.events.size(), language) + counted.where;
    std::vector<std::string> leaders;
    for (const render::RankingRow& row : ranking(study, counted.units, study.frame, 3))
        leaders.push_back(fmt::format("{} ({})", row.name, row.text));
    if (leaders.size() > 1)
        numbers += fmt::format(
            fmt::runtime(words(study, "; the units with most are {}", " ; les unités les plus touchées sont {}")),
            fmt::join(leaders, ", "));
    sentences.push_back(numbers + ".");
    sentences.push_back(busiest_month(study, counts));
    sentences.push_back(tied_percents(describe_precision(study.incidents.source, language)));
    sentences.push_back(describe_counted(study.incidents.ledger, language));
    return joined(sentences);
}

ReportPicture picture_of(const render::FigureContent& content, const render::SvgInfo& info, double width_mm,
                         double resolution) {
    const render::Figure figure = render::lay_out_figure(content, width_mm, resolution);
    ReportPicture picture;
    render::write_svg(figure.sheet, info, [&](std::span<const std::byte> bytes) {
        picture.svg.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    });
    picture.width_px = static_cast<int>(std::lround(figure.sheet.width_mm * css_px_per_mm));
    picture.height_px = static_cast<int>(std::lround(figure.sheet.height_mm * css_px_per_mm));
    return picture;
}

/// How a figure is laid out.
struct Layout {
    std::string legend = "below";
    int columns = 1;
    double width_mm = wide_mm;
};

/// What a figure's page or phone shows, and its words. What the report says around it is not said in it again; that its
/// data are made up is.
ReportPicture picture_of(const Study& study, const std::shared_ptr<const SceneParts>& parts,
                         const FigureRequest& request, double width_mm, const std::string& caption, std::string& alt) {
    FigureParts figure = figure_parts(study, request, parts);
    figure.content.title.clear();
    figure.content.subtitle.clear();
    figure.content.lines.clear();
    if (width_mm / *request.columns < least_with_scale_mm)
        figure.content.scale_bar = false; // it would cover half of such a map
    if (study.incidents.source.illustrative) figure.content.lines.push_back(made_up_note(study.job.language));
    alt = figure.alt;
    return picture_of(figure.content, {caption, figure.alt}, width_mm, px_per_mm(study.job, PaperFormat::svg));
}

/// One figure of a kind: the first of the layouts that is at most `tallest_mm` high, else the last; and one for phones.
ReportFigure figure_of(const Study& study, const std::shared_ptr<const SceneParts>& parts, const std::string& kind,
                       const std::vector<Layout>& layouts, double tallest_mm, const std::string& caption) {
    ReportFigure figure;
    figure.id = "figure-" + kind;
    figure.caption = caption;
    for (const Layout& layout : layouts) {
        stop_if_interrupted();
        figure.wide =
            picture_of(study, parts, {kind, layout.legend, layout.columns, std::nullopt, study.job.scale_denominator},
                       layout.width_mm, caption, figure.alt);
        figure.natural_width = layout.width_mm < wide_mm;
        if (figure.wide.height_px <= tallest_mm * css_px_per_mm) break;
    }
    // A phone's map shows the frame, whatever its scale.
    figure.narrow =
        picture_of(study, parts, {kind, "below", std::min(layouts.front().columns, 2), std::nullopt, std::nullopt},
                   narrow_mm, caption, figure.alt);
    return figure;
}

class ReportWriter {
public:
    ReportWriter(const Study& study, const std::shared_ptr<const SceneParts>& parts)
        : m_study(study), m_parts(parts), m_page(page_content(study, parts, whole_subject(study))),
          m_counted(frame_counts(study, *parts, study.frame, whole_subject(study).place)),
          m_counts(geo::monthly_counts(m_counted.events, study.job.from, study.job.to)) {}

    ReportContent write() {
        put_heading();
        put_map();
        put_months();
        put_units();
        put_data();
        put_method();
        put_limits();
        put_provenance();
        return std::move(m_content);
    }

private:
    std::string say(const char* en, const char* fr) const { return words(m_study, en, fr); }
    std::string count(std::uint64_t n) const { return describe_count(n, m_study.job.language); }
    std::string number(double value) const { return describe_number(value, m_study.job.language); }
    std::string colon() const { return say(": ", " : "); }

    ReportSection& add(const char* id, const char* en, const char* fr) {
        ReportSection section;
        section.id = id;
        section.heading = say(en, fr);
        m_content.sections.push_back(std::move(section));
        return m_content.sections.back();
    }

    ReportTable numbered(ReportTable table) {
        table.caption = fmt::format("{} {}. {}", say("Table", "Tableau"), ++m_tables, table.caption);
        return table;
    }

    /// To the table that was numbered last.
    void point_to_table(ReportFigure& figure, const char* id) const {
        figure.data_id = id;
        figure.data = fmt::format("{}{}{}\u00a0{}", say("Data", "Données"), colon(), say("table", "tableau"), m_tables);
    }

    /// "Figure 2. Density of incidents by month, 1 May – 31 October 2025. Source: …"
    std::string caption(const std::string& what, bool with_layers) {
        const std::string period = period_of(m_study);
        const std::string text =
            fmt::format("Figure {}. {}{}{}.", ++m_figures, what, period.empty() ? "" : ", ", period);
        return fmt::format("{} Source{}{}", text, colon(),
                           sentence(with_layers ? attribution(m_study) : m_study.credits.front().text));
    }

    void put_heading() {
        const geo::EventSource& source = m_study.incidents.source;
        const std::string period = period_of(m_study), place = place_of_report(m_study);
        m_content.lang = french(m_study) ? "fr" : "en";
        m_content.title = m_study.job.title.empty() ? "Incidents" : m_study.job.title;
        m_content.document_title = m_page.title + (m_page.subtitle.empty() ? "" : ", " + m_page.subtitle);
        m_content.place_period =
            place.empty() || period.empty() ? place + period : fmt::format("{} · {}", place, period);
        if (source.illustrative) m_content.warning = made_up_note(m_study.job.language);
        m_content.summary = summary_text(m_study, m_counted, m_counts);
        m_content.description = joined({m_content.warning, m_page.title + "."});
        m_content.contents_label = say("Contents", "Sommaire");
        m_content.key_label = say("Key numbers", "Chiffres clés");
        m_content.key_numbers.emplace_back(say("Incidents drawn", "Incidents dessinés"),
                                           count(m_study.incidents.ledger.drawn));
        if (!m_counted.all)
            m_content.key_numbers.emplace_back(say("of them", "dont") + m_counted.where,
                                               count(m_counted.events.size()));
        m_content.key_numbers.emplace_back(
            say("Counted, without a place on the map", "Comptés, sans lieu sur la carte"),
            count(m_study.incidents.ledger.counted_total()));
        if (!period.empty()) m_content.key_numbers.emplace_back(say("Period", "Période"), period);
        if (source.last_day)
            m_content.key_numbers.emplace_back(say("Newest event", "Événement le plus récent"),
                                               describe_day(*source.last_day, m_study.job.language));
        m_content.generator = fmt::format("harmattan {}", program_version);
    }

    void put_map() {
        ReportSection& section = add("map", "Where incidents were reported", "Où des incidents ont été signalés");
        const std::string what = m_parts->density
                                     ? say("Density of reported incidents", "Densité des incidents signalés")
                                     : say("Reported incidents", "Incidents signalés");
        ReportFigure figure = figure_of(m_study, m_parts, "map", {{"below"}, {"beside"}, {"beside", 1, 120}},
                                        with_heading_mm, caption(what, true));
        section.figures.push_back(std::move(figure));
    }

    void put_months() {
        if (m_counts.months.empty() || m_counts.events == 0) return; // no incident has a date
        ReportTable table = month_table(m_study, m_counts);
        ReportSection& months = add("months", "Month by month", "Mois par mois");
        months.figures.push_back(figure_of(m_study, m_parts, "bars", {{}}, alone_mm,
                                           caption(say("Incidents by month", "Incidents par mois"), false)));
        months.tables.push_back(numbered(std::move(table)));
        point_to_table(months.figures.front(), "table-months");
        if (m_counts.months.size() < fewest_maps || m_counts.months.size() > most_maps) return;
        ReportSection& maps = add("maps", "A map for each month", "Une carte par mois");
        const std::vector<Layout> layouts{{"below", m_counts.months.size() <= 4 ? 2 : 3}, {"below", 4}, {"below", 6}};
        maps.figures.push_back(figure_of(
            m_study, m_parts, "multiples", layouts, alone_mm,
            caption(say("Density of reported incidents by month, one range of colours for all maps",
                        "Densité des incidents signalés par mois, une échelle de couleurs pour toutes les cartes"),
                    true)));
        point_to_table(maps.figures.front(), "table-months");
    }

    void put_units() {
        ReportTable leading = leading_units_table(m_study, m_counted.units);
        if (leading.rows.empty()) return;
        ReportSection& section = add("units", "Unit by unit", "Unité par unité");
        section.tables.push_back(numbered(std::move(leading)));
        section.tables.push_back(all_units_table(m_study, m_counted.units));
        point_to_table(m_content.sections.front().figures.front(), "table-units");
    }

    void put_data() {
        ReportSection& section = add("data", "The data", "Les données");
        section.tables.push_back(numbered(precision_table(m_study)));
        section.tables.push_back(numbered(ledger_table(m_study)));
        ReportSection& sources = add("sources", "Sources and licences", "Sources et licences");
        sources.list = m_page.sources;
    }

    void put_method() {
        ReportSection& section = add("method", "Method", "Méthode");
        if (m_parts->density) put_density_method(section, *m_parts->density);
        else
            section.paragraphs.push_back(say("The map shows incidents and draws no density.",
                                             "La carte montre les incidents et ne dessine pas de densité."));
        section.paragraphs.push_back(say("An incident counts in the month of its first day and in the unit that its "
                                         "coordinates lie in; areas of units are measured on the ellipsoid.",
                                         "Un incident compte au mois de son premier jour et dans l'unité où se "
                                         "trouvent ses coordonnées ; les superficies sont mesurées sur l'ellipsoïde."));
        if (const std::string filters = filter_text(); !filters.empty()) section.paragraphs.push_back(filters);
    }

    void put_density_method(ReportSection& section, const Density& density) const {
        const Method& method = density.method;
        section.paragraphs.push_back(describe_method(method, m_study.job.language));
        if (method.kernel == geo::Kernel::gaussian) // 1 − e^(−r²/2σ²); the cut at 4 σ changes neither share
            section.paragraphs.push_back(
                fmt::format(fmt::runtime(say("Every incident known to a place is spread over the land around it: "
                                             "39\u00a0% of it lies within {}\u00a0km, 86\u00a0% within {}\u00a0km.",
                                             "Chaque incident connu au lieu est étalé autour de celui-ci : 39\u00a0% à "
                                             "moins de {}\u00a0km, 86\u00a0% à moins de {}\u00a0km.")),
                            number(method.bandwidth_km), number(2 * method.bandwidth_km)));
        section.paragraphs.push_back(fmt::format(
            fmt::runtime(
                say("The estimate is made on an equal-area grid with a step of {}\u00a0km, from all incidents drawn, "
                    "and only then cut to the frame of the map. Colours run, by ratio, from {} to {} incidents per "
                    "1,000\u00a0km²; lower densities stay uncoloured.",
                    "L'estimation est faite sur une grille équivalente au pas de {}\u00a0km, à partir de tous les "
                    "incidents dessinés, puis limitée au cadre de la carte. Les couleurs vont, par rapports égaux, de "
                    "{} à {} incidents pour 1\u202f000\u00a0km² ; en deçà rien n'est coloré.")),
            number(density.field.step_m() / 1000), number(density.low * 1000), number(density.high * 1000)));
    }

    std::string filter_text() const {
        const Job& job = m_study.job;
        std::vector<std::string> conditions;
        if (job.from)
            conditions.push_back(
                fmt::format(fmt::runtime(say("from {}", "depuis le {}")), describe_day(*job.from, job.language)));
        if (job.to)
            conditions.push_back(
                fmt::format(fmt::runtime(say("to {}", "jusqu'au {}")), describe_day(*job.to, job.language)));
        for (const std::string& where : job.where) conditions.push_back(where);
        if (job.within) conditions.push_back(fmt::format(fmt::runtime(say("within {}", "dans {}")), *job.within));
        if (conditions.empty()) return {};
        return fmt::format("{}{}{}.", say("Incidents taken", "Incidents retenus"), colon(),
                           fmt::join(conditions, ", "));
    }

    void put_limits() {
        ReportSection& section = add("limits", "Limits and disclaimers", "Limites et avertissements");
        if (!m_content.warning.empty()) section.paragraphs.push_back(m_content.warning);
        const std::string method =
            m_parts->density ? describe_method(m_parts->density->method, m_study.job.language) : std::string();
        for (const std::string& note : m_page.notes)
            if (note != method) section.paragraphs.push_back(note); // the method has its own section
    }

    // The values that provenance_json holds, for readers; then that text itself, for programs.
    void put_provenance() {
        ReportSection& section = add("provenance", "Provenance", "Provenance");
        const geo::EventSource& source = m_study.incidents.source;
        const auto fact = [&](const char* en, const char* fr, const std::string& value) {
            if (!value.empty()) section.facts.emplace_back(say(en, fr), value);
        };
        fact("File", "Fichier", source.file);
        fact("Digest (XXH3, 128 bits)", "Empreinte (XXH3, 128 bits)", source.digest);
        fact("Format", "Format", source.format);
        fact("Schema", "Schéma",
             source.schema_title.empty() ? source.schema : fmt::format("{} ({})", source.schema_title, source.schema));
        if (!source.illustrative) { // made-up rows are nobody's data, whatever schema they follow
            fact("Citation", "Citation", source.citation);
            fact("Licence", "Licence", source.licence);
        }
        if (m_parts->density) {
            const Density& density = *m_parts->density;
            fact("Kernel", "Noyau", kernel_word(density.method.kernel));
            fact("Bandwidth σ", "Largeur de bande σ", number(density.method.bandwidth_km) + "\u00a0km");
            fact("Incidents", "Incidents", count(density.method.events));
            if (density.method.weighted) fact("Effective n", "n effectif", number(density.method.effective_events));
            fact("Grid step", "Pas de la grille", number(density.field.step_m() / 1000) + "\u00a0km");
            fact("Colour range", "Échelle des couleurs",
                 fmt::format(fmt::runtime(say("{} to {} incidents per 1,000\u00a0km²",
                                              "{} à {} incidents pour 1\u202f000\u00a0km²")),
                             number(density.low * 1000), number(density.high * 1000)));
            fact("Greatest density", "Densité la plus forte",
                 fmt::format(
                     fmt::runtime(say("{} incidents per 1,000\u00a0km²", "{} incidents pour 1\u202f000\u00a0km²")),
                     number(density.field.peak() * 1000)));
        }
        for (const auto& [label, value] : m_page.document)
            if (label != say("Paper", "Papier")) section.facts.emplace_back(label, value);
        section.link = m_study.job.url;
        section.code = provenance_json(m_study, m_parts->density, nullptr);
        section.code_title = say("The same for programs (JSON)", "La même pour les programmes (JSON)");
    }

    std::string kernel_word(geo::Kernel kernel) const {
        if (kernel == geo::Kernel::gaussian) return say("gaussian, cut at 4 σ", "gaussien, coupé à 4 σ");
        if (kernel == geo::Kernel::quartic) return say("quartic", "quartique");
        return "epanechnikov";
    }

    const Study& m_study;
    std::shared_ptr<const SceneParts> m_parts;
    render::PageContent m_page;
    FrameCounts m_counted;
    geo::MonthlyCounts m_counts;
    ReportContent m_content;
    int m_figures = 0, m_tables = 0;
};

} // namespace

ReportContent report_content(const Study& study, const std::shared_ptr<const SceneParts>& parts) {
    return ReportWriter(study, parts).write();
}

} // namespace harmattan::app
