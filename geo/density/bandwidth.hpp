#pragma once
// How wide the kernel is: rules that choose σ, and the sentence that says how it came about.

#include "geo/density/kernel.hpp"
#include "geo/events.hpp"

#include <string>
#include <string_view>

namespace harmattan::geo {

struct Bandwidth {
    double sigma_m = 0;      ///< standard deviation, metres on the ground
    std::string rule;        ///< "default", "scott", "given", "search radius"
    std::string explanation; ///< one sentence: "20 km: a 150th of … , rounded"
};

/// The larger of the precision floor (half of the median location spread) and a 150th of the shorter side of the box
/// that holds the central 95 % of the events each way, rounded to 1-2-5; never below the floor. Throws Error bad_data
/// where there are no events.
Bandwidth default_bandwidth(const Events& events);

/// Scott's rule, which in two dimensions is Silverman's too: the geometric mean over both axes of s · n^(−1/6), with
/// s = min(standard deviation, interquartile range / 1.349) and n = (Σw)² / Σw². Oversmooths clustered events.
/// Throws Error bad_data where the events do not spread both ways.
Bandwidth scott_bandwidth(const Events& events);

/// What `--bandwidth-km` says: a number of kilometres (σ), "default", "scott" or "silverman".
/// Throws Error usage for anything else and for what does not lie in 0.01 … 1,000 km.
Bandwidth choose_bandwidth(const Events& events, std::string_view text);

/// What `--search-radius-km` says: the kernel's support, as in ArcGIS and QGIS.
Bandwidth bandwidth_of_radius(Kernel kernel, double radius_km);

/// 1, 2 or 5 times a power of ten, the nearest by ratio.
double round_125(double value);

} // namespace harmattan::geo
