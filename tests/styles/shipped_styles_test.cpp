#include "styles/shipped.hpp"

#include "geo/error.hpp"
#include "styles/color_vision.hpp"
#include "styles/json.hpp"
#include "styles/ramp.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

namespace harmattan::styles {

namespace {

const std::filesystem::path folder = std::filesystem::path(HARMATTAN_TEST_SOURCE) / "styles" / "shipped";

std::string text_of(const std::filesystem::path& file) {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

/// A place or area with every property a label may ask for.
class Anything : public FeatureView {
public:
    explicit Anything(Object properties) : m_properties(std::move(properties)) {}
    Value property(std::string_view name) const override {
        const auto found = m_properties.find(std::string(name));
        return found == m_properties.end() ? Value() : found->second;
    }
    geo::GeometryType geometry() const override { return geo::GeometryType::polygon; }

private:
    Object m_properties;
};

class ShippedStyleTest : public testing::TestWithParam<std::string> {
protected:
    Style style = open_style(GetParam(), folder);
    const Layer& layer(std::string_view id) const {
        const Layer* found = style.find_layer(id);
        if (!found) throw std::runtime_error("no layer " + std::string(id));
        return *found;
    }
    Color land() const { return layer("land").color("fill-color", {}); }
    Color sea() const { return layer("sea").color("background-color", {}); }
};

} // namespace

TEST(ShippedStyles, AreFoundByName) {
    const auto styles = shipped_styles(folder);
    ASSERT_EQ(styles.size(), 3u);
    EXPECT_EQ(styles[0].name, "dark");
    EXPECT_EQ(styles[1].name, "light");
    EXPECT_EQ(styles[2].name, "print");
    EXPECT_EQ(open_style("light", folder).name, "harmattan light");
    EXPECT_EQ(open_style(styles[0].file.string(), folder).name, "harmattan dark");
}

TEST(ShippedStyles, AWrongNameIsOneLineWithTheNearestName) {
    try {
        open_style("lights", folder);
        FAIL();
    } catch (const geo::Error& error) {
        EXPECT_EQ(error.kind(), geo::ErrorKind::no_input);
        EXPECT_NE(std::string(error.what()).find("did you mean 'light'"), std::string::npos) << error.what();
        EXPECT_NE(std::string(error.what()).find("dark, light, print"), std::string::npos) << error.what();
    }
}

TEST_P(ShippedStyleTest, HasNeitherFaultsNorAnythingThatIsNotDrawn) {
    const StyleReading reading = check_style(text_of(folder / ("harmattan-" + GetParam() + ".json")), "shipped");
    for (const Fault& fault : reading.faults) ADD_FAILURE() << fault.pointer << ": " << fault.message;
    for (const Fault& warning : reading.warnings) ADD_FAILURE() << warning.pointer << ": " << warning.message;
}

TEST_P(ShippedStyleTest, EveryLayerBelongsToASetAndEverySetHasLayers) {
    std::set<std::string> sets;
    for (const Layer& each : style.layers) {
        ASSERT_TRUE(each.note("set").string()) << each.id;
        sets.insert(*each.note("set").string());
    }
    EXPECT_EQ(sets, (std::set<std::string>{"base", "corridors", "heat", "labels", "points"}));
    EXPECT_EQ(*style.note("theme").string(), GetParam() == "dark" ? "dark" : "light");
}

TEST_P(ShippedStyleTest, LegendsAreInBothLanguages) {
    int legends = 0;
    for (const Layer& each : style.layers) {
        const Value& legend = each.note("legend");
        if (legend.is_null()) continue;
        ++legends;
        EXPECT_TRUE(legend["en"].string() && !legend["en"].string()->empty()) << each.id;
        EXPECT_TRUE(legend["fr"].string() && !legend["fr"].string()->empty()) << each.id;
    }
    EXPECT_GE(legends, 7);
}

TEST_P(ShippedStyleTest, LabelsStandAboveHeatAndHeatAboveLand) {
    std::size_t land_at = 0, heat_at = 0, first_text = style.layers.size();
    for (std::size_t i = 0; i < style.layers.size(); ++i) {
        if (style.layers[i].id == "land") land_at = i;
        if (style.layers[i].type == LayerType::heatmap) heat_at = i;
        if (style.layers[i].type == LayerType::symbol) first_text = std::min(first_text, i);
    }
    EXPECT_LT(land_at, heat_at);
    EXPECT_LT(heat_at, first_text);
}

TEST_P(ShippedStyleTest, HeatFadesInFromNothingAndIsItsNamedRamp) {
    const Layer& heat = layer("heat");
    const Ramp seen = ramp_of(heat);
    EXPECT_EQ(seen.colors[0].a, 0);
    EXPECT_EQ(seen.at(0.12).a, 1);
    ASSERT_TRUE(heat.note("ramp").string());
    const Ramp* named = find_ramp(*heat.note("ramp").string());
    ASSERT_NE(named, nullptr);
    for (std::size_t i = 26; i < Ramp::size; ++i) EXPECT_LT(difference_00(seen.colors[i], named->colors[i]), 2) << i;
}

TEST_P(ShippedStyleTest, HeatClassesAsSeenOnTheMapAreToldApartByEveryEye) {
    const Layer& heat = layer("heat");
    const double opacity = heat.number("heatmap-opacity", {});
    std::vector<Color> classes{land()};
    for (Color color : class_colors(ramp_of(heat), 5)) {
        color.a *= static_cast<float>(opacity);
        classes.push_back(composite(color, land()));
    }
    for (std::size_t i = 1; i < classes.size(); ++i) {
        EXPECT_GE(difference_00(classes[i - 1], classes[i]), 10) << i;
        for (const Dichromacy kind : {Dichromacy::protan, Dichromacy::deutan, Dichromacy::tritan}) {
            // The lowest class fades into the land by design: it need only be seen.
            const double least = i == 1 ? 5 : 10;
            EXPECT_GE(difference_00(simulate(classes[i - 1], kind), simulate(classes[i], kind)), least)
                << i << " kind " << static_cast<int>(kind);
        }
    }
}

TEST_P(ShippedStyleTest, CorridorsAreToldFromHeatAndLandByEveryEye) {
    const Color core = layer("corridor").color("line-color", {});
    const Color casing = layer("corridor-casing").color("line-color", {});
    EXPECT_GE(contrast_ratio(core, casing), 3);
    std::vector<Color> grounds = class_colors(ramp_of(layer("heat")), 5);
    grounds.push_back(land());
    for (const Color& ground : grounds) {
        const auto apart = [&](const Color& a) {
            double least = difference_00(a, ground);
            for (const Dichromacy kind : {Dichromacy::protan, Dichromacy::deutan, Dichromacy::tritan})
                least = std::min(least, difference_00(simulate(a, kind), simulate(ground, kind)));
            return least;
        };
        EXPECT_GE(std::max(apart(core), apart(casing)), 20) << to_css(ground); // one of the two shows everywhere
        EXPECT_GE(apart(core), 10) << to_css(ground);
    }
}

TEST_P(ShippedStyleTest, LevelsOfCorridorsAreToldApartAndFromHeatAndLandByEveryEye) {
    std::vector<Color> levels{layer("corridor").color("line-color", {})};
    for (const char* id : {"corridor-level-1", "corridor-level-2", "corridor-level-3"})
        levels.push_back(layer(id).color("line-color", {}));
    const auto apart = [&](const Color& a, const Color& b) {
        double least = difference_00(a, b);
        for (const Dichromacy kind : {Dichromacy::protan, Dichromacy::deutan, Dichromacy::tritan})
            least = std::min(least, difference_00(simulate(a, kind), simulate(b, kind)));
        return least;
    };
    std::vector<Color> grounds = class_colors(ramp_of(layer("heat")), 5);
    grounds.push_back(land());
    const Color casing = layer("corridor-casing").color("line-color", {});
    EvaluationContext context;
    for (std::size_t i = 1; i < levels.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) EXPECT_GE(apart(levels[i], levels[j]), 10) << i << " " << j;
        for (const Color& ground : grounds)
            EXPECT_GE(std::max(apart(levels[i], ground), apart(casing, ground)), 20) << i << " " << to_css(ground);
        EXPECT_GE(contrast_ratio(levels[i], casing), 3) << i;
        for (double zoom = 3; zoom <= 13; ++zoom) { // worse is wider, and none hides the casing
            context.zoom = zoom;
            const Layer &level = layer("corridor-level-" + std::to_string(i)),
                        &below = layer(i == 1 ? "corridor" : "corridor-level-" + std::to_string(i - 1));
            EXPECT_GE(level.number("line-width", context), below.number("line-width", context));
            EXPECT_LT(level.number("line-width", context), layer("corridor-casing").number("line-width", context));
        }
    }
}

TEST_P(ShippedStyleTest, LinesAndTextsContrastWithTheirGround) {
    for (const char* line : {"boundary", "boundary-undetermined", "corridor"})
        EXPECT_GE(contrast_ratio(layer(line).color("line-color", {}), land()), 3) << line;
    const Anything feature({{"covered", Value(true)}, {"area_km2", Value(500'000.0)}, {"rank", Value(4.0)}});
    for (const Layer& each : style.layers) {
        if (each.type != LayerType::symbol) continue;
        EvaluationContext context;
        context.feature = &feature;
        for (int zoom = 3; zoom <= 13; ++zoom) {
            context.zoom = zoom;
            const bool on_water = each.source == "lakes";
            const Color ground = on_water ? layer("lakes").color("fill-color", {}) : land();
            EXPECT_GE(contrast_ratio(each.color("text-color", context), ground), 4.5) << each.id;
            // Over heat a label stands on its halo.
            EXPECT_GE(contrast_ratio(each.color("text-color", context),
                                     composite(each.color("text-halo-color", context), ground)),
                      4.5)
                << each.id;
            EXPECT_GE(each.number("text-halo-width", context), 1) << each.id;
            EXPECT_GE(each.number("text-size", context), 8.5) << each.id << " at " << zoom;
            EXPECT_LE(each.number("text-size", context), 24) << each.id << " at " << zoom;
        }
    }
}

TEST_P(ShippedStyleTest, OnlyFontsThatTheProjectNamesAreUsed) {
    const std::set<std::string> named{"Noto Sans Regular", "Noto Sans Bold", "Noto Sans Italic"};
    for (const Layer& each : style.layers) {
        if (each.type != LayerType::symbol) continue;
        for (const std::string& font : each.texts("text-font", {})) EXPECT_TRUE(named.contains(font)) << font;
    }
}

TEST_P(ShippedStyleTest, ACircleOfFourTimesTheEventsIsTwiceAsWide) {
    const Layer& incidents = layer("incidents");
    const auto radius = [&](double count) {
        const Anything stack({{"count", Value(count)}});
        EvaluationContext context;
        context.zoom = 8;
        context.feature = &stack;
        return incidents.number("circle-radius", context);
    };
    EXPECT_NEAR(radius(4) / radius(1), 2, 1e-9);
    EXPECT_NEAR(radius(16) / radius(1), 4, 1e-9);
    EXPECT_LE(radius(1e6), 60); // a stack of everything does not hide the map
}

/// Screens only: a page has thresholds of its own.
class ShippedScreenStyleTest : public ShippedStyleTest {};

TEST_P(ShippedScreenStyleTest, CapitalsShowFromZoomFourAndTownsByRank) {
    const auto shown = [&](const char* id, const char* kind, double rank, double zoom) {
        const Anything place({{"class", Value(kind)}, {"rank", Value(rank)}});
        EvaluationContext context;
        context.zoom = zoom;
        context.feature = &place;
        return layer(id).drawn_at(zoom) && layer(id).accepts(context);
    };
    EXPECT_FALSE(shown("capital", "capital", 1, 3));
    EXPECT_TRUE(shown("capital", "capital", 1, 4));
    EXPECT_TRUE(shown("capital", "capital", 1, 9));
    EXPECT_FALSE(shown("seat", "admin1_seat", 3, 4));
    EXPECT_TRUE(shown("seat", "admin1_seat", 3, 5));
    EXPECT_FALSE(shown("seat", "admin1_seat", 6, 6));
    EXPECT_TRUE(shown("seat", "admin1_seat", 6, 7));
    EXPECT_FALSE(shown("town", "town", 4, 5));
    EXPECT_TRUE(shown("town", "town", 4, 6));
    EXPECT_FALSE(shown("town", "town", 7, 8));
    EXPECT_TRUE(shown("town", "town", 7, 9));
    EXPECT_FALSE(shown("town", "capital", 1, 9));
}

INSTANTIATE_TEST_SUITE_P(All, ShippedStyleTest, testing::Values("light", "dark", "print"),
                         [](const auto& chosen) { return chosen.param; });
INSTANTIATE_TEST_SUITE_P(Both, ShippedScreenStyleTest, testing::Values("light", "dark"),
                         [](const auto& chosen) { return chosen.param; });

namespace {

class PrintStyleTest : public ShippedStyleTest {
protected:
    Style light = open_style("light", folder);
    static constexpr double mm = 96 / 25.4; ///< in style pixels
};

} // namespace

TEST_P(PrintStyleTest, OneLegendOfHeatServesWebAndPaper) {
    const Layer& paper = layer("heat");
    const Layer& web = *light.find_layer("heat");
    EvaluationContext at;
    for (int i = 0; i <= 1000; ++i) {
        at.heatmap_density = i / 1000.0;
        EXPECT_EQ(to_css(paper.color("heatmap-color", at)), to_css(web.color("heatmap-color", at))) << i;
    }
    for (int zoom = 3; zoom <= 13; ++zoom) {
        EvaluationContext context;
        context.zoom = zoom;
        EXPECT_EQ(paper.number("heatmap-opacity", context), web.number("heatmap-opacity", context)) << zoom;
    }
}

TEST_P(PrintStyleTest, SaysInTheLegendWhatTheWebSays) {
    for (const Layer& each : light.layers) {
        const Value& legend = each.note("legend");
        if (legend.is_null()) continue;
        for (const char* lang : {"en", "fr"})
            EXPECT_EQ(*layer(each.id).note("legend")[lang].string(), *legend[lang].string()) << each.id;
    }
}

TEST_P(PrintStyleTest, MeasuresOfA4AreThoseOfPrintedMaps) {
    EvaluationContext context;
    context.zoom = 5;
    EXPECT_NEAR(layer("boundary-casing").number("line-width", context), 0.71 * mm, 0.02);
    EXPECT_NEAR(layer("boundary").number("line-width", context), 0.35 * mm, 0.02);
    context.zoom = 9;
    EXPECT_NEAR(layer("corridor-casing").number("line-width", context), 1.6 * mm, 0.02);
    EXPECT_NEAR(layer("corridor").number("line-width", context), 1.1 * mm, 0.02);
    context.zoom = 7;
    EXPECT_NEAR(layer("admin1-casing").number("line-width", context), 0.5 * mm, 0.02);
    EXPECT_NEAR(layer("admin1").number("line-width", context), 0.25 * mm, 0.02);
}

TEST_P(PrintStyleTest, NoLetterIsSmallerThanSixAndAHalfPoints) {
    for (const Layer& each : style.layers) {
        if (each.type != LayerType::symbol) continue;
        for (double area : {1e3, 5e4, 2e5, 1e6})
            for (double rank = 1; rank <= 9; ++rank)
                for (double zoom = 3; zoom <= 13; zoom += 0.25) {
                    const Anything feature(
                        {{"covered", Value(true)}, {"area_km2", Value(area)}, {"rank", Value(rank)}});
                    EvaluationContext context;
                    context.feature = &feature;
                    context.zoom = zoom;
                    ASSERT_GE(each.number("text-size", context) * 0.75, 6.5) << each.id << " at " << zoom;
                }
    }
}

TEST_P(PrintStyleTest, APlaceHasItsDotWhereverItHasItsName) {
    for (const auto& [name, dot] : {std::pair{"town", "town-dot"},
                                    {"seat", "seat-ring"},
                                    {"seat", "seat-dot"},
                                    {"capital", "capital-ring"},
                                    {"capital", "capital-dot"}})
        for (const char* kind : {"town", "admin1_seat", "capital"})
            for (double rank = 1; rank <= 9; ++rank)
                for (double zoom = 3; zoom <= 13; zoom += 0.25)
                    for (bool covered : {true, false}) {
                        const Anything place(
                            {{"class", Value(kind)}, {"rank", Value(rank)}, {"covered", Value(covered)}});
                        EvaluationContext context;
                        context.zoom = zoom;
                        context.feature = &place;
                        const auto shown = [&](const char* id) {
                            return layer(id).drawn_at(zoom) && layer(id).accepts(context);
                        };
                        ASSERT_EQ(shown(name), shown(dot)) << dot << " " << kind << " " << rank << " at " << zoom;
                    }
}

TEST_P(PrintStyleTest, ShowsNoFewerPlacesThanAScreen) {
    for (const auto& [id, kind] : {std::pair{"town", "town"}, {"seat", "admin1_seat"}, {"capital", "capital"}})
        for (double rank = 1; rank <= 9; ++rank)
            for (double zoom = 3; zoom <= 9; zoom += 0.25) {
                const Anything place({{"class", Value(kind)}, {"rank", Value(rank)}});
                EvaluationContext context;
                context.zoom = zoom;
                context.feature = &place;
                const auto shown = [&](const Layer& in) { return in.drawn_at(zoom) && in.accepts(context); };
                EXPECT_LE(shown(*light.find_layer(id)), shown(layer(id))) << kind << " " << rank << " at " << zoom;
            }
}

INSTANTIATE_TEST_SUITE_P(Paper, PrintStyleTest, testing::Values("print"),
                         [](const auto& chosen) { return chosen.param; });

} // namespace harmattan::styles
