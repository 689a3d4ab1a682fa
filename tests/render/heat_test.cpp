#include "geo/density/field.hpp"
#include "geo/mercator.hpp"
#include "golden.hpp"
#include "render/color_scale.hpp"
#include "render/encode.hpp"
#include "render/heat_legend.hpp"
#include "scenes.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>

namespace harmattan::render {

namespace {

constexpr const char* heat_layer = R"json({"id": "heat", "type": "heatmap", "source": "incidents",
    "metadata": {"harmattan:mode": "ground", "harmattan:legend": {"en": "Incidents per 1,000 km²", "fr": "Incidents pour 1 000 km²"}},
    "paint": {"heatmap-opacity": 0.9, "heatmap-color": ["interpolate", ["linear"], ["heatmap-density"], 0, "rgba(251, 228, 173, 0.2)",
              0.3, "#ee9542", 0.7, "#9a2c2a", 1, "#430d20"]}})json";

geo::Field field() {
    geo::Events events;
    std::mt19937 random(21);
    for (int i = 0; i < 400; ++i) {
        const auto spread = [&] {
            return static_cast<double>(random() % 1000 + random() % 1000 + random() % 1000) / 1500 - 1;
        };
        events.at.push_back({static_cast<std::int32_t>((9.8 + 1.6 * spread()) * 1e7),
                             static_cast<std::int32_t>((12 + 1.4 * spread()) * 1e7)});
        events.precision.push_back(geo::Precision::place);
    }
    events.spread_m.assign(geo::precision_count, 0);
    geo::FieldOptions options;
    options.bandwidth_m = 20'000;
    return geo::build_field(events, options);
}

SceneInput heat_input(bool masked) {
    SceneInput scene = test::input(heat_layer, 4, 7);
    scene.heat.emplace("heat", HeatInput{field(), 2e-4, 2e-2});
    if (masked) {
        geo::FeatureTable west;
        west.add_feature(geo::GeometryType::polygon);
        const geo::FeatureTable all = test::countries();
        west.add_part(all.part(0));
        scene.heat_mask = west;
    }
    return scene;
}

} // namespace

TEST(ColorScale, FindsTheStepOfEveryValue) {
    const ColorScale scale(2e-4, 5e-2);
    EXPECT_EQ(scale.step(0), ColorScale::none);
    EXPECT_EQ(scale.step(1.99e-4f), ColorScale::none);
    EXPECT_EQ(scale.step(2.0001e-4f), 0);
    EXPECT_EQ(scale.step(5e-2f), ColorScale::steps - 1);
    EXPECT_EQ(scale.step(1e9f), ColorScale::steps - 1);
    EXPECT_EQ(scale.step(std::nanf("")), ColorScale::none);
    EXPECT_EQ(scale.step(-1), ColorScale::none);
    EXPECT_EQ(scale.step(-1e-30f), ColorScale::none);
    EXPECT_EQ(scale.step(std::numeric_limits<float>::infinity()), ColorScale::steps - 1);
    for (double v = 2.001e-4; v < 4.99e-2; v *= 1.0007) {
        const double exact = std::log(v / 2e-4) / std::log(250.0) * ColorScale::steps;
        const int step = scale.step(static_cast<float>(v));
        EXPECT_LE(std::abs(exact - (step + 0.5)), 0.5 + 1e-3) << v;
    }
}

TEST(ColorScale, KeepsItsOrderOnAVeryShortScale) {
    const ColorScale scale(1, 1.05);
    int last = ColorScale::none;
    for (float v = 0.999f; v < 1.06f; v += 1e-5f) {
        const int step = scale.step(v);
        ASSERT_GE(step, last);
        ASSERT_LE(step, last + 1);
        last = step;
    }
    EXPECT_EQ(last, ColorScale::steps - 1);
}

TEST(Heat, GivesAPixelTheColourOfTheDensityAtItsCentre) {
    const geo::Field density = field();
    const Scene scene = prepare_scene(heat_input(false));
    const ColorScale scale(2e-4, 2e-2);
    std::map<int, std::uint32_t> color_of_step;
    std::set<std::uint32_t> colors;
    for (const int zoom : {5, 7}) {
        color_of_step.clear();
        const View view = test::view_around({9.8, 12}, zoom, 300, 260);
        const Image picture = paint(scene, view);
        for (int y = 0; y < view.height; y += 3)
            for (int x = 0; x < view.width; x += 3) {
                const auto place = geo::to_lonlat(view.matrix().to_mercator(
                    {static_cast<double>(view.x + x) + 0.5, static_cast<double>(view.y + y) + 0.5}));
                const double value = density.at(place);
                const std::uint32_t pixel = picture.pixels[static_cast<std::size_t>(y * view.width + x)];
                if (value < 1.99e-4) {
                    EXPECT_EQ(pixel, 0u);
                    continue;
                }
                // Every step has one colour; a value on a border may fall to either side.
                const double exact = std::log(value / 2e-4) / std::log(100.0) * ColorScale::steps;
                if (std::abs(exact - std::round(exact)) < 0.02) continue;
                const auto [known, is_new] = color_of_step.try_emplace(scale.step(static_cast<float>(value)), pixel);
                EXPECT_EQ(known->second, pixel) << "zoom " << zoom << ", density " << value;
            }
        EXPECT_GT(color_of_step.size(), 60u);
    }
}

TEST(Heat, StaysInsideItsMaskAndWithinOnePalette) {
    const Scene scene = prepare_scene(heat_input(true));
    const View view = test::view_around({10.2, 12}, 7, 512, 512);
    const Image picture = paint(scene, view);
    std::size_t west = 0, east = 0;
    for (int y = 0; y < 512; ++y)
        for (int x = 0; x < 512; ++x)
            (x < 200 ? west : east) +=
                x < 200 || x > 330 ? picture.pixels[static_cast<std::size_t>(y * 512 + x)] != 0 : 0;
    EXPECT_GT(west, 1000u);
    EXPECT_EQ(east, 0u);
    const std::vector<std::byte> png = encode(crop(view_of(picture), 100, 128, 256, 256), ImageFormat::png);
    EXPECT_EQ(static_cast<int>(png[25]), 3) << "a tile of heat with the mask's edge in it is paletted";
}

TEST(Heat, KnowsWhereThereIsNone) {
    const Scene scene = prepare_scene(heat_input(false));
    EXPECT_EQ(scene.known_uniform(test::view_around({-10, -10}, 6, 256, 256)), 0u);
    EXPECT_EQ(scene.known_uniform(test::view_around({9.8, 12}, 6, 256, 256)), std::nullopt);
}

TEST(HeatLegend, HasRoundTicksInTheUnitPeopleRead) {
    EXPECT_EQ(round_ticks(1, 10), (std::vector<double>{1, 1.5, 2, 3, 5, 7, 10}));
    EXPECT_EQ(round_ticks(0.2, 50), (std::vector<double>{0.3, 1, 3, 10, 30}));
    EXPECT_EQ(round_ticks(0.2, 20), (std::vector<double>{0.2, 0.5, 1, 2, 5, 10, 20}));
    EXPECT_EQ(round_ticks(0.001, 1e6).size(), 10u); // powers of ten, however many
    const Legend legend = prepare_scene(heat_input(false)).legend();
    ASSERT_EQ(legend.entries.size(), 1u);
    const LegendRamp& ramp = legend.entries[0].ramp.at(0);
    EXPECT_DOUBLE_EQ(ramp.low, 0.2);
    EXPECT_DOUBLE_EQ(ramp.high, 20);
    EXPECT_EQ(ramp.unit, "events per 1,000 km²");
    EXPECT_EQ(ramp.below, "less than 0.2 is not shown");
    EXPECT_EQ(ramp.ticks.front().label, "0.2");
    EXPECT_DOUBLE_EQ(ramp.ticks.front().at, 0);
    EXPECT_DOUBLE_EQ(ramp.ticks.back().at, 1);
    for (const styles::Color& c : ramp.stops) EXPECT_EQ(c.a, 1);
}

TEST(HeatLegend, SpeaksFrench) {
    SceneInput scene = heat_input(false);
    scene.lang = "fr";
    const Legend legend = prepare_scene(std::move(scene)).legend();
    const LegendRamp& ramp = legend.entries.at(0).ramp.at(0);
    EXPECT_EQ(legend.entries[0].label, "Incidents pour 1 000 km²");
    EXPECT_EQ(ramp.ticks.front().label, "0,2");
    EXPECT_EQ(ramp.below, "moins de 0,2\u00a0: non représenté");
}

TEST(Golden, Heat) {
    test::expect_golden(paint(prepare_scene(heat_input(true)), test::view_around({9.8, 12}, 6, 256, 256)), "heat", 0);
}

} // namespace harmattan::render
