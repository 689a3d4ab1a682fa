#include "geo/clip_features.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace harmattan::geo {

namespace {

FeatureTable polygons(const std::vector<std::vector<LonLat>>& rings) {
    FeatureTable table;
    for (const auto& ring : rings) {
        table.add_feature(GeometryType::polygon);
        table.add_part(ring);
    }
    return table;
}

double planar_area(std::span<const LonLat> ring) {
    double twice = 0;
    for (std::size_t i = 1; i < ring.size(); ++i)
        twice += ring[i - 1].lon * ring[i].lat - ring[i].lon * ring[i - 1].lat;
    return std::abs(twice) / 2;
}

} // namespace

TEST(ClipPolygons, KeepsWhatLiesInTheBox) {
    const FeatureTable table = polygons({{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}},
                                         {{20, 20}, {30, 20}, {30, 30}, {20, 20}},
                                         {{-180, -80}, {180, -80}, {180, 80}, {-180, 80}, {-180, -80}}});
    const FeatureTable clipped = clip_polygons(table, {5, 5, 12, 12});
    ASSERT_EQ(clipped.size(), 2u); // the second lies outside
    EXPECT_DOUBLE_EQ(planar_area(clipped.part(0)), 25);
    EXPECT_NEAR(planar_area(clipped.part(1)), 49, 1e-9);
    for (const LonLat p : clipped.vertices)
        EXPECT_TRUE(std::abs(p.lon - 8.5) < 3.5 + 1e-9 && std::abs(p.lat - 8.5) < 3.5 + 1e-9) << p.lon << ", " << p.lat;
    EXPECT_EQ(clipped.part(0).front(), clipped.part(0).back());
}

TEST(ClipPolygons, LeavesWhatIsInsideAsItIs) {
    const std::vector<LonLat> ring{{6, 6}, {8, 6}, {7, 9}, {6, 6}};
    const FeatureTable clipped = clip_polygons(polygons({ring}), {5, 5, 12, 12});
    ASSERT_EQ(clipped.size(), 1u);
    EXPECT_DOUBLE_EQ(planar_area(clipped.part(0)), planar_area(ring));
}

TEST(ClipPolygons, KeepsBothArmsOfAConcaveRingAndTheHoleOfAnother) {
    const FeatureTable u = polygons({{{0, 0}, {9, 0}, {9, 9}, {6, 9}, {6, 3}, {3, 3}, {3, 9}, {0, 9}, {0, 0}}});
    EXPECT_NEAR(planar_area(clip_polygons(u, {-1, 5, 10, 10}).part(0)), 24, 1e-9); // the arms; the bridge has no area
    FeatureTable holed = polygons({{{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}}});
    holed.add_part(std::vector<LonLat>{{3, 3}, {3, 6}, {6, 6}, {6, 3}, {3, 3}});
    const FeatureTable clipped = clip_polygons(holed, {-1, -1, 5, 10});
    ASSERT_EQ(clipped.part_begin.back(), 2u);
    EXPECT_NEAR(planar_area(clipped.part(0)), 45, 1e-9);
    EXPECT_NEAR(planar_area(clipped.part(1)), 6, 1e-9);
}

TEST(ClipPolygons, FollowsTheEdgeOfTheBoxDegreeByDegree) {
    const FeatureTable world = polygons({{{-180, -80}, {180, -80}, {180, 80}, {-180, 80}, {-180, -80}}});
    const FeatureTable clipped = clip_polygons(world, {-40, 20, 60, 70});
    for (std::size_t i = 1; i < clipped.vertices.size(); ++i) {
        EXPECT_LE(std::abs(clipped.vertices[i].lon - clipped.vertices[i - 1].lon), 1 + 1e-9);
        EXPECT_LE(std::abs(clipped.vertices[i].lat - clipped.vertices[i - 1].lat), 1 + 1e-9);
    }
}

TEST(ClipPolygons, GoesAcrossTheAntimeridian) {
    const FeatureTable world = polygons({{{-180, -80}, {180, -80}, {180, 80}, {-180, 80}, {-180, -80}}});
    const FeatureTable clipped = clip_polygons(world, {170, 0, -160, 10});
    ASSERT_EQ(clipped.part_begin.back(), 2u);
    EXPECT_NEAR(planar_area(clipped.part(0)), 100, 1e-9);
    EXPECT_NEAR(planar_area(clipped.part(1)), 200, 1e-9);
}

TEST(ClipPolygons, KeepsPropertiesAndWhatIsNoPolygon) {
    FeatureTable table = polygons({{{20, 20}, {30, 20}, {30, 30}, {20, 20}}, {{0, 0}, {9, 0}, {9, 9}, {0, 0}}});
    table.set(1, "name", std::string("inside"));
    table.add_feature(GeometryType::line);
    table.add_part(std::vector<LonLat>{{0, 0}, {90, 0}});
    table.set(2, "name", std::string("line"));
    const FeatureTable clipped = clip_polygons(table, {5, 0, 12, 12});
    ASSERT_EQ(clipped.size(), 2u);
    EXPECT_EQ(clipped.text(0, "name"), "inside");
    EXPECT_EQ(clipped.text(1, "name"), "line");
    ASSERT_EQ(clipped.part(1).size(), 2u);
    EXPECT_EQ(clipped.part(1).back(), (LonLat{90, 0}));
}

} // namespace harmattan::geo
