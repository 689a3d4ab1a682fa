#pragma once
// Which vertices of lines and rings a zoom can do without. One pass gives each vertex the tolerance up to which it is
// needed; a zoom keeps those above its own tolerance, so coarser zooms hold a part of what finer ones hold.
// Borders that two parts share are thinned alike from both sides: parts are cut where paths meet, and each piece is
// walked in one direction whoever owns it. Method: Douglas and Peucker 1973, kept as a hierarchy.

#include "geo/features.hpp"
#include "geo/space.hpp"

#include <vector>

namespace harmattan::render {

struct World {}; ///< the Web Mercator square as 0…1, or a sheet's CRS in its units; x east, y south

/// Per vertex of `table`, in `at`'s unit: the greatest distance that thinning would move the line by without it.
/// Infinite for ends and for places where paths meet; 0 where it is below `finest`. `at`: one per vertex of `table`.
std::vector<float> thinning_tolerances(const geo::FeatureTable& table, const std::vector<geo::Point<World>>& at,
                                       double finest);

} // namespace harmattan::render
