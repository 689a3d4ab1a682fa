// Pages as their readers' programs see them: sizes, fonts, words, groups, places.

#include "app/program.hpp"
#include "app/tool.hpp"

#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <regex>

namespace harmattan::test {

namespace {

const std::string demo = HARMATTAN_TEST_DATA "/demo/map.toml";

class Page : public testing::Test {
protected:
    ProgramRun page(std::vector<std::string> more) const {
        std::vector<std::string> line{"page", demo, "-q"};
        line.insert(line.end(), more.begin(), more.end());
        return run_program(line, folder.path());
    }
    std::string file(const std::string& name) const { return (folder.path() / name).string(); }
    TemporaryFolder folder;
};

std::vector<double> numbers_after(const std::string& text, const std::string& label) {
    std::vector<double> found;
    const std::size_t at = text.find(label);
    if (at == std::string::npos) return found;
    const std::string line = text.substr(at + label.size(), text.find('\n', at) - at - label.size());
    const std::regex number("-?[0-9]+(\\.[0-9]+)?");
    for (std::sregex_iterator i(line.begin(), line.end(), number), end; i != end; ++i)
        found.push_back(std::stod(i->str()));
    return found;
}

} // namespace

TEST_F(Page, HasTheSizeOfItsPaperToATenthOfAMillimetre) {
    REQUIRE_TOOL("pdfinfo");
    struct Case {
        const char* paper;
        double width_mm, height_mm;
    };
    for (const Case& c : {Case{"A4", 210, 297}, Case{"A3", 297, 420}, Case{"A2", 420, 594}, Case{"A1", 594, 841},
                          Case{"A0", 841, 1189}, Case{"Letter", 215.9, 279.4}, Case{"148x210", 148, 210}}) {
        ASSERT_EQ(page({"--region", "ML", "--orientation", "portrait", "--paper", c.paper, "-o", "page.pdf", "--force"})
                      .exit_code,
                  0)
            << c.paper;
        const std::vector<double> size = numbers_after(run_tool("pdfinfo " + file("page.pdf")), "Page size:");
        ASSERT_GE(size.size(), 2u);
        EXPECT_NEAR(size[0] * 25.4 / 72, c.width_mm, 0.1) << c.paper;
        EXPECT_NEAR(size[1] * 25.4 / 72, c.height_mm, 0.1) << c.paper;
    }
}

TEST_F(Page, PdfIsSoundSaysWhatItShouldAndEmbedsItsFonts) {
    REQUIRE_TOOL("pdftotext");
    REQUIRE_TOOL("pdffonts");
    REQUIRE_TOOL("qpdf");
    ASSERT_EQ(page({"--region",
                    "ML",
                    "-o",
                    "page.pdf",
                    "--blocks",
                    "bars,ranking",
                    "--url",
                    "https://maps.example.org/sahel",
                    "--map-number",
                    "MLI012",
                    "--map-version",
                    "v03",
                    "--producer",
                    "Example Aid",
                    "--glide",
                    "CE-2025-000123-MLI",
                    "--created",
                    "2025-11-03",
                    "--access",
                    "Public",
                    "--accessed",
                    "2025-11-02"})
                  .exit_code,
              0);
    run_tool("qpdf --check " + file("page.pdf"));
    const std::string text = std::regex_replace(run_tool("pdftotext " + file("page.pdf") + " -"),
                                                std::regex("[ \n\f]+"), " "); // lines wrap where they may
    for (const char* wanted : {"Attacks and supply corridors in the central Sahel",
                               "Mali · 1 May – 31 October 2025",
                               "these incidents are made up",
                               "Legend",
                               "events per 1,000 km²",
                               "less than",
                               "Bandwidth σ 20 km",
                               "n = 618 in all, 249 in Mali",
                               "Sources",
                               "Natural Earth",
                               "accessed 2 November 2025",
                               "Notes",
                               "Kernel density",
                               "not the risk at a",
                               "Projection",
                               "Albers",
                               "WGS 84",
                               "1:20,000,000",
                               "31 October 2025",
                               "3 November 2025 (UTC)",
                               "MLI012 v03",
                               "CE-2025-000123-MLI",
                               "Example Aid",
                               "Public",
                               "Live map",
                               "Incidents by month in Mali (n = 249)",
                               "Units with most incidents in Mali",
                               "Bamako",
                               "BURKINA"})
        EXPECT_NE(text.find(wanted), std::string::npos) << wanted << "\n" << text;
    const std::string fonts = run_tool("pdffonts " + file("page.pdf"));
    std::size_t embedded = 0;
    const std::regex row("(NotoSans|DejaVu)[^\n]* (yes|no) (yes|no) (yes|no) ");
    for (std::sregex_iterator i(fonts.begin(), fonts.end(), row), end; i != end; ++i, ++embedded)
        EXPECT_EQ((*i)[2], "yes") << fonts;
    EXPECT_GE(embedded, 2u) << fonts;
    const std::string info = run_tool("pdfinfo " + file("page.pdf"));
    EXPECT_NE(info.find("Title:           Attacks and supply corridors in the central Sahel, Mali"), std::string::npos)
        << info;
    EXPECT_NE(info.find("Author:          Example Aid"), std::string::npos) << info;
    EXPECT_NE(info.find("CreationDate:    Mon Nov  3"), std::string::npos) << info;
}

TEST_F(Page, WithoutADateOfMakingSaysNone) {
    REQUIRE_TOOL("pdfinfo");
    ASSERT_EQ(page({"--region", "ML", "-o", "page.pdf"}).exit_code, 0);
    EXPECT_EQ(run_tool("pdfinfo " + file("page.pdf")).find("CreationDate"), std::string::npos);
}

TEST_F(Page, SvgHasEveryElementAsANamedGroup) {
    ASSERT_EQ(page({"--region", "ML", "-o", "page.svg", "--blocks", "bars,ranking", "--url",
                    "https://maps.example.org/", "--access", "Public"})
                  .exit_code,
              0);
    const std::string svg = read_file(folder.path() / "page.svg");
    for (const char* id : {"heading", "title",  "period",         "summary",   "map",       "heat",    "graticule",
                           "locator", "legend", "density-legend", "precision", "scale-bar", "qr-code", "monthly-bars",
                           "ranking", "footer", "sources",        "notes",     "document",  "access"})
        EXPECT_NE(svg.find(fmt::format("id=\"{}\"", id)), std::string::npos) << id;
    EXPECT_NE(svg.find(">Bamako</"), std::string::npos) << "names are text";
    EXPECT_EQ(svg.find("http://maps"), std::string::npos);
}

TEST_F(Page, IsPlacedByAGis) {
    REQUIRE_TOOL("gdalinfo");
    for (const char* name : {"page.pdf", "page.tif"}) {
        ASSERT_EQ(page({"--region", "ML", "--crs", "EPSG:32629", "--scale-denominator", "10000000", "--dpi", "96", "-o",
                        name})
                      .exit_code,
                  0)
            << name;
        const std::string info = run_tool("gdalinfo " + file(name));
        EXPECT_NE(info.find("UTM zone 29N"), std::string::npos) << info;
        const std::vector<double> step = numbers_after(info, "Pixel Size = ");
        ASSERT_EQ(step.size(), 2u) << info;
        if (std::string(name) == "page.tif") {
            // 1:10,000,000 at 96 dpi: 2,645.83 m on the ground a pixel; the CRS's own metres differ by its scale at the
            // centre.
            EXPECT_NEAR(step[0], 2645.83, 2645.83 * 0.02);
            EXPECT_NEAR(step[1], -step[0], 1e-6 * step[0]);
        }
    }
}

TEST_F(Page, BeyondTheRegionLandIsLandAndSeaIsSea) {
    REQUIRE_TOOL("gdallocationinfo");
    struct Case {
        const char* bbox;
        std::vector<const char*> land, sea;
    };
    const std::string grey = "230\n230\n230\n", blue = "234\n243\n247\n";
    for (const Case& c : {Case{"0,20,3,60", {"54.3 52.9", "55.4 51.4", "42 58"}, {"-20 50", "-35 45"}},
                          Case{"-40,-40,60,65", {"90 60", "80 65", "-60 -10"}, {"-35 45", "70 -10", "100 -20"}},
                          Case{"-60,-30,75,60", {"90 60", "-100 45", "-60 -10"}, {"-35 45", "70 -10"}}}) {
        ASSERT_EQ(page({std::string("--bbox=") + c.bbox, "--dpi", "60", "-o", "page.tif", "--force"}).exit_code, 0);
        const auto colour_at = [&](const char* place) {
            return run_tool("gdallocationinfo -valonly -wgs84 " + file("page.tif") + " " + place);
        };
        for (const char* place : c.land) EXPECT_EQ(colour_at(place), grey) << c.bbox << " at " << place;
        for (const char* place : c.sea) EXPECT_EQ(colour_at(place), blue) << c.bbox << " at " << place;
    }
}

TEST_F(Page, TheSameInputGivesTheSameBytesWhateverTheThreads) {
    for (const char* suffix : {"pdf", "svg", "png", "webp", "tif"}) {
        const std::string a = fmt::format("a.{}", suffix), b = fmt::format("b.{}", suffix);
        ASSERT_EQ(page({"--region", "ML", "--dpi", "72", "--threads", "1", "-o", a}).exit_code, 0) << suffix;
        ASSERT_EQ(page({"--region", "ML", "--dpi", "72", "--threads", "8", "-o", b}).exit_code, 0) << suffix;
        EXPECT_GT(read_file(folder.path() / a).size(), 10'000u) << suffix;
        EXPECT_TRUE(read_file(folder.path() / a) == read_file(folder.path() / b)) << suffix;
    }
}

TEST_F(Page, AnAtlasHasAnIndexAPageAUnitAndBookmarks) {
    REQUIRE_TOOL("pdftotext");
    ASSERT_EQ(page({"--region", "ML", "--atlas", "admin1", "-o", "atlas.pdf"}).exit_code, 0);
    const std::vector<double> pages = numbers_after(run_tool("pdfinfo " + file("atlas.pdf")), "Pages:");
    ASSERT_EQ(pages.size(), 1u);
    EXPECT_EQ(pages[0], 10); // nine units of the embedded Mali, and the index
    const std::string index = run_tool("pdftotext -f 1 -l 1 -layout " + file("atlas.pdf") + " -"),
                      mopti = run_tool("pdftotext -f 8 -l 8 -layout " + file("atlas.pdf") + " -");
    EXPECT_TRUE(std::regex_search(index, std::regex("Mopti \\(73\\) +7"))) << index;
    EXPECT_NE(index.find("1 / 10"), std::string::npos);
    const std::string seventh = run_tool("pdftotext -f 7 -l 7 -layout " + file("atlas.pdf") + " -");
    EXPECT_NE(seventh.find("73 incidents in Mopti"), std::string::npos) << seventh;
    const std::string document = read_file(folder.path() / "atlas.pdf");
    EXPECT_NE(document.find("/Outlines"), std::string::npos);
}

TEST_F(Page, WhereTheBaseMapEndsIsSaidOfAFrameThatReachesBeyond) {
    const auto made = [&](const char* bbox) {
        return run_program({"page", demo, bbox, "-o", "page.svg", "--force"}, folder.path());
    };
    const std::string warning = "reaches beyond the embedded base map";
    ProgramRun run = made("--bbox=33,-4,42,5");
    ASSERT_EQ(run.exit_code, 0) << run.err;
    EXPECT_NE(run.err.find(warning), std::string::npos) << run.err;
    EXPECT_NE(read_file(folder.path() / "page.svg").find("The base map ends at"), std::string::npos);
    run = made("--bbox=-8,11,-1,18");
    EXPECT_EQ(run.err.find(warning), std::string::npos) << run.err;
    EXPECT_EQ(read_file(folder.path() / "page.svg").find("The base map ends"), std::string::npos);
}

TEST_F(Page, AnAtlasIsInTheOrderOfNamesWhateverTheirAccents) {
    REQUIRE_TOOL("pdftotext");
    const auto unit = [](const char* name, int west) {
        return fmt::format(R"({{"type":"Feature","properties":{{"name":"{}","code":"{}"}},"geometry":{{"type":"Polygon",
            "coordinates":[[[{},12],[{},12],[{},14],[{},14],[{},12]]]}}}})",
                           name, name, west, west + 2, west + 2, west, west);
    };
    folder.write("units.geojson", R"({"type":"FeatureCollection","features":[)" + unit("Zorgho", -8) + "," +
                                      unit("Etana", -6) + "," + unit("Élan", -4) + "]}");
    ASSERT_EQ(
        page({"--bbox=-8,11,-1,18", "--boundaries", "units.geojson", "--atlas", "admin1", "-o", "atlas.pdf"}).exit_code,
        0);
    int number = 1;
    for (const char* name : {"Élan", "Etana", "Zorgho"}) {
        const std::string text = run_tool(fmt::format("pdftotext -f {0} -l {0} {1} -", ++number, file("atlas.pdf")));
        EXPECT_NE(text.find(std::string(name) + ":"), std::string::npos) << number << '\n' << text;
    }
}

TEST_F(Page, AnIndexGoesOnOverMorePages) {
    REQUIRE_TOOL("pdftotext");
    ASSERT_EQ(page({"--region", "ML", "--paper", "A5", "--atlas", "admin1", "-o", "atlas.pdf"}).exit_code,
              0); // no room under the map of an A5
    EXPECT_EQ(numbers_after(run_tool("pdfinfo " + file("atlas.pdf")), "Pages:"), std::vector<double>{11});
    const auto text_of = [&](int p) {
        return run_tool(fmt::format("pdftotext -f {} -l {} -layout {} -", p, p, file("atlas.pdf")));
    };
    EXPECT_EQ(text_of(1).find("Pages (incidents)"), std::string::npos);
    const std::string index = text_of(2);
    EXPECT_TRUE(std::regex_search(index, std::regex("Mopti \\(73\\) +8"))) << index;
    EXPECT_NE(index.find("2 / 11"), std::string::npos) << index;
    EXPECT_NE(text_of(8).find("73 incidents in Mopti"), std::string::npos);
}

TEST_F(Page, ALegendHasTheTilesColours) {
    ASSERT_EQ(page({"--region", "ML", "-o", "page.svg"}).exit_code, 0);
    ASSERT_EQ(run_program({"tiles", demo, "-q", "--site", "site", "-z", "4"}, folder.path()).exit_code, 0);
    const std::string legend = read_file(folder.path() / "site" / "legend.json"),
                      svg = read_file(folder.path() / "page.svg");
    const std::size_t at = legend.find("\"stops\": [");
    ASSERT_NE(at, std::string::npos);
    const std::string stops = legend.substr(at, legend.find(']', at) - at);
    const std::size_t ramp = svg.find("id=\"ramp\"");
    ASSERT_NE(ramp, std::string::npos);
    const std::string drawn = svg.substr(ramp, svg.find("</g>", ramp) - ramp);
    const std::regex css("rgba?\\(([0-9]+), ([0-9]+), ([0-9]+)|#([0-9a-f]{6})");
    int colours = 0;
    for (std::sregex_iterator i(stops.begin(), stops.end(), css), end; i != end; ++i, ++colours) {
        const std::string hex = (*i)[4].matched ? "#" + (*i)[4].str()
                                                : fmt::format("#{:02x}{:02x}{:02x}", std::stoi((*i)[1]),
                                                              std::stoi((*i)[2]), std::stoi((*i)[3]));
        EXPECT_NE(drawn.find(hex), std::string::npos) << hex << "\n" << drawn;
    }
    EXPECT_EQ(colours, 33);
}

TEST_F(Page, WhatDoesNotFitIsNamedWithItsExcess) {
    std::vector<std::string> line{"--region", "ML", "-o", "page.pdf"};
    for (int i = 0; i < 30; ++i)
        line.insert(
            line.end(),
            {"--note",
             "A note that is long enough to take a line or two of the small print under the map, again and again."});
    const ProgramRun run = page(line);
    EXPECT_EQ(run.exit_code, 78);
    EXPECT_TRUE(std::regex_search(run.err, std::regex("small print under the map does not fit: [0-9.]+ mm too much")))
        << run.err;
    EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{}) << "nothing is left behind";
}

TEST_F(Page, TheDemoFitsOnSmallPaperInBothLanguages) {
    for (const char* lang : {"en", "fr"})
        for (const char* orientation : {"portrait", "landscape"}) {
            const ProgramRun run = page({"--region", "ML", "--paper", "A5", "--lang", lang, "--orientation",
                                         orientation, "-o", "page.svg", "--force"});
            EXPECT_EQ(run.exit_code, 0) << lang << " " << orientation << ": " << run.err;
        }
}

TEST_F(Page, UnitsOfTheUsersAreNotCalledThoseOfTheFirstLevel) {
    folder.write("units.geojson",
                 R"({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Ours"},
        "geometry": {"type": "Polygon", "coordinates": [[[-6, 13], [-3, 13], [-3, 16], [-6, 16], [-6, 13]]]}}]})");
    ASSERT_EQ(page({"--bbox=-8,11,-1,18", "--boundaries", "units.geojson", "-o", "page.svg"}).exit_code, 0);
    const std::string svg = read_file(folder.path() / "page.svg");
    EXPECT_NE(svg.find(">Unit boundary<"), std::string::npos);
    EXPECT_EQ(svg.find("First-level"), std::string::npos);
}

TEST_F(Page, ASurroundingsFileBesideTheStyleIsDrawn) { // and not the embedded land of that name
    folder.write("land.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature",
        "properties":{"shade":"#123456"},"geometry":{"type":"Polygon","coordinates":
        [[[-60,-60],[60,-60],[60,70],[-60,70],[-60,-60]]]}}]})");
    folder.write("own.json", R"({"version":8,"sources":{"surroundings":{"type":"geojson","data":"land.geojson"}},
        "layers":[{"id":"own-land","type":"fill","source":"surroundings","paint":{"fill-color":["get","shade"]}}]})");
    ASSERT_EQ(page({"--region", "ML", "--style", "own.json", "-o", "page.svg"}).exit_code, 0);
    EXPECT_NE(read_file(folder.path() / "page.svg").find("#123456"), std::string::npos);
}

TEST_F(Page, FarFromTheRegionThereIsLandWithoutBordersAndAWordAboutIt) {
    folder.write("manila.csv",
                 "longitude,latitude,date\n120.98,14.6,2025-01-05\n121.05,14.62,2025-02-05\n120.9,14.4,2025-02-07\n");
    const ProgramRun run = run_program({"page", "manila.csv", "--bandwidth-km", "8", "-o", "page.svg"}, folder.path());
    ASSERT_EQ(run.exit_code, 0) << run.err;
    EXPECT_NE(run.err.find("bring boundaries of your own"), std::string::npos) << run.err;
    const std::string svg = read_file(folder.path() / "page.svg");
    EXPECT_NE(svg.find("Land beyond: Made with Natural Earth"), std::string::npos);
    EXPECT_EQ(svg.find("GeoNames"), std::string::npos) << "nobody is credited for what is not drawn";
    for (const char* layer : {"id=\"sea\"", "id=\"surroundings\"", "id=\"locator\""})
        EXPECT_NE(svg.find(layer), std::string::npos) << layer;
    EXPECT_EQ(svg.find("id=\"boundary\""), std::string::npos);
    EXPECT_NE(svg.find("id=\"heat\""), std::string::npos) << "no land to mask to: the density is drawn whole";
}

TEST_F(Page, MistakesAreSaidBeforeAnythingIsRead) {
    EXPECT_EQ(page({"-o", "page.doc"}).exit_code, 64);
    EXPECT_EQ(page({"-o", "page.pdf", "--crs", "EPSG:999999"}).exit_code, 64);
    EXPECT_EQ(page({"-o", "page.pdf", "--paper", "A9"}).exit_code, 64);
    EXPECT_EQ(page({"-o", "page.png", "--atlas", "admin1"}).exit_code, 64);
    EXPECT_EQ(page({"-o", "page.pdf", "--atlas", "villages"}).exit_code, 64);
    EXPECT_EQ(page({"-o", "page.pdf", "--style", "nosuch"}).exit_code, 66);
    EXPECT_EQ(page({"-o", "page.pdf", "--logo", "nosuch.png"}).exit_code, 66);
    folder.write("page.pdf", "mine");
    EXPECT_EQ(page({"-o", "page.pdf"}).exit_code, 73);
    EXPECT_EQ(read_file(folder.path() / "page.pdf"), "mine");
    EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"page.pdf"});
}

TEST_F(Page, ACrsThatDoesNotReachTheFrameIsRefused) {
    const ProgramRun run = page({"-o", "page.pdf", "--crs", "+proj=gnom +lat_0=-15 +lon_0=176"});
    EXPECT_EQ(run.exit_code, 64) << run.err;
    EXPECT_NE(run.err.find("does not reach"), std::string::npos) << run.err;
}

} // namespace harmattan::test
