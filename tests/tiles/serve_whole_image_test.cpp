#include "tiles/serve/whole_image.hpp"

#include "tests/tiles/small_tiles.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>
#include <vips/vips.h>

namespace harmattan::tiles {

namespace {

using Bytes = std::vector<std::byte>;

/// A picture as libvips writes it: an encoder that is not ours. `suffix` as its file names have it, with options.
Bytes written_by_vips(const char* suffix, bool with_alpha = false) {
    VIPS_INIT("test");
    VipsImage *noise = nullptr, *bands = nullptr;
    EXPECT_EQ(vips_gaussnoise(&noise, 64, 48, "mean", 128.0, "sigma", 40.0, "seed", 1, nullptr), 0);
    std::vector<VipsImage*> parts(with_alpha ? 4 : 3, noise);
    EXPECT_EQ(vips_bandjoin(parts.data(), &bands, static_cast<int>(parts.size()), nullptr), 0);
    VipsImage* srgb = nullptr;
    EXPECT_EQ(vips_cast_uchar(bands, &srgb, nullptr), 0);
    VipsImage* tagged = nullptr;
    EXPECT_EQ(vips_copy(srgb, &tagged, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr), 0);
    void* data = nullptr;
    std::size_t size = 0;
    EXPECT_EQ(vips_image_write_to_buffer(tagged, suffix, &data, &size, nullptr), 0) << vips_error_buffer();
    const auto* first = static_cast<const std::byte*>(data);
    Bytes bytes(first, first + size);
    g_free(data);
    for (VipsImage* image : {noise, bands, srgb, tagged}) g_object_unref(image);
    return bytes;
}

struct Sample {
    const char *name, *extension;
    Bytes bytes;
};

std::vector<Sample> samples() {
    return {{"our PNG", "png", test::picture(1)},
            {"our WebP", "webp", test::picture(1, render::ImageFormat::webp)},
            {"PNG", "png", written_by_vips(".png")},
            {"interlaced PNG with alpha", "png", written_by_vips(".png[interlace]", true)},
            {"JPEG", "jpg", written_by_vips(".jpg")},
            {"progressive JPEG", "jpeg", written_by_vips(".jpg[interlace,optimize-coding]")},
            {"WebP VP8", "webp", written_by_vips(".webp[strip]")},
            {"WebP with alpha", "webp", written_by_vips(".webp", true)},
            {"lossless WebP", "webp", written_by_vips(".webp[lossless,strip]")}};
}

TEST(WholeImage, WhatEncodersWriteIsWhole) {
    for (const Sample& sample : samples()) {
        EXPECT_TRUE(is_whole_image(sample.bytes, sample.extension)) << sample.name;
        for (const char* other : {"png", "webp", "jpg"})
            EXPECT_EQ(is_whole_image(sample.bytes, other),
                      std::string_view(other).substr(0, 2) == std::string_view(sample.extension).substr(0, 2))
                << sample.name << " as " << other;
    }
}

TEST(WholeImage, NoBeginningOfOneIsWhole) {
    for (const Sample& sample : samples())
        for (std::size_t size = 0; size < sample.bytes.size(); ++size)
            ASSERT_FALSE(is_whole_image(std::span(sample.bytes).first(size), sample.extension))
                << sample.name << " " << size;
}

TEST(WholeImage, NothingFollowsOne) {
    for (Sample& sample : samples()) {
        Bytes twice = sample.bytes;
        twice.insert(twice.end(), sample.bytes.begin(), sample.bytes.end());
        if (sample.extension[0] != 'j') { // two JPEGs, one behind the other, end as one does
            EXPECT_FALSE(is_whole_image(twice, sample.extension)) << sample.name;
        }
        sample.bytes.push_back(std::byte{0});
        EXPECT_FALSE(is_whole_image(sample.bytes, sample.extension)) << sample.name;
    }
}

TEST(WholeImage, EveryChangedBitOfAPngIsFound) {
    for (const Sample& sample : samples()) {
        if (std::string_view(sample.extension) != "png") continue;
        Bytes bytes = sample.bytes;
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            const auto bit = std::byte{1} << (i % 8);
            bytes[i] ^= bit;
            ASSERT_FALSE(is_whole_image(bytes, "png")) << sample.name << " " << i;
            bytes[i] ^= bit;
        }
    }
}

TEST(WholeImage, HolesAndForeignBytesAreFound) {
    for (const Sample& sample : samples()) {
        EXPECT_FALSE(is_whole_image(Bytes(sample.bytes.size()), sample.extension)) << sample.name;
        EXPECT_FALSE(is_whole_image(Bytes(sample.bytes.size(), std::byte{0xFF}), sample.extension)) << sample.name;
        Bytes hole = sample.bytes;
        std::fill_n(hole.begin(), hole.size() / 2, std::byte{0});
        EXPECT_FALSE(is_whole_image(hole, sample.extension)) << sample.name;
    }
}

TEST(WholeImage, OtherKindsAreNotLookedInto) {
    for (const char* extension : {"pbf", "mvt", "avif", "json", ""}) {
        EXPECT_TRUE(is_whole_image({}, extension));
        EXPECT_TRUE(is_whole_image(Bytes(5), extension));
    }
}

} // namespace

} // namespace harmattan::tiles
