#include "render/prepare/clip.hpp"

#include "curves.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

namespace harmattan::render {

namespace {

constexpr PixelExtent box{0, 0, 100, 100};

std::vector<Path> rings_in_box(const test::Curves& curves) { return clip_rings(curves.get(), box); }
std::vector<Path> lines_in_box(const test::Curves& curves, double period = 0) {
    return clip_lines(curves.get(), box, period);
}

// How often closed paths wind around a place.
int winding(std::span<const Path> paths, PixelPoint p) {
    int turns = 0;
    for (const Path& path : paths)
        for (std::size_t i = 0; i < path.points.size(); ++i) {
            const PixelPoint a = path.points[i], b = path.points[(i + 1) % path.points.size()];
            if ((a.y <= p.y) == (b.y <= p.y)) continue;
            const double x = a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y);
            if (x > p.x) turns += b.y > a.y ? 1 : -1;
        }
    return turns;
}

double length_of(const Path& path) {
    double sum = 0;
    for (std::size_t i = 1; i < path.points.size(); ++i)
        sum += std::hypot(path.points[i].x - path.points[i - 1].x, path.points[i].y - path.points[i - 1].y);
    return sum;
}

} // namespace

TEST(ClipRings, CutsASquareToTheBox) {
    const std::vector<Path> cut =
        rings_in_box(test::Curves({{50, 50}, {150, 50}, {150, 150}, {50, 150}, {50, 50}}, true));
    ASSERT_EQ(cut.size(), 1u);
    EXPECT_TRUE(cut[0].closed);
    EXPECT_EQ(cut[0].points.size(), 4u);
    EXPECT_EQ(winding(cut, {75, 75}), 1);
    EXPECT_EQ(winding(cut, {25, 75}), 0);
}

TEST(ClipRings, LeavesOutWhatIsBesideTheBox) {
    EXPECT_TRUE(rings_in_box(test::Curves({{150, 50}, {250, 50}, {250, 150}, {150, 50}}, true)).empty());
    EXPECT_TRUE(rings_in_box(test::Curves({{-90, -20}, {190, -20}, {50, -1}, {-90, -20}}, true)).empty());
}

TEST(ClipRings, KnowsTheBoxInsideOfALargeRing) {
    const std::vector<Path> cut =
        rings_in_box(test::Curves({{-1e9, -1e9}, {1e9, -1e9}, {1e9, 1e9}, {-1e9, 1e9}, {-1e9, -1e9}}, true));
    ASSERT_EQ(cut.size(), 1u);
    EXPECT_EQ(cut[0].points.size(), 4u);
    for (const PixelPoint p : {PixelPoint{1, 1}, {99, 1}, {99, 99}, {1, 99}}) EXPECT_EQ(winding(cut, p), 1);
}

TEST(ClipRings, WindsAroundEveryPlaceInTheBoxAsOftenAsBefore) {
    std::mt19937 random(20251103);
    std::uniform_real_distribution<double> near(-80, 180), inside(0.5, 99.5);
    int wound = 0;
    for (int round = 0; round < 200; ++round) {
        // Long rings, so that whole chunks lie beyond a side; they cross themselves as they please.
        std::vector<PixelPoint> points;
        PixelPoint at{near(random), near(random)};
        for (int i = 0; i < 10 + round; ++i) {
            if (i % 40 == 0) at = {near(random), near(random)};
            at = {at.x + near(random) / 20 - 2.5, at.y + near(random) / 20 - 2.5};
            points.push_back({round_256(at.x), round_256(at.y)});
        }
        const std::vector<Path> before{{points, true}};
        points.push_back(points.front());
        const std::vector<Path> after = rings_in_box(test::Curves(points, true));
        for (const Path& path : after)
            for (const PixelPoint p : path.points) ASSERT_TRUE(box.contains(p));
        for (int k = 0; k < 50; ++k) {
            const PixelPoint p{inside(random), inside(random)};
            ASSERT_EQ(winding(after, p), winding(before, p)) << round << ": " << p.x << ' ' << p.y;
            wound += winding(before, p) != 0;
        }
    }
    EXPECT_GT(wound, 500);
}

TEST(ClipRings, LeavesOutPointsThatAreNotFinite) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<PixelPoint> points{{10, 10}, {90, 10}, {nan, 50}, {90, 90}, {10, 90}, {10, 10}};
    const Chunk chunk{{10, 10, 90, 90}, 0};
    const Curve ring{points, {&chunk, 1}, true};
    const std::vector<Path> cut = clip_rings({&ring, 1}, box);
    ASSERT_EQ(cut.size(), 1u);
    EXPECT_EQ(cut[0].points, (std::vector<PixelPoint>{{10, 10}, {90, 10}, {90, 90}, {10, 90}}));
}

TEST(ClipLines, KeepsTheRunsInTheBox) {
    const std::vector<Path> cut =
        lines_in_box(test::Curves({{-50, 20}, {50, 20}, {50, 150}, {80, 150}, {80, 50}, {90, 50}}, false));
    ASSERT_EQ(cut.size(), 2u);
    EXPECT_EQ(cut[0], (Path{{{0, 20}, {50, 20}, {50, 100}}, false}));
    EXPECT_EQ(cut[1], (Path{{{80, 100}, {80, 50}, {90, 50}}, false}));
}

TEST(ClipLines, KeepsARingClosedIfItIsWhole) {
    const std::vector<Path> cut = lines_in_box(test::Curves({{10, 10}, {90, 10}, {50, 90}, {10, 10}}, true));
    ASSERT_EQ(cut.size(), 1u);
    EXPECT_EQ(cut[0], (Path{{{10, 10}, {90, 10}, {50, 90}}, true}));
}

TEST(ClipLines, JoinsARingsRunsAcrossItsFirstPoint) {
    const std::vector<Path> cut =
        lines_in_box(test::Curves({{50, 50}, {150, 50}, {150, 80}, {50, 80}, {50, 50}}, true));
    ASSERT_EQ(cut.size(), 1u);
    EXPECT_EQ(cut[0], (Path{{{100, 80}, {50, 80}, {50, 50}, {100, 50}}, false}));
}

TEST(ClipLines, KeepsALineOfNoLengthAsADot) {
    EXPECT_EQ(lines_in_box(test::Curves({{5, 5}}, false)), (std::vector<Path>{{{{5, 5}}, false}}));
    EXPECT_TRUE(lines_in_box(test::Curves({{-5, 5}}, false)).empty());
}

TEST(ClipLines, BeginsDashedRunsAWholeNumberOfPeriodsAlongAndOutOfSight) {
    constexpr double period = 12;
    // Far to the left in many chunks, through the box, away and through it once more.
    std::vector<PixelPoint> points;
    for (int i = 0; i < 200; ++i) points.push_back({-1000 + i * 5.0, 50 + 40 * std::sin(i * 0.7)});
    points.push_back({150, 60});
    points.push_back({150, 70});
    points.push_back({-100, 75});
    double whole = 0;
    for (PixelPoint& p : points) p = {round_256(p.x), round_256(p.y)};
    for (std::size_t i = 1; i < points.size(); ++i)
        whole += std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
    const std::vector<Path> cut = lines_in_box(test::Curves(points, false), period);
    ASSERT_EQ(cut.size(), 2u);
    // The way to a run's start, along the points of the line that are before it.
    for (const Path& run : cut) {
        EXPECT_FALSE(box.contains(run.points[0]));
        double before = 0;
        bool found = false;
        for (std::size_t i = 1; i < points.size() && !found; ++i) {
            const double edge = std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
            const double along = std::hypot(run.points[0].x - points[i - 1].x, run.points[0].y - points[i - 1].y);
            const double back = std::hypot(run.points[0].x - points[i].x, run.points[0].y - points[i].y);
            found = along + back < edge + 1e-9;
            before += found ? along : edge;
        }
        ASSERT_TRUE(found);
        EXPECT_NEAR(std::remainder(before, period), 0, 1e-6);
    }
    EXPECT_LT(length_of(cut[0]) + length_of(cut[1]), whole / 2);
}

TEST(ClipLines, LeavesOutEdgesThatAreNotFinite) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<PixelPoint> points{{10, 10}, {20, 10}, {nan, 10}, {40, 10}, {50, 10}};
    const Chunk chunk{{10, 10, 50, 10}, 0};
    const Curve line{points, {&chunk, 1}, false};
    EXPECT_EQ(clip_lines({&line, 1}, box, 0),
              (std::vector<Path>{{{{10, 10}, {20, 10}}, false}, {{{40, 10}, {50, 10}}, false}}));
}

} // namespace harmattan::render
