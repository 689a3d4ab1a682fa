#include "geo/density/equal_area.hpp"

#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace harmattan::geo {

namespace {

constexpr double radians = std::numbers::pi / 180;

/// Half the authalic q of Snyder (1987, 3-12) for s = sin φ, as its series in e² s²: below 1e-16 after nine terms.
double half_q(double s) {
    const double t = wgs84::e2 * s * s;
    double sum = 0;
    for (int n = 8; n >= 0; --n) sum = sum * t + (n + 1.0) / (2 * n + 1.0);
    return (1 - wgs84::e2) * s * sum;
}

} // namespace

EqualArea::EqualArea(double lat_ts, double lon_0) : m_lat_ts(lat_ts), m_lon_0(lon_0), m_k0(parallel_radius(lat_ts)) {}

std::string EqualArea::crs() const {
    return fmt::format("+proj=cea +lat_ts={} +lon_0={} +datum=WGS84 +units=m +no_defs", m_lat_ts, m_lon_0);
}

double EqualArea::metres_per_degree() const { return wgs84::a * m_k0 * radians; }

double EqualArea::x_of(double lon) const {
    double d = lon - m_lon_0;
    if (d < -180 || d >= 180) d -= 360 * std::floor((d + 180) / 360);
    return d * metres_per_degree();
}

double EqualArea::y_of(double lat) const { return wgs84::a / m_k0 * half_q(std::sin(lat * radians)); }

double EqualArea::lat_of(double y) const {
    const double q = y * m_k0 / wgs84::a;
    // Newton in s = sin φ: dq/ds = (1 − e²) / (1 − e² s²)².
    double s = q / half_q(1);
    for (int i = 0; i < 5; ++i) {
        const double w = 1 - wgs84::e2 * s * s;
        s -= (half_q(s) - q) * w * w / (1 - wgs84::e2);
    }
    return std::asin(std::min(1.0, std::max(-1.0, s))) / radians;
}

double EqualArea::scale_at(double lat) const { return m_k0 / parallel_radius(lat); }

double parallel_radius(double lat) {
    const double s = std::sin(lat * radians);
    return std::cos(lat * radians) / std::sqrt(1 - wgs84::e2 * s * s);
}

double curvature_product(double lat) {
    const double s = std::sin(lat * radians);
    const double w = 1 - wgs84::e2 * s * s;
    return wgs84::a * wgs84::a * (1 - wgs84::e2) / (w * w);
}

double meridian_arc(double lat) {
    constexpr double n = wgs84::f / (2 - wgs84::f);
    constexpr double n2 = n * n, n3 = n2 * n, n4 = n2 * n2;
    const double p = lat * radians;
    return wgs84::a / (1 + n) *
           ((1 + n2 / 4 + n4 / 64) * p - 1.5 * (n - n3 / 8) * std::sin(2 * p) +
            15.0 / 16 * (n2 - n4 / 4) * std::sin(4 * p) - 35.0 / 48 * n3 * std::sin(6 * p) +
            315.0 / 512 * n4 * std::sin(8 * p));
}

LatitudeTable::LatitudeTable(const EqualArea& crs, std::int32_t min_e7, std::int32_t max_e7, double offset,
                             double factor)
    : m_first(min_e7) {
    const std::size_t steps = (static_cast<std::size_t>(std::int64_t{max_e7} - min_e7) >> shift) + 1;
    m_value.reserve(steps + 1);
    for (std::size_t i = 0; i <= steps; ++i)
        m_value.push_back(offset + factor * crs.y_of((min_e7 + static_cast<double>(i << shift)) / 1e7));
}

} // namespace harmattan::geo
