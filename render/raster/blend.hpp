#pragma once
// Premultiplied source-over on 0xAARRGGBB pixels, rounded to nearest: one pixel and runs of pixels.

#include "render/image.hpp"

#include <algorithm>
#include <cstdint>

namespace harmattan::render {

/// Every channel times by/255, rounded.
inline std::uint32_t scale_pixel(std::uint32_t p, std::uint32_t by) {
    std::uint32_t low = (p & 0x00ff00ffu) * by + 0x00800080u;
    std::uint32_t high = ((p >> 8) & 0x00ff00ffu) * by + 0x00800080u;
    low = ((low + ((low >> 8) & 0x00ff00ffu)) >> 8) & 0x00ff00ffu;
    high = (high + ((high >> 8) & 0x00ff00ffu)) & 0xff00ff00u;
    return low | high;
}

inline std::uint32_t over(std::uint32_t below, std::uint32_t source) {
    return source + scale_pixel(below, 255u - (source >> 24));
}

/// `source` over `count` pixels.
inline void over_run(std::uint32_t* pixels, int count, std::uint32_t source) {
    if (source >> 24 == 255) {
        std::fill_n(pixels, count, source);
    } else if (source != 0) {
        for (int i = 0; i < count; ++i) pixels[i] = over(pixels[i], source);
    }
}

/// `count` source pixels over as many others; quick where one of the two is empty.
inline void over_pixels(std::uint32_t* pixels, const std::uint32_t* source, int count) {
    constexpr int together = 8;
    int i = 0;
    for (; i + together <= count; i += together) {
        std::uint32_t any_source = 0, any_below = 0;
        for (int k = 0; k < together; ++k) any_source |= source[i + k], any_below |= pixels[i + k];
        if (any_source == 0) continue;
        if (any_below == 0) {
            std::copy_n(source + i, together, pixels + i);
            continue;
        }
        for (int k = 0; k < together; ++k) pixels[i + k] = over(pixels[i + k], source[i + k]);
    }
    for (; i < count; ++i) pixels[i] = over(pixels[i], source[i]);
}

/// A picture in memory that is drawn on.
struct Target {
    std::uint32_t* pixels = nullptr;
    int width = 0, height = 0;
    std::ptrdiff_t stride = 0;

    std::uint32_t* row(int y) const { return pixels + y * stride; }
};

} // namespace harmattan::render
