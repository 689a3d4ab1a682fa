#include "render/encode_webp.hpp"

#include "geo/error.hpp"
#include "render/premultiply.hpp"
#include "render/vips_image.hpp"

#include <cstring>
#include <fmt/format.h>
#include <mutex>

namespace harmattan::render {

namespace {

[[noreturn]] void fail(const char* what) {
    throw geo::Error(geo::ErrorKind::internal, fmt::format("{}: {}", what, take_vips_error()));
}

// Effort 1 of 0 to 6: the higher ones cost 5 to 15 times the time for a few per cent.
constexpr int effort = 1;

} // namespace

void start_vips() {
    static std::once_flag once;
    std::call_once(once, [] {
        if (VIPS_INIT("harmattan") != 0) fail("libvips does not start");
        // why: what it warns of, it also fails with or passes over; it would print into the program's own lines
        g_log_set_handler(
            "VIPS", G_LOG_LEVEL_WARNING, [](const char*, GLogLevelFlags, const char*, void*) {}, nullptr);
        vips_concurrency_set(1);
        vips_cache_set_max(0);
    });
}

std::vector<std::byte> encode_webp(ImageView image) {
    start_vips();
    std::vector<std::uint8_t> rgba(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4);
    std::uint8_t* to = rgba.data();
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
            const Rgba8 c = unpremultiply(image.row(y)[x]);
            *to++ = c.r, *to++ = c.g, *to++ = c.b, *to++ = c.a;
        }
    const OwnedVipsImage picture(
        vips_image_new_from_memory(rgba.data(), rgba.size(), image.width, image.height, 4, VIPS_FORMAT_UCHAR));
    if (!picture) fail("libvips takes no picture of this size");
    picture->Type = VIPS_INTERPRETATION_sRGB;
    void* made = nullptr;
    std::size_t size = 0;
    if (vips_webpsave_buffer(picture.get(), &made, &size, "lossless", TRUE, "effort", effort, "strip", TRUE, nullptr) !=
        0)
        fail("libvips cannot write WebP");
    const OwnedVipsBytes bytes(made);
    std::vector<std::byte> out(size);
    std::memcpy(out.data(), made, size);
    return out;
}

} // namespace harmattan::render
