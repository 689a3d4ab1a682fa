#include "styles/expressions/annotate.hpp"

#include "styles/expressions/color_values.hpp"
#include "styles/json.hpp"

#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::styles {

namespace {

using Kind = Type::Kind;

class AssertionNode final : public Expression::Node {
public:
    using Node::Node;
    Value evaluate(const EvaluationContext& context) const override {
        Value value;
        for (const NodePtr& input : children()) {
            value = input->evaluate(context);
            if (accepts(type(), type_of(value))) return value;
        }
        fail(fmt::format("expected a value of type {}, found {}", to_text(type()), type_name(value)));
    }
};

bool to_boolean(const Value& v) {
    if (const bool* boolean = v.boolean()) return *boolean;
    if (const double* number = v.number()) return *number != 0 && !std::isnan(*number);
    if (const std::string* text = v.string()) return !text->empty();
    return !v.is_null();
}

/// A number as JavaScript's Number() reads it, but for arrays and objects, which are none.
std::optional<double> to_number(const Value& v) {
    if (v.is_null()) return 0;
    if (const double* number = v.number()) return std::isnan(*number) ? std::nullopt : std::optional(*number);
    if (const bool* boolean = v.boolean()) return *boolean ? 1 : 0;
    const std::string* text = v.string();
    if (!text) return {};
    const auto first = text->find_first_not_of(" \t\n\r\f\v");
    if (first == std::string::npos) return 0;
    const char* begin = text->data() + first;
    const char* end = text->data() + text->find_last_not_of(" \t\n\r\f\v") + 1;
    if (*begin == '+' && end - begin > 1 && begin[1] != '-') ++begin;
    double number = 0;
    const auto [stop, error] = std::from_chars(begin, end, number);
    if (error != std::errc{} || stop != end || !std::isfinite(number)) return {};
    return number;
}

class CoercionNode final : public Expression::Node {
public:
    using Node::Node;
    Value evaluate(const EvaluationContext& context) const override {
        switch (type().kind) {
        case Kind::boolean: return to_boolean(value_of(0, context));
        case Kind::string: return to_text(value_of(0, context));
        case Kind::formatted: return formatted(value_of(0, context));
        case Kind::color: return color(context);
        default: return number(context);
        }
    }

private:
    static Value formatted(Value v) {
        if (v.formatted()) return v;
        return Value(Formatted{{{to_text(v), {}, {}, {}}}});
    }
    Value number(const EvaluationContext& context) const {
        Value last;
        for (const NodePtr& input : children()) {
            last = input->evaluate(context);
            if (const auto number = to_number(last)) return *number;
        }
        fail(fmt::format("{} cannot be read as a number", to_json(last)));
    }
    Value color(const EvaluationContext& context) const {
        std::string reason;
        for (const NodePtr& input : children()) {
            const ColorReading reading = read_color(input->evaluate(context));
            if (reading.color) return *reading.color;
            reason = reading.reason;
        }
        fail(reason);
    }
};

Kind kind_named(std::string_view name) { return parse_type(name).kind; }

NodePtr parse_assertion(Parser& parser, const Form& form) {
    if (form.count() < 1)
        return parser.fault(form.pointer, fmt::format("\"{}\" takes at least one argument", form.name));
    std::size_t first = 1;
    Type type = kind_named(form.name);
    if (form.name == "array") {
        type = Type::array_of(Kind::value);
        if (form.count() > 1) {
            const std::string* item = form.args[1].string();
            if (!item || (*item != "string" && *item != "number" && *item != "boolean"))
                return parser.fault(form.at(1), "the item type of \"array\" is one of string, number, boolean");
            type.item = kind_named(*item);
            first = 2;
        }
        if (form.count() > 2) {
            const double* length = form.args[2].number();
            if (!form.args[2].is_null() && (!length || *length < 0 || *length != std::floor(*length)))
                return parser.fault(form.at(2), "the length of \"array\" is a positive integer written as a number");
            if (length) type.length = static_cast<std::size_t>(*length);
            first = 3;
        }
    }
    std::vector<NodePtr> inputs;
    for (std::size_t i = first; i < form.args.size(); ++i) {
        inputs.push_back(parser.parse_arg(form, i, Type(Kind::value)));
        if (!inputs.back()) return nullptr;
    }
    return assert_type(type, form.pointer, std::move(inputs));
}

NodePtr parse_coercion(Parser& parser, const Form& form) {
    const Kind kind = kind_named(std::string_view(form.name).substr(3));
    if (form.count() < 1)
        return parser.fault(form.pointer, fmt::format("\"{}\" takes at least one argument", form.name));
    if ((kind == Kind::boolean || kind == Kind::string) && form.count() != 1)
        return parser.fault(form.pointer, fmt::format("\"{}\" takes one argument, found {}", form.name, form.count()));
    std::vector<NodePtr> inputs;
    for (std::size_t i = 1; i < form.args.size(); ++i) {
        inputs.push_back(parser.parse_arg(form, i, Type(Kind::value)));
        if (!inputs.back()) return nullptr;
    }
    return coerce_to(kind, form.pointer, std::move(inputs));
}

} // namespace

NodePtr assert_type(const Type& type, std::string pointer, std::vector<NodePtr> inputs) {
    return std::make_shared<AssertionNode>(type, std::move(pointer), std::move(inputs));
}

NodePtr coerce_to(const Type& type, std::string pointer, std::vector<NodePtr> inputs) {
    return std::make_shared<CoercionNode>(type, std::move(pointer), std::move(inputs));
}

std::span<const OperatorEntry> annotation_operators() {
    static const std::vector<OperatorEntry> entries{
        {"string", parse_assertion},  {"number", parse_assertion},   {"boolean", parse_assertion},
        {"object", parse_assertion},  {"array", parse_assertion},    {"to-boolean", parse_coercion},
        {"to-color", parse_coercion}, {"to-number", parse_coercion}, {"to-string", parse_coercion},
    };
    return entries;
}

} // namespace harmattan::styles
