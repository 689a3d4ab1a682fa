#pragma once
// How the numbers of tables are rounded, so that they are the same on every machine and no longer than they are good.

#include <cmath>

namespace harmattan::app {

/// Of counts, lengths and rates: what is beyond six decimals is noise of sums.
inline double six_decimals(double value) { return std::round(value * 1e6) / 1e6; }

/// Six significant digits, of what may be very small and is not nothing.
inline double six_digits(double value) {
    if (value == 0 || !std::isfinite(value)) return value;
    const double scale = std::pow(10.0, 5 - std::floor(std::log10(std::abs(value))));
    return std::isfinite(scale) ? std::round(value * scale) / scale : value;
}

} // namespace harmattan::app
