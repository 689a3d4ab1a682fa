#include "geo/corridors/poisson.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace harmattan::geo {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Doubles throughout: long double differs between machines.
using Doubles = boost::math::policies::policy<boost::math::policies::promote_double<false>,
                                              boost::math::policies::promote_float<false>>;

void check_level(double level) {
    if (!(level > 0 && level < 1))
        throw Error(ErrorKind::usage,
                    fmt::format("a confidence level of {} is none; give one between 0 and 1, such as 0.95", level));
}

/// P(X ≥ k) and P(X ≤ k) of a binomial with n trials; each by itself, so that a small one keeps its digits.
double upper_tail(double k, double n, double p) { return k <= 0 ? 1 : boost::math::ibeta(k, n - k + 1, p, Doubles()); }
double lower_tail(double k, double n, double p) { return k >= n ? 1 : boost::math::ibetac(k + 1, n - k, p, Doubles()); }

/// Clopper and Pearson's limits of p where k of n.
Interval binomial_interval(double k, double n, double tail) {
    return {k > 0 ? boost::math::ibeta_inv(k, n - k + 1, tail, Doubles()) : 0,
            k < n ? boost::math::ibetac_inv(k + 1, n - k, tail, Doubles()) : 1};
}

} // namespace

Interval poisson_interval(double count, double level) {
    check_level(level);
    if (!(count >= 0 && std::isfinite(count)))
        throw Error(ErrorKind::usage, fmt::format("{} is no count of events", count));
    const double tail = (1 - level) / 2;
    // why: half a chi-square quantile of 2n degrees of freedom is a quantile of the gamma distribution of shape n.
    return {count > 0 ? boost::math::gamma_p_inv(count, tail, Doubles()) : 0,
            boost::math::gamma_q_inv(count + 1, tail, Doubles())};
}

RateRatio rate_ratio(Exposed first, Exposed second, double level) {
    check_level(level);
    if (!(first.extent > 0 && second.extent > 0 && std::isfinite(first.extent + second.extent)))
        throw Error(ErrorKind::usage, fmt::format("rates over {} and {} cannot be compared; both periods need a length",
                                                  first.extent, second.extent));
    const auto k = static_cast<double>(second.count), n = k + static_cast<double>(first.count);
    if (n == 0) return {std::numeric_limits<double>::quiet_NaN(), {0, infinity}, 1};
    const double scale = first.extent / second.extent;
    const auto odds = [&](double p) { return p < 1 ? p / (1 - p) * scale : infinity; };
    const Interval limits = binomial_interval(k, n, (1 - level) / 2);
    const double share = second.extent / (first.extent + second.extent);
    const double tail = std::min(upper_tail(k, n, share), lower_tail(k, n, share));
    return {odds(k / n), {odds(limits.low), odds(limits.high)}, std::min(1.0, 2 * tail)};
}

} // namespace harmattan::geo
