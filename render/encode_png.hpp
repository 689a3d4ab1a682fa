#pragma once
// PNG by the shortest way: the picture's own colours as a palette where there are at most 256 of them, plain RGB or
// RGBA rows where there are more; deflated by libdeflate. No metadata.

#include "render/image.hpp"

#include <cstddef>
#include <vector>

namespace harmattan::render {

std::vector<std::byte> encode_png(ImageView image);

} // namespace harmattan::render
