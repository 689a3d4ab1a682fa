#include "app/describe.hpp"

#include "geo/day.hpp"
#include "render/text/french_spacing.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::app {

namespace {

constexpr std::array<const char*, 12> months_en = {"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
constexpr std::array<const char*, 12> months_fr = {"janvier",   "février", "mars",     "avril",
                                                   "mai",       "juin",    "juillet",  "août",
                                                   "septembre", "octobre", "novembre", "décembre"};

bool french(Language language) { return language == Language::fr; }

std::string spaced(std::string text, Language language) {
    return french(language) ? render::french_spacing(text) : text;
}

std::string day_number(int day, Language language) {
    return french(language) && day == 1 ? "1er" : fmt::format("{}", day);
}

std::string month(int number, Language language) {
    return (french(language) ? months_fr : months_en)[static_cast<std::size_t>(number - 1)];
}

std::string kernel(geo::Kernel k, Language language) {
    if (k == geo::Kernel::gaussian) return french(language) ? "gaussien" : "gaussian";
    if (k == geo::Kernel::quartic) return french(language) ? "quartique" : "quartic";
    return "epanechnikov";
}

std::string french_reason(const std::string& rule) {
    if (rule == "default")
        return "largeur de bande choisie d'après l'étendue des 95 % centraux des incidents et la précision des lieux, "
               "arrondie";
    if (rule == "scott") return "largeur de bande selon la règle de Scott";
    return {};
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
    const double share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    return share > 0 && share < 1 ? "< 1 %" : fmt::format("{:.0f} %", share);
}

} // namespace

std::string precision_label(geo::Precision p, Language language) {
    const bool fr = french(language);
    switch (p) {
    case geo::Precision::place: return fr ? "connu au lieu" : "known to a place";
    case geo::Precision::near: return fr ? "à 25 km près" : "to about 25 km";
    case geo::Precision::district: return fr ? "au district" : "to a district";
    case geo::Precision::province: return fr ? "à la région ou province" : "to a region or province";
    case geo::Precision::unclear: return fr ? "à une zone plus large" : "to a wider area";
    case geo::Precision::unstated: return fr ? "précision non indiquée" : "precision not stated";
    }
    return "";
}

std::string describe_day(geo::Day day, Language language) {
    const geo::CivilDate date = geo::civil_date(day);
    return fmt::format("{} {} {}", day_number(date.day, language), month(date.month, language), date.year);
}

std::string describe_month(int year, int number, Language language) {
    return fmt::format("{} {}", month(number, language), year);
}

std::string describe_incidents(std::uint64_t count, Language language) {
    return fmt::format("{} incident{}", describe_count(count, language),
                       count == 1 || (count == 0 && french(language)) ? "" : "s");
}

std::string describe_period(geo::Day first, geo::Day last, Language language) {
    if (first == last) return describe_day(first, language);
    const geo::CivilDate a = geo::civil_date(first), b = geo::civil_date(last);
    if (a.year != b.year) return fmt::format("{} – {}", describe_day(first, language), describe_day(last, language));
    if (a.month != b.month)
        return fmt::format("{} {} – {}", day_number(a.day, language), month(a.month, language),
                           describe_day(last, language));
    return fmt::format("{}–{}", day_number(a.day, language), describe_day(last, language));
}

std::string describe_count(std::uint64_t count, Language language) {
    const std::string digits = fmt::format("{}", count);
    std::string grouped;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) grouped += french(language) ? "\u202f" : ",";
        grouped += digits[i];
    }
    return grouped;
}

std::string describe_number(double value, Language language) {
    if (value >= 999.5) return describe_count(static_cast<std::uint64_t>(std::llround(value)), language);
    std::string text = fmt::format("{:.3g}", value);
    if (french(language))
        if (const std::size_t dot = text.find('.'); dot != std::string::npos) text[dot] = ',';
    return text;
}

std::string describe_method(const Method& m, Language language) {
    const bool fr = french(language);
    const std::string cut = m.kernel != geo::Kernel::gaussian ? "" : fr ? ", coupé à 4 σ" : ", cut at 4 σ";
    std::string text = fmt::format(fmt::runtime(fr ? "Densité par noyau {} (σ {} km au sol{}) de {} incidents"
                                                   : "Kernel density, {} (σ {} km on the ground{}), of {} incidents"),
                                   kernel(m.kernel, language), describe_number(m.bandwidth_km, language), cut,
                                   describe_count(m.events, language));
    if (m.weighted)
        text += fmt::format(
            fmt::runtime(fr ? ", pondérés (somme {}, n effectif {})" : ", weighted (sum {}, effective n {})"),
            describe_number(m.weight, language), describe_number(m.effective_events, language));
    // a width that was given says enough
    const bool chosen = m.bandwidth_rule == "default" || m.bandwidth_rule == "scott";
    const std::string semicolon = fr ? " ; " : "; ";
    if (const std::string reason = fr ? french_reason(m.bandwidth_rule) : m.bandwidth_reason; chosen && !reason.empty())
        text += semicolon + reason;
    if (m.precision == geo::PrecisionUse::prior)
        text += semicolon + (fr ? "les lieux imprécis sont étalés selon leur précision"
                                : "imprecise places are spread by their precision");
    if (m.precision == geo::PrecisionUse::point)
        text += semicolon +
                (fr ? "les lieux imprécis sont pris à leur point" : "imprecise places are taken at their point");
    if (m.precision == geo::PrecisionUse::drop)
        text += semicolon +
                (fr ? "seuls les incidents connus au lieu sont retenus" : "only incidents known to a place are taken");
    text += semicolon;
    text += m.dates == geo::DateMatch::start
                ? (fr ? "datés de leur premier jour." : "dated by their first day.")
                : (fr ? "retenus si leur durée touche la période." : "taken where their span meets the period.");
    return spaced(std::move(text), language);
}

std::string describe_precision(const geo::EventSource& source, Language language) {
    std::uint64_t drawn = 0;
    for (const std::uint64_t n : source.precision_mix) drawn += n;
    const auto unstated = static_cast<std::size_t>(geo::Precision::unstated);
    if (drawn == 0 || (source.precision_mix.size() > unstated && source.precision_mix[unstated] == drawn)) return {};
    std::string text = french(language) ? "Précision des lieux : " : "How well places are known: ";
    bool first = true;
    for (std::size_t i = 0; i < source.precision_mix.size(); ++i) {
        if (source.precision_mix[i] == 0) continue;
        text += fmt::format("{}{} {}", first ? "" : ", ", precision_label(static_cast<geo::Precision>(i), language),
                            percent(source.precision_mix[i], drawn));
        first = false;
    }
    return spaced(text + ".", language);
}

std::string describe_counted(const geo::Ledger& ledger, Language language) {
    const std::uint64_t counted = ledger.counted_total();
    if (counted == 0) return {};
    return fmt::format(
        fmt::runtime(french(language)
                         ? "{} incidents connus seulement au pays, ou sans coordonnées, sont comptés mais non dessinés."
                         : "{} incidents known only to a country, or without coordinates, are counted but not drawn."),
        describe_count(counted, language));
}

std::string describe_ledger(const geo::Ledger& ledger, Language language) {
    const bool fr = french(language);
    const auto count = [&](std::uint64_t n) { return describe_count(n, language); };
    std::string text = fmt::format(fmt::runtime(fr ? "{} lignes = {} dessinées" : "{} rows = {} drawn"),
                                   count(ledger.rows), count(ledger.drawn));
    const auto part = [&](const std::map<std::string, std::uint64_t>& reasons, std::uint64_t total, const char* what) {
        if (total == 0) return;
        text += fmt::format(" + {} {} (", count(total), what);
        bool first = true;
        for (const auto& [reason, n] : reasons) {
            text += fmt::format("{}{} {}", first ? "" : ", ", reason, count(n));
            first = false;
        }
        text += ")";
    };
    part(ledger.counted, ledger.counted_total(), fr ? "comptées" : "counted");
    part(ledger.filtered, ledger.filtered_total(), fr ? "filtrées" : "filtered");
    part(ledger.rejected, ledger.rejected_total(), fr ? "rejetées" : "rejected");
    return text;
}

std::string default_title(const geo::EventSource& source, Language language) {
    const char* incidents = "Incidents";
    if (!source.first_day || !source.last_day) return incidents;
    return fmt::format("{}, {}", incidents, describe_period(*source.first_day, *source.last_day, language));
}

std::string made_up_note(Language language) {
    return spaced(french(language) ? "Données fictives, pour illustration : ces incidents sont inventés."
                                   : "Illustrative data: these incidents are made up.",
                  language);
}

std::string schematic_note(Language language) {
    return spaced(french(language)
                      ? "Corridors schématiques, de ville en ville : à plusieurs kilomètres de la route par endroits."
                      : "Corridors are schematic, from town to town: several kilometres off the road in places.",
                  language);
}

std::string density_note(Language language) {
    return french(language) ? "Les couleurs montrent la densité des incidents signalés, non le risque en un lieu."
                            : "Colours show the density of reported incidents, not the risk at a place.";
}

} // namespace harmattan::app
