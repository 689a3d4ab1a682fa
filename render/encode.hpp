#pragma once
// Pictures to bytes. PNG is ours over libdeflate (exact palette where a picture has at most 256 colours, else RGB or
// RGBA, filter none); WebP is libvips'. Bytes depend on the pixels alone.

#include "render/image.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace harmattan::render {

enum class ImageFormat { png, webp };
std::string_view extension(ImageFormat format);  ///< "png"
std::string_view media_type(ImageFormat format); ///< "image/png"
std::optional<ImageFormat> find_image_format(std::string_view name);

std::vector<std::byte> encode(ImageView image, ImageFormat format);
/// Decodes either format (for verify and tests). Throws geo::Error bad_data.
Image decode(std::span<const std::byte> bytes);

} // namespace harmattan::render
