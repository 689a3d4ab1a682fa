#include "styles/expression.hpp"

#include "styles/expressions/number_format.hpp"
#include "styles/json.hpp"
#include "styles/unicode.hpp"

#include <gtest/gtest.h>

namespace harmattan::styles {

namespace {

class Row : public FeatureView {
public:
    explicit Row(Object properties) : m_properties(std::move(properties)) {}
    Value property(std::string_view name) const override {
        const auto found = m_properties.find(std::string(name));
        return found == m_properties.end() ? Value() : found->second;
    }
    geo::GeometryType geometry() const override { return geo::GeometryType::line; }

private:
    Object m_properties;
};

Expression parsed(const std::string& json, const std::string& type = "value", bool zoom_in_curves_only = true) {
    std::vector<Fault> faults;
    auto expression = parse_expression(parse_json(json, "test"), {type, zoom_in_curves_only}, faults);
    if (!expression) throw std::runtime_error(faults.front().pointer + ": " + faults.front().message);
    return *expression;
}

/// What `json` gives for a feature, as JSON text; "fails" where the evaluation does.
std::string given(const std::string& json, const Object& properties = {}, double zoom = 0) {
    const Row row(properties);
    EvaluationContext context;
    context.zoom = zoom;
    context.feature = &row;
    try {
        return to_json(parsed(json, "value", false).evaluate(context));
    } catch (const ExpressionError&) { return "fails"; }
}

std::string fault_of(const std::string& json, const std::string& type = "value") {
    try {
        parsed(json, type);
        return "none";
    } catch (const std::runtime_error& error) { return error.what(); }
}

} // namespace

TEST(Expression, KnowsWhatItDependsOn) {
    EXPECT_TRUE(parsed(R"(["+", 1, 2])").is_constant());
    EXPECT_TRUE(parsed(R"(["get", "a"])").uses_feature());
    EXPECT_FALSE(parsed(R"(["get", "a", ["literal", {"a": 1}]])").uses_feature());
    const Expression curve = parsed(R"(["step", ["zoom"], 1, 5, ["get", "a"]])", "number");
    EXPECT_TRUE(curve.uses_zoom());
    EXPECT_TRUE(curve.uses_feature());
    EXPECT_EQ(curve.type(), "number");
    EXPECT_TRUE(parsed(R"(["let", "x", ["id"], ["==", ["var", "x"], 3]])").uses_feature());
}

TEST(Expression, DecisionsEvaluateOnlyTheBranchTaken) {
    const Object words{{"x", Value("word")}};
    EXPECT_EQ(given(R"(["all", ["==", ["get", "x"], 3], [">", ["to-number", ["get", "x"]], 2]])", words), "false");
    EXPECT_EQ(given(R"(["any", ["has", "x"], [">", ["to-number", ["get", "x"]], 2]])", words), "true");
    EXPECT_EQ(given(R"(["case", ["has", "x"], 1, ["to-number", ["get", "x"]]])", words), "1");
    EXPECT_EQ(given(R"(["coalesce", ["get", "y"], ["get", "x"], ["to-number", ["get", "x"]]])", words), "\"word\"");
    EXPECT_EQ(given(R"(["match", ["get", "x"], ["a", "word"], "yes", "no"])", words), "\"yes\"");
    EXPECT_EQ(given(R"(["match", ["get", "z"], 0, "zero", "no"])", words), "\"no\"");
}

TEST(Expression, ZoomMayStandAnywhereInAFilterButNotInAProperty) {
    std::vector<Fault> faults;
    const auto filter = parse_filter(parse_json(R"([">", ["get", "rank"], ["*", 2, ["zoom"]]])", "test"), faults);
    ASSERT_TRUE(filter);
    EXPECT_TRUE(filter->uses_zoom());
    EXPECT_NE(fault_of(R"(["*", 2, ["zoom"]])", "number"), "none");
    EXPECT_EQ(fault_of(R"(["let", "k", 2, ["interpolate", ["linear"], ["zoom"], 0, ["var", "k"], 9, 5]])", "number"),
              "none");
}

TEST(Expression, BezierCurvesEaseAsInCss) {
    // CSS "ease": cubic-bezier(0.25, 0.1, 0.25, 1) is 0.8024 half way (as browsers give it).
    const std::string ease = R"(["interpolate", ["cubic-bezier", 0.25, 0.1, 0.25, 1], ["get", "t"], 0, 0, 1, 1])";
    const auto at = [&](double t) { return std::stod(given(ease, {{"t", Value(t)}})); };
    EXPECT_EQ(at(0), 0);
    EXPECT_NEAR(at(0.5), 0.8024, 1e-4);
    EXPECT_EQ(at(1), 1);
    const std::string straight = R"(["interpolate", ["cubic-bezier", 0, 0, 1, 1], ["get", "t"], 0, 0, 1, 1])";
    for (const double t : {0.1, 0.37, 0.9}) EXPECT_NEAR(std::stod(given(straight, {{"t", Value(t)}})), t, 1e-9);
}

TEST(Expression, ExponentialOfBaseOneIsLinear) {
    EXPECT_EQ(given(R"(["interpolate", ["exponential", 1], ["get", "t"], 0, 0, 10, 100])", {{"t", Value(3.0)}}), "30");
    EXPECT_EQ(given(R"(["interpolate", ["exponential", 2], ["get", "t"], 0, 0, 2, 30])", {{"t", Value(1.0)}}), "10");
    EXPECT_EQ(given(R"(["interpolate", ["linear"], ["get", "t"], 0, ["literal", [0, 10]], 1, ["literal", [4, 20]]])",
                    {{"t", Value(0.25)}}),
              "[1,12.5]");
}

TEST(Expression, TextIsCountedAndCutByCharacters) {
    const Object names{{"name", Value("Néma–Aïoun")}};
    EXPECT_EQ(given(R"(["length", ["get", "name"]])", names), "10");
    EXPECT_EQ(given(R"(["slice", ["get", "name"], 0, 4])", names), "\"Néma\"");
    EXPECT_EQ(given(R"(["slice", ["get", "name"], -5])", names), "\"Aïoun\"");
    EXPECT_EQ(given(R"(["index-of", "Aï", ["get", "name"]])", names), "5");
    EXPECT_EQ(given(R"(["upcase", ["get", "name"]])", names), "\"NÉMA–AÏOUN\"");
    EXPECT_EQ(given(R"(["concat", ["get", "name"], " ", 3, null, true, ["literal", [1, "a"]]])", names),
              R"("Néma–Aïoun 3true[1,\"a\"]")");
}

TEST(Expression, RefusesWhatCannotBeKnownAndSaysWhy) {
    EXPECT_NE(fault_of(R"(["feature-state", "hover"])")
                  .find("/0: \"feature-state\" is not supported: a map drawn once has no state"),
              std::string::npos);
    EXPECT_NE(fault_of(R"(["==", ["collator", {}], 1])").find("downcase"), std::string::npos);
    EXPECT_NE(fault_of(R"(["within", {"type": "Polygon"}])").find("not supported"), std::string::npos);
    EXPECT_NE(fault_of(R"(["image", "star"])").find("icons are not drawn"), std::string::npos);
    EXPECT_EQ(fault_of(R"(["gte", 1, 2])"),
              "/0: unknown expression \"gte\"; a literal array is written [\"literal\", [...]]");
}

TEST(Expression, FaultsOfAllPartsAreCollected) {
    std::vector<Fault> faults;
    parse_expression(parse_json(R"(["+", ["sqrt", "a"], ["nope"], true])", "test"), {"number"}, faults);
    ASSERT_EQ(faults.size(), 3u);
    EXPECT_EQ(faults[0].pointer, "/1/1");
    EXPECT_EQ(faults[1].pointer, "/2/0");
    EXPECT_EQ(faults[2].pointer, "/3");
}

TEST(Expression, EvaluationErrorsNameTheirPlace) {
    const Row row({{"n", Value("many")}});
    EvaluationContext context;
    context.feature = &row;
    try {
        parsed(R"(["+", 1, ["*", 2, ["get", "n"]]])", "number").evaluate(context);
        FAIL();
    } catch (const ExpressionError& error) {
        EXPECT_EQ(error.pointer(), "/2/2");
        EXPECT_STREQ(error.what(), "expected a value of type number, found string");
    }
}

TEST(NumberText, IsThatOfJavaScript) {
    EXPECT_EQ(number_text(0), "0");
    EXPECT_EQ(number_text(-0.0), "0");
    EXPECT_EQ(number_text(0.1 + 0.2), "0.30000000000000004");
    EXPECT_EQ(number_text(-12.5), "-12.5");
    EXPECT_EQ(number_text(100), "100");
    EXPECT_EQ(number_text(1e20), "100000000000000000000");
    EXPECT_EQ(number_text(1e21), "1e+21");
    EXPECT_EQ(number_text(1.5e300), "1.5e+300");
    EXPECT_EQ(number_text(0.000001), "0.000001");
    EXPECT_EQ(number_text(1.5e-7), "1.5e-7");
    EXPECT_EQ(number_text(123456.789), "123456.789");
}

TEST(NumberFormat, GroupsAndRoundsByLanguage) {
    EXPECT_EQ(format_number(1234567.891, {.locale = "en"}), "1,234,567.891");
    EXPECT_EQ(format_number(1234567.891, {.locale = "fr-ML", .max_fraction_digits = 1}), "1\u202f234\u202f567,9");
    EXPECT_EQ(format_number(999.995, {.max_fraction_digits = 2}), "1,000");
    EXPECT_EQ(format_number(999.995, {.min_fraction_digits = 2, .max_fraction_digits = 2}), "1,000.00");
    EXPECT_EQ(format_number(-0.5, {.max_fraction_digits = 0}), "-1");
    EXPECT_EQ(format_number(2.5, {.min_fraction_digits = 2, .unit = "kilometer"}), "2.50 km");
    EXPECT_EQ(format_number(1e22, {}), "10,000,000,000,000,000,000,000");
}

TEST(Unicode, ChangesCaseOfTheScriptsOfTheRegion) {
    EXPECT_EQ(uppercase("Côte d'Ivoire, Guinée-Équatoriale"), "CÔTE D'IVOIRE, GUINÉE-ÉQUATORIALE");
    EXPECT_EQ(uppercase("ɓ ɗ ŋ ƴ ɛ ɔ ẹ ọ ṣ ÿ œ"), "Ɓ Ɗ Ŋ Ƴ Ɛ Ɔ Ẹ Ọ Ṣ Ÿ Œ");
    EXPECT_EQ(lowercase("ÀÉÎÕÜ ŊƁ"), "àéîõü ŋɓ");
    EXPECT_EQ(uppercase("straße"), "STRASSE");
    EXPECT_EQ(uppercase("باماكو 123"), "باماكو 123");
    EXPECT_EQ(uppercase("a\xff\xc3z"), "A\xff\xc3Z"); // what is not UTF-8 stays
}

TEST(Json, RefusesWhatNestsTooDeep) {
    const std::string deep(json_depth_limit + 1, '[');
    EXPECT_THROW(parse_json(deep + std::string(json_depth_limit + 1, ']'), "deep"), std::runtime_error);
    const std::string fine = std::string(json_depth_limit, '[') + std::string(json_depth_limit, ']');
    EXPECT_EQ(to_json(parse_json(fine, "fine")), fine);
}

TEST(Json, AFaultIsOneLineOfValidTextWithItsPlace) {
    const auto message_of = [](const std::string& text) -> std::string {
        try {
            parse_json(text, "mine.json");
            return "none";
        } catch (const std::runtime_error& error) { return error.what(); }
    };
    EXPECT_EQ(message_of("{\n  \"a\": \"\xc3\"}"), "mine.json is not JSON: syntax error while parsing value - invalid "
                                                   "string: ill-formed UTF-8 byte; mine.json:2:10");
    EXPECT_NE(message_of("").find("mine.json:1:1"), std::string::npos) << message_of("");
    EXPECT_NE(message_of("[1, 2\n").find("mine.json:2:"), std::string::npos) << message_of("[1, 2\n");
    EXPECT_NE(message_of("[1e999]").find("mine.json:1:"), std::string::npos) << message_of("[1e999]");
    EXPECT_EQ(message_of("[1] "), "none");
    EXPECT_NE(message_of("[1] 2"), "none");
}

TEST(Json, ReadsBackWhatItWrites) {
    const std::string text = R"({"a":[1,-2.5,1e+30,true,null],"b\"\\":"tab\tß","c":{}})";
    EXPECT_EQ(to_json(parse_json(text, "t")), text);
    EXPECT_EQ(pointer_step("a/b~c"), "/a~1b~0c");
}

} // namespace harmattan::styles
