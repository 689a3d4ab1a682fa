#include "geo/projected_box.hpp"

#include "geo/error.hpp"
#include "geo/fitted_crs.hpp"

#include <gtest/gtest.h>

namespace harmattan::geo {
namespace {

constexpr LonLatBox sahel{-18, 8, 25, 24};

TEST(LonLatBoxOf, ARectangleHoldsEveryPlaceInIt) {
    for (const char* text : {"EPSG:32630", "EPSG:3857", "EPSG:3995", "EPSG:3031", "EPSG:4326", "EPSG:2136",
                             "ESRI:54030", "+proj=aea +lat_1=10.5 +lat_2=21.5 +lat_0=16 +lon_0=3.5 +datum=WGS84"}) {
        const CrsTransform crs(text);
        const double m = 1 / crs.metres_per_unit();
        const Extent<Projected> r = crs.geographic() ? Extent<Projected>{-10, 5, 7, 20}
                                                     : Extent<Projected>{2e5 * m, 3e5 * m, 9e5 * m, 13e5 * m};
        const LonLatBox box = lonlat_box(crs, r);
        Extent<LonLat> found;
        for (int j = 0; j <= 500; ++j)
            for (int i = 0; i <= 500; ++i) {
                const LonLat p =
                    crs.to_lonlat(Point<Projected>{r.min_x + r.width() * i / 500, r.min_y + r.height() * j / 500});
                EXPECT_TRUE(box.contains(p)) << text << ' ' << p.lon << ' ' << p.lat;
                found.add({p.lon, p.lat});
            }
        EXPECT_NEAR(box.north, found.max_y, 0.01) << text;
        EXPECT_NEAR(box.south, found.min_y, 0.01) << text;
        EXPECT_NEAR(box.west, found.min_x, 0.02) << text;
        EXPECT_NEAR(box.east, found.max_x, 0.02) << text;
    }
}

TEST(LonLatBoxOf, ARectangleAcrossTheAntimeridianOrOverAPole) {
    const FittedCrs fit = fit_equal_area({176, -20, -178, -15});
    const CrsTransform fiji(fit.proj);
    const LonLatBox box = lonlat_box(fiji, projected_box(fiji, {176, -20, -178, -15}));
    EXPECT_GT(box.west, 175);
    EXPECT_LE(box.west, 176);
    EXPECT_GE(box.east, -178);
    EXPECT_LT(box.east, -177);

    const CrsTransform arctic("EPSG:3995");
    const LonLatBox polar = lonlat_box(arctic, {-1e6, -1e6, 1e6, 1e6});
    EXPECT_EQ(polar.west, -180);
    EXPECT_EQ(polar.east, 180);
    EXPECT_EQ(polar.north, 90);
    EXPECT_NEAR(polar.south, 77, 0.5);
    const LonLatBox beside = lonlat_box(arctic, {1e4, -1e6, 2e6, 1e6}); // the pole 10 km outside
    EXPECT_LT(beside.east - beside.west, 225);
    EXPECT_LT(beside.north, 90);

    const CrsTransform mercator("EPSG:3857");
    const LonLatBox world = lonlat_box(mercator, {-20037508.342789244, -2e7, 20037508.342789244, 2e7});
    EXPECT_EQ(world.west, -180);
    EXPECT_EQ(world.east, 180);
    EXPECT_THROW(lonlat_box(CrsTransform("+proj=ortho +lat_0=15 +lon_0=0 +datum=WGS84"), {7e6, 7e6, 8e6, 8e6}), Error);
}

TEST(ProjectedBox, HoldsTheOutlineAndTheInside) {
    const CrsTransform albers(fit_equal_area(sahel).proj);
    const Extent<Projected> box = projected_box(albers, sahel);
    EXPECT_NEAR(box.min_y, albers.from_lonlat({3.5, 8}).y, 1);  // the middle of the southern edge hangs lowest
    EXPECT_NEAR(box.max_y, albers.from_lonlat({-18, 24}).y, 1); // the northern corners stand highest
    EXPECT_NEAR(box.max_x, albers.from_lonlat({25, 8}).x, 1);

    FeatureTable table;
    table.add_feature(GeometryType::polygon);
    const std::vector<LonLat> ring{{-18, 8}, {25, 8}, {25, 24}, {-18, 24}, {-18, 8}};
    table.add_part(ring);
    const Extent<Projected> outline = projected_box(albers, table);
    EXPECT_NEAR(outline.min_y, box.min_y, 50);
    EXPECT_NEAR(outline.max_x, box.max_x, 1);
    EXPECT_TRUE(projected_box(albers, FeatureTable{}).empty());
}

} // namespace
} // namespace harmattan::geo
