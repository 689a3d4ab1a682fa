#pragma once
// The rate along a corridor without the accident of where its bins begin.

#include "geo/corridors/corridor_profile.hpp"

#include <vector>

namespace harmattan::geo {

/// Events per km in each bin, expected ones (known and by their shares, within the outer band), smoothed along the
/// chainage by the quartic kernel of standard deviation `sigma_m` (support √7 σ). `covered`: of each bin; stretches of
/// covered bins and of others are smoothed each by itself. What would be smoothed beyond an end of a stretch is
/// reflected at it, so on each Σ rate · length stays Σ expected (1e-9). Within a bin events are taken to lie evenly;
/// the value is the mean of the smoothed rate over the bin, in closed form. Throws Error usage unless 0 < σ < infinity.
std::vector<double> smoothed_per_km(const CorridorProfile& profile, const std::vector<bool>& covered, double sigma_m);

} // namespace harmattan::geo
