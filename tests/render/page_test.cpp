#include "render/print/page.hpp"

#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "golden.hpp"
#include "render/print/charts.hpp"
#include "render/print/graticule.hpp"
#include "render/print/scale_bar.hpp"
#include "render/raster/raster_canvas.hpp"
#include "scenes.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace harmattan::render {

namespace {

const geo::LonLatBox mali{-12.3, 10.1, 4.3, 25.1};

MapPlacement placed(const std::string& crs, geo::LonLatBox frame = mali, std::optional<double> denominator = {}) {
    MapRequest request;
    request.frame = frame;
    request.crs = crs;
    request.denominator = denominator;
    return place_map(request, {10, 24, 217, 174}, 300 / 25.4);
}

geo::Point<geo::Projected> middle_of(const MapPlacement& map) {
    return {(map.extent.min_x + map.extent.max_x) / 2, (map.extent.min_y + map.extent.max_y) / 2};
}

Scene small_scene(const PaperFrame& frame, double scale) {
    SceneInput input;
    input.style = styles::parse_style(
        R"({"version": 8, "name": "s", "sources": {"countries": {"type": "geojson", "data": ""}}, "layers": [
        {"id": "sea", "type": "background", "paint": {"background-color": "#eaf3f7"}},
        {"id": "land", "type": "fill", "source": "countries", "metadata": {"harmattan:legend": {"en": "Land", "fr": "Terre"}}, "paint": {"fill-color": "#ffffff"}},
        {"id": "border", "type": "line", "source": "countries", "metadata": {"harmattan:legend": {"en": "International boundary", "fr": "Frontière internationale"}},
         "paint": {"line-color": "#343434", "line-width": 1.3}}]})",
        "s");
    input.sources.emplace("countries", test::countries());
    input.paper = frame;
    input.scale = scale;
    return prepare_scene(std::move(input));
}

PageContent content_of(const std::string& lang) {
    PageContent content;
    content.lang = lang;
    content.title = "Ouest: attacks on the roads to the coast and what became of them";
    content.subtitle = "1 May – 31 October 2025";
    content.summary = "Many incidents in the frame, most of them in the south, and some in the north as well. 24 % of "
                      "incidents are known only to an area.";
    content.sources = {
        "Incidents: Somebody's Georeferenced Event Dataset, version 25.1 (CC BY 4.0), accessed 2 November 2025.",
        "Countries, boundaries: Natural Earth (public domain)."};
    content.notes = {"Colours show the density of reported incidents, not the risk at a place. Corridors are "
                     "schematic. Not for movement planning.",
                     "Boundaries, names and data on this map do not express any opinion of its producer on legal "
                     "status or frontiers."};
    content.document = {
        {"Map number", "XYZ012 v03"},
        {"Projection", "Albers equal-area conic, standard parallels 9.5° N and 14.5° N, meridian 10° E"},
        {"Datum", "WGS 84"},
        {"Data as of", "31 October 2025"}};
    content.access = "Public";
    content.url = "https://maps.example.org/ouest";
    content.map.frame = {4, 8, 16, 16};
    content.make_scene = small_scene;
    content.make_locator = small_scene;
    content.locator = {0, 4, 20, 20};
    content.legend.precision_title = "How well places are known";
    content.legend.precision = {{"known to a place", 40}, {"to about 25 km", 36}, {"to a district", 24}};
    content.legend.lines = {"n = 100; newest 31 October 2025."};
    return content;
}

bool has(const Page& page, std::string_view name) {
    return std::any_of(page.sheet.elements.begin(), page.sheet.elements.end(),
                       [&](const SheetElement& e) { return e.name == name; });
}

/// Every element but the locator is there; all are on the paper, and none on another.
Page expect_order(const PageContent& content, PaperSize paper, const std::string& what) {
    SCOPED_TRACE(fmt::format("{} × {}, {}, {}", paper.width_mm, paper.height_mm, content.lang, what));
    const Page page = lay_out_page(content, paper, 100 / 25.4);
    EXPECT_EQ(page.unknown_glyphs, 0u);
    const Sheet& sheet = page.sheet;
    const double px = sheet.px_per_mm, air = 1; // the box of an element has 1 mm of air around
    std::vector<std::pair<std::string, PixelExtent>> boxes;
    for (const SheetElement& e : sheet.elements) {
        if (e.name == "paper" || e.name == "graticule" || e.name == "locator-frame")
            continue; // drawn on the map and the locator
        const double shrink = e.name == "map" || e.name == "locator" ? 0 : air * px;
        boxes.emplace_back(e.name, e.box.grown(-shrink - 0.5));
        EXPECT_GE(e.box.min_x, 0) << e.name;
        EXPECT_GE(e.box.min_y, 0) << e.name;
        EXPECT_LE(e.box.max_x, paper.width_mm * px) << e.name;
        EXPECT_LE(e.box.max_y, paper.height_mm * px + air * px) << e.name;
    }
    for (std::size_t i = 0; i < boxes.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_FALSE(boxes[i].second.meets(boxes[j].second)) << boxes[i].first << " lies on " << boxes[j].first;
    for (const char* wanted : {"heading", "map", "graticule", "legend", "footer"})
        EXPECT_TRUE(has(page, wanted)) << wanted;
    return page;
}

} // namespace

TEST(MapPlacement, NamesKeepClearOfWhatStandsOnTheMap) {
    MapPlacement map = placed("");
    const auto ink = [&] {
        SceneInput input;
        input.style = styles::parse_style(
            R"({"version": 8, "name": "s", "sources": {"towns": {"type": "geojson", "data": ""}}, "layers": [
            {"id": "name", "type": "symbol", "source": "towns", "layout": {"text-field": "Ville", "text-font": ["Noto Sans Regular"]}}]})",
            "s");
        geo::FeatureTable& towns = input.sources["towns"];
        towns.add_feature(geo::GeometryType::point);
        towns.add_part(std::vector<geo::LonLat>{{-4, 17}});
        input.paper = map.paper;
        input.scale = map.scale;
        const Image image = paint(prepare_scene(std::move(input)), view_of(map.paper, map.scale));
        return std::count_if(image.pixels.begin(), image.pixels.end(), [](std::uint32_t pixel) { return pixel != 0; });
    };
    EXPECT_GT(ink(), 0);
    const double middle_x = static_cast<double>(map.paper.x) + map.paper.width / 2.0,
                 middle_y = static_cast<double>(map.paper.y) + map.paper.height / 2.0;
    map.paper.kept_clear = {{middle_x - 500, middle_y - 500, middle_x + 500, middle_y + 500}};
    EXPECT_EQ(ink(), 0);
}

TEST(MapPlacement, TheLegendHasNoLineThatRunsAroundTheMap) {
    const MapPlacement map = placed("");
    const auto entries = [&](const std::vector<geo::LonLat>& line) {
        SceneInput input;
        input.style = styles::parse_style(
            R"({"version": 8, "name": "s", "sources": {"lines": {"type": "geojson", "data": ""}}, "layers": [
            {"id": "line", "type": "line", "source": "lines", "metadata": {"harmattan:legend": {"en": "Line", "fr": "Ligne"}}}]})",
            "s");
        geo::FeatureTable& lines = input.sources["lines"];
        lines.add_feature(geo::GeometryType::line);
        lines.add_part(line);
        input.paper = map.paper;
        input.scale = map.scale;
        return prepare_scene(std::move(input)).legend().entries.size();
    };
    EXPECT_EQ(entries({{-30, 17}, {-4, 17}}), 1u);
    EXPECT_EQ(entries({{-30, 17}, {-30, 40}, {-4, 40}}), 0u); // its box holds much of the map
}

TEST(MapPlacement, AStyleHasAZoomAtAPoleToo) {
    const MapPlacement map = placed("", {-179, -80, 179, 85});
    ASSERT_NE(map.crs.find("lat_0=90"), std::string::npos) << map.crs;
    EXPECT_EQ(map.paper.style_zoom, 0);
}

TEST(PaperSize, KnowsTheCommonOnesAndMillimetres) {
    EXPECT_EQ(find_paper_size("A4"), (PaperSize{210, 297}));
    EXPECT_EQ(find_paper_size("a0"), (PaperSize{841, 1189}));
    EXPECT_EQ(find_paper_size("Letter"), (PaperSize{215.9, 279.4}));
    EXPECT_EQ(find_paper_size("297x210"), (PaperSize{297, 210}));
    EXPECT_EQ(find_paper_size("297.5x210"), (PaperSize{297.5, 210}));
    for (const char* wrong : {"A9", "", "x", "297x", "297x210mm", "50x50", "9000x200", "nanx200"})
        EXPECT_FALSE(find_paper_size(wrong)) << wrong;
}

TEST(MapPlacement, RoundScalesAreTheNextGreaterOnes) {
    EXPECT_EQ(round_denominator(9'870'000), 10e6);
    EXPECT_EQ(round_denominator(10e6), 10e6);
    EXPECT_EQ(round_denominator(10'000'001), 12.5e6);
    EXPECT_EQ(round_denominator(8.2e5), 1e6);
    EXPECT_EQ(round_denominator(123), 125);
}

TEST(MapPlacement, ShowsTheFrameAtTheScaleItSays) {
    for (const char* crs : {"", "EPSG:3857", "EPSG:32629", "EPSG:4326"}) {
        const MapPlacement map = placed(crs);
        EXPECT_LE(map.seen.west, mali.west) << crs;
        EXPECT_GE(map.seen.east, mali.east) << crs;
        EXPECT_LE(map.seen.south, mali.south) << crs;
        EXPECT_GE(map.seen.north, mali.north) << crs;
        // A square of 20 mm at the middle, as an area on the ellipsoid.
        const geo::CrsTransform transform(map.crs);
        const geo::Point<geo::Projected> m = middle_of(map);
        const double half = 10 * map.units_per_mm();
        std::vector<geo::LonLat> ring;
        const auto side = [&](double x0, double y0, double x1, double y1) {
            for (int i = 0; i < 50; ++i)
                ring.push_back(transform.to_lonlat(geo::Point<geo::Projected>{m.x + (x0 + (x1 - x0) * i / 50) * half,
                                                                              m.y + (y0 + (y1 - y0) * i / 50) * half}));
        };
        side(-1, -1, 1, -1), side(1, -1, 1, 1), side(1, 1, -1, 1), side(-1, 1, -1, -1);
        ring.push_back(ring.front());
        const double ground_km2 = geo::signed_area_km2(ring), paper_km2 = std::pow(20e-6 * map.denominator, 2);
        EXPECT_NEAR(ground_km2 / paper_km2, 1, 0.005) << crs;
    }
}

TEST(MapPlacement, AnExactScaleIsKept) {
    const MapPlacement map = placed("EPSG:32629", mali, 5e6);
    EXPECT_EQ(map.denominator, 5e6);
    EXPECT_LT(map.seen.east, mali.east) << "less than the frame is seen, not another scale";
}

TEST(ScaleBar, IsAsLongAsItsDistanceOnTheGround) {
    for (const char* crs : {"", "EPSG:3857", "EPSG:32629", "EPSG:4326", "+proj=ortho +lat_0=0 +lon_0=-40"})
        for (const geo::LonLatBox& frame : {mali, geo::LonLatBox{-8.1, 12.5, -7.9, 12.7}}) {
            const MapPlacement map = placed(crs, frame);
            const ScaleBar bar = scale_bar(map, 1000);
            const geo::CrsTransform transform(map.crs);
            const geo::Point<geo::Projected> m = middle_of(map);
            const double half = bar.length_mm / 2 * map.units_per_mm();
            double ground = 0; // in a hundred pieces, by somebody else's geodesics
            for (int i = 0; i < 100; ++i)
                ground += geo::geodesic_m(
                    transform.to_lonlat(geo::Point<geo::Projected>{m.x - half + 2 * half * i / 100, m.y}),
                    transform.to_lonlat(geo::Point<geo::Projected>{m.x - half + 2 * half * (i + 1) / 100, m.y}));
            EXPECT_NEAR(ground / bar.ground_m, 1, 0.005) << crs;
            const double share = bar.length_mm / map.frame.width();
            EXPECT_TRUE(share > 0.12 && share < 0.5) << share;
        }
}

TEST(Graticule, TicksStandWhereTheirDegreesMeetTheFrame) {
    for (const char* crs : {"", "EPSG:3857", "EPSG:32629"}) {
        const MapPlacement map = placed(crs);
        const geo::CrsTransform transform(map.crs);
        const std::vector<GraticuleTick> ticks = graticule_ticks(map);
        std::size_t longest = 0;
        for (const FrameSide side : {FrameSide::top, FrameSide::right, FrameSide::bottom, FrameSide::left}) {
            const auto n = static_cast<std::size_t>(
                std::count_if(ticks.begin(), ticks.end(), [&](const GraticuleTick& t) { return t.side == side; }));
            EXPECT_GE(n, 2u);
            longest = std::max(longest, n);
        }
        EXPECT_TRUE(longest >= 3 && longest <= 9) << longest;
        for (const GraticuleTick& tick : ticks) {
            const double along = tick.at_mm * map.units_per_mm();
            geo::Point<geo::Projected> at{map.extent.min_x, map.extent.max_y - along};
            if (tick.side == FrameSide::right) at.x = map.extent.max_x;
            if (tick.side == FrameSide::top) at = {map.extent.min_x + along, map.extent.max_y};
            if (tick.side == FrameSide::bottom) at = {map.extent.min_x + along, map.extent.min_y};
            const geo::LonLat place = transform.to_lonlat(at);
            const bool across = tick.side == FrameSide::top || tick.side == FrameSide::bottom;
            EXPECT_NEAR(across ? place.lon : place.lat, tick.degrees, 0.0005);
        }
    }
}

TEST(Graticule, DegreesAreWrittenInTheLanguage) {
    EXPECT_EQ(degree_text(-8, true, "en"), "8°W");
    EXPECT_EQ(degree_text(-8, true, "fr"), "8°O");
    EXPECT_EQ(degree_text(12.5, false, "en"), "12°30′N");
    EXPECT_EQ(degree_text(-0.25, false, "fr"), "0°15′S");
    EXPECT_EQ(degree_text(0, true, "en"), "0°");
}

TEST(NorthArrow, StandsOnlyWhereNorthIsNotUp) {
    EXPECT_FALSE(wants_north_arrow(placed("EPSG:3857")));
    EXPECT_FALSE(wants_north_arrow(placed("")));
    EXPECT_TRUE(wants_north_arrow(placed("EPSG:32632"))) << "16° west of its meridian";
    EXPECT_TRUE(wants_north_arrow(placed("", {-17, 0, 30, 38})));
}

TEST(Charts, StepsAreRoundAndFew) {
    EXPECT_EQ(round_step(118, 3), 50);
    EXPECT_EQ(round_step(3, 3), 1);
    EXPECT_EQ(round_step(31, 3), 20);
    EXPECT_EQ(round_step(0, 3), 1);
}

// The page's promise: whatever the paper and the language, nothing lies on anything else or off the sheet.
TEST(Page, NothingCollidesOnAnyPaper) {
    for (const std::string lang : {"en", "fr"})
        for (const PaperSize paper :
             {PaperSize{210, 297}, PaperSize{297, 210}, PaperSize{420, 297}, PaperSize{841, 1189}, PaperSize{1189, 841},
              PaperSize{215.9, 279.4}, PaperSize{600, 300}})
            for (const bool charts : {false, true}) {
                PageContent content = content_of(lang);
                if (charts) {
                    MonthBars bars{"Incidents by month (n = 100)", "Hatched: month covered in part.", {}};
                    for (int m = 1; m <= 12; ++m) bars.bars.push_back({2025, m, 5.0 * m, m == 12});
                    content.panel_blocks.push_back([bars](const Lettering& l, double w, double pt) {
                        return month_bars_block(l, bars, w, 30 * pt / 7, pt);
                    });
                    content.panel_blocks.push_back([](const Lettering& l, double w, double pt) {
                        return ranking_block(
                            l, "Units with most incidents",
                            {{"A unit with a name that is long enough to wrap", 12, "12"}, {"Est", 7, "7"}}, w, pt);
                    });
                }
                EXPECT_TRUE(has(expect_order(content, paper, charts ? "with charts" : "without charts"), "locator"));
            }
}

TEST(Page, ALegendThatIsLongForItsPaperFindsRoom) {
    for (const std::string lang : {"en", "fr"})
        for (const PaperSize paper : {PaperSize{148, 210}, PaperSize{210, 148}})
            for (const std::size_t lines : {4u, 8u}) {
                PageContent content = content_of(lang);
                content.url.clear();
                for (std::size_t i = 0; i < lines; ++i)
                    content.legend.lines.push_back(
                        "A line of the legend that is long enough to be wrapped in a narrow column.");
                expect_order(content, paper, fmt::format("{} more lines", lines));
            }
}

TEST(Page, LooksAsItDid) {
    for (const auto& [name, paper] :
         {std::pair{"page_portrait", PaperSize{210, 297}}, std::pair{"page_landscape", PaperSize{297, 210}}}) {
        const Page page = lay_out_page(content_of("en"), paper, 60 / 25.4);
        Image image{page.sheet.width_px(), page.sheet.height_px(), {}};
        image.pixels.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
        RasterCanvas canvas({image.pixels.data(), image.width, image.height, image.width}, 0, 0);
        paint(page.sheet, canvas);
        test::expect_golden(image, name);
    }
}

TEST(Page, SaysWhatDoesNotFitAndByHowMuch) {
    PageContent content = content_of("en");
    for (int i = 0; i < 40; ++i)
        content.notes.push_back(
            "A note of some length that goes on for more than one line of the column it has to stand in, surely.");
    try {
        lay_out_page(content, {210, 297}, 4);
        FAIL() << "it fitted";
    } catch (const geo::Error& error) {
        EXPECT_EQ(error.kind(), geo::ErrorKind::bad_config);
        EXPECT_NE(std::string(error.what()).find("mm too much"), std::string::npos) << error.what();
    }
}

TEST(Page, ArabicAndTifinaghAreSet) {
    PageContent content = content_of("en");
    content.title = "مالي · ⵎⴰⵍⵉ · Mali";
    EXPECT_EQ(lay_out_page(content, {210, 297}, 4).unknown_glyphs, 0u);
    content.title = "\U00013000"; // a hieroglyph, which none of the fonts has
    EXPECT_GT(lay_out_page(content, {210, 297}, 4).unknown_glyphs, 0u);
}

} // namespace harmattan::render
