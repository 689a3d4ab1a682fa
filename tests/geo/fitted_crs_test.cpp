#include "geo/fitted_crs.hpp"

#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/map_scale.hpp"
#include "geo/projected_box.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <gtest/gtest.h>

namespace harmattan::geo {
namespace {

constexpr LonLatBox sahel{-18, 8, 25, 24};

/// Places on a mesh of a frame, its edges included.
std::vector<LonLat> mesh(LonLatBox frame, int n) {
    std::vector<LonLat> places;
    const double width = frame.east >= frame.west ? frame.east - frame.west : frame.east + 360 - frame.west;
    for (int j = 0; j <= n; ++j)
        for (int i = 0; i <= n; ++i)
            places.push_back({frame.west + width * i / n, frame.south + (frame.north - frame.south) * j / n});
    return places;
}

/// Signed area of a ring in the plane of a CRS.
double plane_area(std::span<const Point<Projected>> ring) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        sum += (ring[i].x - ring[0].x) * (ring[i + 1].y - ring[0].y) -
               (ring[i + 1].x - ring[0].x) * (ring[i].y - ring[0].y);
    return sum / 2;
}

/// Ring of geodesic edges through the corners, a vertex every few kilometres.
std::vector<LonLat> geodesic_ring(std::span<const LonLat> corners, double piece_m) {
    std::vector<LonLat> ring;
    for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
        const GeodesicCourse course = geodesic_course(corners[i], corners[i + 1]);
        const int pieces = static_cast<int>(std::ceil(course.length_m / piece_m));
        for (int k = 0; k < pieces; ++k)
            ring.push_back(geodesic_place(corners[i], course.azimuth, course.length_m * k / pieces));
    }
    ring.push_back(corners.back());
    return ring;
}

double worst_area_error(const FittedCrs& fit, LonLatBox frame) {
    const CrsTransform crs(fit.proj);
    double worst = 0;
    const double w = (frame.east - frame.west) / 8, h = (frame.north - frame.south) / 8;
    for (const LonLat& p : mesh({frame.west, frame.south, frame.east - w, frame.north - h}, 4)) {
        const std::array<LonLat, 5> corners = {{p, {p.lon + w, p.lat}, {p.lon + w, p.lat + h}, {p.lon, p.lat + h}, p}};
        const double piece = std::max(geodesic_m(corners[0], corners[1]), geodesic_m(corners[1], corners[2])) / 2000;
        const std::vector<LonLat> ring = geodesic_ring(corners, piece);
        const double plane = plane_area(crs.from_lonlat(ring)) / 1e6, ground = signed_area_km2(corners);
        worst = std::max(worst, std::abs(plane / ground - 1));
    }
    return worst;
}

struct Distortion {
    double least = 1, greatest = 1, area = 0;
};

Distortion distortion_of(const FittedCrs& fit, LonLatBox frame) {
    const CrsTransform crs(fit.proj);
    Distortion d;
    for (const LonLat& p : mesh(frame, 24)) {
        const LocalScale s = local_scale(crs, p);
        d.least = std::min(d.least, s.minor), d.greatest = std::max(d.greatest, s.major);
        d.area = std::max(d.area, std::abs(s.area - 1));
    }
    return d;
}

TEST(FittedCrs, OfTheSahelIsAlbersWithinSixThousandths) {
    const FittedCrs fit = fit_equal_area(sahel);
    EXPECT_EQ(fit.kind, FittedKind::albers);
    EXPECT_EQ(fit.proj, "+proj=aea +lat_1=10.5 +lat_2=21.5 +lat_0=16 +lon_0=3.5 +datum=WGS84 +units=m +no_defs");
    const Distortion d = distortion_of(fit, sahel);
    std::printf("sahel: linear scale %.4f to %.4f, area off by %.1e, polygons by %.1e\n", d.least, d.greatest, d.area,
                worst_area_error(fit, sahel));
    EXPECT_GT(d.least, 0.994);
    EXPECT_LT(d.greatest, 1.006);
    EXPECT_LT(d.area, 1e-8);
    EXPECT_LT(worst_area_error(fit, sahel), 1e-6);
}

struct Case {
    const char* name;
    LonLatBox frame;
    FittedKind kind;
    double lat_0, lon_0;
    double distortion; ///< greatest of scale and its inverse, less one
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class AnyFrame : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(
    FittedCrs, AnyFrame,
    testing::Values(
        Case{"Mali", {-12.5, 10, 4.5, 25}, FittedKind::albers, 17.5, -4, 0.006},
        Case{"Bamako", {-8.1, 12.55, -7.9, 12.72}, FittedKind::albers, 12.64, -8, 1e-6},
        Case{"a quarter", {-7.996, 12.643, -7.991, 12.647}, FittedKind::albers, 12.645, -7.994, 1e-8},
        Case{"Kampala, on the equator", {32.4, 0.1, 32.8, 0.5}, FittedKind::lambert_azimuthal, 0.3, 32.6, 1e-5},
        Case{"Africa", {-18, -35, 52, 38}, FittedKind::lambert_azimuthal, 1.5, 17, 0.12},
        Case{"across the equator", {5, -12, 30, 12}, FittedKind::lambert_azimuthal, 0, 17.5, 0.013},
        Case{"Gulf of Guinea", {-15, 0, 15, 15}, FittedKind::albers, 7.5, 0, 0.006},
        Case{"Chile", {-76, -56, -66, -17}, FittedKind::lambert_azimuthal, -36.5, -71, 0.02},
        Case{"southern Africa", {12, -35, 36, -20}, FittedKind::albers, -27.5, 24, 0.006},
        Case{"Fiji, across the antimeridian", {176, -20, -178, -15}, FittedKind::albers, -17.5, 179, 0.001},
        Case{"the Arctic", {-180, 66, 180, 90}, FittedKind::lambert_azimuthal, 90, 0, 0.025},
        Case{"the Antarctic", {-180, -90, 180, -60}, FittedKind::lambert_azimuthal, -90, 0, 0.036},
        Case{"Svalbard", {8, 76, 34, 81}, FittedKind::albers, 78.5, 21, 0.002},
        Case{"a hemisphere", {-90, -90, 90, 90}, FittedKind::lambert_azimuthal, 0, 0, 0.42}));

TEST_P(AnyFrame, IsFittedAndEqualInArea) {
    const Case& c = GetParam();
    const FittedCrs fit = fit_equal_area(c.frame);
    const Distortion d = distortion_of(fit, c.frame);
    std::printf("%s: %s, scale %.9f to %.9f\n", c.name, fit.proj.c_str(), d.least, d.greatest);
    EXPECT_EQ(fit.kind, c.kind) << fit.proj;
    EXPECT_NEAR(fit.lat_0, c.lat_0, 1e-9) << fit.proj;
    EXPECT_NEAR(fit.lon_0, c.lon_0, 1e-9) << fit.proj;
    EXPECT_LT(d.area, 1e-6); // 1e-8 but for the poles, where the differences are PROJ's rounding
    EXPECT_LT(std::max(d.greatest, 1 / d.least) - 1, c.distortion);
}

TEST(FittedCrs, RefusesFramesThatAreNone) {
    EXPECT_THROW(fit_equal_area({0, 10, 10, 0}), Error);
    EXPECT_THROW(fit_equal_area({0, -91, 10, 0}), Error);
    EXPECT_THROW(fit_equal_area({0, NAN, 10, 0}), Error);
    EXPECT_EQ(fit_equal_area({-8, 12.6, -8, 12.6}).lon_0, -8); // one place is a frame
}

} // namespace
} // namespace harmattan::geo
