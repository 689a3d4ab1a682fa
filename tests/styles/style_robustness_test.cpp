// Whatever stands wherever in a style, reading it ends in faults, not in a crash, and what is read can be evaluated.

#include "styles/json.hpp"
#include "styles/style.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace harmattan::styles {

namespace {

const std::vector<Value>& odd_values() {
    static const std::vector<Value> values{
        Value(),
        Value(true),
        Value(-1.5),
        Value(""),
        Value(Array{}),
        Value(Object{}),
        Value(Array{"get"}),
        Value(Array{"zoom"}),
        Value(Array{"interpolate", Value(Array{"linear"}), Value(Array{"zoom"}), 1.0}),
        Value(Object{{"stops", Value(Array{Value(Array{1.0, 2.0})})}}),
        Value(Object{{"stops", Value(Array{Value(Array{Value(Object{}), Value()})})}, {"property", Value("p")}}),
        Value(Object{{"type", Value("identity")}, {"property", Value("p")}}),
        Value(Array{"match", Value(Array{"get", "x"}), Value(Array{}), 1.0, 2.0}),
        Value(Array{"format", Value(Object{}), Value(Array{"format"})}),
    };
    return values;
}

/// The value with its node number `target` (counted from the root, depth first) replaced.
Value replaced(const Value& value, std::size_t target, const Value& by, std::size_t& count) {
    if (count++ == target) return by;
    if (const Array* items = value.array()) {
        Array out;
        for (const Value& item : *items) out.push_back(replaced(item, target, by, count));
        return Value(std::move(out));
    }
    if (const Object* members = value.object()) {
        Object out;
        for (const auto& [key, member] : *members) out[key] = replaced(member, target, by, count);
        return Value(std::move(out));
    }
    return value;
}

class Odd : public FeatureView {
public:
    Value property(std::string_view name) const override { return odd_values()[name.size() % odd_values().size()]; }
    geo::GeometryType geometry() const override { return geo::GeometryType::none; }
};

/// Asks everything of every layer.
void evaluate_all(const Style& style) {
    const Odd feature;
    EvaluationContext context;
    context.feature = &feature;
    for (const Layer& layer : style.layers) {
        layer.accepts(context);
        for (const auto& [name, expression] : layer.properties) {
            layer.number(name, context);
            layer.color(name, context);
            layer.text(name, context);
            layer.numbers(name, context);
            layer.texts(name, context);
        }
    }
}

} // namespace

TEST(StyleReader, SurvivesAnyValueInAnyPlace) {
    std::stringstream text;
    text << std::ifstream(std::filesystem::path(HARMATTAN_TEST_SOURCE) / "styles/shipped/harmattan-light.json").rdbuf();
    const Value whole = parse_json(text.str(), "light");
    std::size_t nodes = 0;
    replaced(whole, static_cast<std::size_t>(-1), {}, nodes);
    ASSERT_GT(nodes, 1000u);
    std::size_t faulty = 0, tried = 0;
    for (std::size_t node = 0, turn = 0; node < nodes; node += 3, turn += 4) {
        std::size_t count = 0;
        const Value& by = odd_values()[turn % odd_values().size()];
        const StyleReading reading = check_style(to_json(replaced(whole, node, by, count)), "odd");
        ++tried;
        faulty += !reading.faults.empty();
        evaluate_all(reading.style);
    }
    EXPECT_GT(faulty, tried / 2); // most places do not take just anything
}

} // namespace harmattan::styles
