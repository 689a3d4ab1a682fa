#include "geo/corridors/smooth_profile.hpp"

#include "geo/error.hpp"

#include <cmath>
#include <fmt/format.h>

namespace harmattan::geo {

namespace {

/// ∫∫ of the quartic kernel 15/16 (1 − t²)² from −∞: the distribution function integrated once more, up to u.
double twice_integrated(double u) {
    if (u <= -1) return 0;
    if (u >= 1) return u;
    const double s = u * u;
    return 5.0 / 32 + u / 2 + 15.0 / 16 * s * (0.5 - s / 6 + s * s / 30);
}

struct Span {
    double from = 0, to = 0;
};

/// The share of events, even over `source`, that the kernel of support h brings into `target`.
double share_into(Span source, Span target, double h) {
    const auto g = [h](double x) { return h * twice_integrated(x / h); };
    return (g(target.to - source.from) - g(target.to - source.to) - g(target.from - source.from) +
            g(target.from - source.to)) /
           (source.to - source.from);
}

/// Adds to the rates of bins [first, last) what the kernel brings there from them, reflected at both ends of the
/// stretch.
void smooth_stretch(const std::vector<ProfileBin>& bins, std::size_t first, std::size_t last, double h,
                    std::vector<double>& rates) {
    const double begin = bins[first].from_m, length = bins[last - 1].to_m - begin;
    const auto within = [&](const ProfileBin& bin) { return Span{bin.from_m - begin, bin.to_m - begin}; };
    const auto images = static_cast<int>(std::ceil(h / (2 * length))) + 1;
    for (std::size_t s = first; s < last; ++s) {
        const double expected = bins[s].sum().expected();
        if (expected == 0) continue;
        const Span own = within(bins[s]);
        for (int k = -images; k <= images; ++k)
            for (const bool mirrored : {false, true}) {
                const double shift = 2 * k * length;
                const Span source =
                    mirrored ? Span{shift - own.to, shift - own.from} : Span{shift + own.from, shift + own.to};
                if (source.to + h <= 0 || source.from - h >= length) continue;
                for (std::size_t t = first; t < last; ++t) {
                    const Span target = within(bins[t]);
                    if (source.to + h <= target.from || source.from - h >= target.to) continue;
                    rates[t] += expected * share_into(source, target, h);
                }
            }
    }
}

} // namespace

std::vector<double> smoothed_per_km(const CorridorProfile& profile, const std::vector<bool>& covered, double sigma_m) {
    if (!(sigma_m > 0 && std::isfinite(sigma_m)))
        throw Error(ErrorKind::usage,
                    fmt::format("a smoothing of {} m along a corridor is none; give a length above 0", sigma_m));
    std::vector<double> rates(profile.bins.size());
    for (std::size_t first = 0; first < rates.size();) {
        std::size_t last = first + 1;
        while (last < rates.size() && covered[last] == covered[first]) ++last;
        smooth_stretch(profile.bins, first, last, std::sqrt(7.0) * sigma_m, rates);
        first = last;
    }
    for (std::size_t i = 0; i < rates.size(); ++i) rates[i] = per_km(rates[i], profile.bins[i].length_m());
    return rates;
}

} // namespace harmattan::geo
