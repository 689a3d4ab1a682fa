// Figures with their words and data; the tiles' own frame.

#include "app/program.hpp"
#include "app/tool.hpp"

#include "geo/mercator.hpp"
#include "geo/tile_id.hpp"
#include "render/encode.hpp"
#include "tiles/archive_reader.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <gtest/gtest.h>
#include <regex>

namespace harmattan::test {

namespace {

const std::string demo = HARMATTAN_TEST_DATA "/demo/map.toml";

class Figure : public testing::Test {
protected:
    ProgramRun figure(std::vector<std::string> more) const {
        std::vector<std::string> line{"figure", demo, "-q"};
        line.insert(line.end(), more.begin(), more.end());
        return run_program(line, folder.path());
    }
    std::string bytes(const std::string& name) const { return read_file(folder.path() / name); }
    render::Image picture(const std::string& name) const {
        const std::string file = bytes(name);
        return render::decode(std::as_bytes(std::span(file)));
    }
    TemporaryFolder folder;
};

std::size_t count(const std::string& text, const std::string& what) {
    std::size_t n = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
    return n;
}

} // namespace

TEST_F(Figure, AtAZoomIsTheTilesPixelForPixel) {
    ASSERT_EQ(figure({"--bbox=-9.03,11.2,-3.1,15.04", "--zoom", "6", "--legend", "none", "-o", "f.png"}).exit_code, 0);
    ASSERT_EQ(
        run_program({"tiles", demo, "-q", "--bbox=-9.03,11.2,-3.1,15.04", "-z", "6", "-o", "t.pmtiles"}, folder.path())
            .exit_code,
        0);
    const render::Image whole = picture("f.png");
    const geo::TileMatrix matrix(6, 256);
    const auto corner = matrix.to_pixels(geo::LonLat{-9.03, 15.04});
    const auto left = static_cast<std::int64_t>(std::floor(corner.x)),
               top = static_cast<std::int64_t>(std::floor(corner.y));
    EXPECT_EQ(whole.width, static_cast<int>(std::ceil(matrix.to_pixels(geo::LonLat{-3.1, 0}).x)) - left);
    std::size_t compared = 0;
    tiles::open_archive(folder.path() / "t.pmtiles")
        ->each_tile([&](geo::TileId id, std::span<const std::byte> tile_bytes) {
            const render::Image tile = render::decode(tile_bytes);
            for (int y = 0; y < 256; ++y)
                for (int x = 0; x < 256; ++x) {
                    const std::int64_t fx = std::int64_t{id.x} * 256 + x - left,
                                       fy = std::int64_t{id.y} * 256 + y - top;
                    if (fx < 0 || fy < 0 || fx >= whole.width || fy >= whole.height) continue;
                    ++compared;
                    ASSERT_EQ(tile.pixels[static_cast<std::size_t>(y * 256 + x)],
                              whole.pixels[static_cast<std::size_t>(fy * whole.width + fx)])
                        << "at " << fx << ", " << fy;
                }
        });
    EXPECT_EQ(compared, whole.pixels.size());
}

TEST_F(Figure, BringsItsWordsAndItsData) {
    ASSERT_EQ(figure({"--region", "ML", "-o", "f.svg"}).exit_code, 0);
    const std::string words = bytes("f.txt"), data = bytes("f.csv");
    EXPECT_EQ(
        words.find("Map of the density of incidents in Mali, 1 May – 31 October 2025, n = 249; most in Mopti (73)"), 0u)
        << words;
    EXPECT_NE(words.find("\n\n"), std::string::npos);
    EXPECT_NE(words.find("made up"), std::string::npos);
    EXPECT_EQ(data.find("code,name,incidents,"), 0u) << data;
    EXPECT_NE(data.find("Mopti,73,"), std::string::npos) << data;
    EXPECT_NE(bytes("f.svg").find("Map of the density of incidents in Mali"), std::string::npos)
        << "the alt text stands in the SVG";
}

TEST_F(Figure, CtrlCLeavesAllOfItsFilesOrNone) {
    const ProgramRun stopped =
        run_program_and_signal({"figure", demo, "-q", "--width", "300mm", "--dpi", "600", "--url",
                                "https://maps.example.org", "--embed", "f.html", "-o", "f.png"},
                               folder.path(), SIGINT, folder.path() / ".f.png.part");
    EXPECT_TRUE(stopped.exit_code == 130 || stopped.exit_code == 0) << stopped.err;
    const std::vector<std::string> all{"f.csv", "f.html", "f.png", "f.txt"};
    EXPECT_EQ(names_in(folder.path()), stopped.exit_code == 0 ? all : std::vector<std::string>{});
}

TEST_F(Figure, SmallMultiplesHaveOneMapAMonthAndOneLegend) {
    ASSERT_EQ(figure({"--kind", "multiples", "-o", "f.svg"}).exit_code, 0);
    const std::string svg = bytes("f.svg");
    EXPECT_EQ(count(svg, "id=\"map-"), 6u);
    EXPECT_EQ(count(svg, "id=\"ramp"), 1u);
    EXPECT_NE(svg.find("May 2025 (n = 93)"), std::string::npos);
    EXPECT_NE(svg.find("October 2025 (n = 118)"), std::string::npos);
    EXPECT_NE(svg.find(">Supply corridor<"), std::string::npos) << "without the ribbon the line is no level of it";
    EXPECT_EQ(svg.find("fewer or no data"), std::string::npos);
    EXPECT_EQ(bytes("f.csv").find("month,incidents,weight,partial\n2025-05,93,93,"), 0u) << bytes("f.csv");
}

TEST_F(Figure, TwoPeriodsStandBesideEachOtherWithTheChange) {
    ASSERT_EQ(figure({"--kind", "compare", "--compare", "2025-05-01..2025-07-31,2025-08-01..2025-10-31", "--region",
                      "ML", "-o", "f.svg"})
                  .exit_code,
              0);
    // In Mali's units (the CSV's rows of them): 100 in 92 days, 149 in 92 days.
    EXPECT_NE(bytes("f.txt").find("100 incidents in Mali, then 149: 32.6 and 48.6 per 30 days (+49"), std::string::npos)
        << bytes("f.txt");
    EXPECT_EQ(count(bytes("f.svg"), "id=\"map-"), 2u);
    EXPECT_NE(bytes("f.csv").find("ML-1,Kayes,5,35,30"), std::string::npos) << bytes("f.csv");
    EXPECT_EQ(figure({"--kind", "compare", "-o", "g.svg"}).exit_code, 64);
}

TEST_F(Figure, IsAsWideAsAskedFor) {
    ASSERT_EQ(figure({"--region", "BF", "--width", "800px", "-o", "f.png"}).exit_code, 0);
    EXPECT_EQ(picture("f.png").width, 800);
    ASSERT_EQ(figure({"--region", "BF", "--width", "100mm", "--dpi", "254", "-o", "g.png"}).exit_code, 0);
    EXPECT_EQ(picture("g.png").width, 1000);
    EXPECT_EQ(figure({"--width", "800", "-o", "h.png"}).exit_code, 64);
    const ProgramRun narrow = figure({"--kind", "multiples", "--width", "40mm", "--columns", "4", "-o", "h.png"});
    EXPECT_EQ(narrow.exit_code, 78);
    EXPECT_NE(narrow.err.find("make it at least"), std::string::npos) << narrow.err;
}

TEST_F(Figure, EveryPlaceOfTheLegendAndEveryKindIsDrawn) {
    for (const char* place : {"inside", "beside", "below"}) {
        ASSERT_EQ(figure({"--region", "ML", "--legend", place, "-o", "f.svg", "--force"}).exit_code, 0) << place;
        EXPECT_EQ(count(bytes("f.svg"), "id=\"ramp"), 1u) << place;
    }
    ASSERT_EQ(figure({"--kind", "bars", "-o", "b.svg"}).exit_code, 0);
    EXPECT_NE(bytes("b.svg").find("Incidents by month (n = 618)"), std::string::npos);
}

TEST_F(Figure, OnPaperTheSeaIsSea) { // and not land of the other side of the Earth
    for (const char* crs : {"", "EPSG:32630"}) {
        std::vector<std::string> line{"--bbox=-25,5,5,27", "--legend", "none", "--dpi", "60", "-o",
                                      "sea.png",           "--force"};
        if (*crs) line.insert(line.end(), {"--crs", crs});
        ASSERT_EQ(figure(line).exit_code, 0);
        const render::Image image = picture("sea.png");
        const auto sea = std::count(image.pixels.begin(), image.pixels.end(), 0xffeaf3f7u);
        EXPECT_GT(static_cast<double>(sea), 0.2 * static_cast<double>(image.pixels.size())) << crs;
    }
}

TEST_F(Figure, ALegendInsideCoversAsFewIncidentsAsMayBe) {
    const auto legend_at = [&](const char* rows) { // the x of the card's left upper corner, of the sheet's width
        folder.write("events.csv", std::string("id,latitude,longitude,date\n") + rows);
        const ProgramRun run = run_program({"figure", "events.csv", "--bbox=-10,10,5,22", "--legend", "inside",
                                            "--bandwidth-km", "20", "-q", "-o", "i.svg", "--force"},
                                           folder.path());
        EXPECT_EQ(run.exit_code, 0) << run.err;
        const std::string svg = bytes("i.svg");
        const std::size_t at = svg.find(" d=\"M", svg.find("id=\"legend-card\""));
        return at == std::string::npos ? -1 : std::stod(svg.substr(at + 5)) / 1260; // 160 mm at 200 dpi
    };
    EXPECT_GT(legend_at("1,18,-8,2025-05-01\n2,20,-9,2025-05-02\n"), 0.5);
    const double left = legend_at("1,11,4,2025-05-01\n2,20,4,2025-05-02\n");
    EXPECT_TRUE(left > 0 && left < 0.1) << left;
}

TEST_F(Figure, TheSnippetFramesTheLiveMapAndFallsBackOnTheFigure) {
    ASSERT_EQ(figure({"--region", "ML", "--url", "https://maps.example.org/?a=1&b=\"2\"", "--embed", "embed.html", "-o",
                      "f.png"})
                  .exit_code,
              0);
    const std::string html = bytes("embed.html");
    EXPECT_NE(html.find("<iframe src=\"https://maps.example.org/?a=1&amp;b=&quot;2&quot;\""), std::string::npos)
        << html;
    EXPECT_NE(html.find("<img src=\"f.png\" alt=\"Map of the density of incidents in Mali"), std::string::npos) << html;
    EXPECT_EQ(figure({"--embed", "e.html", "-o", "g.png"}).exit_code, 64) << "there is no address to frame";
}

} // namespace harmattan::test
