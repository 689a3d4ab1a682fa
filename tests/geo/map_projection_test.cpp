#include "geo/map_projection.hpp"

#include "geo/error.hpp"
#include "geo/geodesic.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <geodesic.h>
#include <gtest/gtest.h>
#include <numbers>
#include <proj.h>

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
        sum += (ring[i].x - ring[0].x) * (ring[i + 1].y - ring[0].y) - (ring[i + 1].x - ring[0].x) * (ring[i].y - ring[0].y);
    return sum / 2;
}

/// Ring of geodesic edges through the corners, a vertex every few kilometres.
std::vector<LonLat> geodesic_ring(std::span<const LonLat> corners, double piece_m) {
    std::vector<LonLat> ring;
    for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
        const GeodesicCourse course = geodesic_course(corners[i], corners[i + 1]);
        const int pieces = static_cast<int>(std::ceil(course.length_m / piece_m));
        for (int k = 0; k < pieces; ++k) ring.push_back(geodesic_place(corners[i], course.azimuth, course.length_m * k / pieces));
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
    testing::Values(Case{"Mali", {-12.5, 10, 4.5, 25}, FittedKind::albers, 17.5, -4, 0.006},
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

class AnyProjection : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(LocalScale, AnyProjection,
                         testing::Values("EPSG:32630", "EPSG:3857", "EPSG:4326", "ESRI:102022", "EPSG:2136" /* feet, Ghana */,
                                         "EPSG:3035", "+proj=aea +lat_1=10.5 +lat_2=21.5 +lat_0=16 +lon_0=3.5 +datum=WGS84",
                                         "+proj=ortho +lat_0=15 +lon_0=0 +datum=WGS84", "+proj=robin +lon_0=10 +datum=WGS84"));

TEST_P(AnyProjection, ScaleIsThatOfGeodesicsBetweenPlacesOfTheSheet) {
    const CrsTransform crs(GetParam());
    const double step = 40 / crs.metres_per_unit(); // CRS units, each side
    for (const LonLat& p : {LonLat{-3, 5.2}, LonLat{-1.2, 8.3}, LonLat{-2, 14.5}, LonLat{1, 47}}) {
        const LocalScale s = local_scale(crs, p);
        const Point<Projected> at = crs.from_lonlat(p);
        const auto ground = [&](double dx, double dy) {
            return geodesic_m(crs.to_lonlat(Point<Projected>{at.x - dx, at.y - dy}), crs.to_lonlat(Point<Projected>{at.x + dx, at.y + dy}));
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
        const Point<Projected> south = crs.from_lonlat({p.lon, p.lat - 5e-4}), north = crs.from_lonlat({p.lon, p.lat + 5e-4});
        const double bearing = std::atan2(north.x - south.x, north.y - south.y) * 180 / std::numbers::pi;
        EXPECT_NEAR(local_scale(crs, p).convergence, bearing, 1e-4) << p.lon << ' ' << p.lat;
    }
}

TEST(LocalScale, AgreesWithTheFactorsOfProj) {
    PJ_CONTEXT* context = proj_context_create();
    for (const char* text : {"+proj=aea +lat_1=10.5 +lat_2=21.5 +lat_0=16 +lon_0=3.5 +ellps=WGS84",
                             "+proj=laea +lat_0=15 +lon_0=3 +ellps=WGS84", "+proj=utm +zone=30 +ellps=WGS84", "+proj=merc +ellps=WGS84"}) {
        PJ* pj = proj_create(context, text);
        const CrsTransform crs(std::string(text).replace(std::string(text).find("+ellps"), 6, "+datum"));
        for (const LonLat& p : {LonLat{-3, 5}, LonLat{-5, 14.5}, LonLat{1, 27}}) {
            const PJ_FACTORS f = proj_factors(pj, proj_coord(proj_torad(p.lon), proj_torad(p.lat), 0, 0));
            const LocalScale s = local_scale(crs, p);
            EXPECT_NEAR(s.area, f.areal_scale, 2e-8) << text;
            EXPECT_NEAR(s.major, f.tissot_semimajor, 1e-6) << text; // of two nearly equal axes PROJ's differences know less
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
    // A cone of constant n turns its meridians by n times their longitude: 0.27 · 21.5°, and the corners are a little farther.
    EXPECT_NEAR(range.max_convergence, -range.min_convergence, 0.1);
    EXPECT_GT(range.max_convergence, 5.8);
    EXPECT_LT(range.max_convergence, 6.8);

    const CrsTransform mercator("EPSG:3857");
    const ScaleRange wide = scale_range(mercator, projected_box(mercator, {-18, 8, 25, 24}));
    EXPECT_NEAR(wide.greatest / wide.least, std::cos(8 * std::numbers::pi / 180) / std::cos(24 * std::numbers::pi / 180), 0.01);
    EXPECT_NEAR(wide.max_convergence, 0, 1e-6);
}

TEST(GroundLength, OfABarAtTheCentre) {
    const CrsTransform mercator("EPSG:3857");
    const Point<Projected> at = mercator.from_lonlat({3, 60});
    const Extent<Projected> sheet{at.x - 1e6, at.y - 1e6, at.x + 1e6, at.y + 1e6};
    const double parallel = geodesic_m({3, 60}, {3.001, 60}) * 1000; // a degree of the parallel 60° N
    EXPECT_NEAR(ground_length_m(mercator, sheet, 20037508.342789244 / 180) / parallel, 1, 1e-6);
    EXPECT_TRUE(std::isnan(ground_length_m(CrsTransform("+proj=ortho +lat_0=15 +lon_0=0 +datum=WGS84"), {-1e6, -1e6, 1e6, 1e6}, 2e7)));
}

TEST(LonLatBoxOf, ARectangleHoldsEveryPlaceInIt) {
    for (const char* text : {"EPSG:32630", "EPSG:3857", "EPSG:3995", "EPSG:3031", "EPSG:4326", "EPSG:2136", "ESRI:54030",
                             "+proj=aea +lat_1=10.5 +lat_2=21.5 +lat_0=16 +lon_0=3.5 +datum=WGS84"}) {
        const CrsTransform crs(text);
        const double m = 1 / crs.metres_per_unit();
        const Extent<Projected> r = crs.geographic() ? Extent<Projected>{-10, 5, 7, 20}
                                                     : Extent<Projected>{2e5 * m, 3e5 * m, 9e5 * m, 13e5 * m};
        const LonLatBox box = lonlat_box(crs, r);
        Extent<LonLat> found;
        for (int j = 0; j <= 500; ++j)
            for (int i = 0; i <= 500; ++i) {
                const LonLat p = crs.to_lonlat(Point<Projected>{r.min_x + r.width() * i / 500, r.min_y + r.height() * j / 500});
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
    EXPECT_NEAR(box.min_y, albers.from_lonlat({3.5, 8}).y, 1);   // the middle of the southern edge hangs lowest
    EXPECT_NEAR(box.max_y, albers.from_lonlat({-18, 24}).y, 1);  // the northern corners stand highest
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

TEST(CrsTransform, SaysWhatAPageStates) {
    const CrsTransform utm("EPSG:32630");
    EXPECT_EQ(utm.name(), "WGS 84 / UTM zone 30N");
    EXPECT_EQ(utm.datum(), "WGS 84");
    EXPECT_EQ(utm.method(), "Transverse Mercator");
    EXPECT_EQ(utm.epsg(), 32630);
    EXPECT_EQ(utm.unit(), "metre");
    EXPECT_FALSE(utm.geographic());

    const CrsTransform albers(fit_equal_area(sahel).proj);
    EXPECT_EQ(albers.name(), "");
    EXPECT_EQ(albers.datum(), "WGS 84");
    EXPECT_EQ(albers.method(), fit_equal_area(sahel).name());
    EXPECT_EQ(albers.epsg(), 0);
    ASSERT_GE(albers.parameters().size(), 4u);
    EXPECT_EQ(albers.parameters()[2].name, "Latitude of 1st standard parallel");
    EXPECT_EQ(albers.parameters()[2].value, 10.5);
    EXPECT_EQ(albers.parameters()[2].unit, "degree");
    EXPECT_EQ(CrsTransform(fit_equal_area({-90, -90, 90, 90}).proj).method(), fit_equal_area({-90, -90, 90, 90}).name());

    const CrsTransform plain("EPSG:4326");
    EXPECT_EQ(plain.name(), "WGS 84");
    EXPECT_EQ(plain.method(), "");
    EXPECT_TRUE(plain.geographic());
    EXPECT_EQ(plain.unit(), "degree");
    EXPECT_NEAR(plain.metres_per_unit(), 111195.08, 0.01);

    const CrsTransform ghana("EPSG:2136");
    EXPECT_EQ(ghana.datum(), "Accra");
    EXPECT_EQ(ghana.unit(), "Gold Coast foot");
    EXPECT_EQ(CrsTransform("EPSG:32630+5773").name(), "WGS 84 / UTM zone 30N"); // with heights
    EXPECT_EQ(CrsTransform("+proj=ortho +lat_0=15 +datum=WGS84").method(), "Orthographic");
    EXPECT_EQ(CrsTransform("+proj=utm +zone=30 +ellps=clrk80").datum(), "");
}

TEST(CrsTransform, GoesThereAndBack) {
    for (const char* text : {"EPSG:32630", "EPSG:3857", "EPSG:4326", "EPSG:2136"}) {
        const CrsTransform crs(text);
        const LonLat p = crs.to_lonlat(crs.from_lonlat(LonLat{-2.3, 9.1}));
        EXPECT_NEAR(p.lon, -2.3, 3e-8) << text; // a change of datum is undone to a millimetre or two
        EXPECT_NEAR(p.lat, 9.1, 3e-8) << text;
    }
}

TEST(CrsTransform, RefusesWhatHasNoMapCoordinates) {
    for (const char* text : {"EPSG:0", "north of here", "EPSG:4978" /* geocentric */, "EPSG:5773" /* heights */})
        EXPECT_THROW(CrsTransform{text}, Error) << text;
}

TEST(Geodesic, DistancesDirectionsAndPlacesAreThoseOfPublishedLines) {
    EXPECT_NEAR(geodesic_m({0, 0}, {0, 90}), 10001965.729, 1e-3); // a quarter of the meridian
    EXPECT_NEAR(geodesic_m({0, 0}, {1, 0}), 111319.491, 1e-3);
    EXPECT_NEAR(geodesic_m({179.5, 10}, {-179.5, 10}), geodesic_m({0, 10}, {1, 10}), 1e-6);
    const GeodesicCourse course = geodesic_course({-8, 12.65}, {-1.5, 12.37});
    const LonLat there = geodesic_place({-8, 12.65}, course.azimuth, course.length_m);
    EXPECT_NEAR(there.lon, -1.5, 1e-11);
    EXPECT_NEAR(there.lat, 12.37, 1e-11);
}

} // namespace
} // namespace harmattan::geo
