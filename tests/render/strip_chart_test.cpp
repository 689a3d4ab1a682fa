// The strip of a corridor, by what it draws on a canvas that keeps boxes, lines and texts.
#include "render/print/strip_chart.hpp"

#include "render/print/strip_labels.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <string>

namespace harmattan::render {

namespace {

struct Drawn {
    PixelExtent box;
    styles::Color color;
    std::string text; ///< empty: a fill or a line
    bool dashed = false;
};

PixelExtent nothing() { return {1e9, 1e9, -1e9, -1e9}; }

void add(PixelExtent& box, double x, double y) {
    box = {std::min(box.min_x, x), std::min(box.min_y, y), std::max(box.max_x, x), std::max(box.max_y, y)};
}

class RecordingCanvas : public Canvas {
public:
    std::vector<Drawn> fills, lines, texts;
    std::vector<std::string> groups;

    void begin_group(std::string_view name) override { groups.emplace_back(name); }
    void begin_clip(const PixelExtent&) override {}
    void end_clip() override {}
    void paint(styles::Color) override {}
    void fill(std::span<const Curve> rings, styles::Color color) override {
        fills.push_back({box_of(rings), color, {}, false});
    }
    void stroke(std::span<const Curve> curves, const Stroke& stroke, styles::Color color) override {
        lines.push_back({box_of(curves), color, {}, !stroke.dashes.empty()});
    }
    void disc(PixelPoint, const Disc&) override {}
    void text(PixelPoint anchor, const TextRun& run, const TextLook& look) override {
        PixelExtent box = nothing();
        for (const PlacedGlyph& glyph : run.glyphs)
            for (const auto& p : glyph.outline->points)
                add(box, anchor.x + static_cast<double>(glyph.x) + p.x * run.size_px,
                    anchor.y + static_cast<double>(glyph.y) + p.y * run.size_px);
        texts.push_back({box, look.color, std::string(run.text), false});
    }
    void image(std::int64_t, std::int64_t, ImageView) override {}

    const Drawn* find(const std::string& text) const {
        const auto found = std::find_if(texts.begin(), texts.end(), [&](const Drawn& d) { return d.text == text; });
        return found == texts.end() ? nullptr : &*found;
    }

private:
    static PixelExtent box_of(std::span<const Curve> curves) {
        PixelExtent box = nothing();
        for (const Curve& curve : curves)
            for (const PixelPoint& p : curve.points) add(box, p.x, p.y);
        return box;
    }
};

constexpr double px_per_mm = 10;

/// 300 km in bins of 10 km, two bands; towns every 20 km.
StripChart sample() {
    StripChart chart;
    chart.title = "Here–There", chart.measure = "Incidents per 10 km (n = 30), 2025", chart.bands_title = "Distance:";
    chart.bands = {"0–10 km", "10–25 km"};
    chart.note = "11 more are known only to an area near the route.";
    chart.length_km = 300;
    chart.stations = {{"Here", 0}, {"There", 300}};
    for (int km = 20; km < 300; km += 20)
        chart.stations.push_back({"Town of the " + std::to_string(km), static_cast<double>(km)});
    chart.borders = {{155, "ML", "BF"}};
    StripPanel panel;
    for (int b = 0; b < 30; ++b)
        panel.bins.push_back({10.0 * b, 10.0 * (b + 1), {b == 3 ? 6.0 : 0.0, b == 3 ? 3.0 : b == 20 ? 2.0 : 0.0}});
    chart.panels = {panel};
    return chart;
}

RecordingCanvas drawn(const Block& block) {
    RecordingCanvas canvas;
    block.draw(Pen(canvas, px_per_mm), {0, 0});
    return canvas;
}

std::vector<Drawn> bars(const RecordingCanvas& canvas, styles::Color color, double below_px) {
    std::vector<Drawn> found;
    for (const Drawn& d : canvas.fills)
        if (d.color == color && d.box.min_y > below_px) found.push_back(d);
    return found;
}

constexpr double under_key_px = 40; ///< the key's swatches stand above

bool meet(const PixelExtent& a, const PixelExtent& b) {
    return a.min_x < b.max_x && b.min_x < a.max_x && a.min_y < b.max_y && b.min_y < a.max_y;
}

} // namespace

TEST(StripChart, LiesInsideItsBlock) {
    const Lettering lettering;
    for (const double width : {90.0, 190.0, 290.0})
        for (const double size : {6.5, 7.0, 10.0}) {
            const Block block = strip_chart_block(lettering, sample(), width, 28 * size / 7, size);
            EXPECT_DOUBLE_EQ(block.width_mm, width);
            EXPECT_GE(block.height_mm, 28 * size / 7 - 1e-9);
            const RecordingCanvas canvas = drawn(block);
            for (const auto* all : {&canvas.fills, &canvas.lines, &canvas.texts})
                for (const Drawn& d : *all) {
                    EXPECT_GE(d.box.min_x, -0.5) << d.text;
                    EXPECT_GE(d.box.min_y, -0.5) << d.text;
                    EXPECT_LE(d.box.max_x, block.width_mm * px_per_mm + 0.5)
                        << d.text << " at " << width << " mm, " << size << " pt";
                    EXPECT_LE(d.box.max_y, block.height_mm * px_per_mm + 0.5) << d.text;
                }
        }
}

TEST(StripChart, IsAsHighAsAskedForWhereTextsLeaveRoom) {
    const Lettering lettering;
    EXPECT_NEAR(strip_chart_block(lettering, sample(), 190, 28, 7).height_mm, 28, 1e-9);
    EXPECT_NEAR(strip_chart_block(lettering, sample(), 190, 40, 7).height_mm, 40, 1e-9);
    StripChart wordy = sample();
    for (int i = 0; i < 5; ++i) wordy.note += " " + wordy.note;
    EXPECT_GT(strip_chart_block(lettering, wordy, 190, 28, 7).height_mm, 28);
}

TEST(StripChart, NoTextMeetsAnother) {
    const Lettering lettering;
    for (const double width : {60.0, 120.0, 190.0, 290.0}) {
        const RecordingCanvas canvas = drawn(strip_chart_block(lettering, sample(), width, 28, 7));
        for (std::size_t i = 0; i < canvas.texts.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                EXPECT_FALSE(meet(canvas.texts[i].box, canvas.texts[j].box))
                    << canvas.texts[i].text << " and " << canvas.texts[j].text << " at " << width << " mm";
    }
}

TEST(StripChart, NamesBothEndsAndTheBorderAtAnyWidth) {
    const Lettering lettering;
    std::size_t narrow = 0, wide = 0;
    for (const double width : {60.0, 290.0}) {
        const RecordingCanvas canvas = drawn(strip_chart_block(lettering, sample(), width, 28, 7));
        for (const char* name : {"Here", "There", "ML", "BF"})
            EXPECT_TRUE(canvas.find(name)) << name << " at " << width << " mm";
        (width < 100 ? narrow : wide) = static_cast<std::size_t>(std::count_if(
            canvas.texts.begin(), canvas.texts.end(), [](const Drawn& d) { return d.text.starts_with("Town"); }));
        EXPECT_TRUE(std::any_of(canvas.lines.begin(), canvas.lines.end(), [](const Drawn& d) { return d.dashed; }));
    }
    EXPECT_LT(narrow, wide);
}

TEST(StripChart, HeightsAreProportionalAndBandsStackNearToFar) {
    const Lettering lettering;
    const RecordingCanvas canvas = drawn(strip_chart_block(lettering, sample(), 190, 40, 7));
    const std::vector<Drawn> near = bars(canvas, strip_band_color(0, 2), under_key_px),
                             far = bars(canvas, strip_band_color(1, 2), under_key_px);
    ASSERT_EQ(near.size(), 1u);
    ASSERT_EQ(far.size(), 2u);
    const double unit = near[0].box.height() / 6, base = near[0].box.max_y;
    EXPECT_NEAR(far[0].box.height(), 3 * unit, 0.02);
    EXPECT_NEAR(far[0].box.max_y, near[0].box.min_y, 0.02); // on top of the near ones
    EXPECT_NEAR(far[1].box.height(), 2 * unit, 0.02);
    EXPECT_NEAR(far[1].box.max_y, base, 0.02);
    EXPECT_NEAR(near[0].box.width(), far[1].box.width(), 0.02);
    // 170 km lie between the two bins.
    EXPECT_NEAR((far[1].box.min_x - near[0].box.min_x) / 170, near[0].box.width() / 0.88 / 10, 0.01);
}

TEST(StripChart, StretchesWithoutDataAreUnderEverything) {
    const Lettering lettering;
    StripChart chart = sample();
    chart.uncovered = {{155, 300}};
    const RecordingCanvas canvas = drawn(strip_chart_block(lettering, chart, 190, 28, 7));
    const auto grey =
        std::find_if(canvas.fills.begin(), canvas.fills.end(), [](const Drawn& d) { return d.color.r == d.color.g; });
    ASSERT_NE(grey, canvas.fills.end());
    EXPECT_NEAR(grey->box.max_x, 1900, 0.5);
    const std::vector<Drawn> near = bars(canvas, strip_band_color(0, 2), under_key_px);
    ASSERT_EQ(near.size(), 1u);
    EXPECT_LT(near[0].box.max_x, grey->box.min_x);
    EXPECT_NEAR(grey->box.max_y, near[0].box.max_y, 0.02);
}

TEST(StripChart, ValuesBeginAtZeroWithAtMostFourRoundTicks) {
    const Lettering lettering;
    for (const double greatest : {0.0, 1.0, 2.0, 7.0, 42.0, 999.0, 12345.0}) {
        StripChart chart = sample();
        chart.panels[0].bins[3].bands = {greatest, 0};
        const RecordingCanvas canvas = drawn(strip_chart_block(lettering, chart, 190, 28, 7));
        const Drawn* zero = canvas.find("0");
        ASSERT_TRUE(zero) << greatest;
        std::size_t ticks = 0;
        for (const Drawn& d : canvas.texts)
            ticks +=
                std::abs(d.box.max_x - zero->box.max_x) < 3 && d.box.max_y <= zero->box.max_y + 1 && d.box.min_y > 55;
        EXPECT_GE(ticks, 2u) << greatest;
        EXPECT_LE(ticks, 4u) << greatest;
    }
}

/// Of rates: an axis of parts, as high as it was asked for.
TEST(StripChart, ValuesMayBePartsOfOne) {
    const Lettering lettering;
    StripChart chart = sample();
    chart.panels[0].bins[3].bands = {0.4, 0}, chart.panels[0].bins[20].bands = {0, 0};
    chart.whole_values = false, chart.least_top = 0.9;
    const RecordingCanvas canvas = drawn(strip_chart_block(lettering, chart, 190, 40, 7));
    for (const char* wanted : {"0.0", "0.5", "1.0"}) EXPECT_TRUE(canvas.find(wanted)) << wanted;
    EXPECT_FALSE(canvas.find("1.5"));
    chart.lang = "fr";
    EXPECT_TRUE(drawn(strip_chart_block(lettering, chart, 190, 40, 7)).find("0,5"));
    chart.least_top = 0.05, chart.panels[0].bins[3].bands = {0.04, 0};
    EXPECT_TRUE(drawn(strip_chart_block(lettering, chart, 190, 40, 7)).find("0,02"));
}

TEST(StripChart, OneHueFromDarkToLight) {
    for (const std::size_t bands : {2u, 4u, 6u})
        for (std::size_t b = 1; b < bands; ++b) {
            const styles::Color a = strip_band_color(b - 1, bands), c = strip_band_color(b, bands);
            EXPECT_LT(a.r + a.g + a.b + 0.15f, c.r + c.g + c.b);
            EXPECT_GT(c.r, c.g);
            EXPECT_GT(c.g, c.b);
        }
    EXPECT_EQ(strip_band_color(0, 1), strip_band_color(0, 4));
}

TEST(StripChart, FrenchWritesThousandsApart) {
    const Lettering lettering;
    StripChart chart = sample();
    chart.length_km = 2100, chart.lang = "fr", chart.borders.clear();
    EXPECT_TRUE(drawn(strip_chart_block(lettering, chart, 190, 28, 7)).find("2\u202f000"));
    chart.lang = "en";
    EXPECT_TRUE(drawn(strip_chart_block(lettering, chart, 190, 28, 7)).find("2,000"));
}

TEST(StripMultiples, MonthsShareOneScaleAndOneKey) {
    const Lettering lettering;
    StripChart chart = sample();
    StripPanel may = chart.panels[0], june = chart.panels[0];
    may.name = "May 2025", may.count = "n = 11", june.name = "June 2025", june.count = "n = 2";
    june.bins[3].bands = {2, 0}, june.bins[20].bands = {0, 0};
    chart.panels = {may, june};
    const Block block = strip_multiples_block(lettering, chart, 190, 9, 7);
    const RecordingCanvas canvas = drawn(block);
    const std::vector<Drawn> near = bars(canvas, strip_band_color(0, 2), under_key_px);
    ASSERT_EQ(near.size(), 2u);
    EXPECT_NEAR(near[0].box.height(), 3 * near[1].box.height(), 0.05);
    EXPECT_NEAR(near[0].box.min_x, near[1].box.min_x, 1e-9);
    EXPECT_LT(near[0].box.max_y, near[1].box.min_y);
    for (const char* text : {"May 2025", "n = 11", "June 2025", "n = 2"}) EXPECT_TRUE(canvas.find(text)) << text;
    EXPECT_EQ(
        std::count_if(canvas.texts.begin(), canvas.texts.end(), [](const Drawn& d) { return d.text == "0–10 km"; }), 1);
    EXPECT_EQ(std::count_if(canvas.texts.begin(), canvas.texts.end(), [](const Drawn& d) { return d.text == "Here"; }),
              1);
    EXPECT_EQ(std::count(canvas.groups.begin(), canvas.groups.end(), "strip-key"), 1);
    for (const Drawn& d : canvas.texts) EXPECT_LE(d.box.max_y, block.height_mm * px_per_mm + 0.5) << d.text;
    for (std::size_t i = 0; i < canvas.texts.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_FALSE(meet(canvas.texts[i].box, canvas.texts[j].box))
                << canvas.texts[i].text << " and " << canvas.texts[j].text;
}

TEST(StripLabels, TheImportantStayAndKeepTheirDistance) {
    // 0         10        20        30
    // [aaaa]  [cc]  [b]          [eee]   d does not fit between a and c; b and e were named before it
    const std::vector<StripLabel> labels{{2, 3, 3, true, 0}, {15, 1, 1, true, 0}, {10, 1, 1, true, 0},
                                         {7, 2, 2, true, 0}, {29, 2, 2, true, 0}, {0.5, 1, 1, false, 0}};
    const std::vector<PlacedStripLabel> placed = place_strip_labels(labels, 0, 30, 1);
    std::vector<std::size_t> kept;
    for (const PlacedStripLabel& p : placed) kept.push_back(p.label);
    EXPECT_EQ(kept, (std::vector<std::size_t>{0, 1, 2, 4}));
    EXPECT_DOUBLE_EQ(placed[0].left, 0); // slid in at the left
    EXPECT_DOUBLE_EQ(placed[0].right, 6);
    EXPECT_DOUBLE_EQ(placed[3].right, 30); // and at the right
}

TEST(StripLabels, WhatFindsNoRoomOverItsTickMayStandBesideIt) {
    // The first at the right end; a border at 24 before it, one at 6 behind the label at the left end, one in what is
    // left but too wide.
    const std::vector<StripLabel> labels{{30, 2.5, 2.5, true, 0},
                                         {0, 2.5, 2.5, true, 0},
                                         {24, 2, 2, false, 5},
                                         {6, 2, 2, false, 5},
                                         {14.5, 5, 5, false, 5.5}};
    const std::vector<PlacedStripLabel> placed = place_strip_labels(labels, 0, 30, 1);
    ASSERT_EQ(placed.size(), 4u);
    EXPECT_EQ(placed[2].label, 2u);
    EXPECT_TRUE(placed[2].beside);
    EXPECT_DOUBLE_EQ(placed[2].right, 23.5);
    EXPECT_DOUBLE_EQ(placed[2].left, 18.5);
    EXPECT_EQ(placed[3].label, 3u);
    EXPECT_TRUE(placed[3].beside) << "5 to 6.5 is the gap";
    EXPECT_DOUBLE_EQ(placed[3].left, 6.5);
}

/// A border so near the end that its codes do not fit to both sides of it.
TEST(StripChart, BordersStayBesideTheEndsOfTheRoute) {
    const Lettering lettering;
    StripChart chart = sample();
    chart.borders = {{290, "ML", "BF"}};
    const RecordingCanvas canvas = drawn(strip_chart_block(lettering, chart, 190, 28, 7));
    for (const char* wanted : {"There", "ML–BF"}) ASSERT_TRUE(canvas.find(wanted)) << wanted;
    EXPECT_FALSE(meet(canvas.find("There")->box, canvas.find("ML–BF")->box));
}

/// A checkpoint whose name finds no room is still to be seen.
TEST(StripChart, EveryCheckpointHasItsTick) {
    const Lettering lettering;
    StripChart chart = sample();
    const auto ticks = [&] {
        const RecordingCanvas canvas = drawn(strip_chart_block(lettering, chart, 120, 28, 7));
        return std::count_if(canvas.lines.begin(), canvas.lines.end(), [](const Drawn& d) {
            return d.box.width() < 1e-9 && std::abs(d.box.height() - 9) < 1e-6;
        });
    };
    const auto before = ticks();
    for (int km = 100; km < 140; ++km)
        chart.stations.push_back({"Checkpoint of the " + std::to_string(km), static_cast<double>(km), true});
    EXPECT_EQ(ticks(), before + 40);
}

} // namespace harmattan::render
