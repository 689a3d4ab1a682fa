#include "app/report/report_tables.hpp"

#include "app/ledger_words.hpp"
#include "app/paper/charts_of.hpp"
#include "app/words.hpp"
#include "geo/day.hpp"
#include "geo/series.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>

namespace harmattan::app {

namespace {

constexpr std::size_t most_units = 20;

std::string capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::string count(const Study& study, std::uint64_t n) { return describe_count(n, study.job.language); }

std::string share(const Study& study, std::uint64_t part, std::uint64_t whole) {
    const double percent = whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    const std::string text = part > 0 && percent < 1 ? "<\u00a01\u00a0%" : fmt::format("{:.0f}\u00a0%", percent);
    return words(study, text.c_str(), text.c_str());
}

double number_of(const geo::FeatureTable& table, std::size_t f, std::string_view name) {
    const auto* value = std::get_if<double>(&table.property(f, name));
    return value ? *value : 0;
}

std::uint64_t count_of(const geo::FeatureTable& table, std::size_t f, std::string_view name) {
    return static_cast<std::uint64_t>(std::llround(std::max(0.0, number_of(table, f, name))));
}

std::string fixed(const Study& study, double value, int decimals) {
    const std::string text = fmt::format("{:.{}f}", value, decimals);
    const std::size_t dot = std::min(text.find('.'), text.size());
    const std::string whole = describe_count(std::stoull(text.substr(0, dot)), study.job.language);
    return dot == text.size() ? whole : fmt::format("{}{}{}", whole, french(study) ? ',' : '.', text.substr(dot + 1));
}

/// Decimals that show the least of the values that are not 0 with one or two digits: one number for a whole column.
int decimals_for(const std::vector<double>& values) {
    double least = 0;
    for (const double v : values)
        if (v > 0) least = least > 0 ? std::min(least, v) : v;
    return least <= 0 || least >= 10 ? 0 : least >= 1 ? 1 : least >= 0.05 ? 2 : 3;
}

/// The events are weighted by a column: its sums stand beside the counts.
bool weighted(const Study& study) { return !study.incidents.source.weight_column.empty(); }

/// The table says how well places are known; where it does not, none counts as known only to an area, which would
/// mislead.
bool knows_precision(const Study& study) { return !study.incidents.source.precision_column.empty(); }

std::string weight_heading(const Study& study) {
    return fmt::format(fmt::runtime(words(study, "Sum of {}", "Somme de {}")), study.incidents.source.weight_column);
}

/// "Province", "Unit" where they have several names.
std::string level_heading(const Study& study, const geo::FeatureTable& units, const std::vector<std::size_t>& which) {
    std::set<std::string> names;
    for (const std::size_t i : which) names.insert(units.text(i, french(study) ? "level_name_fr" : "level_name_en"));
    return names.size() == 1 && !names.begin()->empty() ? capital(*names.begin()) : words(study, "Unit", "Unité");
}

ReportTable units_table(const Study& study, const geo::FeatureTable& units, const std::vector<std::size_t>& which) {
    ReportTable table;
    std::set<std::string> countries;
    std::vector<double> per_area, weights;
    for (const std::size_t i : which) {
        if (const std::string iso2 = units.text(i, "iso2"); !iso2.empty()) countries.insert(iso2);
        per_area.push_back(number_of(units, i, "per_1000_km2"));
        weights.push_back(number_of(units, i, "incidents_weight"));
    }
    const bool with_country = countries.size() > 1;
    const int decimals = decimals_for(per_area);
    table.columns.push_back({level_heading(study, units, which), false});
    if (with_country) table.columns.push_back({words(study, "Country", "Pays"), false});
    table.columns.push_back({"Incidents", true});
    const bool with_coarse = knows_precision(study);
    if (with_coarse)
        table.columns.push_back(
            {words(study, "of them known only to an area", "dont connus seulement à une zone"), true});
    if (weighted(study)) table.columns.push_back({weight_heading(study), true});
    table.columns.push_back({words(study, "per 1,000\u00a0km²", "pour 1\u202f000\u00a0km²"), true});
    for (std::size_t k = 0; k < which.size(); ++k) {
        const std::size_t i = which[k];
        std::vector<std::string> row{units.text(i, "name")};
        if (with_country) row.push_back(country_name(study, units.text(i, "iso2")));
        row.push_back(count(study, count_of(units, i, "incidents")));
        if (with_coarse) row.push_back(count(study, count_of(units, i, "incidents_coarse")));
        if (weighted(study)) row.push_back(describe_number(weights[k], study.job.language));
        row.push_back(fixed(study, per_area[k], decimals));
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace

std::string country_name(const Study& study, const std::string& iso2) {
    const geo::FeatureTable& countries = study.region.layer("countries");
    for (std::size_t i = 0; i < countries.size(); ++i)
        if (countries.text(i, "iso2") == iso2) return countries.text(i, name_column(study));
    return iso2;
}

ReportTable month_table(const Study& study, const geo::MonthlyCounts& counts) {
    ReportTable table;
    table.id = "table-months";
    table.caption = words(study, "Incidents by month", "Incidents par mois");
    table.columns = {
        {words(study, "Month", "Mois"), false}, {"Incidents", true}, {words(study, "Share", "Part"), true}};
    if (weighted(study)) table.columns.push_back({weight_heading(study), true});
    bool partial = false, beyond = false;
    for (const geo::MonthCount& m : counts.months) {
        std::string name = capital(describe_month(m.year, m.month, study.job.language));
        if (m.partial) name += words(study, " (in part)", " (en partie)"), partial = true;
        if (m.beyond_data) name += words(study, " (beyond the data)", " (au-delà des données)"), beyond = true;
        std::vector<std::string> row{name, count(study, m.events), share(study, m.events, counts.events)};
        if (weighted(study)) row.push_back(describe_number(m.weight, study.job.language));
        table.rows.push_back(std::move(row));
    }
    table.total = {words(study, "All months", "Tous les mois"), count(study, counts.events),
                   counts.events > 0 ? words(study, "100\u00a0%", "100 %") : std::string()};
    if (weighted(study)) table.total.push_back(describe_number(counts.weight, study.job.language));
    if (partial)
        table.notes.push_back(words(study, "In part: the period does not cover the whole month.",
                                    "En partie : la période ne couvre pas tout le mois."));
    if (beyond)
        table.notes.push_back(words(study,
                                    "Beyond the data: no incident of the table is as early or as late as this month, "
                                    "so that its 0 may be want of data.",
                                    "Au-delà des données : aucun incident de la table n'est aussi ancien ou récent que "
                                    "ce mois ; son 0 peut venir d'un manque de données."));
    if (counts.undated > 0)
        table.notes.push_back(
            fmt::format(fmt::runtime(words(study, "{} incidents without a date are not in this table.",
                                           "{} incidents sans date ne figurent pas dans cette table.")),
                        count(study, counts.undated)));
    return table;
}

ReportTable leading_units_table(const Study& study, const geo::FeatureTable& units) {
    std::vector<std::size_t> leading = leading_units(study, units, study.frame);
    const std::size_t all = leading.size();
    leading.resize(std::min(all, most_units));
    ReportTable table = units_table(study, units, leading);
    table.id = "table-units";
    table.caption = all > most_units ? fmt::format(fmt::runtime(words(study, "The {} units with most incidents",
                                                                      "Les {} unités comptant le plus d'incidents")),
                                                   most_units)
                                     : words(study, "Units with incidents", "Unités où des incidents ont eu lieu");
    if (knows_precision(study))
        table.notes.push_back(words(
            study, "Known only to an area: located to a district or worse, so that the unit itself may be another one.",
            "Connus seulement à une zone : localisés au district ou moins bien ; l'unité elle-même peut être une "
            "autre."));
    if (all > most_units) {
        std::uint64_t rest = 0;
        for (const std::size_t i : leading_units(study, units, study.frame)) rest += count_of(units, i, "incidents");
        for (const std::size_t i : leading) rest -= count_of(units, i, "incidents");
        table.notes.push_back(fmt::format(
            fmt::runtime(words(study, "{} incidents in {} further units.", "{} incidents dans {} autres unités.")),
            count(study, rest), count(study, all - most_units)));
    }
    return table;
}

ReportTable all_units_table(const Study& study, const geo::FeatureTable& units) {
    std::vector<std::size_t> which;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const bool* covered = std::get_if<bool>(&units.property(i, "covered"));
        if (!covered || *covered || count_of(units, i, "incidents") > 0) which.push_back(i);
    }
    std::stable_sort(which.begin(), which.end(),
                     [&](std::size_t a, std::size_t b) { return units.text(a, "name") < units.text(b, "name"); });
    ReportTable table = units_table(study, units, which);
    table.id = "table-all-units";
    table.caption = words(study, "Incidents by unit, all units", "Incidents par unité, toutes les unités");
    table.folded = fmt::format(fmt::runtime(words(study, "Data of the map: incidents in all {} units",
                                                  "Données de la carte : incidents dans les {} unités")),
                               which.size());
    return table;
}

ReportTable precision_table(const Study& study) {
    const std::vector<std::uint64_t>& mix = study.incidents.source.precision_mix;
    std::uint64_t all = 0;
    for (const std::uint64_t n : mix) all += n;
    ReportTable table;
    table.id = "table-precision";
    table.caption = words(study, "How well places are known", "Précision des lieux");
    table.columns = {
        {words(study, "Place", "Lieu"), false}, {"Incidents", true}, {words(study, "Share", "Part"), true}};
    for (std::size_t i = 0; i < mix.size(); ++i)
        if (mix[i] > 0)
            table.rows.push_back({capital(precision_label(static_cast<geo::Precision>(i), study.job.language)),
                                  count(study, mix[i]), share(study, mix[i], all)});
    table.total = {words(study, "All incidents drawn", "Tous les incidents dessinés"), count(study, all),
                   all > 0 ? words(study, "100\u00a0%", "100 %") : std::string()};
    return table;
}

ReportTable ledger_table(const Study& study) {
    const geo::Ledger& ledger = study.incidents.ledger;
    ReportTable table;
    table.id = "table-rows";
    table.caption = words(study, "Where every row of the event table went",
                          "Ce qu'est devenue chaque ligne de la table d'incidents");
    table.columns = {{words(study, "Outcome", "Sort"), false},
                     {words(study, "Reason", "Motif"), false},
                     {words(study, "Rows", "Lignes"), true},
                     {words(study, "Share", "Part"), true}};
    table.rows.push_back(
        {words(study, "Drawn", "Dessinées"), "", count(study, ledger.drawn), share(study, ledger.drawn, ledger.rows)});
    const auto put = [&](const std::map<std::string, std::uint64_t>& reasons, const std::string& outcome) {
        for (const auto& [reason, n] : reasons)
            if (n > 0)
                table.rows.push_back({outcome, ledger_reason(reason, study.job.language), count(study, n),
                                      share(study, n, ledger.rows)});
    };
    put(ledger.counted, words(study, "Counted, not drawn", "Comptées, non dessinées"));
    put(ledger.filtered, words(study, "Left out as asked", "Écartées à la demande"));
    put(ledger.rejected, words(study, "Rejected", "Rejetées"));
    table.total = {words(study, "Rows read", "Lignes lues"), "", count(study, ledger.rows),
                   ledger.rows > 0 ? words(study, "100\u00a0%", "100 %") : std::string()};
    return table;
}

} // namespace harmattan::app
