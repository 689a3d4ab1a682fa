#include "geo/density/equal_area.hpp"

#include <cmath>
#include <geodesic.h>
#include <gtest/gtest.h>
#include <memory>
#include <proj.h>

namespace harmattan::geo {
namespace {

struct Proj {
    PJ_CONTEXT* context = proj_context_create();
    PJ* pj;
    explicit Proj(const std::string& text) : pj(proj_create(context, text.c_str())) {}
    ~Proj() { proj_destroy(pj), proj_context_destroy(context); }
};

TEST(EqualArea, AgreesWithProjToATenthOfAMillimetre) {
    const EqualArea crs(19.4, 3);
    const Proj proj("+proj=cea +lat_ts=19.4 +lon_0=3 +ellps=WGS84");
    ASSERT_TRUE(proj.pj);
    for (double lat = -85; lat <= 85; lat += 0.37)
        for (const double lon : {-176.9, -17.5, 3.0, 24.0, 182.5}) {
            const PJ_COORD out = proj_trans(proj.pj, PJ_FWD, proj_coord(proj_torad(lon), proj_torad(lat), 0, 0));
            EXPECT_NEAR(crs.x_of(lon), out.xy.x, 1e-4) << lon << ' ' << lat;
            EXPECT_NEAR(crs.y_of(lat), out.xy.y, 1e-4) << lon << ' ' << lat;
            EXPECT_NEAR(crs.lat_of(out.xy.y), lat, 1e-10);
        }
}

TEST(EqualArea, ScaleIsProjs) {
    const EqualArea crs(40, 0);
    const Proj proj("+proj=cea +lat_ts=40 +ellps=WGS84");
    for (double lat = -80; lat <= 80; lat += 7) {
        const PJ_FACTORS f = proj_factors(proj.pj, proj_coord(0, proj_torad(lat), 0, 0));
        EXPECT_NEAR(crs.scale_at(lat), f.parallel_scale, 1e-7) << lat;
        EXPECT_NEAR(1 / crs.scale_at(lat), f.meridional_scale, 1e-7) << lat;
    }
}

TEST(EqualArea, MeridianArcIsTheGeodesics) {
    geod_geodesic g;
    geod_init(&g, wgs84::a, wgs84::f);
    for (double lat = -88; lat <= 88; lat += 4) {
        double d = 0;
        geod_inverse(&g, 0, 10, lat, 10, &d, nullptr, nullptr);
        EXPECT_NEAR(std::abs(meridian_arc(lat)), d, 1e-6) << lat;
    }
}

TEST(EqualArea, LongitudesGoRound) {
    const EqualArea crs(10, 170);
    EXPECT_NEAR(crs.x_of(-179), crs.x_of(181), 1e-6);
    EXPECT_LT(crs.x_of(179), crs.x_of(-179));
    EXPECT_DOUBLE_EQ(crs.x_of(-10), -crs.circumference() / 2);
}

TEST(EqualArea, TheLatitudeTableIsRightToAMillimetre) {
    const EqualArea crs(45, 0);
    const LatitudeTable table(crs, -850'000'000, 850'000'000, 0, 1);
    double worst = 0;
    for (std::int64_t lat = -850'000'000; lat <= 850'000'000; lat += 12'347) {
        const auto e7 = static_cast<std::int32_t>(lat);
        worst = std::max(worst, std::abs(table(e7) - crs.y_of(e7 / 1e7)));
    }
    EXPECT_LT(worst, 1e-3);
    EXPECT_NO_THROW(table(850'000'000));
}

} // namespace
} // namespace harmattan::geo
