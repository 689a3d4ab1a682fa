#include "app/corridors/corridor_ranking.hpp"

#include "app/text_table.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace harmattan::app {

namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string number(double value) { return describe_number(value, Language::en); }
std::string between(double low, double high) {
    return fmt::format("{} – {}", number(low), std::isfinite(high) ? number(high) : "∞");
}
std::string km(double metres) { return fmt::format("{:.0f}", metres / 1000); }
/// At most so many code points.
std::string shortened(const std::string& text) {
    constexpr std::size_t most = 36;
    std::size_t points = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80 && ++points > most) return text.substr(0, i) + "…";
    return text;
}

std::string corridor_of(const CorridorStudy& c, const std::vector<std::string>& shared) {
    const std::string name = shortened(c.id == c.name ? c.name : fmt::format("{} {}", c.id, c.name));
    return shared.empty() ? name : fmt::format("{} (also {})", name, fmt::join(shared, ", "));
}
/// Sections are of whole bins.
std::string section_km(const Job& job) { return number(static_cast<double>(section_bins(job)) * job.corridor_bin_km); }
std::string p_value(double p) { return p < 0.001 ? "< 0.001" : fmt::format("{:.3f}", p); }

/// "within 25 km of the road"; the corridors may differ in their bands.
std::string reach_words(const CorridorComparison& comparison) {
    double outer = 0;
    for (const CorridorAnalysis& a : comparison.corridors)
        outer = std::max(outer, a.corridor.profile.bands.back().to_m);
    return fmt::format("within {:g} km of the road", outer / 1000);
}

std::string period_words(const Study& study, const CorridorComparison& comparison) {
    const std::optional<Period> period = study_period(study);
    if (!period) return {};
    return fmt::format(", {} ({:.1f} months)", describe_period(period->first, period->last, Language::en),
                       *comparison.months);
}

/// Expected incidents per 1,000 convoy·km; empty where the traffic is not known all along.
std::string per_convoy(const CorridorComparison& comparison, const PlacedSection& s) {
    const std::optional<geo::Exposure>& exposure = comparison.corridors[s.corridor].exposure;
    if (!exposure || !exposure->covers(s.section.from_m, s.section.to_m)) return {};
    const double convoy_km = exposure->convoy_km(s.section.from_m, s.section.to_m) * *comparison.months;
    return convoy_km > 0 ? number(1000 * s.section.count.expected() / convoy_km) : std::string();
}

std::string worst_text(const Study& study, const CorridorComparison& comparison) {
    const Job& job = study.job;
    std::string text = fmt::format("Sections of {} km with most incidents {}{}\n", section_km(job),
                                   reach_words(comparison), period_words(study, comparison));
    if (comparison.worst.empty())
        return text + "  none: no incident known to a place lies near a covered stretch of so many kilometres\n";
    const bool dated = comparison.months.has_value(), exposed = !job.exposure.empty();
    Rows rows{{"", "corridor", "km", "where", "in", "known", "rough", "per 10 km", "95 %"}};
    std::vector<bool> numbers{true, false, false, false, false, true, true, true, false};
    if (dated) rows[0].emplace_back("per 100 km·month"), numbers.push_back(true);
    if (exposed) rows[0].emplace_back("per 1,000 convoy·km"), numbers.push_back(true);
    for (const PlacedSection& s : comparison.worst) {
        const geo::Section& section = s.section;
        const double expected = section.count.expected(), per_10_km = 10'000 / section.length_m();
        const geo::Interval interval = geo::poisson_interval(expected);
        std::vector<std::string> row{fmt::format("{}", rows.size()),
                                     corridor_of(comparison.corridors[s.corridor].corridor, s.shared_with),
                                     km(section.from_m) + "–" + km(section.to_m),
                                     s.where,
                                     s.countries,
                                     describe_count(section.count.events, Language::en),
                                     number(section.count.spread),
                                     number(expected * per_10_km),
                                     between(interval.low * per_10_km, interval.high * per_10_km)};
        if (dated) row.push_back(number(100'000 / section.length_m() * expected / *comparison.months));
        if (exposed) row.push_back(per_convoy(comparison, s));
        rows.push_back(std::move(row));
    }
    return text + text_table(rows, numbers, 2) +
           "  known: at a named place. rough: shares of incidents known only to about 25 km or to an area; rates and "
           "intervals hold both.\n"
           "  95 %: exact Poisson interval; the sections are chosen for being high, which it does not allow for.\n";
}

std::string ends_text(const CorridorComparison& comparison) {
    std::string text;
    for (const SameEnd& end : comparison.same_end) {
        const bool dated = comparison.months.has_value();
        const double months = comparison.months.value_or(1);
        Rows rows{
            {"corridor", "km", "covered", "known", "rough", dated ? "on the way, a month" : "on the way", "95 %"}};
        std::vector<bool> numbers{false, true, true, true, true, true, false};
        if (dated) rows[0].emplace_back("per 100 km·month"), numbers.push_back(true);
        bool partly = false;
        for (const std::size_t i : end.corridors) {
            const CorridorStudy& c = comparison.corridors[i].corridor;
            const geo::BandCount count = c.covered_count();
            const geo::Interval interval = geo::poisson_interval(count.expected());
            const bool little = 2 * c.covered_m() < c.route.length_m();
            partly = partly || little;
            std::vector<std::string> row{corridor_of(c, {}), km(c.route.length_m()),
                                         km(c.covered_m()) + (little ? " *" : "  "),
                                         describe_count(count.events, Language::en), number(count.spread)};
            row.push_back(c.covered_m() > 0 ? number(count.expected() / months) : "no data");
            row.push_back(c.covered_m() > 0 ? between(interval.low / months, interval.high / months) : "");
            if (dated)
                row.push_back(c.covered_m() > 0 ? number(100'000 / c.covered_m() * count.expected() / months) : "");
            rows.push_back(std::move(row));
        }
        text += fmt::format("\nTo {}: the corridors with fewest incidents on the way first\n{}", in_one_line(end.to),
                            text_table(rows, numbers, 2));
        if (partly)
            text += "  * less than half of the way lies in countries that the data cover: not to be compared with the "
                    "others.\n";
    }
    return text;
}

std::string change_text(const Study& study, const CorridorComparison& comparison) {
    if (!study.job.compare) return {};
    const auto& [before, after] = *study.job.compare;
    std::string text = fmt::format("\nChange from {} to {}, sections of {} km from the corridor's beginning\n",
                                   describe_period(before.first, before.last, Language::en),
                                   describe_period(after.first, after.last, Language::en), section_km(study.job));
    if (comparison.changed.empty())
        return text + "  none: no incident known to a place lies near a covered section in either period\n";
    Rows rows{{"corridor", "km", "where", "in", "before", "after", "ratio a day", "95 %", "p", "p, all"}};
    for (const ChangedSection& c : comparison.changed) {
        if (rows.size() > static_cast<std::size_t>(study.job.corridor_worst)) break;
        const PlacedSection& s = c.at;
        rows.push_back({corridor_of(comparison.corridors[s.corridor].corridor, s.shared_with),
                        km(s.section.from_m) + "–" + km(s.section.to_m), s.where, s.countries,
                        describe_count(c.first, Language::en), describe_count(c.second, Language::en),
                        std::isfinite(c.change.ratio) ? number(c.change.ratio) : "∞",
                        between(c.change.interval.low, c.change.interval.high), p_value(c.change.p),
                        p_value(c.holm_p)});
    }
    return text + text_table(rows, {false, false, false, false, true, true, true, false, true, true}, 2) +
           fmt::format("  Only incidents known to a place. p, 95 %: exact, given the sum of both; p, all: held for all "
                       "{} sections together (Holm).\n",
                       comparison.changed.size());
}

} // namespace

std::string describe_ranking(const Study& study, const CorridorComparison& comparison) {
    return worst_text(study, comparison) + ends_text(comparison) + change_text(study, comparison);
}

} // namespace harmattan::app
