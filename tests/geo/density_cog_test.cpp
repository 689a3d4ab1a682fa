#include "geo/density/write_cog.hpp"

#include "density_events.hpp"
#include "geo/error.hpp"
#include "support/temp_folder.hpp"

#include <csignal>
#include <fstream>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

namespace harmattan::geo {
namespace {

namespace fs = std::filesystem;

std::size_t entries(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

Field a_field() {
    FieldOptions o;
    o.bandwidth_m = 30'000;
    return build_field(test::made_up({.events = 500}), o);
}

CogOptions a_cog() {
    CogOptions o;
    o.metadata = {
        {"HARMATTAN_KERNEL", "gaussian"}, {"HARMATTAN_BANDWIDTH_KM", "30"}, {"HARMATTAN_NOTE", "événements déclarés"}};
    return o;
}

TEST(Cog, IsReadByGdalWithUnitMethodAndOverviews) {
    const test::TempFolder folder;
    const fs::path file = folder.path() / "density.tif";
    const Field field = a_field();
    DensityRaster raster(field, raster_grid(field, {}), nullptr, 1);
    write_cog(raster, file, a_cog());
    EXPECT_EQ(entries(folder.path()), 1u);

    const GDALDatasetUniquePtr cog(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
    ASSERT_TRUE(cog);
    EXPECT_STREQ(cog->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE"), "COG");
    EXPECT_STREQ(cog->GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE"), "DEFLATE");
    EXPECT_STREQ(cog->GetMetadataItem("HARMATTAN_NOTE"), "événements déclarés");
    GDALRasterBand* band = cog->GetRasterBand(1);
    EXPECT_STREQ(band->GetUnitType(), "events/km²");
    EXPECT_EQ(band->GetRasterDataType(), GDT_Float32);
    int has_nodata = 0;
    band->GetNoDataValue(&has_nodata);
    EXPECT_FALSE(has_nodata);
    EXPECT_GE(band->GetOverviewCount(), 1);
    int side = 0, height = 0;
    band->GetBlockSize(&side, &height);
    EXPECT_EQ(side, 512);

    // What GDAL reads at a place is what the field has there.
    double corner[6];
    cog->GetGeoTransform(corner);
    const OGRSpatialReference* crs = cog->GetSpatialRef();
    ASSERT_TRUE(crs);
    OGRSpatialReference wgs84;
    wgs84.importFromEPSG(4326);
    wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    const std::unique_ptr<OGRCoordinateTransformation> to(OGRCreateCoordinateTransformation(crs, &wgs84));
    ASSERT_TRUE(to);
    const RasterGrid& g = raster.grid();
    std::vector<float> cells(static_cast<std::size_t>(g.cells()));
    ASSERT_EQ(band->RasterIO(GF_Read, 0, 0, int(g.columns), int(g.rows), cells.data(), int(g.columns), int(g.rows),
                             GDT_Float32, 0, 0, nullptr),
              CE_None);
    double sum = 0;
    for (const float v : cells) sum += static_cast<double>(v);
    EXPECT_NEAR(sum * corner[1] * -corner[5] / 1e6, 500, 0.1);
    for (std::int64_t r = 0; r < g.rows; r += 17)
        for (std::int64_t c = 0; c < g.columns; c += 13) {
            double x = corner[0] + (static_cast<double>(c) + 0.5) * corner[1],
                   y = corner[3] + (static_cast<double>(r) + 0.5) * corner[5];
            ASSERT_TRUE(to->Transform(1, &x, &y));
            const double v = static_cast<double>(cells[static_cast<std::size_t>(r * g.columns + c)]);
            EXPECT_NEAR(v, field.at({x, y}), 2e-5 * v + 1e-7 * field.peak());
        }
}

TEST(Cog, IsTheSameBytesForAnyThreadsAndEitherWayOfWaiting) {
    const test::TempFolder folder;
    const Field field = a_field();
    const RasterGrid grid = raster_grid(field, {"+proj=laea +lat_0=15 +lon_0=3 +datum=WGS84", std::nullopt, 4000.0});
    DensityRaster one(field, grid, nullptr, 1), eight(field, grid, nullptr, 8);
    CogOptions options = a_cog();
    write_cog(one, folder.path() / "one.tif", options);
    options.threads = 8;
    write_cog(eight, folder.path() / "eight.tif", options);
    options.memory_bytes = 1 << 20;
    write_cog(eight, folder.path() / "file.tif", options);
    EXPECT_EQ(test::read_bytes(folder.path() / "one.tif"), test::read_bytes(folder.path() / "eight.tif"));
    EXPECT_EQ(test::read_bytes(folder.path() / "one.tif"), test::read_bytes(folder.path() / "file.tif"));
    EXPECT_EQ(entries(folder.path()), 3u);
}

TEST(Cog, OverviewsAreMeans) {
    const test::TempFolder folder;
    const Field field = a_field();
    FeatureTable mask;
    mask.add_feature(GeometryType::polygon);
    const std::vector<LonLat> ring{{-9, 5}, {9, 5}, {9, 25}, {-9, 5}};
    mask.add_part(ring);
    DensityRaster raster(field, raster_grid(field, {"EPSG:4326", Extent<Projected>{-17, 4, 24.03, 27.01}, 0.02}), &mask,
                         2);
    write_cog(raster, folder.path() / "density.tif", a_cog());
    const GDALDatasetUniquePtr cog(GDALDataset::Open((folder.path() / "density.tif").c_str(), GDAL_OF_RASTER));
    ASSERT_TRUE(cog);
    GDALRasterBand* band = cog->GetRasterBand(1);
    ASSERT_EQ(band->GetOverviewCount(), 3);
    const auto read = [](GDALRasterBand* b) {
        std::vector<float> cells(static_cast<std::size_t>(b->GetXSize()) * static_cast<std::size_t>(b->GetYSize()));
        EXPECT_EQ(b->RasterIO(GF_Read, 0, 0, b->GetXSize(), b->GetYSize(), cells.data(), b->GetXSize(), b->GetYSize(),
                              GDT_Float32, 0, 0, nullptr),
                  CE_None);
        return cells;
    };
    const std::vector<float> whole = read(band), last = read(band->GetOverview(2));
    const int columns = band->GetXSize(), rows = band->GetYSize(), width = band->GetOverview(2)->GetXSize();
    EXPECT_EQ(width, (columns + 7) / 8);
    std::size_t compared = 0;
    for (int r = 0; r + 8 <= rows; r += 8)
        for (int c = 0; c + 8 <= columns; c += 8) {
            double sum = 0;
            for (int j = 0; j < 8; ++j)
                for (int i = 0; i < 8; ++i)
                    sum += static_cast<double>(whole[static_cast<std::size_t>((r + j) * columns + c + i)]);
            const auto mean = static_cast<double>(last[static_cast<std::size_t>(r / 8 * width + c / 8)]);
            if (std::isnan(sum)) continue; // some or all of it is outside the mask
            ++compared;
            EXPECT_NEAR(mean, sum / 64, 1e-4 * mean);
        }
    EXPECT_GT(compared, 1000u);
}

TEST(Cog, DeclaresNodataUnderAMask) {
    const test::TempFolder folder;
    FeatureTable mask;
    mask.add_feature(GeometryType::polygon);
    const std::vector<LonLat> ring{{-5, 8}, {5, 8}, {5, 18}, {-5, 8}};
    mask.add_part(ring);
    const Field field = a_field();
    DensityRaster raster(field, raster_grid(field, {}), &mask, 1);
    write_cog(raster, folder.path() / "masked.tif", a_cog());
    const GDALDatasetUniquePtr cog(GDALDataset::Open((folder.path() / "masked.tif").c_str(), GDAL_OF_RASTER));
    ASSERT_TRUE(cog);
    int has_nodata = 0;
    EXPECT_TRUE(std::isnan(cog->GetRasterBand(1)->GetNoDataValue(&has_nodata)));
    EXPECT_TRUE(has_nodata);
}

TEST(Cog, IsNotWrittenOverWithoutForce) {
    const test::TempFolder folder;
    const fs::path file = folder.path() / "density.tif";
    std::ofstream(file) << "precious";
    const Field field = a_field();
    DensityRaster raster(field, raster_grid(field, {}), nullptr, 1);
    CogOptions options = a_cog();
    EXPECT_THROW(write_cog(raster, file, options), Error);
    EXPECT_EQ(test::read_bytes(file), "precious");
    options.force = true;
    write_cog(raster, file, options);
    EXPECT_EQ(test::read_bytes(file).substr(0, 2), "II");
    EXPECT_THROW(write_cog(raster, folder.path() / "no/such/folder.tif", options), Error);
}

TEST(Cog, LeavesNothingWhenStopped) {
    const test::TempFolder folder;
    const Field field = a_field();
    DensityRaster raster(field, raster_grid(field, {}), nullptr, 1);
    for (const double when : {0.1, 0.6}) {
        CogOptions options = a_cog();
        options.progress = [&](double share) {
            if (share > when) throw Error(ErrorKind::interrupted, "stopped");
        };
        EXPECT_THROW(write_cog(raster, folder.path() / "density.tif", options), Error);
        EXPECT_EQ(entries(folder.path()), 0u);
    }
}

TEST(Cog, FullDiskIsAnErrorAndLeavesNothing) {
    const test::TempFolder folder;
    const Field field = a_field();
    DensityRaster raster(field, raster_grid(field, {}), nullptr, 1);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{20'000, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    EXPECT_THROW(write_cog(raster, folder.path() / "density.tif", a_cog()), Error);
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    EXPECT_EQ(entries(folder.path()), 0u);
}

} // namespace
} // namespace harmattan::geo
