#pragma once
// A colour as data: sRGB, not premultiplied, 0…1 each. Parsing follows CSS (names, hex, rgb(), hsl()), mixing is done
// in Oklab where a ramp is made of few stops.

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

std::optional<Color> parse_color(std::string_view css);
std::string to_css(Color c);  ///< "#rrggbb", or "rgba(r,g,b,a)" where not opaque
/// Premultiplied 0xAARRGGBB, rounded once: Cairo's ARGB32.
std::uint32_t to_premultiplied_argb(Color c);

} // namespace harmattan::styles
