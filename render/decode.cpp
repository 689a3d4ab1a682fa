#include "geo/error.hpp"
#include "render/encode.hpp"
#include "render/encode_webp.hpp"
#include "render/premultiply.hpp"
#include "render/vips_image.hpp"

#include <cstring>
#include <fmt/format.h>
#include <memory>
#include <png.h>

namespace harmattan::render {

namespace {

// Far above any tile, low enough that a forged header cannot ask for the machine's memory.
constexpr std::uint32_t max_side = 16384;

[[noreturn]] void bad(const std::string& why) {
    throw geo::Error(geo::ErrorKind::bad_data, "picture cannot be decoded: " + why);
}

void check_size(std::uint64_t width, std::uint64_t height) {
    if (width == 0 || height == 0 || width > max_side || height > max_side)
        bad(fmt::format("it says it is {} × {} pixels; at most {} a side are read", width, height, max_side));
}

Image premultiplied(std::span<const std::uint8_t> rgba, std::uint32_t width, std::uint32_t height) {
    Image out{static_cast<int>(width), static_cast<int>(height),
              std::vector<std::uint32_t>(std::size_t{width} * height)};
    for (std::size_t i = 0; i < out.pixels.size(); ++i)
        out.pixels[i] = premultiply({rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2], rgba[4 * i + 3]});
    return out;
}

Image decode_png(std::span<const std::byte> bytes) {
    png_image png;
    std::memset(&png, 0, sizeof png);
    png.version = PNG_IMAGE_VERSION;
    const std::unique_ptr<png_image, decltype(&png_image_free)> guard(&png, png_image_free);
    if (!png_image_begin_read_from_memory(&png, bytes.data(), bytes.size())) bad(png.message);
    check_size(png.width, png.height);
    png.format = PNG_FORMAT_RGBA;
    std::vector<std::uint8_t> rgba(PNG_IMAGE_SIZE(png));
    if (!png_image_finish_read(&png, nullptr, rgba.data(), 0, nullptr)) bad(png.message);
    return premultiplied(rgba, png.width, png.height);
}

[[noreturn]] void bad_vips() { bad(take_vips_error()); }

Image decode_webp(std::span<const std::byte> bytes) {
    start_vips();
    VipsImage* raw = nullptr;
    if (vips_webpload_buffer(const_cast<std::byte*>(bytes.data()), bytes.size(), &raw, nullptr) != 0) bad_vips();
    OwnedVipsImage picture(raw);
    const auto width = static_cast<std::uint32_t>(vips_image_get_width(raw)),
               height = static_cast<std::uint32_t>(vips_image_get_height(raw));
    check_size(width, height);
    if (!vips_image_hasalpha(raw)) {
        if (vips_addalpha(picture.get(), &raw, nullptr) != 0) bad_vips();
        picture.reset(raw);
    }
    if (vips_image_get_bands(picture.get()) != 4) bad("it does not have three colour channels");
    std::size_t size = 0;
    const OwnedVipsBytes pixels(vips_image_write_to_memory(picture.get(), &size));
    if (!pixels || size != std::size_t{width} * height * 4) bad_vips();
    return premultiplied({static_cast<const std::uint8_t*>(pixels.get()), size}, width, height);
}

bool starts_with(std::span<const std::byte> bytes, std::size_t at, std::string_view text) {
    return bytes.size() >= at + text.size() && std::memcmp(bytes.data() + at, text.data(), text.size()) == 0;
}

} // namespace

Image decode(std::span<const std::byte> bytes) {
    if (starts_with(bytes, 0, "\x89PNG\r\n\x1a\n")) return decode_png(bytes);
    if (starts_with(bytes, 0, "RIFF") && starts_with(bytes, 8, "WEBP")) return decode_webp(bytes);
    bad(fmt::format("its {} bytes are neither PNG nor WebP", bytes.size()));
}

} // namespace harmattan::render
