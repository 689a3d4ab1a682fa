#include "render/print/corner.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace harmattan::render {

namespace {

const PaperExtent frame{10, 20, 110, 100};
constexpr PaperPoint size{30, 20};
const PaperPoint lower_right{95, 90}, lower_left{20, 90}, upper_right{95, 30}, upper_left{20, 30}, middle{60, 60};

Corner chosen(const std::vector<PaperPoint>& first, const std::vector<PaperPoint>& then = {}) {
    return least_covering(frame, size, 1, first, 2, then);
}

} // namespace

TEST(Corner, IsTheOneThatHidesLeast) {
    EXPECT_EQ(chosen({}), Corner::lower_right);
    EXPECT_EQ(chosen({middle, middle}), Corner::lower_right);
    EXPECT_EQ(chosen({lower_right}), Corner::lower_left);
    EXPECT_EQ(chosen({lower_right, lower_left}), Corner::upper_right);
    EXPECT_EQ(chosen({lower_right, lower_left, upper_right}), Corner::upper_left);
    EXPECT_EQ(chosen({lower_right, lower_right, lower_left, upper_right, upper_right, upper_left, upper_left}),
              Corner::lower_left);
}

TEST(Corner, ACircleIsCoveredWhereItsRimIs) {
    EXPECT_EQ(chosen({{78, 90}}), Corner::lower_left); // the card begins at 79
    EXPECT_EQ(chosen({{76, 90}}), Corner::lower_right);
    EXPECT_EQ(chosen({}, {{78, 90}}), Corner::lower_right);
}

TEST(Corner, LandDecidesAmongEquals) {
    EXPECT_EQ(chosen({}, {lower_right}), Corner::lower_left);
    EXPECT_EQ(chosen({lower_left, upper_right, upper_left}, {lower_right, lower_right}), Corner::lower_right);
}

TEST(Corner, ItsCardLiesInTheFrame) {
    for (const Corner corner : {Corner::lower_right, Corner::lower_left, Corner::upper_right, Corner::upper_left}) {
        const PaperExtent card = card_in(corner, frame, size, 1);
        EXPECT_EQ(card.width(), size.x);
        EXPECT_EQ(card.height(), size.y);
        EXPECT_TRUE(card.min_x >= frame.min_x + 1 && card.max_x <= frame.max_x - 1 && card.min_y >= frame.min_y + 1 &&
                    card.max_y <= frame.max_y - 1);
    }
}

} // namespace harmattan::render
