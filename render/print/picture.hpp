#pragma once
// A picture for the page out of a file: the logo of who makes the map. PNG, JPEG, WebP and SVG, read by libvips.

#include "render/image.hpp"

#include <filesystem>

namespace harmattan::render {

/// Sides a file may state, and its size: far above any logo, low enough that a forged header cannot ask for the memory
/// of the machine. Both are looked at before a pixel is decoded.
inline constexpr int max_picture_side = 10'000;
inline constexpr std::size_t max_picture_bytes = std::size_t{32} << 20;

/// The picture as large as fits into `width` × `height` image pixels with its proportions kept (enlarged if it is
/// smaller), upright, in sRGB. An SVG is drawn at that size; it loads nothing else, and its text is set in whatever
/// fonts the machine has. Throws geo::Error no_input, not_permitted, bad_data, all naming the file.
Image read_picture(const std::filesystem::path& file, int width, int height);

} // namespace harmattan::render
