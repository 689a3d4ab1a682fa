#include "render/print/picture.hpp"

#include "geo/error.hpp"
#include "render/encode.hpp"
#include "render/encode_webp.hpp"
#include "render/png_chunks.hpp"
#include "render/premultiply.hpp"
#include "render/vips_image.hpp"
#include "support/temp_folder.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

namespace harmattan::render {

namespace {

using harmattan::test::TempFolder;

constexpr std::uint32_t red = 0xffff0000u, blue = 0xff0000ffu, half_green = 0x80008000u;

/// Red on the left, blue on the right; a half green band at the foot.
Image flag(int width, int height) {
    Image image{width, height, {}};
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.pixels.push_back(y >= height * 3 / 4 ? half_green : x < width / 2 ? red : blue);
    return image;
}

std::string file_bytes(const Image& image, ImageFormat format) {
    const auto bytes = encode(view_of(image), format);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// `image`, opaque, saved by one of libvips' savers into memory.
template <class Save>
std::string saved(const Image& image, Save save) {
    start_vips();
    std::vector<std::uint8_t> rgb;
    for (const std::uint32_t p : image.pixels)
        for (const int shift : {16, 8, 0}) rgb.push_back(static_cast<std::uint8_t>(p >> shift));
    const OwnedVipsImage picture(
        vips_image_new_from_memory_copy(rgb.data(), rgb.size(), image.width, image.height, 3, VIPS_FORMAT_UCHAR));
    picture->Type = VIPS_INTERPRETATION_sRGB;
    void* made = nullptr;
    std::size_t size = 0;
    EXPECT_EQ(save(picture.get(), &made, &size), 0) << vips_error_buffer();
    const OwnedVipsBytes bytes(made);
    return {static_cast<const char*>(made), size};
}

std::uint32_t pixel(const Image& image, int x, int y) {
    return image.pixels.at(static_cast<std::size_t>(y * image.width + x));
}

bool near(std::uint32_t a, std::uint32_t b, int by) {
    for (const int shift : {24, 16, 8, 0})
        if (std::abs(static_cast<int>(a >> shift & 255u) - static_cast<int>(b >> shift & 255u)) > by) return false;
    return true;
}

void expect_flag(const Image& image, int by, bool band) {
    const auto expect = [&](int x, int y, std::uint32_t color) {
        EXPECT_TRUE(near(pixel(image, x, y), color, by))
            << fmt::format("{:08x} at {}, {}; not {:08x}", pixel(image, x, y), x, y, color);
    };
    expect(image.width / 4, image.height / 2, red);
    expect(image.width * 3 / 4, image.height / 2, blue);
    if (band) expect(image.width / 2, image.height - 2, half_green);
}

void expect_error(const std::filesystem::path& file, geo::ErrorKind kind, const std::string& said) {
    try {
        read_picture(file, 100, 100);
        FAIL() << file << " was read";
    } catch (const geo::Error& e) {
        EXPECT_EQ(e.kind(), kind) << e.what();
        EXPECT_NE(std::string(e.what()).find(said), std::string::npos) << e.what();
        EXPECT_NE(std::string(e.what()).find(file.filename().string()), std::string::npos) << e.what();
    }
}

} // namespace

TEST(Picture, FitsTheBoxOnItsNearerSide) {
    const TempFolder folder;
    const auto file = folder.write("flag.png", file_bytes(flag(400, 200), ImageFormat::png));
    for (const auto& [width, height, wide, high] : {std::array{100, 100, 100, 50}, std::array{300, 50, 100, 50},
                                                    std::array{400, 200, 400, 200}, std::array{1000, 900, 1000, 500}}) {
        const Image image = read_picture(file, width, height);
        EXPECT_EQ(image.width, wide);
        EXPECT_EQ(image.height, high);
        expect_flag(image, 1, true);
    }
}

TEST(Picture, OfItsOwnSizeIsUnchanged) {
    const TempFolder folder;
    const Image wanted = flag(64, 48);
    for (const ImageFormat format : {ImageFormat::png, ImageFormat::webp})
        EXPECT_EQ(read_picture(folder.write("flag", file_bytes(wanted, format)), 64, 48).pixels, wanted.pixels);
}

TEST(Picture, KeepsColoursPureAtTranslucentEdges) {
    // Red over transparent: resampled unpremultiplied, its edge would turn dark.
    Image image{200, 200, {}};
    for (int y = 0; y < 200; ++y)
        for (int x = 0; x < 200; ++x)
            image.pixels.push_back((x - 100) * (x - 100) + (y - 100) * (y - 100) < 8000 ? red : 0u);
    const TempFolder folder;
    const Image small = read_picture(folder.write("disc.png", file_bytes(image, ImageFormat::png)), 37, 37);
    int edge = 0;
    for (const std::uint32_t p : small.pixels) {
        const Rgba8 c = unpremultiply(p);
        if (c.a < 20 || c.a == 255) continue;
        ++edge;
        EXPECT_GT(c.r, 240);
        EXPECT_LT(c.g, 15);
    }
    EXPECT_GT(edge, 20);
}

TEST(Picture, MayBeAJpeg) {
    const TempFolder folder;
    const auto file = folder.write("flag.jpg", saved(flag(400, 200), [](VipsImage* from, void** to, std::size_t* size) {
                                       return vips_jpegsave_buffer(from, to, size, "Q", 95, nullptr);
                                   }));
    const Image image = read_picture(file, 100, 100);
    EXPECT_EQ(image.width, 100);
    EXPECT_EQ(image.height, 50);
    expect_flag(image, 4, false);
}

TEST(Picture, MayBeGreyOrDeep) {
    const TempFolder folder;
    start_vips();
    const std::uint8_t grey[4] = {0, 100, 200, 255};
    const std::uint16_t deep[8] = {65535, 0, 0, 65535, 0, 32896, 0, 32896}; // opaque red, half green (unpremultiplied)
    const OwnedVipsImage grey_picture(vips_image_new_from_memory_copy(grey, sizeof grey, 2, 2, 1, VIPS_FORMAT_UCHAR));
    grey_picture->Type = VIPS_INTERPRETATION_B_W;
    const OwnedVipsImage deep_picture(vips_image_new_from_memory_copy(deep, sizeof deep, 2, 1, 4, VIPS_FORMAT_USHORT));
    deep_picture->Type = VIPS_INTERPRETATION_RGB16;
    const auto grey_file = folder.path() / "grey.png", deep_file = folder.path() / "deep.png";
    ASSERT_EQ(vips_pngsave(grey_picture.get(), grey_file.c_str(), nullptr), 0) << vips_error_buffer();
    ASSERT_EQ(vips_pngsave(deep_picture.get(), deep_file.c_str(), nullptr), 0) << vips_error_buffer();
    EXPECT_EQ(read_picture(grey_file, 2, 2).pixels,
              (std::vector<std::uint32_t>{0xff000000u, 0xff646464u, 0xffc8c8c8u, 0xffffffffu}));
    EXPECT_EQ(read_picture(deep_file, 2, 1).pixels, (std::vector<std::uint32_t>{red, premultiply({0, 128, 0, 128})}));
}

TEST(Picture, OfAnSvgIsDrawnAtTheSizeWanted) {
    const TempFolder folder;
    const auto file =
        folder.write("flag.svg", R"(<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">
        <rect width="20" height="15" fill="#f00"/><rect x="20" width="20" height="15" fill="#00f"/>
        <rect y="15" width="40" height="5" fill="#0f0" fill-opacity="0.5"/></svg>)");
    const Image image = read_picture(file, 1001, 2000);
    EXPECT_EQ(image.width, 1001);
    EXPECT_NEAR(image.height, 500, 1);
    expect_flag(image, 1, true);
    int mixed = 0; // enlarged from 40 pixels, the border of red and blue would be blurred over 25
    for (int x = 0; x < image.width; ++x) mixed += pixel(image, x, 250) != red && pixel(image, x, 250) != blue;
    EXPECT_LE(mixed, 2);
    EXPECT_EQ(read_picture(file, 30, 3).height, 3);
}

TEST(Picture, OfAnSvgLoadsNothingElse) {
    const TempFolder folder;
    const auto other = folder.write("other.png", file_bytes(Image{2, 2, {red, red, red, red}}, ImageFormat::png));
    const auto file = folder.write(
        "logo.svg", fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
        width="10" height="10"><rect width="10" height="10" fill="#00f"/><image width="10" height="10" xlink:href="file://{}"/></svg>)",
                                other.string()));
    for (const std::uint32_t p : read_picture(file, 10, 10).pixels) EXPECT_EQ(p, blue);
}

TEST(Picture, ThatIsNoneIsAnErrorThatNamesIt) {
    const TempFolder folder;
    expect_error(folder.path() / "missing.png", geo::ErrorKind::no_input, "there is no file");
    expect_error(folder.path(), geo::ErrorKind::no_input, "a directory");
    expect_error(folder.write("empty.png", ""), geo::ErrorKind::bad_data, "neither PNG, JPEG, WebP nor SVG");
    expect_error(folder.write("table.png", "id,lon,lat\n1,2,3\n"), geo::ErrorKind::bad_data,
                 "neither PNG, JPEG, WebP nor SVG");
    expect_error(folder.write("broken.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><g>"),
                 geo::ErrorKind::bad_data, "cannot be used");
    const std::string png = file_bytes(flag(400, 200), ImageFormat::png),
                      webp = file_bytes(flag(400, 200), ImageFormat::webp);
    expect_error(folder.write("cut.png", png.substr(0, png.size() / 2)), geo::ErrorKind::bad_data, "cannot be used");
    expect_error(folder.write("cut.webp", webp.substr(0, webp.size() / 2)), geo::ErrorKind::bad_data, "cannot be used");
    expect_error(folder.write("head.png", png.substr(0, 8)), geo::ErrorKind::bad_data, "cannot be used");
}

TEST(Picture, OfForgedSizeIsRefusedBeforeItIsDecoded) {
    const TempFolder folder;
    std::vector<std::byte> bomb = begin_png(10'000, 10'001, 8, PngColors::rgba); // 400 megabytes, if one believes it
    add_png_chunk(bomb, "IDAT", 4, [](std::byte* at) { return *at = std::byte{0x78}, std::size_t{4}; });
    end_png(bomb);
    expect_error(folder.write("bomb.png", {reinterpret_cast<const char*>(bomb.data()), bomb.size()}),
                 geo::ErrorKind::bad_data, "10000 × 10001 pixels large; at most 10000 a side");
    const auto fat = folder.write("fat.png", file_bytes(flag(4, 4), ImageFormat::png));
    std::filesystem::resize_file(fat, max_picture_bytes + 1);
    expect_error(fat, geo::ErrorKind::bad_data, "it holds 33554433 bytes");
    expect_error(folder.write("vast.svg", R"(<svg xmlns="http://www.w3.org/2000/svg" width="20000" height="20"/>)"),
                 geo::ErrorKind::bad_data, "at most 10000 a side");
}

} // namespace harmattan::render
