#include "geo/density/profile.hpp"

#include "geo/density/kernel.hpp"

#include <algorithm>

namespace harmattan::geo {

namespace {

constexpr double km2 = 1e6;
/// How far the rim of a gaussian is followed, in σ: what is left beyond is 1.4e-6 of the peak.
constexpr double rim_end = 5.2;

} // namespace

Stamp::Stamp(Profile profile, double sigma) : m_profile(profile), m_sigma(sigma), m_hole(0) {
    if (profile == Profile::gaussian_rim) {
        m_radius = rim_end * sigma;
        m_hole = support_of(Kernel::gaussian, sigma);
        m_top = kernel_density(Kernel::gaussian, m_hole, sigma) * km2;
    } else {
        const Kernel kernel = profile == Profile::quartic ? Kernel::quartic : Kernel::epanechnikov;
        m_radius = support_of(kernel, sigma);
        m_top = kernel_density(kernel, 0, sigma) * km2;
    }
}

void Stamp::add(const Slice& s, double centre, int first, int last, double mass, double* out) const {
    const double top = mass * m_top;
    if (m_profile == Profile::gaussian_rim) {
        // exp(−v) as (1 − v/64)^64 with v = (d² − 16σ²) / 2σ²: off by 0.5 % of the rim's height, itself 3.4e-4 of the
        // peak.
        const double per_v = 1 / (64 * 2 * m_sigma * m_sigma);
        const double start = 1 - (s.y2 - m_hole * m_hole) * per_v;
        for (int i = first; i < last; ++i) {
            const double u = (i - centre) * (i - centre);
            double p = start - u * (s.along - s.bent * u) * per_v;
            p *= p, p *= p, p *= p, p *= p, p *= p, p *= p;
            out[i] += top * p;
        }
        return;
    }
    const double per_r2 = 1 / (m_radius * m_radius);
    const double a = 1 - s.y2 * per_r2, b = s.along * per_r2, c = s.bent * per_r2;
    if (m_profile == Profile::quartic)
        for (int i = first; i < last; ++i) {
            const double u = (i - centre) * (i - centre), inside = std::max(0.0, a - u * (b - c * u));
            out[i] += top * inside * inside;
        }
    else
        for (int i = first; i < last; ++i) {
            const double u = (i - centre) * (i - centre);
            out[i] += top * std::max(0.0, a - u * (b - c * u));
        }
}

} // namespace harmattan::geo
