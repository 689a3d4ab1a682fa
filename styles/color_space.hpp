#pragma once
// Colour spaces in which mixing looks even: Oklab (Ottosson 2020) for ramps, CIELAB and its polar form HCL at the D50
// white for `interpolate-lab` and `interpolate-hcl`. All in double; alpha is carried along by the caller.

#include "styles/color.hpp"

namespace harmattan::styles {

/// The linear light of an sRGB channel and back; both defined on all reals (odd around 0).
double to_linear(double srgb);
double to_srgb(double linear);

struct Oklab {
    double lightness, a, b; ///< lightness 0 black … 1 white
};
Oklab to_oklab(Color c);
/// Clamped to the sRGB gamut channel by channel.
Color from_oklab(Oklab v, float alpha = 1);

struct Lab {
    double lightness, a, b; ///< lightness 0…100, D50 white
};
Lab to_lab(Color c);
Color from_lab(Lab v, float alpha = 1);

struct Hcl {
    double hue, chroma, lightness; ///< hue in degrees, NaN for greys
};
Hcl to_hcl(Color c);
Color from_hcl(Hcl v, float alpha = 1);

enum class MixSpace { srgb, oklab, lab, hcl };
/// `t` of the way from `a` to `b`, channels not premultiplied, alpha linear; HCL takes the shorter arc of hue.
Color mix(Color a, Color b, double t, MixSpace space);

} // namespace harmattan::styles
