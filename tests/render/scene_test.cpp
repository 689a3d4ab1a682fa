#include "render/scene.hpp"

#include "geo/error.hpp"
#include "golden.hpp"
#include "render/encode.hpp"
#include "scenes.hpp"

#include <array>
#include <gtest/gtest.h>
#include <set>
#include <thread>

namespace harmattan::render {

namespace {

using test::input;
using test::map_layers;
using test::view_around;

std::string error_of(SceneInput scene) {
    try {
        prepare_scene(std::move(scene));
    } catch (const geo::Error& e) {
        EXPECT_EQ(e.kind(), geo::ErrorKind::bad_config);
        return e.line();
    }
    return "no error";
}

/// The part of `whole` (a picture of `view`) that `part` shows.
bool equals_part(const Image& whole, const View& view, const Image& part, const View& of) {
    const ImageView same =
        crop(view_of(whole), static_cast<int>(of.x - view.x), static_cast<int>(of.y - view.y), of.width, of.height);
    for (int y = 0; y < of.height; ++y)
        if (!std::equal(same.row(y), same.row(y) + of.width, view_of(part).row(y))) return false;
    return true;
}

} // namespace

TEST(Scene, TilesPastedTogetherAreTheViewAcrossTheirSeams) {
    const Scene scene = prepare_scene(input(map_layers()));
    for (const int zoom : {4, 6, 8}) {
        const View whole = view_around({10.3, 12.2}, zoom, 1024, 768);
        const Image picture = paint(scene, whole);
        for (int y = 0; y < whole.height; y += 256)
            for (int x = 0; x < whole.width; x += 256) {
                View tile = whole;
                tile.x += x, tile.y += y, tile.width = tile.height = 256;
                EXPECT_TRUE(equals_part(picture, whole, paint(scene, tile), tile))
                    << "zoom " << zoom << " at " << x << ", " << y;
            }
    }
}

TEST(Scene, ThePictureDoesNotDependOnTheNumberOfThreads) {
    const Scene scene = prepare_scene(input(map_layers()));
    const View view = view_around({10.3, 12.2}, 6, 512, 512);
    const Image alone = paint(scene, view);
    std::array<Image, 4> pictures;
    std::vector<std::jthread> threads;
    for (Image& picture : pictures) threads.emplace_back([&] { picture = paint(scene, view); });
    threads.clear();
    for (const Image& picture : pictures) EXPECT_TRUE(picture.pixels == alone.pixels);
}

TEST(Scene, IsTheSameWhenPreparedTwice) {
    const Scene a = prepare_scene(input(map_layers())), b = prepare_scene(input(map_layers()));
    EXPECT_EQ(a.fingerprint(), b.fingerprint());
    const View view = view_around({9, 11}, 7, 300, 300);
    EXPECT_TRUE(paint(a, view).pixels == paint(b, view).pixels);
}

TEST(Scene, HasAnotherFingerprintWhenAnythingItDrawsChanges) {
    std::set<std::string> seen{prepare_scene(input(map_layers())).fingerprint()};
    const auto changed = [&](auto change) {
        SceneInput scene = input(map_layers());
        change(scene);
        return seen.insert(prepare_scene(std::move(scene)).fingerprint()).second;
    };
    EXPECT_TRUE(changed([](SceneInput& s) { s.sources["countries"].vertices[10].lon += 0.3; }));
    EXPECT_TRUE(changed([](SceneInput& s) { s.sources["incidents"].set(3, "count", 25.0); }));
    EXPECT_TRUE(changed([](SceneInput& s) { s.sources["towns"].set(0, "name", std::string("Gao")); }));
    EXPECT_TRUE(changed([](SceneInput& s) { s.scale = 2; }));
    EXPECT_TRUE(changed([](SceneInput& s) { s.max_zoom = 7; }));
    EXPECT_TRUE(changed([](SceneInput& s) { s.style.layers.pop_back(); }));
}

TEST(Scene, SetsAreThePartsOfTheWholePicture) {
    const Scene scene = prepare_scene(input(map_layers()));
    View view = view_around({10, 12}, 6, 256, 256);
    const Image all = paint(scene, view);
    view.sets = Set::base;
    const Image base = paint(scene, view);
    view.sets = Set::heat;
    for (const std::uint32_t p : paint(scene, view).pixels) ASSERT_EQ(p, 0u);
    EXPECT_FALSE(base.pixels == all.pixels);
    view.sets = Sets(Set::base) | Set::points | Set::labels;
    EXPECT_TRUE(paint(scene, view).pixels == all.pixels);
}

TEST(Scene, KnowsTheColourOfEmptyViewsWithoutDrawingThem) {
    const Scene scene = prepare_scene(input(map_layers()));
    EXPECT_EQ(scene.known_uniform(view_around({-20, -20}, 6, 256, 256)), 0xffdbe6eau);
    EXPECT_EQ(scene.known_uniform(view_around({10, 12}, 6, 256, 256)), std::nullopt);
    View land = view_around({5, 15.2}, 8, 60, 60);
    land.sets = Set::base;
    EXPECT_EQ(scene.known_uniform(land), 0xfffbf9f4u);
    land.sets = Set::points;
    EXPECT_EQ(scene.known_uniform(land), 0u);
    // What is said to be uniform is.
    int known = 0;
    for (const int zoom : {4, 6, 8})
        for (double lon = -2; lon < 18; lon += 0.9)
            for (double lat = 6; lat < 17; lat += 1.1) {
                const View view = view_around({lon, lat}, zoom, 48, 48);
                const auto colour = scene.known_uniform(view);
                if (!colour) continue;
                ++known;
                const Image picture = paint(scene, view);
                ASSERT_TRUE(is_uniform(view_of(picture)));
                ASSERT_EQ(picture.pixels.front(), *colour);
            }
    EXPECT_GT(known, 50);
}

TEST(Scene, DrawsHolesWhicheverWayTheirRingsTurn) {
    for (const bool turn : {false, true}) {
        SceneInput scene = input(map_layers());
        geo::FeatureTable& table = scene.sources["countries"];
        if (turn)
            std::reverse(table.vertices.begin() + table.vertex_begin[3],
                         table.vertices.begin() + table.vertex_begin[4]);
        const Scene made = prepare_scene(std::move(scene));
        const Image lake = paint(made, view_around({2, 10}, 6, 3, 3)),
                    shore = paint(made, view_around({2.55, 10}, 6, 3, 3));
        EXPECT_EQ(lake.pixels[4], 0xffdbe6eau);
        EXPECT_EQ(shore.pixels[4], 0xfffbf9f4u);
    }
}

TEST(Scene, NamesALayerWithoutItsSource) {
    SceneInput scene = input(map_layers());
    scene.sources.erase("rivers");
    const std::string line = error_of(std::move(scene));
    EXPECT_NE(line.find("'rivers'"), line.npos) << line;
    EXPECT_NE(line.find("countries, incidents, towns"), line.npos) << line;
}

TEST(Scene, RefusesAHeatmapWithoutADensity) {
    const std::string line = error_of(input(R"({"id": "h", "type": "heatmap", "source": "incidents"})"));
    EXPECT_NE(line.find("'h'"), line.npos) << line;
}

TEST(Scene, WritesItsLegendInTheLanguageAskedFor) {
    SceneInput scene = input(map_layers());
    scene.lang = "fr";
    const Legend legend = prepare_scene(std::move(scene)).legend();
    ASSERT_EQ(legend.entries.size(), 2u);
    EXPECT_EQ(legend.entries[0].label, "Incidents");
    EXPECT_EQ(legend.entries[0].symbol, LegendSymbol::circle);
    EXPECT_EQ(legend.entries[0].size_px, 4); // one incident: radius √4
    EXPECT_EQ(legend.entries[1].label, "Frontière");
    EXPECT_EQ(legend.entries[1].dashes.size(), 2u);
    EXPECT_NE(to_json(legend).find(R"("label": "Frontière")"), std::string::npos);
}

TEST(Golden, Map) {
    const Scene scene = prepare_scene(input(map_layers()));
    test::expect_golden(paint(scene, view_around({8.5, 12.3}, 6, 384, 300)), "map");
}

TEST(Golden, MapAtTwiceTheScale) {
    SceneInput twice = input(map_layers(), 6, 6);
    twice.scale = 2;
    test::expect_golden(paint(prepare_scene(std::move(twice)), view_around({8.5, 12.3}, 6, 384, 300, 2)), "map@2x");
}

TEST(Golden, Lines) {
    const std::string layers = R"(
      {"id": "bg", "type": "background", "paint": {"background-color": "white"}},
      {"id": "gap", "type": "line", "source": "rivers", "paint": {"line-color": "#b0cad6", "line-width": 2, "line-gap-width": 7}},
      {"id": "main", "type": "line", "source": "rivers", "layout": {"line-cap": "round", "line-join": "round"}, "paint": {"line-color": "#17657a", "line-width": 3}},
      {"id": "right", "type": "line", "source": "rivers", "paint": {"line-color": "#b6422a", "line-width": 1.5, "line-offset": 9}},
      {"id": "dots", "type": "line", "source": "rivers", "layout": {"line-cap": "round"}, "paint": {"line-color": "#444444", "line-width": 2, "line-offset": -10, "line-dasharray": [0, 2]}},
      {"id": "edge", "type": "line", "source": "countries", "layout": {"line-join": "bevel"}, "paint": {"line-color": "#d15a29", "line-width": 2, "line-dasharray": [6, 2, 1, 2]}})";
    test::expect_golden(paint(prepare_scene(input(layers)), view_around({9, 12.6}, 6, 320, 240)), "lines");
}

} // namespace harmattan::render
