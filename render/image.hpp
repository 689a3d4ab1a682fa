#pragma once
// A picture in memory: premultiplied ARGB32 as Cairo has it, rows top down, no padding between rows.

#include <cstdint>
#include <span>
#include <vector>

namespace harmattan::render {

struct Image {
    int width = 0, height = 0;
    std::vector<std::uint32_t> pixels; ///< width × height, 0xAARRGGBB premultiplied
};

/// A rectangle of somebody's image; does not own. Row y starts at pixels + y · stride.
struct ImageView {
    const std::uint32_t* pixels = nullptr;
    int width = 0, height = 0;
    std::ptrdiff_t stride = 0; ///< pixels from row to row

    const std::uint32_t* row(int y) const { return pixels + y * stride; }
};

inline ImageView view_of(const Image& image) { return {image.pixels.data(), image.width, image.height, image.width}; }
inline ImageView crop(ImageView image, int x, int y, int width, int height) {
    return {image.pixels + y * image.stride + x, width, height, image.stride};
}

/// The one colour of all pixels, if they are all the same.
bool is_uniform(ImageView image);

} // namespace harmattan::render
