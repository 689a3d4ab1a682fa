#include "render/print/picture.hpp"

#include "geo/error.hpp"
#include "geo/input_file.hpp"
#include "geo/mapped_file.hpp"
#include "render/encode_webp.hpp"
#include "render/premultiply.hpp"
#include "render/vips_image.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>

namespace harmattan::render {

namespace {

namespace fs = std::filesystem;

using Load = int (*)(void* bytes, std::size_t size, VipsImage** out, ...);

/// What went wrong, without the file's name, which is added where it is known.
[[noreturn]] void bad(const std::string& why) { throw geo::Error(geo::ErrorKind::bad_data, why); }

void check(int status) {
    if (status != 0) bad(take_vips_error());
}

void check_size(const VipsImage* image) {
    const int width = vips_image_get_width(image), height = vips_image_get_height(image);
    if (width > max_picture_side || height > max_picture_side)
        bad(fmt::format("it is {} × {} pixels large; at most {} a side are read", width, height, max_picture_side));
}

/// One of four by its first bytes. why: left to itself, libvips tries every format it knows, most of them never meant
/// for files of strangers.
Load find_loader(std::string_view bytes) {
    if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return vips_pngload_buffer;
    if (bytes.starts_with("\xff\xd8\xff")) return vips_jpegload_buffer;
    if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) return vips_webpload_buffer;
    if (bytes.substr(0, 4096).find("<svg") != std::string_view::npos) return vips_svgload_buffer;
    return nullptr;
}

void* data_of(std::string_view bytes) { return const_cast<char*>(bytes.data()); }

/// A scale at 1 tells the drawing's own size, a second reading draws it as large as wanted.
OwnedVipsImage draw_svg(std::string_view bytes, int width, int height) {
    VipsImage* raw = nullptr;
    check(vips_svgload_buffer(data_of(bytes), bytes.size(), &raw, nullptr));
    const OwnedVipsImage as_stated(raw);
    check_size(raw);
    const double scale =
        std::min(double{1} * width / vips_image_get_width(raw), double{1} * height / vips_image_get_height(raw));
    check(vips_svgload_buffer(data_of(bytes), bytes.size(), &raw, "scale", scale, nullptr));
    OwnedVipsImage drawn(raw);
    if (vips_image_get_width(raw) > width || vips_image_get_height(raw) > height) bad("its proportions cannot be kept");
    return drawn;
}

/// Colour profile, turned cameras and translucent edges are vips_thumbnail's to get right.
OwnedVipsImage resample(Load load, std::string_view bytes, int width, int height) {
    VipsImage* raw = nullptr;
    check(load(data_of(bytes), bytes.size(), &raw, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR,
               nullptr));
    const OwnedVipsImage stored(raw);
    check_size(raw);
    check(vips_thumbnail_image(stored.get(), &raw, width, "height", height, "size", VIPS_SIZE_BOTH, nullptr));
    return OwnedVipsImage(raw);
}

Image to_image(OwnedVipsImage picture) {
    VipsImage* raw = nullptr;
    check(vips_colourspace(picture.get(), &raw, VIPS_INTERPRETATION_sRGB, nullptr));
    picture.reset(raw);
    check(vips_cast_uchar(picture.get(), &raw, nullptr));
    picture.reset(raw);
    if (!vips_image_hasalpha(raw)) {
        check(vips_addalpha(picture.get(), &raw, nullptr));
        picture.reset(raw);
    }
    if (vips_image_get_bands(raw) != 4) bad("it does not have three colour channels");
    std::size_t size = 0;
    const OwnedVipsBytes pixels(vips_image_write_to_memory(picture.get(), &size));
    if (!pixels) bad(take_vips_error());
    Image out{vips_image_get_width(picture.get()), vips_image_get_height(picture.get()), {}};
    const auto* rgba = static_cast<const std::uint8_t*>(pixels.get());
    for (std::size_t i = 0; i + 4 <= size; i += 4)
        out.pixels.push_back(premultiply({rgba[i], rgba[i + 1], rgba[i + 2], rgba[i + 3]}));
    return out;
}

Image read(std::string_view bytes, int width, int height) {
    if (bytes.size() > max_picture_bytes)
        bad(fmt::format("it holds {} bytes; at most {} are read", bytes.size(), max_picture_bytes));
    const Load load = find_loader(bytes);
    if (!load) bad("it is neither PNG, JPEG, WebP nor SVG");
    return to_image(load == vips_svgload_buffer ? draw_svg(bytes, width, height)
                                                : resample(load, bytes, width, height));
}

} // namespace

Image read_picture(const fs::path& file, int width, int height) {
    geo::require_regular_file(file, "picture");
    const geo::MappedFile bytes(file);
    start_vips();
    try {
        return read(bytes.text(), width, height);
    } catch (const geo::Error& e) {
        throw geo::Error(e.kind(), fmt::format("the picture {} cannot be used: {}", file.string(), e.what()));
    }
}

} // namespace harmattan::render
