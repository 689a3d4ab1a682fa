// MBTiles against SQLite itself and against GDAL, which we did not write.

#include "support/temp_folder.hpp"
#include "tests/tiles/small_tiles.hpp"
#include "tiles/archive_reader.hpp"
#include "tiles/digest.hpp"
#include "tiles/file.hpp"
#include "tiles/sqlite.hpp"
#include "tiles/verify.hpp"

#include <gdal.h>
#include <gdal_frmts.h>
#include <gtest/gtest.h>
#include <memory>
#include <ogrsf_frmts.h>

namespace harmattan::tiles {

namespace {

class Mbtiles : public testing::Test {
protected:
    test::TempFolder m_folder;
    std::filesystem::path m_output = m_folder.path() / "out.mbtiles";
    std::string text(Database& db, const std::string& sql) {
        Statement select(db, sql);
        return select.step() ? std::string(select.text(0)) : "";
    }
};

TEST_F(Mbtiles, IsAsItsSpecificationHasIt) {
    const test::Tiles tiles = test::some_tiles(Plan({2, 5}, test::sahel));
    test::write_archive(m_output, tiles, test::small_info());
    Database db = Database::open_untrusted(m_output);
    EXPECT_EQ(db.integrity(), "ok");
    EXPECT_EQ(db.pragma("application_id"), 0x4d504258);
    EXPECT_EQ(text(db, "SELECT value FROM metadata WHERE name = 'format'"), "png");
    EXPECT_EQ(text(db, "SELECT value FROM metadata WHERE name = 'bounds'"), "-17.6,8.1,16.1,25.1");
    EXPECT_EQ(text(db, "SELECT value FROM metadata WHERE name = 'minzoom'"), "2");
    EXPECT_EQ(text(db, "SELECT value FROM metadata WHERE name = 'maxzoom'"), "5");
    EXPECT_EQ(text(db, "SELECT value FROM metadata WHERE name = 'version'"), "1.0");
    EXPECT_EQ(text(db, "SELECT value FROM metadata WHERE name = 'attribution'"), "nobody");
    EXPECT_EQ(text(db, "SELECT count(*) FROM tiles"), std::to_string(tiles.size()));
    EXPECT_EQ(test::names_in(m_folder.path()), std::vector<std::string>{"out.mbtiles"}) << "no journal";
}

// Tile 11/327/791 has row 1256 from the south: the example of the specification.
TEST_F(Mbtiles, CountsRowsFromTheSouth) {
    const std::vector<std::byte> bytes = test::picture(1);
    test::write_archive(m_output, {{geo::tile_number({11, 327, 791}), bytes}}, test::small_info());
    Database db = Database::open_untrusted(m_output);
    EXPECT_EQ(text(db, "SELECT zoom_level || '/' || tile_column || '/' || tile_row FROM tiles"), "11/327/1256");
    EXPECT_EQ(text(db, "SELECT tile_id FROM images"), md5_hex(bytes));
}

TEST_F(Mbtiles, StoresEqualTilesOnce) {
    const std::vector<std::byte> a = test::picture(1), b = test::picture(2);
    test::write_archive(m_output, {{100, a}, {101, a}, {102, b}, {103, a}}, test::small_info());
    Database db = Database::open_untrusted(m_output);
    EXPECT_EQ(text(db, "SELECT count(*) FROM images"), "2");
    EXPECT_EQ(text(db, "SELECT count(*) FROM map"), "4");
}

TEST_F(Mbtiles, ReadsATableOfTilesThatOthersWrote) {
    {
        Database db = Database::create(m_output);
        db.execute(
            "CREATE TABLE metadata (name text, value text); CREATE TABLE tiles (zoom_level integer, tile_column "
            "integer, "
            "tile_row integer, tile_data blob); INSERT INTO metadata VALUES ('name', 'theirs'), ('format', 'png'), "
            "('minzoom', '1'), ('maxzoom', '1'), ('bounds', '-180.0, -85, 180,85'); "
            "INSERT INTO tiles VALUES (1, 0, 1, x'00')");
        const std::vector<std::byte> bytes = test::picture(1);
        Statement(db, "UPDATE tiles SET tile_data = ?").bind(1, bytes).run();
    }
    const auto reader = open_archive(m_output);
    EXPECT_TRUE(reader->tile({1, 0, 0}));
    EXPECT_EQ(reader->info().bounds, (geo::LonLatBox{-180, -85, 180, 85}));
    const VerifyReport report = verify(m_output);
    EXPECT_TRUE(report.ok()) << report.findings[0].what;
    EXPECT_FALSE(report.ours);
}

// A view that never ends must not hang the reader.
TEST_F(Mbtiles, EndlessViewIsStopped) {
    {
        Database db = Database::create(m_output);
        db.execute("CREATE TABLE metadata (name text, value text); INSERT INTO metadata VALUES ('name', 'x'), "
                   "('format', 'png');"
                   "CREATE VIEW tiles AS WITH RECURSIVE r(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM r WHERE i > 0) "
                   "SELECT 1 AS zoom_level, 0 AS tile_column, 0 AS tile_row, x'00' AS tile_data FROM r WHERE i < 0;");
    }
    EXPECT_THROW(open_archive(m_output)->numbers(), geo::Error);
}

TEST_F(Mbtiles, OpensInGdal) {
    GDALRegister_MBTiles();
    GDALRegister_PNG(); // what the driver decodes tiles with, and what it reads the database by
    RegisterOGRSQLite();
    if (GDALGetDriverByName("MBTiles") == nullptr) GTEST_SKIP() << "needs GDAL's MBTiles driver";
    // One zoom whose every tile has the side GDAL expects, painted with its own number as colour.
    const Plan plan({3, 3}, test::sahel);
    test::Tiles tiles;
    const geo::TileRange range = plan.range(3);
    for (std::uint32_t x = range.min_x; x <= range.max_x; ++x)
        for (std::uint32_t y = range.min_y; y <= range.max_y; ++y) {
            const std::uint32_t colour = 0xff000000 | (16 * x) << 16 | (16 * y) << 8 | 5;
            const render::Image image{256, 256, std::vector<std::uint32_t>(256 * 256, colour)};
            tiles[geo::tile_number({3, x, y})] = render::encode(render::view_of(image), render::ImageFormat::png);
        }
    TilesetInfo info = describe(test::small_info(), plan);
    info.tile_px = 256;
    test::write_archive(m_output, tiles, info);

    const char* const drivers[] = {"MBTiles", nullptr};
    const char* const options[] = {"USE_BOUNDS=NO", nullptr};
    const std::unique_ptr<void, decltype(&GDALClose)> data(
        GDALOpenEx(m_output.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, drivers, options, nullptr), GDALClose);
    ASSERT_NE(data, nullptr) << CPLGetLastErrorMsg();
    ASSERT_GE(GDALGetRasterCount(data.get()), 3);
    double transform[6];
    ASSERT_EQ(GDALGetGeoTransform(data.get(), transform), CE_None);
    // Every tile's middle, at the place where the tile is on the Earth.
    for (std::uint32_t x = range.min_x; x <= range.max_x; ++x)
        for (std::uint32_t y = range.min_y; y <= range.max_y; ++y) {
            const auto extent = geo::tile_extent({3, x, y});
            const int column = static_cast<int>(((extent.min_x + extent.max_x) / 2 - transform[0]) / transform[1]);
            const int row = static_cast<int>(((extent.min_y + extent.max_y) / 2 - transform[3]) / transform[5]);
            for (int band = 1; band <= 3; ++band) {
                unsigned char value = 0;
                ASSERT_EQ(GDALRasterIO(GDALGetRasterBand(data.get(), band), GF_Read, column, row, 1, 1, &value, 1, 1,
                                       GDT_Byte, 0, 0),
                          CE_None);
                EXPECT_EQ(value, band == 1 ? 16 * x : band == 2 ? 16 * y : 5u) << x << ' ' << y << " band " << band;
            }
        }
}

TEST_F(Mbtiles, EveryPageIsVouchedFor) {
    test::write_archive(m_output, test::some_tiles(Plan({2, 4}, test::sahel)), test::small_info());
    EXPECT_EQ(find_bad_page(File::open_read(m_output)), 0u);
    std::string bytes = test::read_bytes(m_output);
    bytes[4096 * 2 + 17] = static_cast<char>(bytes[4096 * 2 + 17] ^ 4);
    EXPECT_EQ(find_bad_page(File::open_read(m_folder.write("changed.mbtiles", bytes))), 3u);
}

} // namespace

} // namespace harmattan::tiles
