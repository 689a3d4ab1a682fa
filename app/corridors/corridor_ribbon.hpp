#pragma once
// What the style's source "corridor-sections" holds: the stretches of corridors that have incidents, by level, and the
// words of the legend for the levels.

#include "app/corridors/corridor_study.hpp"
#include "geo/features.hpp"
#include "styles/style.hpp"

#include <array>
#include <optional>
#include <vector>

namespace harmattan::app {

inline constexpr const char* ribbon_source = "corridor-sections";

/// From where on each level reigns, smoothed expected incidents per 10 km.
struct RibbonLevels {
    std::array<double, 3> from{};
};

/// By equal ratios, in 1-2-5: the third from the 95th percentile (by length, rounded down) of what the covered bins
/// have that have a tenth of an incident or more; the second from a third of that, the first from a tenth, none below a
/// tenth of an incident. Of all corridors, whatever the frame: a level means the same on every zoom and page. Nothing
/// where no corridor has incidents.
std::optional<RibbonLevels> ribbon_levels(const Study& study, const std::vector<CorridorStudy>& studies);

/// Runs of bins of one level (1 to 3), covered ones alone, as lines with corridor, name, status, from_km, to_km, level,
/// incidents, rough, per_10_km (of the run, not smoothed).
geo::FeatureTable ribbon_sections(const Study& study, const std::vector<CorridorStudy>& studies,
                                  const RibbonLevels& levels);

/// Puts the levels' limits where the legend texts of the style's layers say {level1}, {level2}, {level3}; without
/// levels those layers go. The plain line under the ribbon then has the text of its "harmattan:legend-with-levels", and
/// that note the line's own.
void name_ribbon_levels(styles::Style& style, const std::optional<RibbonLevels>& levels, Language language);

/// Takes the ribbon out of a style whose levels were named; the plain line has its own text again.
void leave_out_ribbon(styles::Style& style);

} // namespace harmattan::app
