#include "styles/color_vision.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace harmattan::styles {

namespace {

constexpr double degree = std::numbers::pi / 180;

double hue_degrees(double a, double b) {
    if (a == 0 && b == 0) return 0;
    const double h = std::atan2(b, a) / degree;
    return h < 0 ? h + 360 : h;
}

double seventh(double v) { return std::pow(v, 7.0); }

double luminance(Color c) {
    return 0.2126 * to_linear(static_cast<double>(c.r)) + 0.7152 * to_linear(static_cast<double>(c.g)) +
           0.0722 * to_linear(static_cast<double>(c.b));
}

} // namespace

double difference_00(Lab one, Lab two) {
    const double mean_chroma = (std::hypot(one.a, one.b) + std::hypot(two.a, two.b)) / 2;
    const double g = 0.5 * (1 - std::sqrt(seventh(mean_chroma) / (seventh(mean_chroma) + seventh(25))));
    const double a1 = (1 + g) * one.a, a2 = (1 + g) * two.a;
    const double c1 = std::hypot(a1, one.b), c2 = std::hypot(a2, two.b);
    const double h1 = hue_degrees(a1, one.b), h2 = hue_degrees(a2, two.b);

    const double dl = two.lightness - one.lightness;
    const double dc = c2 - c1;
    double dh = 0;
    if (c1 * c2 != 0) {
        dh = h2 - h1;
        if (dh > 180) dh -= 360;
        if (dh < -180) dh += 360;
    }
    const double dh_chord = 2 * std::sqrt(c1 * c2) * std::sin(dh / 2 * degree);

    const double l = (one.lightness + two.lightness) / 2;
    const double c = (c1 + c2) / 2;
    double h = h1 + h2;
    if (c1 * c2 != 0) {
        if (std::abs(h1 - h2) > 180) h += h < 360 ? 360 : -360;
        h /= 2;
    }
    const double t = 1 - 0.17 * std::cos((h - 30) * degree) + 0.24 * std::cos(2 * h * degree) +
                     0.32 * std::cos((3 * h + 6) * degree) - 0.20 * std::cos((4 * h - 63) * degree);
    const double turn = 30 * std::exp(-std::pow((h - 275) / 25, 2.0));
    const double rc = 2 * std::sqrt(seventh(c) / (seventh(c) + seventh(25)));
    const double sl = 1 + 0.015 * std::pow(l - 50, 2.0) / std::sqrt(20 + std::pow(l - 50, 2.0));
    const double sc = 1 + 0.045 * c;
    const double sh = 1 + 0.015 * c * t;
    const double rt = -std::sin(2 * turn * degree) * rc;
    const double x = dl / sl, y = dc / sc, z = dh_chord / sh;
    return std::sqrt(x * x + y * y + z * z + rt * y * z);
}

double difference_00(Color a, Color b) { return difference_00(to_lab(a), to_lab(b)); }

double contrast_ratio(Color a, Color b) {
    const double one = luminance(a), two = luminance(b);
    return (std::max(one, two) + 0.05) / (std::min(one, two) + 0.05);
}

Color simulate(Color c, Dichromacy kind) {
    const double r = to_linear(static_cast<double>(c.r));
    const double g = to_linear(static_cast<double>(c.g));
    const double b = to_linear(static_cast<double>(c.b));
    const auto color = [&](double red, double green, double blue) {
        const auto channel = [](double v) { return static_cast<float>(std::clamp(to_srgb(v), 0.0, 1.0)); };
        return Color{channel(red), channel(green), channel(blue), c.a};
    };
    switch (kind) {
    case Dichromacy::protan: {
        const double yellow = 0.11238 * r + 0.88762 * g;
        return color(yellow, yellow, 0.00401 * r - 0.00401 * g + b);
    }
    case Dichromacy::deutan: {
        const double yellow = 0.29275 * r + 0.70725 * g;
        return color(yellow, yellow, -0.02234 * r + 0.02234 * g + b);
    }
    case Dichromacy::tritan: break;
    }
    return color(1.255528 * r - 0.076749 * g - 0.178779 * b, -0.078411 * r + 0.930809 * g + 0.147602 * b,
                 0.004733 * r + 0.691367 * g + 0.303900 * b);
}

Color composite(Color over, Color under) {
    const auto channel = [&](float top, float bottom) { return top * over.a + bottom * (1 - over.a); };
    return {channel(over.r, under.r), channel(over.g, under.g), channel(over.b, under.b), 1};
}

} // namespace harmattan::styles
