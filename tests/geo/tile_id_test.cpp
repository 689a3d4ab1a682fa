#include "geo/tile_id.hpp"

#include "geo/mercator.hpp"

#include <gtest/gtest.h>
#include <set>

namespace harmattan::geo {

TEST(TileNumber, MatchesTheVectorsOfThePmtilesSpecification) {
    EXPECT_EQ(tile_number({0, 0, 0}), 0u);
    EXPECT_EQ(tile_number({1, 0, 0}), 1u);
    EXPECT_EQ(tile_number({1, 0, 1}), 2u);
    EXPECT_EQ(tile_number({1, 1, 1}), 3u);
    EXPECT_EQ(tile_number({1, 1, 0}), 4u);
    EXPECT_EQ(tile_number({2, 0, 0}), 5u);
    EXPECT_EQ(tile_number({12, 3423, 1763}), 19078479u);
}

TEST(TileNumber, RoundTripsOverWholeLevels) {
    std::uint64_t expected = 0;
    for (int z = 0; z <= 7; ++z) {
        for (std::uint64_t i = 0; i < std::uint64_t{1} << (2 * z); ++i, ++expected) {
            const TileId t = tile_from_number(expected);
            ASSERT_EQ(t.z, z);
            ASSERT_EQ(tile_number(t), expected);
        }
    }
    EXPECT_EQ(tile_number(tile_from_number(tile_number({26, 12345678, 60000000}))),
              tile_number({26, 12345678, 60000000}));
}

TEST(TileNumber, AnAlignedBlockIsOneRunOfNumbers) {
    for (int k = 0; k <= 3; ++k) {
        const std::uint32_t side = 1u << k;
        std::set<std::uint64_t> numbers;
        for (std::uint32_t y = 0; y < side; ++y)
            for (std::uint32_t x = 0; x < side; ++x) numbers.insert(tile_number({7, 5 * side + x, 9 * side + y}));
        EXPECT_EQ(*numbers.rbegin() - *numbers.begin() + 1, numbers.size());
        EXPECT_EQ(numbers.size(), side * side);
    }
}

TEST(TileNumber, TmsRowIsTheOneOfTheMbtilesSpecification) { EXPECT_EQ(tms_row({11, 327, 791}), 1256u); }

TEST(TileRange, TakesNoNeighbourWhenABoxEndsOnATileEdge) {
    const LonLatBox box = tile_box({5, 15, 14});
    const TileRange range = tiles_of({box.west + 1e-9, box.south + 1e-9, box.east, box.north - 1e-9}, 5);
    EXPECT_EQ(range, (TileRange{5, 15, 14, 15, 14}));
    EXPECT_EQ(tiles_of({-180, -90, 180, 90}, 3).count(), 64u);
}

} // namespace harmattan::geo
