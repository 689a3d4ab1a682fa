#include "render/print/sheet_image.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <string_view>
#include <vector>
#include <webp/encode.h>

namespace harmattan::render {

namespace {

// As measured on a page of 2,480 × 3,508 pixels (land, borders, names, heat). Lossless, method 0: 0.41 CPU s for 1.34
// MB; quality 75 takes 0.6 for 1.31, method 1 takes 3 for 1.17. Lossy, quality 95: method 2 takes 0.35 CPU s for 630
// kB, method 4 twice that for 619.
constexpr int lossless_method = 0, lossy_method = 2;
constexpr float lossless_quality = 50, lossy_quality = 95;

[[noreturn]] void fail(const char* what, int code) {
    throw geo::Error(geo::ErrorKind::internal, fmt::format("{} (libwebp's error {})", what, code));
}

/// Owns what libwebp allocates for a picture.
struct Picture : WebPPicture {
    Picture(int pixels_across, int rows) {
        if (!WebPPictureInit(this)) fail("libwebp is of another version than its headers", 0);
        width = pixels_across;
        height = rows;
    }
    ~Picture() { WebPPictureFree(this); }
    Picture(const Picture&) = delete;
    Picture& operator=(const Picture&) = delete;

    void allocate() {
        if (!WebPPictureAlloc(this)) fail("no memory for a WebP picture", error_code);
    }
};

/// All pixels as they are; a white ground leaves none of them translucent.
void gather_pixels(const Sheet& sheet, int stripe_height, Picture& into) {
    into.use_argb = 1;
    into.allocate();
    paint_in_stripes(sheet, white_ground, stripe_height, [&](ImageView stripe, int top) {
        for (int y = 0; y < stripe.height; ++y)
            std::copy_n(stripe.row(y), stripe.width,
                        into.argb + static_cast<std::ptrdiff_t>(top + y) * into.argb_stride);
    });
}

/// Brightness of each pixel and colour of every 2 × 2: a byte and a half a pixel. A stripe begins on an even row, so
/// that the colours are those of the whole.
void gather_yuv(const Sheet& sheet, int stripe_height, Picture& into) {
    into.use_argb = 0;
    into.allocate();
    const auto copy_plane = [](const std::uint8_t* from, int from_stride, std::uint8_t* to, int to_stride, int top,
                               int rows, int bytes) {
        for (std::ptrdiff_t y = 0; y < rows; ++y)
            std::copy_n(from + y * from_stride, bytes, to + (top + y) * to_stride);
    };
    paint_in_stripes(sheet, white_ground, stripe_height + stripe_height % 2, [&](ImageView stripe, int top) {
        Picture part(stripe.width, stripe.height);
        part.use_argb = 1;
        part.argb = const_cast<std::uint32_t*>(stripe.pixels);
        part.argb_stride = static_cast<int>(stripe.stride);
        if (!WebPPictureARGBToYUVA(&part, WEBP_YUV420)) fail("libwebp cannot convert a stripe", part.error_code);
        const int halves = (stripe.width + 1) / 2, half_rows = (stripe.height + 1) / 2;
        copy_plane(part.y, part.y_stride, into.y, into.y_stride, top, stripe.height, stripe.width);
        copy_plane(part.u, part.uv_stride, into.u, into.uv_stride, top / 2, half_rows, halves);
        copy_plane(part.v, part.uv_stride, into.v, into.uv_stride, top / 2, half_rows, halves);
    });
}

/// A plain WebP file: RIFF header and one chunk of image.
std::vector<std::byte> encode(Picture& picture, bool lossless) {
    WebPConfig config;
    if (!WebPConfigPreset(&config, WEBP_PRESET_DEFAULT, lossless ? lossless_quality : lossy_quality))
        fail("libwebp is of another version than its headers", 0);
    config.lossless = lossless;
    config.method = lossless ? lossless_method : lossy_method;
    std::vector<std::byte> file;
    picture.custom_ptr = &file;
    picture.writer = [](const std::uint8_t* bytes, std::size_t size, const WebPPicture* of) noexcept {
        auto& to = *static_cast<std::vector<std::byte>*>(of->custom_ptr);
        to.insert(to.end(), reinterpret_cast<const std::byte*>(bytes),
                  reinterpret_cast<const std::byte*>(bytes) + size);
        return 1;
    };
    if (!WebPEncode(&config, &picture)) fail("libwebp cannot encode the sheet", picture.error_code);
    return file;
}

class LittleEndian {
public:
    LittleEndian& tag(std::string_view text) {
        for (const char c : text) m_bytes.push_back(static_cast<std::byte>(c));
        return *this;
    }
    LittleEndian& number(int bytes, std::uint64_t value) {
        for (int i = 0; i < bytes; ++i) m_bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
        return *this;
    }
    const std::vector<std::byte>& bytes() const { return m_bytes; }

private:
    std::vector<std::byte> m_bytes;
};

/// The resolution as Exif has it: a TIFF directory of three entries, the two rationals behind it.
std::vector<std::byte> resolution_exif(double px_per_mm) {
    constexpr std::uint32_t entries = 3, directory_at = 8, values_at = directory_at + 2 + 12 * entries + 4,
                            scale = 1000;
    constexpr std::uint32_t as_short = 3, as_rational = 5, x_resolution = 0x11a, y_resolution = 0x11b, unit = 0x128,
                            inch = 2;
    LittleEndian exif;
    exif.tag("II").number(2, 42).number(4, directory_at).number(2, entries);
    exif.number(2, x_resolution).number(2, as_rational).number(4, 1).number(4, values_at);
    exif.number(2, y_resolution).number(2, as_rational).number(4, 1).number(4, values_at + 8);
    exif.number(2, unit).number(2, as_short).number(4, 1).number(2, inch).number(2, 0);
    exif.number(4, 0);
    const auto per_inch = static_cast<std::uint64_t>(std::llround(px_per_mm * 25.4 * scale));
    for (int i = 0; i < 2; ++i) exif.number(4, per_inch).number(4, scale);
    return exif.bytes();
}

/// The head of an extended file: RIFF header and VP8X, which says the sides and that there is Exif behind the image.
std::vector<std::byte> extended_head(int width, int height, std::size_t image_size, std::size_t exif_size) {
    constexpr std::uint32_t has_exif = 8;
    LittleEndian head;
    head.tag("RIFF").number(4, 4 + 18 + image_size + 8 + exif_size).tag("WEBP");
    head.tag("VP8X").number(4, 10).number(4, has_exif);
    head.number(3, static_cast<std::uint32_t>(width - 1)).number(3, static_cast<std::uint32_t>(height - 1));
    return head.bytes();
}

} // namespace

void write_sheet_webp(const Sheet& sheet, const ByteSink& sink, int stripe_height) {
    const int width = sheet.width_px(), height = sheet.height_px();
    if (width > WEBP_MAX_DIMENSION || height > WEBP_MAX_DIMENSION)
        throw geo::Error(geo::ErrorKind::usage,
                         fmt::format("a sheet of {} × {} pixels is too large for WebP, which has at most {} a side; "
                                     "use PNG, or fewer dots per inch",
                                     width, height, WEBP_MAX_DIMENSION));
    const bool lossless = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) <= lossless_webp_px;
    std::vector<std::byte> plain;
    {
        Picture picture(width, height);
        if (lossless) gather_pixels(sheet, stripe_height, picture);
        else gather_yuv(sheet, stripe_height, picture);
        plain = encode(picture, lossless);
    }
    const std::span<const std::byte> image = std::span(plain).subspan(12); // behind the RIFF header
    const std::vector<std::byte> exif = resolution_exif(sheet.px_per_mm);
    sink(extended_head(width, height, image.size(), exif.size()));
    sink(image);
    sink(LittleEndian().tag("EXIF").number(4, exif.size()).bytes());
    sink(exif);
}

} // namespace harmattan::render
