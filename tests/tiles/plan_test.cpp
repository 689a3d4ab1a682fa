#include "tiles/plan.hpp"

#include "geo/error.hpp"
#include "tests/tiles/small_tiles.hpp"

#include <gtest/gtest.h>
#include <set>

namespace harmattan::tiles {

namespace {

using geo::LonLatBox;

TEST(Metatile, HoldsOneRunOfNumbers) {
    for (const Metatile metatile :
         {Metatile{0, 0, 0}, Metatile{2, 0, 0}, Metatile{3, 0, 0}, Metatile{6, 5, 2}, Metatile{9, 63, 17}}) {
        const geo::TileRange block = metatile.range();
        std::set<std::uint64_t> numbers;
        for (std::uint32_t x = block.min_x; x <= block.max_x; ++x)
            for (std::uint32_t y = block.min_y; y <= block.max_y; ++y)
                numbers.insert(geo::tile_number({metatile.z, x, y}));
        EXPECT_EQ(numbers.size(), metatile.side() * metatile.side());
        EXPECT_EQ(*numbers.begin(), metatile.first_number()) << to_string(metatile);
        EXPECT_EQ(*numbers.rbegin(), metatile.first_number() + numbers.size() - 1) << to_string(metatile);
    }
}

TEST(Plan, MetatilesCoverEachTileOnceAndAscend) {
    const Plan plan({0, 7}, test::sahel);
    std::uint64_t tiles = 0, next = 0;
    for (const Metatile& metatile : plan.metatiles()) {
        EXPECT_GE(metatile.first_number(), next);
        next = metatile.first_number() + metatile.side() * metatile.side();
        EXPECT_GT(plan.tiles_in(metatile), 0u);
        tiles += plan.tiles_in(metatile);
    }
    EXPECT_EQ(tiles, plan.tiles());
    std::uint64_t by_ranges = 0;
    for (const geo::TileRange& range : plan.ranges()) by_ranges += range.count();
    EXPECT_EQ(by_ranges, plan.tiles());
}

TEST(Plan, OfTheWholeWorldIsEveryTile) {
    const Plan plan({0, 4}, LonLatBox{-180, -90, 180, 90});
    EXPECT_EQ(plan.tiles(), 1u + 4 + 16 + 64 + 256);
    EXPECT_EQ(plan.metatiles().size(), 1u + 1 + 1 + 1 + 4);
    EXPECT_NEAR(plan.centre().lat, 0, 1e-9);
}

// 0 W to 90 W and the equator to the map's upper side are the second column and the second row from the top of zoom 2.
TEST(Plan, FrameOnTileEdgesTakesNoNeighbour) {
    const Plan plan({2, 2}, LonLatBox{-90, 0, 0, 66.51326044311186});
    EXPECT_EQ(plan.range(2), (geo::TileRange{2, 1, 1, 1, 1}));
}

void expect_refused(Zooms zooms, const LonLatBox& frame, const std::string& part) {
    try {
        const Plan plan(zooms, frame);
        ADD_FAILURE() << "taken: " << part;
    } catch (const geo::Error& error) {
        EXPECT_EQ(error.kind(), geo::ErrorKind::usage);
        EXPECT_NE(error.line().find(part), std::string::npos) << error.line();
    }
}

TEST(Plan, RefusesWhatCannotBeMeant) {
    expect_refused({5, 4}, test::sahel, "zooms 5-4");
    expect_refused({0, 27}, test::sahel, "zooms 0-27");
    expect_refused({0, 3}, {10, 0, -10, 5}, "antimeridian");
    expect_refused({0, 3}, {10, 5, 20, 5}, "no area");
    expect_refused({0, 3}, {10, 86, 20, 89}, "beyond the map");
    expect_refused({0, 3}, {10, 0, 20, std::numeric_limits<double>::quiet_NaN()}, "no area");
    expect_refused({0, 12}, {-180, -80, 180, 80}, "17360629 tiles, more than 10000000");
}

} // namespace

} // namespace harmattan::tiles
