#include "geo/map_scale.hpp"

#include "geo/geodesic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace harmattan::geo {

namespace {

constexpr double radians = std::numbers::pi / 180;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Direction {
    double x = 0, y = 0;
};

/// d(x, y) per ground metre along an azimuth: central, or one-sided where a cut of the map passes between the places.
Direction derivative(const CrsTransform& crs, LonLat place, Point<Projected> at, double azimuth) {
    // metres: less, and PROJ's own rounding near a pole shows; more, and the curvature does
    constexpr double step = 300;
    const std::array<LonLat, 2> around = {geodesic_place(place, azimuth, step),
                                          geodesic_place(place, azimuth + 180, step)};
    const std::vector<Point<Projected>> image = crs.from_lonlat(around);
    const Direction ahead{(image[0].x - at.x) / step, (image[0].y - at.y) / step};
    const Direction behind{(at.x - image[1].x) / step, (at.y - image[1].y) / step};
    const double a = std::hypot(ahead.x, ahead.y), b = std::hypot(behind.x, behind.y);
    if (!std::isfinite(b) || b > 2 * a) return ahead;
    if (!std::isfinite(a) || a > 2 * b) return behind;
    return {(ahead.x + behind.x) / 2, (ahead.y + behind.y) / 2};
}

LocalScale scale_from(Direction east, Direction north) {
    const double det = east.x * north.y - north.x * east.y;
    LocalScale s;
    s.area = std::abs(det);
    // The ground vector whose image points along x (y) has the length of the other row of the Jacobian over its
    // determinant.
    s.x = s.area / std::hypot(east.y, north.y);
    s.y = s.area / std::hypot(east.x, north.x);
    const double sum = east.x * east.x + east.y * east.y + north.x * north.x + north.y * north.y;
    const double plus = std::sqrt(sum + 2 * s.area), minus = std::sqrt(std::max(0.0, sum - 2 * s.area));
    s.major = (plus + minus) / 2, s.minor = (plus - minus) / 2;
    s.convergence = std::atan2(north.x, north.y) / radians;
    return s;
}

LocalScale unknown_scale() { return {nan, nan, nan, nan, nan, nan}; }

Point<Projected> centre_of(Extent<Projected> e) { return {(e.min_x + e.max_x) / 2, (e.min_y + e.max_y) / 2}; }

} // namespace

LocalScale local_scale(const CrsTransform& crs, LonLat place) {
    const Point<Projected> at = crs.from_lonlat(place);
    if (!is_finite(at)) return unknown_scale();
    const Direction east = derivative(crs, place, at, 90), north = derivative(crs, place, at, 0);
    const LocalScale s = scale_from(east, north);
    return std::isfinite(s.area) ? s : unknown_scale();
}

LocalScale local_scale(const CrsTransform& crs, Point<Projected> place) {
    const LonLat at = crs.to_lonlat(place);
    return is_finite(at) ? local_scale(crs, at) : unknown_scale();
}

ScaleRange scale_range(const CrsTransform& crs, Extent<Projected> sheet) {
    ScaleRange range;
    const LocalScale centre = local_scale(crs, centre_of(sheet));
    range.nominal = std::sqrt(centre.area);
    range.min_convergence = range.max_convergence = centre.convergence;
    constexpr int n = 16;
    for (int j = 0; j <= n; ++j)
        for (int i = 0; i <= n; ++i) {
            const LocalScale s = local_scale(
                crs, Point<Projected>{sheet.min_x + sheet.width() * i / n, sheet.min_y + sheet.height() * j / n});
            if (!std::isfinite(s.area)) continue;
            range.least = std::min(range.least, s.minor / range.nominal);
            range.greatest = std::max(range.greatest, s.major / range.nominal);
            range.min_convergence = std::min(range.min_convergence, s.convergence);
            range.max_convergence = std::max(range.max_convergence, s.convergence);
        }
    return range;
}

double ground_length_m(const CrsTransform& crs, Extent<Projected> sheet, double length) {
    constexpr int n = 64;
    const Point<Projected> centre = centre_of(sheet);
    std::vector<Point<Projected>> bar;
    for (int i = 0; i <= n; ++i) bar.push_back({centre.x + length * (static_cast<double>(i) / n - 0.5), centre.y});
    const std::vector<LonLat> ground = crs.to_lonlat(bar);
    double sum = 0;
    for (std::size_t i = 1; i < ground.size(); ++i) {
        if (!is_finite(ground[i - 1]) || !is_finite(ground[i])) return nan;
        sum += geodesic_m(ground[i - 1], ground[i]);
    }
    return sum;
}

} // namespace harmattan::geo
