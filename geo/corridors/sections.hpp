#pragma once
// Stretches of a corridor: where most incidents are for their length.

#include "geo/corridors/corridor_profile.hpp"

#include <cstddef>
#include <vector>

namespace harmattan::geo {

/// Whole bins of a profile, side by side.
struct Section {
    std::size_t first_bin = 0, last_bin = 0; ///< last one exclusive
    double from_m = 0, to_m = 0;
    BandCount count; ///< within the outer band
    double length_m() const { return to_m - from_m; }
    double expected_per_km() const { return per_km(count.expected(), length_m()); }
};

Section section_of(const CorridorProfile& profile, std::size_t first_bin, std::size_t last_bin);

/// The worst sections of a length (to the nearest whole number of bins, at least one, at most the route), found by a
/// window that moves bin by bin: that with most expected events per km, then the worst that does not overlap it, and so
/// on, at most `most`. Of equals the one whose events lie nearest its middle, then the lower chainage. Bins for which
/// `usable` is false (not covered by the data) are in none; a section without an event known to a place is not one.
/// Sections are chosen for being high, so their intervals, each right by itself, do not cover that choice.
std::vector<Section> worst_sections(const CorridorProfile& profile, const std::vector<bool>& usable, double length_m,
                                    std::size_t most);

} // namespace harmattan::geo
