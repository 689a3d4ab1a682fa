#include "styles/style.hpp"

#include "geo/error.hpp"
#include "styles/property_table.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <set>

namespace harmattan::styles {

namespace {

/// A style of one source "places" and the layers given.
std::string with_layers(const std::string& layers) {
    return R"({"version": 8, "sources": {"places": {"type": "geojson", "data": "places.geojson"}}, "layers": [)" +
           layers + "]}";
}

Style parsed(const std::string& layers) { return parse_style(with_layers(layers), "test.json"); }

std::vector<std::string> lines(const std::vector<Fault>& faults) {
    std::vector<std::string> out;
    for (const Fault& fault : faults) out.push_back(fault.pointer + ": " + fault.message);
    return out;
}

std::vector<std::string> faults_of(const std::string& layers) {
    return lines(check_style(with_layers(layers), "test.json").faults);
}

/// One layer of a type, with the given paint members.
std::string painted(const std::string& type, const std::string& paint) {
    return fmt::format(R"({{"id": "a", "type": "{}", "source": "places", "paint": {{{}}}}})", type, paint);
}

class Place : public FeatureView {
public:
    explicit Place(Object properties) : m_properties(std::move(properties)) {}
    Value property(std::string_view name) const override {
        const auto found = m_properties.find(std::string(name));
        return found == m_properties.end() ? Value() : found->second;
    }
    geo::GeometryType geometry() const override { return geo::GeometryType::point; }

private:
    Object m_properties;
};

using Lines = std::vector<std::string>;

} // namespace

TEST(Style, UnsetPropertiesHaveTheDefaultsOfTheSpecification) {
    const Style style = parsed(R"(
        {"id": "l", "type": "line", "source": "places"}, {"id": "s", "type": "symbol", "source": "places"},
        {"id": "c", "type": "circle", "source": "places"}, {"id": "h", "type": "heatmap", "source": "places"},
        {"id": "f", "type": "fill", "source": "places"}, {"id": "b", "type": "background"})");
    const Layer &line = style.layers[0], &symbol = style.layers[1], &circle = style.layers[2], &heat = style.layers[3],
                &fill = style.layers[4];
    EXPECT_EQ(line.number("line-width", {}), 1);
    EXPECT_EQ(line.number("line-miter-limit", {}), 2);
    EXPECT_EQ(line.text("line-cap", {}), "butt");
    EXPECT_EQ(line.text("line-join", {}), "miter");
    EXPECT_TRUE(line.numbers("line-dasharray", {}).empty());
    EXPECT_EQ(symbol.number("text-size", {}), 16);
    EXPECT_EQ(symbol.number("text-max-width", {}), 10);
    EXPECT_EQ(symbol.number("text-line-height", {}), 1.2);
    EXPECT_EQ(symbol.number("symbol-spacing", {}), 250);
    EXPECT_EQ(symbol.number("text-max-angle", {}), 45);
    EXPECT_EQ(symbol.number("text-padding", {}), 2);
    EXPECT_EQ(symbol.text("text-field", {}), "");
    EXPECT_EQ(symbol.text("text-anchor", {}), "center");
    EXPECT_EQ(symbol.numbers("text-offset", {}), (std::vector<double>{0, 0}));
    EXPECT_EQ(symbol.texts("text-font", {}).front(), "Open Sans Regular");
    EXPECT_TRUE(symbol.boolean("text-keep-upright", {}));
    EXPECT_EQ(symbol.color("text-halo-color", {}), (Color{0, 0, 0, 0}));
    EXPECT_EQ(circle.number("circle-radius", {}), 5);
    EXPECT_EQ(circle.number("circle-stroke-width", {}), 0);
    EXPECT_EQ(circle.color("circle-color", {}), (Color{0, 0, 0, 1}));
    EXPECT_EQ(heat.number("heatmap-radius", {}), 30);
    EXPECT_EQ(heat.number("heatmap-weight", {}), 1);
    EXPECT_TRUE(fill.boolean("fill-antialias", {}));
    EXPECT_FALSE(fill.has("fill-outline-color"));
    EXPECT_EQ(style.layers[5].number("background-opacity", {}), 1);
    EvaluationContext dense;
    dense.heatmap_density = 0.5;
    EXPECT_EQ(heat.color("heatmap-color", dense), parse_color("lime"));
    EXPECT_EQ(style.layers[0].minzoom, 0);
    EXPECT_EQ(style.layers[0].maxzoom, 24);
}

TEST(Style, APropertyWhoseEvaluationFailsFallsToItsDefault) {
    const Style style =
        parsed(R"({"id": "c", "type": "circle", "source": "places", "paint": {"circle-radius": ["get", "size"],
        "circle-color": ["get", "tint"]}}, {"id": "s", "type": "symbol", "source": "places", "layout": {"text-anchor": ["get", "side"]}})");
    EvaluationContext context;
    const Place good({{"size", Value(9.0)}, {"tint", Value("teal")}, {"side", Value("left")}});
    context.feature = &good;
    EXPECT_EQ(style.layers[0].number("circle-radius", context), 9);
    EXPECT_EQ(style.layers[0].color("circle-color", context), parse_color("teal"));
    EXPECT_EQ(style.layers[1].text("text-anchor", context), "left");
    const Place bad({{"size", Value("large")}, {"tint", Value("tealish")}, {"side", Value("beside")}});
    context.feature = &bad;
    EXPECT_EQ(style.layers[0].number("circle-radius", context), 5);
    EXPECT_EQ(style.layers[0].color("circle-color", context), parse_color("black"));
    EXPECT_EQ(style.layers[1].text("text-anchor", context), "center");
    EXPECT_TRUE(style.layers[0].varies_by_feature("circle-radius"));
    EXPECT_FALSE(style.layers[0].varies_by_feature("circle-opacity"));
}

TEST(Style, FiltersOfBothFormsChooseFeatures) {
    const Style style = parsed(R"(
        {"id": "new", "type": "circle", "source": "places", "filter": ["all", ["==", ["get", "class"], "town"], [">=", ["get", "rank"], 4]]},
        {"id": "old", "type": "circle", "source": "places", "filter": ["all", ["==", "class", "town"], [">=", "rank", 4]]},
        {"id": "in", "type": "circle", "source": "places", "filter": ["in", "class", "capital", "town"]},
        {"id": "not", "type": "circle", "source": "places", "filter": ["none", ["has", "closed"], ["==", "$type", "Polygon"]]})");
    EvaluationContext context;
    const auto accepted = [&](const Object& properties) {
        const Place place(properties);
        context.feature = &place;
        std::string out;
        for (const Layer& layer : style.layers) out += layer.accepts(context) ? '1' : '0';
        return out;
    };
    EXPECT_EQ(accepted({{"class", Value("town")}, {"rank", Value(4.0)}}), "1111");
    EXPECT_EQ(accepted({{"class", Value("town")}, {"rank", Value(3.0)}}), "0011");
    EXPECT_EQ(accepted({{"class", Value("town")}, {"rank", Value("high")}}),
              "0011"); // the new form fails, the old is false
    EXPECT_EQ(accepted({{"class", Value("capital")}, {"closed", Value(true)}}), "0010");
    EXPECT_EQ(accepted({}), "0001");
}

TEST(Style, OldFunctionsAndTokensAreUnderstood) {
    const Style style = parsed(R"json({"id": "s", "type": "symbol", "source": "places",
        "layout": {"text-field": "{name} ({ref})", "text-size": {"stops": [[4, 10], [8, 20]]}},
        "paint": {"text-color": {"property": "kind", "type": "categorical", "stops": [["a", "red"], ["b", "blue"]], "default": "grey"}}})json");
    const Place place({{"name", Value("Bobo")}, {"ref", Value(7.0)}, {"kind", Value("b")}});
    EvaluationContext context;
    context.zoom = 6;
    context.feature = &place;
    EXPECT_EQ(style.layers[0].text("text-field", context), "Bobo (7)");
    EXPECT_EQ(style.layers[0].number("text-size", context), 15);
    EXPECT_EQ(style.layers[0].color("text-color", context), parse_color("blue"));
}

TEST(Style, LayersKeepOrderZoomsVisibilityAndNotes) {
    const Style style = parsed(
        R"({"id": "b", "type": "background", "minzoom": 3, "maxzoom": 9, "metadata": {"harmattan:set": "base", "x": 1}},
        {"id": "a", "type": "circle", "source": "places", "layout": {"visibility": "none"}})");
    ASSERT_EQ(style.layers.size(), 2u);
    EXPECT_EQ(style.layers[0].id, "b");
    EXPECT_FALSE(style.layers[0].drawn_at(2.9));
    EXPECT_TRUE(style.layers[0].drawn_at(3));
    EXPECT_FALSE(style.layers[0].drawn_at(9));
    EXPECT_FALSE(style.layers[1].drawn_at(5));
    EXPECT_EQ(style.layers[0].note("set"), Value("base"));
    EXPECT_TRUE(style.layers[0].note("x").is_null());
    EXPECT_EQ(style.find_layer("a"), &style.layers[1]);
    EXPECT_EQ(style.find_layer("c"), nullptr);
    EXPECT_EQ(style.sources.at("places").data, "places.geojson");
}

TEST(StyleFaults, NameThePlaceAndTheNearestName) {
    EXPECT_EQ(faults_of(painted("line", R"("line-widht": 2)")),
              (Lines{"/layers/0/paint/line-widht: unknown property 'line-widht' (did you mean 'line-width'?)"}));
    EXPECT_EQ(faults_of(painted("line", R"("circle-radius": 2)")),
              (Lines{"/layers/0/paint/circle-radius: 'circle-radius' is a property of circle layers, and this is a "
                     "line layer"}));
    EXPECT_EQ(faults_of(painted("line", R"("line-cap": "round")")),
              (Lines{"/layers/0/paint/line-cap: 'line-cap' stands in \"layout\""}));
    EXPECT_EQ(
        faults_of(R"({"id": "a", "type": "circle", "source": "place"})"),
        (Lines{"/layers/0/source: there is no source 'place' (did you mean 'places'?); it must stand in \"sources\""}));
    EXPECT_EQ(faults_of(R"({"id": "a", "type": "circl", "source": "places"})").size(), 1u);
    EXPECT_EQ(faults_of(R"({"id": "a", "type": "circle", "source": "places", "filtre": true})"),
              (Lines{"/layers/0/filtre: unknown member 'filtre' of a layer (did you mean 'filter'?)"}));
}

TEST(StyleFaults, ValuesOutOfRangeOrOfTheWrongTypeAreNamedWithTheirLimit) {
    EXPECT_EQ(faults_of(painted("line", R"("line-opacity": 1.5)")),
              (Lines{"/layers/0/paint/line-opacity: line-opacity is 1.5; it must be at most 1"}));
    EXPECT_EQ(faults_of(painted("heatmap", R"("heatmap-radius": 0)")),
              (Lines{"/layers/0/paint/heatmap-radius: heatmap-radius is 0; it must be at least 1"}));
    EXPECT_EQ(faults_of(painted("line", R"("line-dasharray": [2, -1])")),
              (Lines{"/layers/0/paint/line-dasharray/1: line-dasharray is -1; it must be at least 0"}));
    EXPECT_EQ(faults_of(painted("line", R"("line-width": "2")")),
              (Lines{"/layers/0/paint/line-width: expected number, found string"}));
    EXPECT_EQ(faults_of(painted("line", R"("line-color": "sand")")),
              (Lines{"/layers/0/paint/line-color: 'sand' is not a color; write a CSS name, #rrggbb, rgb() or hsl()"}));
    EXPECT_EQ(faults_of(R"({"id": "a", "type": "line", "source": "places", "layout": {"line-cap": "rond"}})"),
              (Lines{"/layers/0/layout/line-cap: line-cap is \"rond\" (did you mean 'round'?); it must be one of butt, "
                     "round, square"}));
    EXPECT_EQ(faults_of(R"({"id": "a", "type": "line", "source": "places", "minzoom": 25})"),
              (Lines{"/layers/0/minzoom: minzoom is 25; it must be a number in 0 … 24"}));
    EXPECT_EQ(faults_of(R"({"id": "a", "type": "symbol", "source": "places", "layout": {"text-offset": [1]}})").size(),
              1u);
}

TEST(StyleFaults, ExpressionsPointToTheirPart) {
    EXPECT_EQ(faults_of(painted(
                  "circle", R"("circle-radius": ["interpolate", ["linear"], ["zoom"], 3, 1, 9, ["sqrt", "many"]])")),
              (Lines{"/layers/0/paint/circle-radius/6/1: expected number, found string"}));
    EXPECT_EQ(faults_of(painted("circle", R"("circle-radius": ["*", ["zoom"], 2])")),
              (Lines{"/layers/0/paint/circle-radius: \"zoom\" stands only as the input of an outermost \"step\" or "
                     "\"interpolate\""}));
    EXPECT_EQ(faults_of(painted("heatmap", R"("heatmap-opacity": ["get", "x"])")),
              (Lines{"/layers/0/paint/heatmap-opacity: 'heatmap-opacity' cannot depend on the feature"}));
    EXPECT_EQ(faults_of(painted("circle", R"("circle-radius": ["heatmap-density"])")),
              (Lines{"/layers/0/paint/circle-radius: 'circle-radius' cannot depend on \"heatmap-density\""}));
    EXPECT_EQ(faults_of(R"({"id": "a", "type": "circle", "source": "places", "filter": ["==", ["get", "a"]]})"),
              (Lines{"/layers/0/filter: \"==\" takes two arguments, found 1"}));
    EXPECT_EQ(
        faults_of(painted("circle", R"("circle-color": ["case", ["feature-state", "hover"], "red", "blue"])")).size(),
        1u);
    EXPECT_EQ(
        faults_of(
            R"({"id": "a", "type": "circle", "source": "places", "layout": {"circle-sort-key": ["interpolate", ["linear"], ["zoom"], 3, 1, 9, 2]}})")
            .size(),
        1u);
}

TEST(StyleFaults, AreReportedAllTogetherInTheOrderOfTheLayers) {
    std::string layers = painted("line", R"("line-width": -1, "line-colour": "red")");
    for (int i = 1; i <= 10; ++i) layers += fmt::format(R"(, {{"id": "l{}", "type": "line", "source": "none"}})", i);
    const Lines faults = faults_of(layers);
    ASSERT_EQ(faults.size(), 12u);
    EXPECT_TRUE(faults[0].starts_with("/layers/0/paint/line-colour"));
    EXPECT_TRUE(faults[2].starts_with("/layers/1/"));
    EXPECT_TRUE(faults[3].starts_with("/layers/2/"));
    EXPECT_TRUE(faults[11].starts_with("/layers/10/"));
    try {
        parse_style(with_layers(layers), "mine.json");
        FAIL();
    } catch (const geo::Error& error) {
        EXPECT_EQ(error.kind(), geo::ErrorKind::bad_config);
        const std::string text = error.what();
        EXPECT_TRUE(text.starts_with("the style mine.json has 12 faults: /layers/0/paint/line-colour: ")) << text;
        EXPECT_EQ(text.find('\n'), std::string::npos);
    }
}

TEST(StyleFaults, SourcesMustBeFilesOfOurOwn) {
    const auto of_source = [](const std::string& source) {
        return lines(check_style(R"({"version": 8, "layers": [], "sources": {"a/b": )" + source + "}}", "t").faults);
    };
    EXPECT_TRUE(of_source(R"({"type": "geojson", "data": "x.geojson", "attribution": "me"})").empty());
    EXPECT_EQ(of_source(R"({"type": "geojson", "data": "https://example.org/x.json"})"),
              (Lines{"/sources/a~1b/data: 'https://example.org/x.json' is not a path; nothing is fetched: save the "
                     "file and name it"}));
    EXPECT_EQ(of_source(R"({"type": "geojson", "data": {"type": "FeatureCollection", "features": []}})").size(), 1u);
    EXPECT_EQ(of_source(R"({"type": "geojsn", "data": "x"})").size(), 1u);
    EXPECT_EQ(lines(check_style(R"({"version": 7, "sources": {}, "layers": []})", "t").faults),
              (Lines{"/version: the version is 7; it must be 8"}));
    EXPECT_EQ(check_style("[]", "t").faults.size(), 1u);
}

TEST(StyleFaults, TwoLayersCannotShareAnId) {
    EXPECT_EQ(faults_of(R"({"id": "a", "type": "background"}, {"id": "a", "type": "background"})"),
              (Lines{"/layers/1/id: another layer has the id 'a' already"}));
}

TEST(StyleFaults, TextThatIsNotJsonNamesLineAndColumn) {
    try {
        parse_style("{\n  \"version\": 8,\n  \"layers\" []\n}", "mine.json");
        FAIL();
    } catch (const geo::Error& error) {
        EXPECT_EQ(error.kind(), geo::ErrorKind::bad_config);
        EXPECT_NE(std::string(error.what()).find("mine.json:3:12"), std::string::npos) << error.what();
    }
}

TEST(StyleWarnings, NameWhatIsValidAndNotDrawn) {
    const StyleReading reading = check_style(
        R"({"version": 8, "terrain": {}, "sources": {"p": {"type": "geojson", "data": "p"}, "r": {"type": "raster", "tiles": []}},
        "layers": [{"id": "r", "type": "raster", "source": "r"}, {"id": "f", "type": "fill", "source": "p", "paint": {"fill-pattern": "stripes", "fill-color-transition": {"duration": 1}}},
                   {"id": "s", "type": "symbol", "source": "p", "layout": {"icon-image": "star", "text-pitch-alignment": "map"}}]})",
        "t");
    EXPECT_TRUE(reading.faults.empty()) << lines(reading.faults).front();
    EXPECT_EQ(lines(reading.warnings),
              (Lines{"/layers/0/type: layers of type 'raster' are not drawn",
                     "/layers/1/paint/fill-pattern: 'fill-pattern' is not drawn",
                     "/layers/2/layout/icon-image: 'icon-image' is not drawn",
                     "/sources/r: sources of type raster are not drawn", "/terrain: 'terrain' is not drawn"}));
    EXPECT_EQ(reading.style.layers.size(), 2u);
}

TEST(StyleWarnings, ADrawnLayerOnASourceThatIsNotIsAFault) {
    const StyleReading reading = check_style(
        R"({"version": 8, "sources": {"v": {"type": "vector", "url": "v.json"}}, "layers": [{"id": "f", "type": "fill", "source": "v"}]})",
        "t");
    EXPECT_EQ(lines(reading.faults),
              (Lines{"/layers/0/source: the source 'v' is of type vector; only geojson (a file) can be drawn"}));
}

TEST(PropertyTable, EveryDefaultIsOfItsTypeAndRange) {
    std::set<std::string> names;
    for (const PropertySpec& spec : property_table()) {
        EXPECT_TRUE(names.insert(spec.name).second) << spec.name;
        if (const double* number = spec.otherwise.number()) {
            EXPECT_GE(*number, spec.minimum) << spec.name;
            EXPECT_LE(*number, spec.maximum) << spec.name;
        }
        if (const std::string* word = spec.otherwise.string(); word && !spec.words.empty()) {
            EXPECT_NE(std::find(spec.words.begin(), spec.words.end(), *word), spec.words.end()) << spec.name;
        }
        if (spec.otherwise.number()) { EXPECT_EQ(spec.type, "number") << spec.name; }
    }
    EXPECT_EQ(names.size(), 108u); // of the specification's package 26.6.0, without visibility
}

} // namespace harmattan::styles
