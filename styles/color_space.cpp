#include "styles/color_space.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace harmattan::styles {

namespace {

struct Triple {
    double x, y, z;
};

Triple linear_of(Color c) {
    return {to_linear(static_cast<double>(c.r)), to_linear(static_cast<double>(c.g)),
            to_linear(static_cast<double>(c.b))};
}

Color from_linear(Triple v, float alpha) {
    const auto channel = [](double linear) { return static_cast<float>(std::clamp(to_srgb(linear), 0.0, 1.0)); };
    return {channel(v.x), channel(v.y), channel(v.z), alpha};
}

// The D50 white of CIELAB, and the step of its curve.
constexpr Triple white{0.96422, 1.0, 0.82521};
constexpr double curve_step = 6.0 / 29;

double lab_curve(double t) {
    return t > curve_step * curve_step * curve_step ? std::cbrt(t) : t / (3 * curve_step * curve_step) + 4.0 / 29;
}
double lab_curve_inverse(double t) { return t > curve_step ? t * t * t : 3 * curve_step * curve_step * (t - 4.0 / 29); }

} // namespace

double to_linear(double v) {
    const double size = std::abs(v);
    return std::copysign(size <= 0.04045 ? size / 12.92 : std::pow((size + 0.055) / 1.055, 2.4), v);
}

double to_srgb(double v) {
    const double size = std::abs(v);
    return std::copysign(size <= 0.0031308 ? size * 12.92 : 1.055 * std::pow(size, 1 / 2.4) - 0.055, v);
}

// Matrices as published with the space (B. Ottosson, "A perceptual color space for image processing", 2020).
Oklab to_oklab(Color c) {
    const Triple v = linear_of(c);
    const double l = std::cbrt(0.4122214708 * v.x + 0.5363325363 * v.y + 0.0514459929 * v.z);
    const double m = std::cbrt(0.2119034982 * v.x + 0.6806995451 * v.y + 0.1073969566 * v.z);
    const double s = std::cbrt(0.0883024619 * v.x + 0.2817188376 * v.y + 0.6299787005 * v.z);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

Color from_oklab(Oklab v, float alpha) {
    const double l = v.lightness + 0.3963377774 * v.a + 0.2158037573 * v.b;
    const double m = v.lightness - 0.1055613458 * v.a - 0.0638541728 * v.b;
    const double s = v.lightness - 0.0894841775 * v.a - 1.2914855480 * v.b;
    const double l3 = l * l * l, m3 = m * m * m, s3 = s * s * s;
    return from_linear({4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3,
                        -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3,
                        -0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3},
                       alpha);
}

// sRGB to XYZ adapted to D50 by Bradford (the matrices of B. Lindbloom).
Lab to_lab(Color c) {
    const Triple v = linear_of(c);
    const double x = lab_curve((0.4360747 * v.x + 0.3850649 * v.y + 0.1430804 * v.z) / white.x);
    const double y = lab_curve((0.2225045 * v.x + 0.7168786 * v.y + 0.0606169 * v.z) / white.y);
    const double z = lab_curve((0.0139322 * v.x + 0.0971045 * v.y + 0.7141733 * v.z) / white.z);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

Color from_lab(Lab v, float alpha) {
    const double fy = (v.lightness + 16) / 116;
    const double x = white.x * lab_curve_inverse(fy + v.a / 500);
    const double y = white.y * lab_curve_inverse(fy);
    const double z = white.z * lab_curve_inverse(fy - v.b / 200);
    return from_linear({3.1338561 * x - 1.6168667 * y - 0.4906146 * z, -0.9787684 * x + 1.9161415 * y + 0.0334540 * z,
                        0.0719453 * x - 0.2289914 * y + 1.4052427 * z},
                       alpha);
}

Hcl to_hcl(Color c) {
    const Lab lab = to_lab(c);
    const double chroma = std::hypot(lab.a, lab.b);
    // Below a hundredth of a unit the hue is rounding noise of the matrices.
    if (chroma < 0.01) return {std::numeric_limits<double>::quiet_NaN(), 0, lab.lightness};
    const double hue = std::atan2(lab.b, lab.a) * 180 / std::numbers::pi;
    return {hue < 0 ? hue + 360 : hue, chroma, lab.lightness};
}

Color from_hcl(Hcl v, float alpha) {
    if (std::isnan(v.hue)) return from_lab({v.lightness, 0, 0}, alpha);
    const double radians = v.hue * std::numbers::pi / 180;
    return from_lab({v.lightness, v.chroma * std::cos(radians), v.chroma * std::sin(radians)}, alpha);
}

Color mix(Color a, Color b, double t, MixSpace space) {
    const auto between = [t](double from, double to) { return from + (to - from) * t; };
    const float alpha = static_cast<float>(between(static_cast<double>(a.a), static_cast<double>(b.a)));
    switch (space) {
    case MixSpace::srgb: {
        const auto channel = [&](float from, float to) {
            return static_cast<float>(between(static_cast<double>(from), static_cast<double>(to)));
        };
        return {channel(a.r, b.r), channel(a.g, b.g), channel(a.b, b.b), alpha};
    }
    case MixSpace::oklab: {
        const Oklab from = to_oklab(a), to = to_oklab(b);
        return from_oklab({between(from.lightness, to.lightness), between(from.a, to.a), between(from.b, to.b)}, alpha);
    }
    case MixSpace::lab: {
        const Lab from = to_lab(a), to = to_lab(b);
        return from_lab({between(from.lightness, to.lightness), between(from.a, to.a), between(from.b, to.b)}, alpha);
    }
    case MixSpace::hcl: break;
    }
    const Hcl from = to_hcl(a), to = to_hcl(b);
    // A grey has no hue of its own and takes the other's.
    double hue = std::isnan(from.hue) ? to.hue : from.hue;
    if (!std::isnan(from.hue) && !std::isnan(to.hue)) {
        double turn = to.hue - from.hue;
        if (turn > 180) turn -= 360;
        if (turn < -180) turn += 360;
        hue = from.hue + t * turn;
    }
    return from_hcl({hue, between(from.chroma, to.chroma), between(from.lightness, to.lightness)}, alpha);
}

} // namespace harmattan::styles
