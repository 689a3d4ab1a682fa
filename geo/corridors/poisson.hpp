#pragma once
// How sure a count is: exact intervals of a Poisson mean, and of the ratio of two rates.
// Sources: Garwood 1936, "Fiducial limits for the Poisson distribution"; Przyborowski & Wilenski 1940 (the conditional
// test); Clopper & Pearson 1934. Exact: the true value lies in the interval at least as often as the level says.

#include <cstdint>

namespace harmattan::geo {

struct Interval {
    double low = 0, high = 0;
    bool operator==(const Interval&) const = default;
};

/// Of the mean, where `count` events were seen: Garwood's limits. Counts that are not whole (sums of shares of events)
/// take the same quantiles of the gamma distribution, which are Garwood's at whole numbers and rise between them; for
/// those the level is not proved. Throws Error usage for a negative count or a level outside 0 … 1.
Interval poisson_interval(double count, double level = 0.95);

/// A count over an extent of time (or of length · time) in which it was seen.
struct Exposed {
    std::uint64_t count = 0;
    double extent = 0;
};

/// How the second rate relates to the first, given the sum of both counts: binomial with the second's share of the
/// extents.
struct RateRatio {
    double ratio = 1;  ///< of the rates; infinite where only the first count is 0, not a number where both are
    Interval interval; ///< 0 … infinity where both counts are 0
    double p = 1; ///< twice the smaller tail, at most 1: below 1 − level exactly where 1 lies outside the interval
};
/// Throws Error usage for an extent that is not above 0.
RateRatio rate_ratio(Exposed first, Exposed second, double level = 0.95);

} // namespace harmattan::geo
