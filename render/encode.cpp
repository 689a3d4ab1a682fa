#include "render/encode.hpp"

#include "render/encode_png.hpp"
#include "render/encode_webp.hpp"

namespace harmattan::render {

std::string_view extension(ImageFormat format) { return format == ImageFormat::png ? "png" : "webp"; }

std::string_view media_type(ImageFormat format) { return format == ImageFormat::png ? "image/png" : "image/webp"; }

std::optional<ImageFormat> find_image_format(std::string_view name) {
    for (const ImageFormat format : {ImageFormat::png, ImageFormat::webp})
        if (name == extension(format)) return format;
    return std::nullopt;
}

std::vector<std::byte> encode(ImageView image, ImageFormat format) {
    return format == ImageFormat::png ? encode_png(image) : encode_webp(image);
}

} // namespace harmattan::render
