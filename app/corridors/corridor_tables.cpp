#include "app/corridors/corridor_tables.hpp"

#include "app/corridors/rounding.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <numeric>

namespace harmattan::app {

namespace {

std::string band_key(const geo::DistanceBand& band) {
    return fmt::format("{:g}_{:g}_km", band.from_m / 1000, band.to_m / 1000);
}

/// The worst section that a bin lies in, from 1.
std::optional<double> rank_of(const CorridorComparison& comparison, std::size_t corridor, std::size_t bin) {
    for (std::size_t r = 0; r < comparison.worst.size(); ++r) {
        const PlacedSection& w = comparison.worst[r];
        if (w.corridor == corridor && bin >= w.section.first_bin && bin < w.section.last_bin)
            return static_cast<double>(r + 1);
    }
    return std::nullopt;
}

/// Whole bins of a corridor, side by side.
struct Stretch {
    std::size_t corridor = 0, first_bin = 0, last_bin = 0; ///< last one exclusive
};

std::vector<geo::BandCount> bands_of(const geo::CorridorProfile& profile, const Stretch& at) {
    std::vector<geo::BandCount> bands(profile.bands.size());
    for (std::size_t k = at.first_bin; k < at.last_bin; ++k)
        for (std::size_t b = 0; b < bands.size(); ++b) bands[b] = bands[b] + profile.bins[k].bands[b];
    return bands;
}

/// A feature with what bins and sections alike have.
class StretchRow {
public:
    StretchRow(geo::FeatureTable& table, const CorridorComparison& comparison, const Stretch& at)
        : m_table(table), m_comparison(comparison), m_analysis(comparison.corridors[at.corridor]), m_at(at),
          m_section(geo::section_of(corridor().profile, at.first_bin, at.last_bin)),
          m_row(table.add_feature(geo::GeometryType::line)) {
        const CorridorStudy& c = corridor();
        for (const std::vector<geo::LonLat>& part : geo::stretch_of(c.route, m_section.from_m, m_section.to_m))
            table.add_part(part);
        set("corridor", c.id), set("name", c.name);
        if (!c.status.empty()) set("status", c.status);
        set("from_km", six_decimals(m_section.from_m / 1000)), set("to_km", six_decimals(m_section.to_m / 1000));
        set("country", c.country_at((m_section.from_m + m_section.to_m) / 2));
        set("covered", covered()), set("schematic", c.route.schematic);
    }

    void set(std::string_view column, geo::PropertyValue value) { m_table.set(m_row, column, std::move(value)); }

    void counts(bool weighted) {
        const geo::BandCount& sum = m_section.count;
        set("incidents", static_cast<double>(sum.events)), set("rough", six_decimals(sum.spread));
        if (weighted) set("weight", six_decimals(sum.weight));
        const geo::CorridorProfile& profile = corridor().profile;
        const std::vector<geo::BandCount> bands = bands_of(profile, m_at);
        for (std::size_t b = 0; b < bands.size(); ++b) {
            set("incidents_" + band_key(profile.bands[b]), static_cast<double>(bands[b].events));
            set("rough_" + band_key(profile.bands[b]), six_decimals(bands[b].spread));
        }
    }

    void rates() {
        if (!covered()) return;
        const double expected = m_section.count.expected(), length = m_section.length_m();
        const geo::Interval interval = geo::poisson_interval(expected);
        set("per_km", six_decimals(geo::per_km(expected, length)));
        set("per_km_low", six_decimals(geo::per_km(interval.low, length))),
            set("per_km_high", six_decimals(geo::per_km(interval.high, length)));
        if (!m_comparison.months) return;
        set("per_100_km_month", six_decimals(100 * geo::per_km(expected, length) / *m_comparison.months));
        if (!m_analysis.exposure || !m_analysis.exposure->covers(m_section.from_m, m_section.to_m)) return;
        const double convoy_km =
            m_analysis.exposure->convoy_km(m_section.from_m, m_section.to_m) * *m_comparison.months;
        set("convoy_km", six_decimals(convoy_km));
        if (!(convoy_km > 0)) return;
        set("per_1000_convoy_km", six_decimals(1000 * expected / convoy_km));
        set("per_1000_convoy_km_low", six_decimals(1000 * interval.low / convoy_km)),
            set("per_1000_convoy_km_high", six_decimals(1000 * interval.high / convoy_km));
    }

    void change(const std::optional<std::pair<Period, Period>>& periods) {
        if (!m_analysis.compared) return;
        const auto sum = [&](const std::vector<std::uint64_t>& by_bin) {
            return std::accumulate(by_bin.begin() + static_cast<std::ptrdiff_t>(m_at.first_bin),
                                   by_bin.begin() + static_cast<std::ptrdiff_t>(m_at.last_bin), std::uint64_t{0});
        };
        const std::uint64_t first = sum(m_analysis.compared->first), second = sum(m_analysis.compared->second);
        set("before", static_cast<double>(first)), set("after", static_cast<double>(second));
        const auto days = [](const Period& p) { return static_cast<double>(p.last - p.first) + 1; };
        const geo::RateRatio ratio = geo::rate_ratio({first, days(periods->first)}, {second, days(periods->second)});
        const auto finite = [&](const char* column, double value) {
            if (std::isfinite(value)) set(column, six_decimals(value));
        };
        if (first + second == 0) return;
        finite("ratio", ratio.ratio), finite("ratio_low", ratio.interval.low),
            finite("ratio_high", ratio.interval.high);
        if (std::isfinite(ratio.p)) set("p", six_digits(ratio.p));
    }

    bool covered() const {
        return std::all_of(corridor().covered.begin() + static_cast<std::ptrdiff_t>(m_at.first_bin),
                           corridor().covered.begin() + static_cast<std::ptrdiff_t>(m_at.last_bin),
                           [](bool b) { return b; });
    }

private:
    const CorridorStudy& corridor() const { return m_analysis.corridor; }

    geo::FeatureTable& m_table;
    const CorridorComparison& m_comparison;
    const CorridorAnalysis& m_analysis;
    Stretch m_at;
    geo::Section m_section;
    std::size_t m_row;
};

StretchRow add_row(geo::FeatureTable& table, const Study& study, const CorridorComparison& comparison,
                   const Stretch& at) {
    StretchRow row(table, comparison, at);
    row.counts(!study.incidents.events.weight.empty());
    row.rates();
    row.change(study.job.compare);
    return row;
}

void add_section(geo::FeatureTable& table, const Study& study, const CorridorComparison& comparison,
                 const PlacedSection& s, const char* kind, std::optional<double> rank, std::optional<double> p_all) {
    StretchRow row = add_row(table, study, comparison, {s.corridor, s.section.first_bin, s.section.last_bin});
    row.set("kind", std::string(kind)), row.set("where", s.where), row.set("country", s.countries);
    row.set("length_km", six_decimals(s.section.length_m() / 1000));
    if (!s.shared_with.empty()) row.set("shared_with", fmt::format("{}", fmt::join(s.shared_with, ", ")));
    if (rank) row.set("section_rank", *rank);
    if (p_all) row.set("p_all", six_digits(*p_all));
}

void add_bins(geo::FeatureTable& table, const Study& study, const CorridorComparison& comparison, bool with_kind) {
    for (std::size_t i = 0; i < comparison.corridors.size(); ++i)
        for (std::size_t k = 0; k < comparison.corridors[i].corridor.profile.bins.size(); ++k) {
            StretchRow row = add_row(table, study, comparison, {i, k, k + 1});
            if (row.covered()) row.set("smoothed_per_km", six_decimals(comparison.corridors[i].smoothed_per_km[k]));
            if (const auto rank = rank_of(comparison, i, k)) row.set("section_rank", *rank);
            if (!with_kind) continue;
            row.set("kind", std::string("bin")),
                row.set("length_km", six_decimals(comparison.corridors[i].corridor.profile.bins[k].length_m() / 1000));
        }
}

/// The columns in their order, whatever feature has values of them first.
void lay_columns(geo::FeatureTable& table, const Study& study, const CorridorComparison& comparison,
                 bool with_sections) {
    std::vector<std::string> names{"corridor", "name"};
    if (with_sections) names.insert(names.begin(), "kind");
    const auto any = [&](auto is) { return std::ranges::any_of(comparison.corridors, is); };
    if (any([](const CorridorAnalysis& a) { return !a.corridor.status.empty(); })) names.emplace_back("status");
    if (with_sections) names.insert(names.end(), {"where", "shared_with", "length_km"});
    names.insert(names.end(),
                 {"from_km", "to_km", "country", "covered", "schematic", "section_rank", "incidents", "rough"});
    if (!study.incidents.events.weight.empty()) names.emplace_back("weight");
    for (const CorridorAnalysis& a : comparison.corridors)
        for (const geo::DistanceBand& band : a.corridor.profile.bands)
            if (std::ranges::find(names, "incidents_" + band_key(band)) == names.end())
                names.push_back("incidents_" + band_key(band)), names.push_back("rough_" + band_key(band));
    names.insert(names.end(), {"per_km", "per_km_low", "per_km_high", "smoothed_per_km"});
    if (comparison.months) names.emplace_back("per_100_km_month");
    if (any([](const CorridorAnalysis& a) { return a.exposure.has_value(); }))
        names.insert(names.end(),
                     {"convoy_km", "per_1000_convoy_km", "per_1000_convoy_km_low", "per_1000_convoy_km_high"});
    if (any([](const CorridorAnalysis& a) { return a.compared.has_value(); }))
        names.insert(names.end(), {"before", "after", "ratio", "ratio_low", "ratio_high", "p"});
    if (with_sections && study.job.compare) names.emplace_back("p_all");
    for (const std::string& name : names) table.column(name);
}

} // namespace

geo::FeatureTable corridor_bins_table(const Study& study, const CorridorComparison& comparison) {
    geo::FeatureTable table;
    table.name = "corridor_bins";
    lay_columns(table, study, comparison, false);
    add_bins(table, study, comparison, false);
    return table;
}

geo::FeatureTable corridor_map_table(const Study& study, const CorridorComparison& comparison) {
    geo::FeatureTable table;
    table.name = "corridor_sections";
    lay_columns(table, study, comparison, true);
    for (std::size_t r = 0; r < comparison.worst.size(); ++r)
        add_section(table, study, comparison, comparison.worst[r], "section", static_cast<double>(r + 1), std::nullopt);
    for (const ChangedSection& c : comparison.changed)
        add_section(table, study, comparison, c.at, "change", std::nullopt, c.holm_p);
    add_bins(table, study, comparison, true);
    return table;
}

} // namespace harmattan::app
