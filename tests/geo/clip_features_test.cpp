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

} // namespace harmattan::geo
