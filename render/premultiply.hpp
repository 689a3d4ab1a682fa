#pragma once
// Between premultiplied 0xAARRGGBB, as pictures are drawn, and plain red, green, blue, alpha bytes, as files hold them.

#include <cstdint>

namespace harmattan::render {

struct Rgba8 {
    std::uint8_t r = 0, g = 0, b = 0, a = 0;
};

/// Nearest plain colour; premultiplying it again gives the same pixel (the error is below half a step times a/255).
inline Rgba8 unpremultiply(std::uint32_t p) {
    const std::uint32_t a = p >> 24;
    if (a == 0) return {};
    const auto channel = [&](int shift) {
        const std::uint32_t c = (((p >> shift) & 255u) * 255u + a / 2) / a;
        return static_cast<std::uint8_t>(c < 255u ? c : 255u);
    };
    return {channel(16), channel(8), channel(0), static_cast<std::uint8_t>(a)};
}

inline std::uint32_t premultiply(Rgba8 c) {
    const auto channel = [&](std::uint32_t v) { return (v * c.a + 127u) / 255u; };
    return std::uint32_t{c.a} << 24 | channel(c.r) << 16 | channel(c.g) << 8 | channel(c.b);
}

} // namespace harmattan::render
