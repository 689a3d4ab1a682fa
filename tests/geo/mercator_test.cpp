#include "geo/mercator.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <proj.h>

namespace harmattan::geo {

TEST(Mercator, ClosedFormAgreesWithProj) {
    PJ_CONTEXT* context = proj_context_create();
    PJ* made = proj_create_crs_to_crs(context, "EPSG:4326", "EPSG:3857", nullptr);
    PJ* pj = proj_normalize_for_visualization(context, made);
    ASSERT_NE(pj, nullptr);
    for (double lon = -180; lon <= 180; lon += 7.5) {
        for (double lat = -85; lat <= 85; lat += 2.5) {
            const PJ_COORD theirs = proj_trans(pj, PJ_FWD, proj_coord(lon, lat, 0, 0));
            const Point<Mercator> ours = to_mercator({lon, lat});
            EXPECT_NEAR(ours.x, theirs.xy.x, 2e-8) << lon << ' ' << lat;
            EXPECT_NEAR(ours.y, theirs.xy.y, 2e-8) << lon << ' ' << lat;
            const LonLat back = to_lonlat(ours);
            EXPECT_NEAR(back.lon, lon, 1e-12);
            EXPECT_NEAR(back.lat, lat, 1e-12);
        }
    }
    proj_destroy(pj);
    proj_destroy(made);
    proj_context_destroy(context);
}

TEST(TileMatrix, PixelOfATileCornerIsExactAtEveryZoom) {
    for (int z = 0; z <= 20; ++z) {
        const TileMatrix matrix(z, 256);
        const Point<Pixels> corner = matrix.to_pixels(Point<Mercator>{0, 0});
        EXPECT_EQ(corner.x, std::ldexp(128.0, z));
        EXPECT_EQ(corner.y, std::ldexp(128.0, z));
        EXPECT_EQ(matrix.to_pixels(Point<Mercator>{-mercator::half_world_m, mercator::half_world_m}),
                  (Point<Pixels>{0, 0}));
    }
}

} // namespace harmattan::geo
