#pragma once
// A colour as data: sRGB, not premultiplied, 0…1 each. Parsing follows CSS (names, hex, rgb(), hsl()), mixing is done
// in Oklab where a ramp is made of few stops (color_space.hpp).

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::styles {

struct Color {
    float r = 0, g = 0, b = 0, a = 1;
    bool operator==(const Color&) const = default;
};

/// CSS Color 4 as the style language uses it: the 148 names, `transparent`, #rgb #rgba #rrggbb #rrggbbaa, and
/// rgb() rgba() hsl() hsla() in comma and in space syntax; channels out of range are clamped as CSS says.
/// Nothing where the text is not a colour.
std::optional<Color> parse_color(std::string_view css);
/// The sRGB value of a CSS colour name in lower case, as 0xrrggbb.
std::optional<std::uint32_t> find_color_name(std::string_view name);
std::string to_css(Color c); ///< "#rrggbb", or "rgba(r,g,b,a)" where not opaque
/// Premultiplied 0xAARRGGBB, rounded once: Cairo's ARGB32.
std::uint32_t to_premultiplied_argb(Color c);

} // namespace harmattan::styles
