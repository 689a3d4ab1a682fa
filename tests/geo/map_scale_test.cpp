#include "geo/map_scale.hpp"

#include "geo/fitted_crs.hpp"
#include "geo/geodesic.hpp"
#include "geo/projected_box.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <proj.h>

namespace harmattan::geo {
namespace {

constexpr LonLatBox sahel{-18, 8, 25, 24};

class AnyProjection : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(LocalScale, AnyProjection,
                         testing::Values("EPSG:32630", "EPSG:3857", "EPSG:4326", "ESRI:102022",
                                         "EPSG:2136" /* feet, Ghana */, "EPSG:3035",
                                         "+proj=aea +lat_1=10.5 +lat_2=21.5 +lat_0=16 +lon_0=3.5 +datum=WGS84",
                                         "+proj=ortho +lat_0=15 +lon_0=0 +datum=WGS84",
                                         "+proj=robin +lon_0=10 +datum=WGS84"));

TEST_P(AnyProjection, ScaleIsThatOfGeodesicsBetweenPlacesOfTheSheet) {
    const CrsTransform crs(GetParam());
    const double step = 40 / crs.metres_per_unit(); // CRS units, each side
    for (const LonLat& p : {LonLat{-3, 5.2}, LonLat{-1.2, 8.3}, LonLat{-2, 14.5}, LonLat{1, 47}}) {
        const LocalScale s = local_scale(crs, p);
        const Point<Projected> at = crs.from_lonlat(p);
        const auto ground = [&](double dx, double dy) {
            return geodesic_m(crs.to_lonlat(Point<Projected>{at.x - dx, at.y - dy}),
                              crs.to_lonlat(Point<Projected>{at.x + dx, at.y + dy}));
        };
        EXPECT_NEAR(2 * step / ground(step, 0) / s.x, 1, 1e-6) << p.lon << ' ' << p.lat;
        EXPECT_NEAR(2 * step / ground(0, step) / s.y, 1, 1e-6) << p.lon << ' ' << p.lat;
        double least = 1e300, greatest = 0; // Tissot's axes by looking around
        for (int i = 0; i < 720; ++i) {
            const double a = i * std::numbers::pi / 720;
            const double k = 2 * step / ground(step * std::cos(a), step * std::sin(a));
            least = std::min(least, k), greatest = std::max(greatest, k);
        }
        EXPECT_NEAR(greatest / s.major, 1, 1e-4);
        EXPECT_NEAR(least / s.minor, 1, 1e-4);
        EXPECT_NEAR(s.major * s.minor / s.area, 1, 1e-9);
    }
}

TEST_P(AnyProjection, ConvergenceIsTheDirectionOfTwoPlacesOnOneMeridian) {
    const CrsTransform crs(GetParam());
    for (const LonLat& p : {LonLat{-3, 5.2}, LonLat{-1.2, 8.3}, LonLat{-2, 14.5}, LonLat{1, 47}}) {
        const Point<Projected> south = crs.from_lonlat({p.lon, p.lat - 5e-4}),
                               north = crs.from_lonlat({p.lon, p.lat + 5e-4});
        const double bearing = std::atan2(north.x - south.x, north.y - south.y) * 180 / std::numbers::pi;
        EXPECT_NEAR(local_scale(crs, p).convergence, bearing, 1e-4) << p.lon << ' ' << p.lat;
    }
}

TEST(LocalScale, AgreesWithTheFactorsOfProj) {
    PJ_CONTEXT* context = proj_context_create();
    for (const char* text :
         {"+proj=aea +lat_1=10.5 +lat_2=21.5 +lat_0=16 +lon_0=3.5 +ellps=WGS84",
          "+proj=laea +lat_0=15 +lon_0=3 +ellps=WGS84", "+proj=utm +zone=30 +ellps=WGS84", "+proj=merc +ellps=WGS84"}) {
        PJ* pj = proj_create(context, text);
        const CrsTransform crs(std::string(text).replace(std::string(text).find("+ellps"), 6, "+datum"));
        for (const LonLat& p : {LonLat{-3, 5}, LonLat{-5, 14.5}, LonLat{1, 27}}) {
            const PJ_FACTORS f = proj_factors(pj, proj_coord(proj_torad(p.lon), proj_torad(p.lat), 0, 0));
            const LocalScale s = local_scale(crs, p);
            EXPECT_NEAR(s.area, f.areal_scale, 2e-8) << text;
            EXPECT_NEAR(s.major, f.tissot_semimajor, 1e-6)
                << text; // of two nearly equal axes PROJ's differences know less
            EXPECT_NEAR(s.minor, f.tissot_semiminor, 1e-6) << text;
            EXPECT_NEAR(std::abs(s.convergence), std::abs(proj_todeg(f.meridian_convergence)), 1e-5) << text;
        }
        proj_destroy(pj);
    }
    proj_context_destroy(context);
}

TEST(LocalScale, NorthOfAUtmZoneEastOfItsMeridianPointsLeft) {
    // Grid convergence γ = Δλ sin φ east of the central meridian 3° W: true north lies west of grid north.
    const CrsTransform utm("EPSG:32630");
    EXPECT_NEAR(local_scale(utm, LonLat{-1, 14}).convergence, -2 * std::sin(14 * std::numbers::pi / 180), 1e-3);
    EXPECT_NEAR(local_scale(utm, LonLat{-3, 14}).x, 0.9996, 1e-9);
    EXPECT_NEAR(local_scale(utm, LonLat{-3, 14}).convergence, 0, 1e-9);
}

TEST(LocalScale, HoldsAtTheCutAndAtThePoleAndEndsWithTheCrs) {
    const CrsTransform mercator("EPSG:3857"), polar("EPSG:3995"), ortho("+proj=ortho +lat_0=15 +lon_0=0 +datum=WGS84");
    for (const double lon : {180.0, -180.0, 179.9999}) {
        EXPECT_NEAR(local_scale(mercator, LonLat{lon, 10}).x / local_scale(mercator, LonLat{3, 10}).x, 1, 1e-5);
        EXPECT_NEAR(local_scale(mercator, LonLat{lon, 10}).convergence, 0, 1e-6);
    }
    EXPECT_NEAR(local_scale(polar, LonLat{0, 90}).x / local_scale(polar, LonLat{0, 89.999}).x, 1, 1e-6);
    EXPECT_TRUE(std::isnan(local_scale(ortho, LonLat{180, 0}).area));
    EXPECT_TRUE(std::isnan(local_scale(ortho, Point<Projected>{7e6, 0}).area));
}

TEST(ScaleRange, SaysHowFarTheScaleAtTheCentreHolds) {
    const CrsTransform albers(fit_equal_area(sahel).proj);
    const ScaleRange range = scale_range(albers, projected_box(albers, sahel));
    EXPECT_NEAR(range.nominal, 1, 1e-8);
    EXPECT_GT(range.least, 0.98); // the sheet's corners lie outside of the frame
    EXPECT_LT(range.greatest, 1.02);
    // A cone of constant n turns its meridians by n times their longitude: 0.27 · 21.5°, and the corners are a little
    // farther.
    EXPECT_NEAR(range.max_convergence, -range.min_convergence, 0.1);
    EXPECT_GT(range.max_convergence, 5.8);
    EXPECT_LT(range.max_convergence, 6.8);

    const CrsTransform mercator("EPSG:3857");
    const ScaleRange wide = scale_range(mercator, projected_box(mercator, {-18, 8, 25, 24}));
    EXPECT_NEAR(wide.greatest / wide.least,
                std::cos(8 * std::numbers::pi / 180) / std::cos(24 * std::numbers::pi / 180), 0.01);
    EXPECT_NEAR(wide.max_convergence, 0, 1e-6);
}

TEST(GroundLength, OfABarAtTheCentre) {
    const CrsTransform mercator("EPSG:3857");
    const Point<Projected> at = mercator.from_lonlat({3, 60});
    const Extent<Projected> sheet{at.x - 1e6, at.y - 1e6, at.x + 1e6, at.y + 1e6};
    const double parallel = geodesic_m({3, 60}, {3.001, 60}) * 1000; // a degree of the parallel 60° N
    EXPECT_NEAR(ground_length_m(mercator, sheet, 20037508.342789244 / 180) / parallel, 1, 1e-6);
    EXPECT_TRUE(std::isnan(
        ground_length_m(CrsTransform("+proj=ortho +lat_0=15 +lon_0=0 +datum=WGS84"), {-1e6, -1e6, 1e6, 1e6}, 2e7)));
}

} // namespace
} // namespace harmattan::geo
