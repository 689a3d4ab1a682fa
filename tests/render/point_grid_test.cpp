#include "render/prepare/point_grid.hpp"

#include <gtest/gtest.h>
#include <random>

namespace harmattan::render {

TEST(PointGrid, FindsWhatASearchThroughAllPointsFinds) {
    std::mt19937 random(31);
    const auto place = [&] { return static_cast<double>(random() % 100'000) / 10 - 5000; };
    std::vector<PixelPoint> points;
    for (int i = 0; i < 3000; ++i) points.push_back({place(), place()});
    const PointGrid grid(points, 256);
    for (int round = 0; round < 200; ++round) {
        const double x = place(), y = place(), side = round < 100 ? 300 : 4000;
        const PixelExtent box{x, y, x + side, y + side / 2};
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < points.size(); ++i)
            if (box.contains(points[i])) expected.push_back(i);
        EXPECT_EQ(grid.find(box, points), expected);
    }
    EXPECT_TRUE(PointGrid().find({0, 0, 10, 10}, {}).empty());
}

} // namespace harmattan::render
