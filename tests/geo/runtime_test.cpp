#include "geo/ogr/messages.hpp"
#include "geo/runtime.hpp"

#include <clocale>
#include <cpl_http.h>
#include <cstdlib>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogr_spatialref.h>
#include <set>
#include <string>

using namespace harmattan::geo;

// The test's main has made the Runtime.

TEST(Runtime, OnlyTheDriversOfTheAllowListAreThere) {
    std::set<std::string> names;
    for (int i = 0; i < GetGDALDriverManager()->GetDriverCount(); ++i)
        names.insert(GetGDALDriverManager()->GetDriver(i)->GetDescription());
    EXPECT_EQ(names, (std::set<std::string>{"COG", "ESRI Shapefile", "FlatGeobuf", "GPKG", "GTiff", "GeoJSON", "MEM",
                                            "XLSX"}));
}

TEST(Runtime, NoNameReachesTheNetworkOrAVirtualFile) {
    for (const char* name : {"http://127.0.0.1:9/a.geojson", "/vsicurl/http://127.0.0.1:9/a.fgb",
                             "/vsicurl?url=http://127.0.0.1:9/a.fgb", "/vsistdin/", "/vsigzip//etc/hostname",
                             "/vsitar//a.tar", "/vsis3/bucket/a", "/vsisubfile/0_9,/etc/hostname"}) {
        GdalMessages messages;
        GDALDatasetUniquePtr opened(GDALDataset::Open(name, GDAL_OF_VECTOR | GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR));
        EXPECT_EQ(opened, nullptr) << name;
        EXPECT_TRUE(messages.failed()) << name;
    }
    GdalMessages messages;
    OGRSpatialReference crs;
    EXPECT_NE(crs.importFromUrl("http://127.0.0.1:9/crs"), OGRERR_NONE);
    EXPECT_NE(messages.first_text("").find("may not reach the network"), std::string::npos);
    EXPECT_FALSE(OSRGetPROJEnableNetwork());
}

TEST(Runtime, NumbersAreReadTheSameEverywhere) {
    EXPECT_STREQ(std::setlocale(LC_NUMERIC, nullptr), "C");
    EXPECT_EQ(std::strtod("1.5", nullptr), 1.5);
    EXPECT_STREQ(std::getenv("LC_ALL"), "C.UTF-8");
}

TEST(Runtime, ProjFindsItsDatabase) {
    OGRSpatialReference utm;
    ASSERT_EQ(utm.importFromEPSG(32630), OGRERR_NONE);
    EXPECT_STREQ(utm.GetName(), "WGS 84 / UTM zone 30N");
}

TEST(GdalMessages, TheInnermostCollectorGetsTheMessageOnOneLine) {
    GdalMessages outer;
    {
        GdalMessages inner;
        CPLError(CE_Warning, CPLE_AppDefined, "first\nline");
        CPLError(CE_Failure, CPLE_AppDefined, "S\xE9gou");
        ASSERT_EQ(inner.all().size(), 2u);
        EXPECT_EQ(inner.all()[0].text, "first line");
        EXPECT_EQ(inner.first_text("none"), "S\xEF\xBF\xBDgou");
        EXPECT_TRUE(inner.failed());
    }
    EXPECT_TRUE(outer.all().empty());
    EXPECT_EQ(outer.first_text("none"), "none");
}
