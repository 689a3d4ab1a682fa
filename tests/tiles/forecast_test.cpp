#include "tiles/forecast.hpp"

#include "tests/tiles/small_tiles.hpp"

#include <gtest/gtest.h>

namespace harmattan::tiles {

namespace {

TEST(Forecast, MeetsWhatIsThenDrawn) {
    const Plan plan({2, 9}, test::sahel);
    const test::SmallPainter painter;
    std::vector<Tileset> sets(2);
    for (Tileset& set : sets) set = {"all", "", &painter, &plan, test::small_info(), {}};
    std::uint64_t bytes = 0;
    for (const auto& [number, tile] : test::some_tiles(plan)) bytes += 2 * tile.size();
    const Forecast few = forecast(sets, 2);
    EXPECT_EQ(few.tiles, 2 * plan.tiles());
    EXPECT_LT(few.sampled, few.tiles / 3);
    EXPECT_NEAR(static_cast<double>(few.bytes), static_cast<double>(bytes), 0.05 * static_cast<double>(bytes));
    EXPECT_GT(few.cpu_s, 0);
    EXPECT_GT(few.memory, 0u);
    EXPECT_EQ(forecast(sets, 2, 1000).bytes, bytes) << "all of it drawn, it is no estimate";
}

} // namespace

} // namespace harmattan::tiles
