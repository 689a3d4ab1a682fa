#include "render/print/picture_gatherer.hpp"

#include <gtest/gtest.h>

namespace harmattan::render {

namespace {

struct Placed {
    std::int64_t x, y;
    Image image;
};

std::vector<Placed> flushed(PictureGatherer& gatherer) {
    std::vector<Placed> out;
    gatherer.flush([&](std::int64_t x, std::int64_t y, ImageView view) {
        Image image{view.width, view.height, {}};
        for (int row = 0; row < view.height; ++row)
            image.pixels.insert(image.pixels.end(), view.row(row), view.row(row) + view.width);
        out.push_back({x, y, std::move(image)});
    });
    return out;
}

Image plain(int width, int height, std::uint32_t pixel) {
    return {width, height,
            std::vector<std::uint32_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), pixel)};
}

constexpr std::uint32_t red = 0xffff0000u, half_blue = 0x80000080u;

} // namespace

TEST(PictureGatherer, LaysTouchingPicturesIntoOne) {
    PictureGatherer gatherer;
    gatherer.add(-2, 5, view_of(plain(2, 1, red)));
    gatherer.add(0, 6, view_of(plain(1, 2, half_blue))); // touches at a corner
    const std::vector<Placed> out = flushed(gatherer);
    ASSERT_EQ(out.size(), 1u);
    EXPECT_EQ(out[0].x, -2);
    EXPECT_EQ(out[0].y, 5);
    EXPECT_EQ(out[0].image.pixels, (std::vector<std::uint32_t>{red, red, 0, 0, 0, half_blue, 0, 0, half_blue}));
    EXPECT_TRUE(gatherer.empty());
    EXPECT_TRUE(flushed(gatherer).empty());
}

TEST(PictureGatherer, JoinsPicturesThatALaterOneBridges) {
    PictureGatherer gatherer;
    for (const std::int64_t x : {0, 20, 40, 10, 30}) gatherer.add(x, 0, view_of(plain(10, 3, red)));
    const std::vector<Placed> out = flushed(gatherer);
    ASSERT_EQ(out.size(), 1u);
    EXPECT_EQ(out[0].image.width, 50);
    EXPECT_EQ(out[0].image.pixels, plain(50, 3, red).pixels);
}

TEST(PictureGatherer, LeavesPicturesApartThatDoNotTouch) {
    PictureGatherer gatherer;
    gatherer.add(0, 0, view_of(plain(4, 4, red)));
    gatherer.add(5, 0, view_of(plain(4, 4, half_blue)));
    const std::vector<Placed> out = flushed(gatherer);
    ASSERT_EQ(out.size(), 2u);
    EXPECT_EQ(out[0].image.pixels, plain(4, 4, red).pixels);
    EXPECT_EQ(out[1].x, 5);
}

TEST(PictureGatherer, LaysOverlappingPicturesOverEachOtherInTheirOrder) {
    PictureGatherer gatherer;
    gatherer.add(0, 0, view_of(plain(2, 1, half_blue)));
    gatherer.add(1, 0, view_of(plain(2, 1, red)));
    const std::vector<Placed> out = flushed(gatherer);
    ASSERT_EQ(out.size(), 1u);
    EXPECT_EQ(out[0].image.pixels, (std::vector<std::uint32_t>{half_blue, red, red}));
}

TEST(PictureGatherer, DoesNotMakePicturesLargerThanCairoDraws) {
    PictureGatherer gatherer;
    gatherer.add(0, 0, view_of(plain(20'000, 1, red)));
    gatherer.add(20'000, 0, view_of(plain(20'000, 1, red)));
    EXPECT_EQ(flushed(gatherer).size(), 2u);
}

} // namespace harmattan::render
