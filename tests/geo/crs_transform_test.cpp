#include "geo/crs_transform.hpp"

#include "geo/error.hpp"
#include "geo/fitted_crs.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace harmattan::geo {
namespace {

TEST(CrsTransform, SaysWhatAPageStates) {
    const CrsTransform utm("EPSG:32630");
    EXPECT_EQ(utm.name(), "WGS 84 / UTM zone 30N");
    EXPECT_EQ(utm.datum(), "WGS 84");
    EXPECT_EQ(utm.method(), "Transverse Mercator");
    EXPECT_EQ(utm.epsg(), 32630);
    EXPECT_EQ(utm.unit(), "metre");
    EXPECT_FALSE(utm.geographic());

    const CrsTransform albers(fit_equal_area({-18, 8, 25, 24}).proj);
    EXPECT_EQ(albers.name(), "");
    EXPECT_EQ(albers.datum(), "WGS 84");
    EXPECT_EQ(albers.method(), fit_equal_area({-18, 8, 25, 24}).name());
    EXPECT_EQ(albers.epsg(), 0);
    ASSERT_GE(albers.parameters().size(), 4u);
    EXPECT_EQ(albers.parameters()[2].name, "Latitude of 1st standard parallel");
    EXPECT_EQ(albers.parameters()[2].value, 10.5);
    EXPECT_EQ(albers.parameters()[2].unit, "degree");
    EXPECT_EQ(CrsTransform(fit_equal_area({-90, -90, 90, 90}).proj).method(),
              fit_equal_area({-90, -90, 90, 90}).name());

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

} // namespace
} // namespace harmattan::geo
