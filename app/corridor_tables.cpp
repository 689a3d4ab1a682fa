#include "app/corridor_tables.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::app {

namespace {

/// Six decimals: what is beyond them is noise of sums.
double shown(double value) { return std::round(value * 1e6) / 1e6; }

std::string band_key(const geo::DistanceBand& band) { return fmt::format("{:g}_{:g}_km", band.from_m / 1000, band.to_m / 1000); }

/// The worst section that a bin lies in, from 1.
std::optional<double> rank_of(const CorridorComparison& comparison, std::size_t corridor, std::size_t bin) {
    for (std::size_t r = 0; r < comparison.worst.size(); ++r) {
        const PlacedSection& w = comparison.worst[r];
        if (w.corridor == corridor && bin >= w.section.first_bin && bin < w.section.last_bin) return static_cast<double>(r + 1);
    }
    return std::nullopt;
}

class BinRow {
public:
    BinRow(geo::FeatureTable& table, const CorridorComparison& comparison, std::size_t corridor, std::size_t bin)
        : m_table(table), m_comparison(comparison), m_analysis(comparison.corridors[corridor]), m_bin_index(bin), m_bin(m_analysis.corridor.profile.bins[bin]),
          m_row(table.add_feature(geo::GeometryType::line)) {
        const CorridorStudy& c = m_analysis.corridor;
        for (const std::vector<geo::LonLat>& part : geo::stretch_of(c.route, m_bin.from_m, m_bin.to_m)) table.add_part(part);
        set("corridor", c.id), set("name", c.name);
        if (!c.status.empty()) set("status", c.status);
        set("from_km", shown(m_bin.from_m / 1000)), set("to_km", shown(m_bin.to_m / 1000));
        set("country", c.country_at((m_bin.from_m + m_bin.to_m) / 2));
        set("covered", static_cast<bool>(c.covered[bin])), set("schematic", c.route.schematic);
        if (const auto rank = rank_of(comparison, corridor, bin)) set("section_rank", *rank);
    }

    void counts(bool weighted) {
        const geo::BandCount sum = m_bin.sum();
        set("incidents", static_cast<double>(sum.events)), set("rough", shown(sum.spread));
        if (weighted) set("weight", shown(sum.weight));
        const geo::CorridorProfile& profile = m_analysis.corridor.profile;
        for (std::size_t b = 0; b < profile.bands.size(); ++b) {
            set("incidents_" + band_key(profile.bands[b]), static_cast<double>(m_bin.bands[b].events));
            set("rough_" + band_key(profile.bands[b]), shown(m_bin.bands[b].spread));
        }
    }

    void rates() {
        if (!m_analysis.corridor.covered[m_bin_index]) return;
        const double expected = m_bin.sum().expected(), length = m_bin.length_m();
        const geo::Interval interval = geo::poisson_interval(expected);
        set("per_km", shown(geo::per_km(expected, length)));
        set("per_km_low", shown(geo::per_km(interval.low, length))), set("per_km_high", shown(geo::per_km(interval.high, length)));
        set("smoothed_per_km", shown(m_analysis.smoothed_per_km[m_bin_index]));
        if (!m_comparison.months) return;
        set("per_100_km_month", shown(100 * geo::per_km(expected, length) / *m_comparison.months));
        if (!m_analysis.exposure || !m_analysis.exposure->covers(m_bin.from_m, m_bin.to_m)) return;
        const double convoy_km = m_analysis.exposure->convoy_km(m_bin.from_m, m_bin.to_m) * *m_comparison.months;
        set("convoy_km", shown(convoy_km));
        if (!(convoy_km > 0)) return;
        set("per_1000_convoy_km", shown(1000 * expected / convoy_km));
        set("per_1000_convoy_km_low", shown(1000 * interval.low / convoy_km)), set("per_1000_convoy_km_high", shown(1000 * interval.high / convoy_km));
    }

    void change(const std::optional<std::pair<Period, Period>>& periods) {
        if (!m_analysis.compared) return;
        const std::uint64_t first = m_analysis.compared->first[m_bin_index], second = m_analysis.compared->second[m_bin_index];
        set("before", static_cast<double>(first)), set("after", static_cast<double>(second));
        const auto days = [](const Period& p) { return static_cast<double>(p.last - p.first) + 1; };
        const geo::RateRatio ratio = geo::rate_ratio({first, days(periods->first)}, {second, days(periods->second)});
        const auto finite = [&](const char* column, double value) {
            if (std::isfinite(value)) set(column, shown(value));
        };
        if (first + second == 0) return;
        finite("ratio", ratio.ratio), finite("ratio_low", ratio.interval.low), finite("ratio_high", ratio.interval.high), finite("p", ratio.p);
    }

private:
    void set(std::string_view column, geo::PropertyValue value) { m_table.set(m_row, column, std::move(value)); }

    geo::FeatureTable& m_table;
    const CorridorComparison& m_comparison;
    const CorridorAnalysis& m_analysis;
    std::size_t m_bin_index;
    const geo::ProfileBin& m_bin;
    std::size_t m_row;
};

/// The columns in their order, whatever bin has values of them first.
void lay_columns(geo::FeatureTable& table, const Study& study, const CorridorComparison& comparison) {
    std::vector<std::string> names{"corridor", "name"};
    const auto any = [&](auto is) { return std::ranges::any_of(comparison.corridors, is); };
    if (any([](const CorridorAnalysis& a) { return !a.corridor.status.empty(); })) names.emplace_back("status");
    names.insert(names.end(), {"from_km", "to_km", "country", "covered", "schematic", "section_rank", "incidents", "rough"});
    if (!study.incidents.events.weight.empty()) names.emplace_back("weight");
    for (const CorridorAnalysis& a : comparison.corridors)
        for (const geo::DistanceBand& band : a.corridor.profile.bands)
            if (std::ranges::find(names, "incidents_" + band_key(band)) == names.end()) names.push_back("incidents_" + band_key(band)), names.push_back("rough_" + band_key(band));
    names.insert(names.end(), {"per_km", "per_km_low", "per_km_high", "smoothed_per_km"});
    if (comparison.months) names.emplace_back("per_100_km_month");
    if (any([](const CorridorAnalysis& a) { return a.exposure.has_value(); }))
        names.insert(names.end(), {"convoy_km", "per_1000_convoy_km", "per_1000_convoy_km_low", "per_1000_convoy_km_high"});
    if (any([](const CorridorAnalysis& a) { return a.compared.has_value(); })) names.insert(names.end(), {"before", "after", "ratio", "ratio_low", "ratio_high", "p"});
    for (const std::string& name : names) table.column(name);
}

} // namespace

geo::FeatureTable corridor_bins_table(const Study& study, const CorridorComparison& comparison) {
    geo::FeatureTable table;
    table.name = "corridor_bins";
    lay_columns(table, study, comparison);
    for (std::size_t i = 0; i < comparison.corridors.size(); ++i)
        for (std::size_t k = 0; k < comparison.corridors[i].corridor.profile.bins.size(); ++k) {
            BinRow row(table, comparison, i, k);
            row.counts(!study.incidents.events.weight.empty());
            row.rates();
            row.change(study.job.compare);
        }
    return table;
}

} // namespace harmattan::app
