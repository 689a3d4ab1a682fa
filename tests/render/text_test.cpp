#include "render/text/typesetter.hpp"

#include "curves.hpp"
#include "golden.hpp"
#include "render/raster/raster_canvas.hpp"
#include "render/text/collision_grid.hpp"
#include "render/text/label.hpp"
#include "scenes.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace harmattan::render {

namespace {

TextStyle plain(const std::string& text) {
    TextStyle style;
    style.text = text;
    style.font = "Noto Sans Regular";
    return style;
}

bool any_label(const Scene& scene, const View& view) {
    View labels = view;
    labels.sets = Set::labels;
    for (const std::uint32_t p : paint(scene, labels).pixels)
        if (p != 0) return true;
    return false;
}

} // namespace

TEST(Typesetter, MeasuresInEmsWithoutRounding) {
    Typesetter setter;
    const TextBlock& one = setter.set(plain("Mopti"));
    EXPECT_EQ(one.lines, 1u);
    EXPECT_EQ(one.glyphs.size(), 5u);
    EXPECT_NEAR(one.width, 0.907 + 0.605 + 0.615 + 0.361 + 0.258, 0.02); // advances of the font's own tables
    EXPECT_NEAR(one.ink.max_y - one.ink.min_y, 0.714 + 0.24, 0.03);      // capital height and descender of p
    EXPECT_EQ(setter.unknown_glyphs(), 0u);
}

TEST(Typesetter, CentresCapitalsOnTheOrigin) {
    Typesetter setter;
    const TextBlock& block = setter.set(plain("HHHH"));
    EXPECT_NEAR(block.ink.min_x, -block.ink.max_x, 0.02);
    EXPECT_NEAR(block.ink.min_y, -block.ink.max_y, 0.02);
}

TEST(Typesetter, BreaksLongNamesIntoEvenLines) {
    Typesetter setter;
    TextStyle style = plain("République démocratique du Congo");
    style.max_width = 12;
    const TextBlock& block = setter.set(style);
    EXPECT_EQ(block.lines, 2u);
    EXPECT_LE(block.width, 12.2);
    style.max_width = 0;
    const TextBlock& whole = setter.set(style);
    EXPECT_EQ(whole.lines, 1u);
    EXPECT_LT(block.width, whole.width * 0.75);
}

TEST(Typesetter, ALineEndsNeitherBeforeAUnitNorAtANoBreakSpace) {
    Typesetter setter;
    const auto broken_in = [&](const std::string& text, const std::string& kept, const char* first) {
        TextStyle style = plain(text);
        style.max_width =
            setter.set(plain(text.substr(0, text.find(kept)) + first)).width + 0.1; // the line would hold that much
        const TextBlock& block = setter.set(style);
        const std::size_t from = text.find(kept), to = from + kept.size();
        double height = std::numeric_limits<double>::quiet_NaN();
        for (const SetGlyph& g : block.glyphs) // glyphs on the second line stand lower
            if (g.text_at >= from && g.text_at < to) {
                if (std::isnan(height)) height = g.y;
                if (std::abs(g.y - height) > 0.5) return true;
            }
        return false;
    };
    EXPECT_FALSE(broken_in("incidents par 10 km ou plus", "10 km", "10"));
    EXPECT_FALSE(broken_in("gaussienne (coupée à 4 σ)", "4 σ", "4"));
    EXPECT_FALSE(broken_in("parallèle 12,5° N et autres", "12,5° N", "12,5°"));
    EXPECT_FALSE(broken_in("incidents pour 1\u202f000\u00a0km²", "1\u202f000\u00a0km²", "1"));
    EXPECT_FALSE(broken_in("ils y sont étalés\u202f; voir", "étalés\u202f;", "étalés"));
    EXPECT_TRUE(broken_in("incidents par 10 mois ou plus", "10 mois", "10"));
}

TEST(Typesetter, FontsHaveTheNoBreakSpacesAndDrawNothingForThem) {
    Typesetter setter;
    for (const char* text : {"a\u202fb", "a\u00a0b"})
        EXPECT_EQ(setter.set(plain(text)).ink.max_y, setter.set(plain("a b")).ink.max_y);
    EXPECT_LT(setter.set(plain("a\u202fb")).width, setter.set(plain("a b")).width);
    EXPECT_EQ(setter.unknown_glyphs(), 0u);
}

TEST(Typesetter, JoinsArabicLettersAndLeavesTheirSpacingAlone) {
    Typesetter setter;
    TextStyle style = plain("تمبكتو");
    const TextBlock& word = setter.set(style);
    EXPECT_TRUE(word.joined);
    EXPECT_EQ(setter.unknown_glyphs(), 0u);
    style.letter_spacing = 0.3;
    EXPECT_EQ(setter.set(style).width, word.width);
    // Joined forms are not the isolated letters side by side.
    double apart = 0;
    for (const char* letter : {"ت", "م", "ب", "ك", "ت", "و"}) apart += setter.set(plain(letter)).width;
    EXPECT_LT(word.width, apart * 0.9);
}

TEST(Typesetter, CountsCharactersNoFontHas) {
    Typesetter setter;
    const TextBlock& block = setter.set(plain("a\U0001F9FF"));
    EXPECT_EQ(setter.unknown_glyphs(), 1u);
    EXPECT_EQ(block.glyphs.size(), 2u);
}

TEST(Typesetter, ChangesCaseOfAccentedLetters) {
    EXPECT_EQ(transform_case("Côte d'Ivoire", "uppercase"), "CÔTE D'IVOIRE");
    EXPECT_EQ(transform_case("SÉGOU", "lowercase"), "ségou");
    EXPECT_EQ(transform_case("Gao", "none"), "Gao");
}

TEST(Label, StandsOnTheSideItsAnchorNames) {
    Typesetter setter;
    const TextBlock& block = setter.set(plain("Djenné"));
    const LabelMetrics metrics{12, 1, 2};
    const PixelPoint at{500, 300};
    EXPECT_GT(set_at(at, block, anchor_shift("left"), 0.5, 0, metrics).ink.min_x, 500);
    EXPECT_LT(set_at(at, block, anchor_shift("right"), -0.5, 0, metrics).ink.max_x, 500);
    EXPECT_GT(set_at(at, block, anchor_shift("top"), 0, 0.3, metrics).ink.min_y, 300);
    EXPECT_LT(set_at(at, block, anchor_shift("bottom"), 0, -0.6, metrics).ink.max_y, 300);
    const Label middle = set_at(at, block, anchor_shift("center"), 0, 0, metrics);
    EXPECT_NEAR(middle.ink.min_x + middle.ink.max_x, 1000, 3);
}

TEST(Label, AlongALineIsUprightWhicheverWayTheLineRuns) {
    Typesetter setter;
    TextStyle style = plain("Nakambé");
    style.max_width = 0;
    const TextBlock& block = setter.set(style);
    for (const bool back : {false, true}) {
        std::vector<PixelPoint> line;
        for (int i = 0; i <= 60; ++i) line.push_back({4.0 * i, 40 * std::sin(i / 25.0)});
        if (back) std::reverse(line.begin(), line.end());
        const LabelPath path(line, 14);
        const auto label = set_along(path, path.length() / 2, block, 0, 0.5, {12, 1, 2});
        ASSERT_TRUE(label);
        EXPECT_EQ(label->glyphs.size(), block.glyphs.size());
        for (std::size_t i = 0; i < label->glyphs.size(); ++i) {
            EXPECT_GT(label->glyphs[i].cosine, 0.5f);
            EXPECT_TRUE(i == 0 || label->glyphs[i].x > label->glyphs[i - 1].x);
        }
    }
}

TEST(Label, DoesNotGoRoundASharpCornerOrBeyondTheLine) {
    Typesetter setter;
    TextStyle style = plain("Nakambé");
    style.max_width = 0;
    const TextBlock& block = setter.set(style);
    const LabelPath corner({{0, 0}, {60, 0}, {60, 60}}, 2);
    EXPECT_FALSE(set_along(corner, corner.length() / 2, block, 0, 0.3, {12, 1, 2}));
    const LabelPath brief({{0, 0}, {30, 0}}, 2);
    EXPECT_FALSE(set_along(brief, 15, block, 0, 0.3, {12, 1, 2}));
}

TEST(LabelPath, JoinsThePiecesOfARiver) {
    const auto joined = join_lines({{{0, 0}, {10, 0}}, {{20, 5}, {10, 0}}, {{50, 50}, {60, 60}}, {{20, 5}, {30, 5}}});
    ASSERT_EQ(joined.size(), 2u);
    EXPECT_EQ(joined[0].size(), 4u);
    EXPECT_TRUE(joined[0].front() == (PixelPoint{0, 0}) || joined[0].front() == (PixelPoint{30, 5}));
}

TEST(CollisionGrid, KeepsBoxesApartButLetsANameStandAtItsOwnDot) {
    CollisionGrid grid(32);
    const PixelPoint dot{100, 100};
    grid.take({95, 95, 105, 105}, dot);
    const std::vector<PixelExtent> name{{102, 90, 150, 110}};
    EXPECT_TRUE(grid.are_free(name, dot));
    EXPECT_FALSE(grid.are_free(name, {300, 300}));
    grid.take(name[0], CollisionGrid::nobody);
    EXPECT_FALSE(grid.are_free(name, dot));
    EXPECT_TRUE(grid.are_free(std::vector<PixelExtent>{{400, 400, 410, 410}}, dot));
}

TEST(CollisionGrid, LetsTheNameOfACapitalCoverNamelessDotsOfLowerLayers) {
    CollisionGrid grid(32);
    const PixelPoint town{130, 100}, named_town{170, 100}, capital{100, 100}, other_capital{210, 100};
    const auto box = [](PixelPoint p) { return PixelExtent{p.x - 2, p.y - 2, p.x + 2, p.y + 2}; };
    grid.begin_layer();
    grid.take(box(town), town);
    grid.take(box(named_town), named_town);
    grid.begin_layer();
    grid.take(box(capital), capital);
    grid.take(box(other_capital), other_capital);
    grid.name(named_town);
    const auto from = [](double x, double to) { return std::vector<PixelExtent>{{x, 95, to, 105}}; };
    const auto over_town = grid.coverable(from(103, 150), capital);
    ASSERT_TRUE(over_town);
    EXPECT_EQ(over_town->size(), 1u);
    EXPECT_FALSE(grid.coverable(from(103, 180), capital));   // a town that has its name
    EXPECT_FALSE(grid.coverable(from(190, 220), capital));   // a dot of its own layer
    EXPECT_FALSE(grid.coverable(from(90, 120), town));       // a dot above
    EXPECT_TRUE(grid.coverable(from(190, 220), {300, 300})); // an area's name, which has no dot
    grid.cover(*over_town);
    EXPECT_TRUE(grid.is_covered(town));
    EXPECT_FALSE(grid.is_covered(named_town));
    grid.take({140, 95, 160, 105}, CollisionGrid::nobody);
    EXPECT_FALSE(grid.coverable(from(103, 150), capital)); // another name
}

TEST(Label, OfAnAreaHasPlacesWhollyInsideItNearestFirst) {
    // An hourglass: wide at the top and the bottom, 20 pixels at its waist.
    const test::Curves area({{0, 0}, {200, 0}, {110, 100}, {200, 200}, {0, 200}, {90, 100}, {0, 0}}, true);
    const PixelExtent bounds{-1000, -1000, 1000, 150};
    const auto places = places_inside(area.get(), bounds, 60, 20, {100, 130});
    ASSERT_FALSE(places.empty());
    double before = 0;
    for (const PixelPoint& p : places) {
        const double away = std::hypot(p.x - 100, p.y - 130);
        EXPECT_GE(away, before);
        before = away;
        EXPECT_TRUE(std::abs(p.y - 100) > 25 && p.y <= 140) << p.y;
        EXPECT_TRUE(p.x >= 30 && p.x <= 170) << p.x;
    }
    EXPECT_TRUE(places_inside(area.get(), bounds, 250, 20, {100, 130}).empty());
}

TEST(Labels, NoneOverlapsAnother) {
    // Drawn one by one in a translucent colour, overlapping labels would show where the colour is laid twice.
    const Scene scene = prepare_scene(
        test::input(R"({"id": "n", "type": "symbol", "source": "towns", "layout": {"text-field": ["get", "name"],
        "text-font": ["Noto Sans Bold"], "text-size": 15, "text-padding": 1}, "paint": {"text-color": "#00000080"}})"));
    for (const int zoom : {4, 6, 8}) {
        const View view = test::view_around({10, 12}, zoom, 800, 600);
        EXPECT_TRUE(any_label(scene, view));
        for (const std::uint32_t p : paint(scene, view).pixels) ASSERT_LE(p >> 24, 129u);
    }
}

TEST(Labels, FewerFitOnCoarserZooms) {
    const Scene scene = prepare_scene(test::input(test::map_layers()));
    std::size_t before = 0;
    for (const int zoom : {4, 5, 6, 7}) {
        View view = test::view_around({10, 12}, zoom, 256 << (zoom - 4), 256 << (zoom - 4));
        view.sets = Set::labels;
        std::size_t ink = 0;
        for (const std::uint32_t p : paint(scene, view).pixels) ink += p != 0;
        EXPECT_GT(ink, before) << zoom;
        before = ink;
    }
}

TEST(Golden, RiverNames) {
    const Scene scene = prepare_scene(test::input(R"(
      {"id": "bg", "type": "background", "paint": {"background-color": "#fbf9f4"}},
      {"id": "rivers", "type": "line", "source": "rivers", "layout": {"line-join": "round"}, "paint": {"line-color": "#b0cad6", "line-width": 1.6}},
      {"id": "names", "type": "symbol", "source": "rivers", "layout": {"symbol-placement": "line", "text-field": ["get", "name"],
       "symbol-spacing": 150, "text-font": ["Noto Sans Italic"], "text-size": 13, "text-letter-spacing": 0.05},
       "paint": {"text-color": "#3c728f", "text-halo-color": "#ffffffcc", "text-halo-width": 1}})"));
    test::expect_golden(paint(scene, test::view_around({8.6, 12.3}, 6, 300, 220)), "river_names");
}

} // namespace harmattan::render
