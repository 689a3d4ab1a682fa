#include "render/encode.hpp"

#include "geo/error.hpp"
#include "render/premultiply.hpp"

#include <cstring>
#include <gtest/gtest.h>
#include <random>

namespace harmattan::render {

namespace {

Image make_image(int width, int height, auto pixel) {
    Image image{width, height, {}};
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) image.pixels.push_back(pixel(x, y));
    return image;
}

std::uint32_t random_pixel(std::mt19937& random) {
    const auto byte = [&] { return static_cast<std::uint8_t>(random()); };
    return premultiply({byte(), byte(), byte(), byte()});
}

unsigned char header_byte(const std::vector<std::byte>& png, std::size_t at) {
    return static_cast<unsigned char>(png.at(at));
}

} // namespace

TEST(Premultiply, SurvivesTheWayToAFileAndBackForEveryAlphaAndValue) {
    for (std::uint32_t a = 0; a <= 255; ++a)
        for (std::uint32_t v = 0; v <= a; ++v) {
            const std::uint32_t pixel = a << 24 | v << 16 | (a - v) << 8 | v / 2;
            ASSERT_EQ(premultiply(unpremultiply(pixel)), pixel);
        }
}

class Formats : public testing::TestWithParam<ImageFormat> {};
INSTANTIATE_TEST_SUITE_P(All, Formats, testing::Values(ImageFormat::png, ImageFormat::webp),
                         [](const auto& format) { return std::string(extension(format.param)); });

TEST_P(Formats, GivesBackEveryPixelOfEveryKindOfPicture) {
    std::mt19937 random(1);
    const auto gray = [](int v) { return 0xff000000u | static_cast<std::uint32_t>(v) * 0x10101u; };
    const std::vector<Image> pictures{
        make_image(256, 256, [](int, int) { return 0u; }),
        make_image(256, 256, [](int, int) { return 0xff102030u; }),
        make_image(1, 1, [](int, int) { return 0x80402010u; }),
        make_image(37, 5, [](int x, int) { return x % 2 ? 0xffffffffu : 0u; }),
        make_image(37, 5, [](int x, int) { return 0xff000000u + static_cast<std::uint32_t>(x % 3); }),
        make_image(37, 5, [](int x, int) { return 0xff000000u + static_cast<std::uint32_t>(x % 16); }),
        make_image(300, 7, [&](int x, int) { return gray(x % 256); }),
        make_image(300, 7, [&](int x, int y) { return gray(x % 256) ^ static_cast<std::uint32_t>(y % 2); }),
        make_image(64, 64, [&](int, int) { return random_pixel(random); }),
        make_image(64, 64, [&](int, int) { return 0xff000000u | static_cast<std::uint32_t>(random() & 0xffffffu); }),
    };
    for (const Image& picture : pictures) {
        const Image back = decode(encode(view_of(picture), GetParam()));
        EXPECT_EQ(back.width, picture.width);
        EXPECT_EQ(back.height, picture.height);
        EXPECT_TRUE(back.pixels == picture.pixels) << picture.width << " × " << picture.height;
    }
}

TEST_P(Formats, EncodesACropAsItWouldTheSamePictureAlone) {
    std::mt19937 random(2);
    const Image whole = make_image(96, 80, [&](int, int) { return random_pixel(random); });
    const ImageView part = crop(view_of(whole), 20, 10, 32, 48);
    const Image alone = make_image(32, 48, [&](int x, int y) { return part.row(y)[x]; });
    EXPECT_EQ(encode(part, GetParam()), encode(view_of(alone), GetParam()));
}

TEST_P(Formats, RefusesABrokenPictureByName) {
    const Image picture =
        make_image(40, 40, [](int x, int y) { return 0xff000000u + static_cast<std::uint32_t>(x * y); });
    std::vector<std::byte> bytes = encode(view_of(picture), GetParam());
    bytes.resize(bytes.size() / 2);
    EXPECT_THROW(decode(bytes), geo::Error);
    EXPECT_THROW(decode(std::span(bytes).first(3)), geo::Error);
}

TEST(Png, UsesTheFewestBitsThatHoldItsColours) {
    for (const auto& [colors, depth] : {std::pair{1, 1}, {2, 1}, {3, 2}, {4, 2}, {5, 4}, {16, 4}, {17, 8}, {256, 8}}) {
        const auto png =
            encode(view_of(make_image(
                       256, 4, [n = colors](int x, int) { return 0xff000000u + static_cast<std::uint32_t>(x % n); })),
                   ImageFormat::png);
        EXPECT_EQ(header_byte(png, 24), depth) << colors;
        EXPECT_EQ(header_byte(png, 25), 3) << colors;
    }
    const auto more =
        encode(view_of(make_image(257, 4, [](int x, int) { return 0xff000000u + static_cast<std::uint32_t>(x); })),
               ImageFormat::png);
    EXPECT_EQ(header_byte(more, 25), 2);
}

TEST(Png, AnEmptyTileIsSmallerThanAHundredAndFiftyBytes) {
    EXPECT_LT(encode(view_of(make_image(256, 256, [](int, int) { return 0u; })), ImageFormat::png).size(), 150u);
}

TEST(Decode, RefusesAPictureThatClaimsToBeHuge) {
    std::vector<std::byte> png = encode(view_of(make_image(4, 4, [](int, int) { return 0u; })), ImageFormat::png);
    png[17] = std::byte{0x7f}; // width: the header's checksum is wrong now as well; either way it must not be read
    EXPECT_THROW(decode(png), geo::Error);
}

TEST(Uniform, SeesASingleDifferentPixel) {
    Image image = make_image(17, 9, [](int, int) { return 7u; });
    EXPECT_TRUE(is_uniform(view_of(image)));
    for (const std::size_t at : {std::size_t{0}, std::size_t{16}, std::size_t{80}, image.pixels.size() - 1}) {
        Image other = image;
        other.pixels[at] = 8;
        EXPECT_FALSE(is_uniform(view_of(other)));
    }
}

} // namespace harmattan::render
