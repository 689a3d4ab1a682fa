// GDAL's drivers read what the server serves, pixel by pixel the archive's tiles: by WMTS, by XYZ as docs/serving.md
// has it, and OGC API as far as the driver of Debian 12 goes.

#include "app/program.hpp"
#include "app/served_program.hpp"
#include "app/tool.hpp"
#include "geo/tile_id.hpp"
#include "render/encode.hpp"
#include "tiles/archive_reader.hpp"

#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>

namespace harmattan::test {

namespace {

using Json = nlohmann::json;

constexpr int tile_px = 256, deepest = 6;

std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }

class ServeGdal : public testing::Test {
protected:
    void SetUp() override {
        REQUIRE_TOOL("gdal_translate");
        const ProgramRun run =
            run_program({"tiles", "-z", fmt::format("4-{}", deepest), "-o", "demo.pmtiles", "-q"}, folder.path());
        ASSERT_EQ(run.exit_code, 0) << run.err;
        const ProgramRun less = run_program({"tiles", "-z", "4-5", "-o", "low.mbtiles", "-q"}, folder.path());
        ASSERT_EQ(less.exit_code, 0) << less.err;
        server.emplace(std::vector<std::string>{"demo.pmtiles", "low.mbtiles"}, folder.path());
    }

    std::string url() const { return fmt::format("http://127.0.0.1:{}", server->port()); }
    /// GDAL keeps what it fetched in the folder; it prints a complaint for each tile that is not there, and goes on.
    std::string gdal(const std::string& command) const {
        return run_tool("cd " + folder.path().string() + " && GDAL_DEFAULT_WMS_CACHE_PATH=cache " + command);
    }

    /// Counts the pixels of `picture`, whose first is at (left, top) of the zoom's world, that differ from the
    /// archive's.
    std::size_t differing(const std::string& picture, const std::string& archive, int zoom, int left, int top) const {
        const render::Image seen = render::decode(bytes_of(read_file(folder.path() / picture)));
        const auto reader = tiles::open_archive(folder.path() / archive);
        std::size_t count = 0, inked = 0;
        for (int ty = top / tile_px; ty <= (top + seen.height - 1) / tile_px; ++ty)
            for (int tx = left / tile_px; tx <= (left + seen.width - 1) / tile_px; ++tx) {
                const auto bytes = reader->tile(
                    {static_cast<std::uint8_t>(zoom), static_cast<std::uint32_t>(tx), static_cast<std::uint32_t>(ty)});
                const std::optional<render::Image> tile = bytes ? std::optional(render::decode(*bytes)) : std::nullopt;
                for (int y = std::max(top, ty * tile_px); y < std::min(top + seen.height, (ty + 1) * tile_px); ++y)
                    for (int x = std::max(left, tx * tile_px); x < std::min(left + seen.width, (tx + 1) * tile_px);
                         ++x) {
                        const auto at = [](const render::Image& image, int column, int row) {
                            return image.pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(image.width) +
                                                static_cast<std::size_t>(column)];
                        };
                        const std::uint32_t expected = tile ? at(*tile, x - tx * tile_px, y - ty * tile_px) : 0;
                        count += at(seen, x - left, y - top) != expected;
                        inked += expected != 0;
                    }
            }
        EXPECT_GT(inked, 10'000u) << "the picture should show something";
        return count;
    }

    /// Reads the layer by WMTS at its own resolution and compares it with the archive at that zoom.
    void expect_same_by_wmts(const std::string& layer, const std::string& archive, int zoom) const {
        const std::string source = fmt::format("'WMTS:{}/wmts/1.0.0/WMTSCapabilities.xml,layer={}'", url(), layer);
        gdal("gdal_translate -q " + source + " wmts.png");
        const Json info = Json::parse(gdal("gdalinfo -json " + source));
        const double cell_m = info["geoTransform"][1];
        EXPECT_NEAR(cell_m, 156543.033928041 / std::exp2(zoom), 1e-6);
        const double left = (info["geoTransform"][0].get<double>() + 20037508.342789244) / cell_m;
        const double top = (20037508.342789244 - info["geoTransform"][3].get<double>()) / cell_m;
        EXPECT_NEAR(left, std::round(left), 1e-6);
        EXPECT_NEAR(top, std::round(top), 1e-6);
        EXPECT_EQ(differing("wmts.png", archive, zoom, static_cast<int>(std::lround(left)),
                            static_cast<int>(std::lround(top))),
                  0u);
    }

    TemporaryFolder folder;
    std::optional<ServedProgram> server;
};

TEST_F(ServeGdal, WmtsIsTheArchive) { expect_same_by_wmts("demo", "demo.pmtiles", deepest); }

TEST_F(ServeGdal, WmtsOfALessDeepLayerIsItsArchive) { expect_same_by_wmts("low", "low.mbtiles", 5); }

TEST_F(ServeGdal, XyzByTheFileOfTheDocumentationIsTheArchive) {
    const std::string page = read_file(std::filesystem::path(HARMATTAN_TEST_SOURCE) / "docs/serving.md");
    const std::size_t begin = page.find("<GDAL_WMS>"), end = page.find("</GDAL_WMS>");
    ASSERT_NE(end, std::string::npos);
    std::string xml = page.substr(begin, end - begin) + "</GDAL_WMS>";
    xml = std::regex_replace(xml, std::regex("127\\.0\\.0\\.1:8080/heat"),
                             fmt::format("127.0.0.1:{}/demo", server->port()));
    xml = std::regex_replace(xml, std::regex("<TileLevel>7<"), fmt::format("<TileLevel>{}<", deepest));
    folder.write("xyz.xml", xml);
    const geo::TileRange range =
        geo::tiles_of(tiles::open_archive(folder.path() / "demo.pmtiles")->info().bounds, deepest);
    const auto px = [](std::uint32_t tiles) { return static_cast<int>(tiles) * tile_px; };
    gdal(fmt::format("gdal_translate -q -srcwin {} {} {} {} xyz.xml xyz.png", px(range.min_x), px(range.min_y),
                     px(range.max_x - range.min_x + 1), px(range.max_y - range.min_y + 1)));
    EXPECT_EQ(differing("xyz.png", "demo.pmtiles", deepest, px(range.min_x), px(range.min_y)), 0u);
}

TEST_F(ServeGdal, OgcApiListsTheSets) {
    if (gdal("gdalinfo --formats").find("OGCAPI") == std::string::npos)
        GTEST_SKIP() << "this GDAL has no OGC API driver";
    const std::string said = gdal(fmt::format("gdalinfo OGCAPI:{}/", url()));
    EXPECT_NE(said.find(fmt::format("OGCAPI:{}/collections/demo\n", url())), std::string::npos) << said;
    EXPECT_NE(said.find(fmt::format("OGCAPI:{}/collections/low\n", url())), std::string::npos) << said;
}

} // namespace

} // namespace harmattan::test
