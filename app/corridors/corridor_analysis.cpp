#include "app/corridors/corridor_analysis.hpp"

#include "app/corridors/exposure_of.hpp"
#include "geo/corridors/smooth_profile.hpp"
#include "geo/day.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <numeric>

namespace harmattan::app {

namespace {

constexpr double sample_m = 5'000, same_road_m = 10'000;
constexpr double days_a_month = 365.25 / 12;

double days_of(const Period& period) { return static_cast<double>(period.last - period.first) + 1; }

std::vector<std::uint64_t> known_by_bin(const geo::CorridorProfile& profile) {
    std::vector<std::uint64_t> counts;
    for (const geo::ProfileBin& bin : profile.bins) counts.push_back(bin.sum().events);
    return counts;
}

std::vector<geo::LonLat> samples_of(const CorridorStudy& corridor, const geo::Section& section) {
    std::vector<geo::LonLat> samples;
    const auto count = std::max(1.0, std::round(section.length_m() / sample_m));
    for (double i = 0; i < count; ++i)
        samples.push_back(corridor.route.place_at(section.from_m + (i + 0.5) / count * section.length_m()));
    return samples;
}

/// The samples are those of the two sections.
bool is_same_road(const std::vector<geo::LonLat>& a, const std::vector<geo::LonLat>& b) {
    const auto is_near = [&](geo::LonLat p) {
        return std::ranges::any_of(
            b, [&](geo::LonLat q) { return std::abs(p.lat - q.lat) < 0.2 && geo::geodesic_m(p, q) < same_road_m; });
    };
    return 2 * std::ranges::count_if(a, is_near) >= static_cast<std::ptrdiff_t>(a.size());
}

PlacedSection placed(const std::vector<CorridorAnalysis>& analyses, std::size_t corridor, const geo::Section& section) {
    const CorridorStudy& c = analyses[corridor].corridor;
    PlacedSection one{corridor, section, describe_stretch(c.places, section.from_m, section.to_m), {}, {}};
    for (const Stay& stay : c.stays)
        if (stay.from_m < section.to_m && stay.to_m > section.from_m)
            one.countries += (one.countries.empty() ? "" : "–") + stay.country;
    return one;
}

/// Sections in the order they come, each road once and at most `most` roads; a later one on the same road is only
/// named.
class Roads {
public:
    explicit Roads(const std::vector<CorridorAnalysis>& analyses,
                   std::size_t most = std::numeric_limits<std::size_t>::max())
        : m_analyses(analyses), m_most(most) {}

    void add(PlacedSection section) {
        const CorridorStudy& corridor = m_analyses[section.corridor].corridor;
        const std::vector<geo::LonLat> samples = samples_of(corridor, section.section);
        for (std::size_t i = 0; i < m_sections.size(); ++i)
            if (m_sections[i].corridor != section.corridor && is_same_road(samples, m_samples[i])) {
                std::vector<std::string>& shared = m_sections[i].shared_with;
                if (std::ranges::find(shared, corridor.id) == shared.end()) shared.push_back(corridor.id);
                return;
            }
        if (m_sections.size() < m_most) m_sections.push_back(std::move(section)), m_samples.push_back(samples);
    }

    std::vector<PlacedSection> take() { return std::move(m_sections); }

private:
    const std::vector<CorridorAnalysis>& m_analyses;
    std::size_t m_most;
    std::vector<PlacedSection> m_sections;
    std::vector<std::vector<geo::LonLat>> m_samples;
};

std::vector<PlacedSection> worst_of(const std::vector<CorridorAnalysis>& analyses, const Job& job) {
    std::vector<PlacedSection> all;
    for (std::size_t i = 0; i < analyses.size(); ++i) {
        const CorridorStudy& c = analyses[i].corridor;
        for (const geo::Section& section : geo::worst_sections(c.profile, c.covered, 1000 * job.corridor_section_km,
                                                               static_cast<std::size_t>(job.corridor_worst)))
            all.push_back(placed(analyses, i, section));
    }
    std::ranges::stable_sort(all, std::greater(), [](const PlacedSection& s) { return s.section.expected_per_km(); });
    Roads roads(analyses, static_cast<std::size_t>(job.corridor_worst));
    for (PlacedSection& section : all) roads.add(std::move(section));
    return roads.take();
}

/// Every covered stretch cut into sections from the corridor's beginning: not chosen by what happened on them.
std::vector<PlacedSection> all_sections(const std::vector<CorridorAnalysis>& analyses, const Job& job) {
    Roads roads(analyses);
    for (std::size_t i = 0; i < analyses.size(); ++i) {
        const CorridorStudy& c = analyses[i].corridor;
        const std::size_t bins = c.profile.bins.size(), width = section_bins(job);
        for (std::size_t first = 0; first < bins;) {
            std::size_t last = std::min(bins, first + width);
            if (2 * (bins - last) < width) last = bins; // what is left is less than half a section
            if (std::all_of(c.covered.begin() + static_cast<std::ptrdiff_t>(first),
                            c.covered.begin() + static_cast<std::ptrdiff_t>(last), [](bool b) { return b; }))
                roads.add(placed(analyses, i, geo::section_of(c.profile, first, last)));
            first = last;
        }
    }
    return roads.take();
}

/// Holm 1979: p rising through the sorted list, each times the number of tests not yet done.
void hold_for_all(std::vector<ChangedSection>& changed) {
    double greatest = 0;
    for (std::size_t i = 0; i < changed.size(); ++i) {
        greatest = std::max(greatest, std::min(1.0, static_cast<double>(changed.size() - i) * changed[i].change.p));
        changed[i].holm_p = greatest;
    }
}

std::vector<ChangedSection> changes_of(const std::vector<CorridorAnalysis>& analyses, const Job& job) {
    const double before_days = days_of(job.compare->first), after_days = days_of(job.compare->second);
    std::vector<ChangedSection> changed;
    for (PlacedSection& section : all_sections(analyses, job)) {
        const ComparedBins& bins = *analyses[section.corridor].compared;
        const auto sum = [&](const std::vector<std::uint64_t>& counts) {
            return std::accumulate(counts.begin() + static_cast<std::ptrdiff_t>(section.section.first_bin),
                                   counts.begin() + static_cast<std::ptrdiff_t>(section.section.last_bin),
                                   std::uint64_t{0});
        };
        const std::uint64_t first = sum(bins.first), second = sum(bins.second);
        if (first + second == 0) continue;
        changed.push_back(
            {std::move(section), first, second, geo::rate_ratio({first, before_days}, {second, after_days}), 1});
    }
    std::ranges::stable_sort(changed, {}, [](const ChangedSection& c) { return c.change.p; });
    hold_for_all(changed);
    return changed;
}

std::vector<SameEnd> same_ends(const std::vector<CorridorAnalysis>& analyses) {
    std::vector<SameEnd> ends;
    for (std::size_t i = 0; i < analyses.size(); ++i) {
        const std::string& to = analyses[i].corridor.to;
        if (to.empty()) continue;
        auto end = std::ranges::find(ends, to, &SameEnd::to);
        if (end == ends.end()) end = ends.insert(ends.end(), {to, {}});
        end->corridors.push_back(i);
    }
    std::erase_if(ends, [](const SameEnd& end) { return end.corridors.size() < 2; });
    for (SameEnd& end : ends)
        std::ranges::stable_sort(end.corridors, {}, [&](std::size_t i) {
            const CorridorStudy& c = analyses[i].corridor;
            return std::pair(2 * c.covered_m() < c.route.length_m(), c.covered_count().expected());
        });
    return ends;
}

std::vector<std::size_t> asked_corridors(const Study& study, const geo::FeatureTable& corridors) {
    if (!study.job.corridor.empty()) return {find_corridor(corridors, study.job.corridor)};
    const bool framed = study.job.bbox || !study.job.region.empty();
    std::vector<std::size_t> asked;
    for (std::size_t i = 0; i < corridors.size(); ++i)
        if (corridors.type[i] == geo::GeometryType::line &&
            (!framed || geo::meets(study.frame, geo::envelope(corridors, i))))
            asked.push_back(i);
    if (asked.empty())
        throw geo::Error(geo::ErrorKind::usage, "no corridor meets the frame; leave --region and --bbox out for all of "
                                                "them, or bring lines with --corridors FILE");
    return asked;
}

void require_dates(const Study& study, bool dated) {
    if (!study.job.exposure.empty() && !dated)
        throw geo::Error(geo::ErrorKind::bad_data,
                         "--exposure is convoys a month, and no incident has a date; name the column with --date");
    if (!study.job.compare) return;
    const auto& [before, after] = *study.job.compare;
    if (before.first <= after.last && after.first <= before.last)
        throw geo::Error(geo::ErrorKind::usage, fmt::format("--compare: {} is in both periods, and its incidents would "
                                                            "be compared with themselves; give two that share no day",
                                                            geo::to_iso(std::max(before.first, after.first))));
    for (const Period& period : {study.job.compare->first, study.job.compare->second})
        if (rows_between(study.incidents.events, period).empty())
            throw geo::Error(geo::ErrorKind::bad_data,
                             fmt::format("--compare: no incident lies in {}..{}", geo::to_iso(period.first),
                                         geo::to_iso(period.last)));
}

} // namespace

std::size_t section_bins(const Job& job) {
    return static_cast<std::size_t>(std::max(1L, std::lround(job.corridor_section_km / job.corridor_bin_km)));
}

CorridorComparison compare_corridors(const Study& study, const geo::FeatureTable& corridors,
                                     const geo::FeatureTable& checkpoints) {
    const Job& job = study.job;
    const geo::Events& events = study.incidents.events;
    CorridorComparison comparison;
    if (const std::optional<Period> period = study_period(study)) comparison.months = days_of(*period) / days_a_month;
    require_dates(study, comparison.months.has_value());
    const CorridorEvents all = corridor_events(study);
    for (const std::size_t i : asked_corridors(study, corridors)) {
        CorridorAnalysis analysis{study_corridor(study, corridors, i, all, checkpoints), {}, {}, {}};
        const CorridorStudy& c = analysis.corridor;
        analysis.smoothed_per_km = geo::smoothed_per_km(c.profile, c.covered, 1000 * job.corridor_smooth_km);
        analysis.exposure = exposure_of(job, c);
        if (job.compare)
            analysis.compared = {known_by_bin(c.bins.profile(events, rows_between(events, job.compare->first), {})),
                                 known_by_bin(c.bins.profile(events, rows_between(events, job.compare->second), {}))};
        comparison.corridors.push_back(std::move(analysis));
    }
    if (!job.exposure.empty() &&
        std::ranges::all_of(comparison.corridors, [](const CorridorAnalysis& a) { return a.exposure->empty(); }))
        throw geo::Error(geo::ErrorKind::bad_data, fmt::format("--exposure: {} says nothing of the corridors; its "
                                                               "column 'corridor' holds their ids or names, such as {}",
                                                               job.exposure, comparison.corridors.front().corridor.id));
    comparison.worst = worst_of(comparison.corridors, job);
    if (job.compare) comparison.changed = changes_of(comparison.corridors, job);
    comparison.same_end = same_ends(comparison.corridors);
    return comparison;
}

} // namespace harmattan::app
