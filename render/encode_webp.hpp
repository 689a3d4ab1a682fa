#pragma once
// Lossless WebP by libvips, with fixed options and without metadata.

#include "render/image.hpp"

#include <cstddef>
#include <vector>

namespace harmattan::render {

/// Initialises libvips on first use; one thread a picture.
std::vector<std::byte> encode_webp(ImageView image);

/// Makes libvips ready (once a process); decode uses it too.
void start_vips();

} // namespace harmattan::render
