#include "geo/density/colour_range.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace harmattan::geo {

namespace {

/// The greatest of `steps` × 10^k that is at most value (or nearest to it by ratio).
double rounded(double value, std::initializer_list<double> steps, bool down) {
    const double unit = std::pow(10.0, std::floor(std::log10(value)));
    double best = 0, ratio = 1e300;
    for (const double scale : {0.1, 1.0, 10.0})
        for (const double step : steps) {
            const double candidate = step * scale * unit;
            if (down && candidate > value * (1 + 1e-9)) continue;
            const double r = std::max(candidate / value, value / candidate);
            if (r < ratio) best = candidate, ratio = r;
        }
    return best;
}

} // namespace

ColourRange colour_range(const Field& field) {
    const std::array<double, 1> share{0.999};
    const double top = field.quantiles(share).front();
    const double lone =
        field.lone_peak() > 0 ? field.lone_peak() : kernel_density(field.kernel(), 0, field.bandwidth_m()) * 1e6;
    ColourRange range;
    range.high = rounded(top > 0 ? top : lone, {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8}, false);
    range.low = rounded(std::clamp(lone / 3, range.high / 200, range.high / 10), {1, 2, 5}, true);
    return range;
}

} // namespace harmattan::geo
