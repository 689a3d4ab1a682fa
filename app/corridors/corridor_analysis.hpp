#pragma once
// What the corridors of a study say beside each other: where the risk is, how it changed, which way to the same end has
// less.

#include "app/corridors/corridor_study.hpp"
#include "geo/corridors/exposure.hpp"
#include "geo/corridors/poisson.hpp"
#include "geo/corridors/sections.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace harmattan::app {

/// Incidents known to a place in each bin, in the two periods of --compare.
struct ComparedBins {
    std::vector<std::uint64_t> first, second;
};

struct CorridorAnalysis {
    CorridorStudy corridor;
    std::vector<double> smoothed_per_km; ///< by bin
    std::optional<geo::Exposure> exposure;
    std::optional<ComparedBins> compared;
};

/// A section of one of the corridors, and the other corridors that run over the same road (half of it within 10 km).
struct PlacedSection {
    std::size_t corridor = 0; ///< of the analyses
    geo::Section section;
    std::string where, countries;         ///< "Douentza, Hombori"; "ML"
    std::vector<std::string> shared_with; ///< ids
};

struct ChangedSection {
    PlacedSection at;
    std::uint64_t first = 0, second = 0;
    geo::RateRatio change; ///< of the second period to the first, per day
    double holm_p = 1;     ///< p, held for all sections tested together
};

/// Corridors with the same end, those with fewest expected incidents along the way first; behind them those of which
/// less than half is covered by the data.
struct SameEnd {
    std::string to;
    std::vector<std::size_t> corridors; ///< of the analyses
};

struct CorridorComparison {
    std::vector<CorridorAnalysis> corridors;
    std::optional<double> months; ///< of the period; nothing where no incident has a date
    std::vector<PlacedSection> worst;
    std::vector<ChangedSection> changed; ///< by p; of the job's two periods
    std::vector<SameEnd> same_end;
};

/// What the job's length of sections comes to in whole bins, at least one.
std::size_t section_bins(const Job& job);

/// The corridors of the job: the named one, else those that meet the frame where one was asked for, else all of the
/// table. Throws Error bad_data for a corridor that is no route or an --exposure without dates or of other corridors,
/// usage where none is left or the periods of --compare share a day.
CorridorComparison compare_corridors(const Study& study, const geo::FeatureTable& corridors,
                                     const geo::FeatureTable& checkpoints);

} // namespace harmattan::app
