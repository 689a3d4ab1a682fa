#include "render/image.hpp"

#include <algorithm>
#include <cstring>

namespace harmattan::render {

bool is_uniform(ImageView image) {
    if (image.width <= 0 || image.height <= 0) return true;
    const std::size_t width = static_cast<std::size_t>(image.width);
    const std::uint32_t* first = image.row(0);
    // A row is of one colour when it equals itself moved by one pixel.
    if (std::memcmp(first, first + 1, (width - 1) * sizeof *first) != 0) return false;
    for (int y = 1; y < image.height; ++y)
        if (std::memcmp(first, image.row(y), width * sizeof *first) != 0) return false;
    return true;
}

} // namespace harmattan::render
