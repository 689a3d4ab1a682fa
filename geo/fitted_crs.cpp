#include "geo/fitted_crs.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace harmattan::geo {

namespace {

constexpr double radians = std::numbers::pi / 180;

/// A multiple of `step`, as near to a decimal of three places as a double gets, and never −0.
double rounded(double value, double step) { return std::round(std::round(value / step) * step * 1000) / 1000 + 0.0; }

/// The coarsest step of a printable parameter for a frame with sides that long.
double parameter_step(double side) {
    for (const double step : {0.5, 0.1, 0.05, 0.01, 0.005})
        if (step <= side / 16) return step;
    return 0.001;
}

double cone_constant(double lat_1, double lat_2) { return (std::sin(lat_1 * radians) + std::sin(lat_2 * radians)) / 2; }

/// Greatest of scale and its inverse, less one, between two parallels, on the sphere (Snyder 1987, 14-3 to 14-7).
double albers_distortion(double lat_1, double lat_2, double south, double north) {
    const double n = cone_constant(lat_1, lat_2), s = std::sin(lat_1 * radians);
    const double c = 1 - s * s + 2 * n * s;
    double worst = 0;
    for (int i = 0; i <= 64; ++i) {
        const double lat = (south + (north - south) * i / 64) * radians;
        const double k = std::sqrt(std::max(0.0, c - 2 * n * std::sin(lat))) / std::cos(lat);
        worst = std::max(worst, std::max(k, 1 / k) - 1);
    }
    return worst;
}

/// Half the great-circle angle from (lat_0, 0) to the farthest place of a frame `width` degrees wide centred on
/// longitude 0.
double half_reach(double lat_0, LonLatBox frame, double width) {
    double least = 1;
    for (int i = 0; i <= 64; ++i) {
        const double lat = frame.south + (frame.north - frame.south) * i / 64;
        for (int j = 0; j <= 16;
             ++j) // the farthest need not be on the edge where the frame spans more than a half circle
            least = std::min(least, std::sin(lat_0 * radians) * std::sin(lat * radians) +
                                        std::cos(lat_0 * radians) * std::cos(lat * radians) *
                                            std::cos(width / 2 * j / 16 * radians));
    }
    return std::acos(std::clamp(least, -1.0, 1.0)) / 2;
}

} // namespace

std::string FittedCrs::name() const {
    return kind == FittedKind::albers ? "Albers Equal Area" : "Lambert Azimuthal Equal Area";
}

FittedCrs fit_equal_area(LonLatBox frame) {
    if (!(frame.south <= frame.north && frame.south >= -90 && frame.north <= 90 && std::isfinite(frame.west) &&
          std::isfinite(frame.east)))
        throw Error(ErrorKind::usage,
                    fmt::format("the frame {},{},{},{} is none; give west,south,east,north in degrees, south below "
                                "north and both within ±90",
                                frame.west, frame.south, frame.east, frame.north));
    const double width = frame.width(), height = frame.height();
    const double step = parameter_step(std::min(width, height));
    FittedCrs fit;
    fit.lon_0 = wrapped_longitude(rounded(wrapped_longitude(frame.west + width / 2), step));
    const double middle = rounded((frame.south + frame.north) / 2, step);

    double lambert_lat_0 = middle, reach = half_reach(middle, frame, width);
    for (const double pole : {-90.0, 90.0})
        if (const double r = half_reach(pole, frame, width); r < reach) reach = r, lambert_lat_0 = pole;
    const double lambert_distortion = 1 / std::cos(reach) - 1;

    const double lat_1 = rounded(frame.south + height / 6, step), lat_2 = rounded(frame.south + height * 5 / 6, step);
    const bool cone = width <= 120 && std::abs(cone_constant(lat_1, lat_2)) >= 0.05;
    if (cone && albers_distortion(lat_1, lat_2, frame.south, frame.north) <= lambert_distortion + 0.001) {
        fit.kind = FittedKind::albers;
        fit.lat_1 = lat_1, fit.lat_2 = lat_2, fit.lat_0 = middle;
        fit.proj = fmt::format(
            "+proj=aea +lat_1={:.6g} +lat_2={:.6g} +lat_0={:.6g} +lon_0={:.6g} +datum=WGS84 +units=m +no_defs",
            fit.lat_1, fit.lat_2, fit.lat_0, fit.lon_0);
    } else {
        fit.lat_0 = lambert_lat_0;
        fit.proj =
            fmt::format("+proj=laea +lat_0={:.6g} +lon_0={:.6g} +datum=WGS84 +units=m +no_defs", fit.lat_0, fit.lon_0);
    }
    return fit;
}

} // namespace harmattan::geo
