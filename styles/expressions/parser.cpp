#include "styles/expressions/parser.hpp"

#include "styles/expressions/annotate.hpp"
#include "styles/expressions/builtin.hpp"
#include "styles/json.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace harmattan::styles {

namespace {

struct Registry {
    std::map<std::string, Operator, std::less<>> operators;

    Registry() {
        for (const auto family :
             {annotation_operators(), binding_operators(), comparison_operators(), decision_operators(),
              lookup_operators(), ramp_operators(), text_operators(), refused_operators()})
            for (const OperatorEntry& entry : family) operators.emplace(entry.name, entry.parse);
        for (const auto family :
             {math_builtins(), logic_builtins(), text_builtins(), color_builtins(), feature_builtins()})
            for (const Builtin& builtin : family)
                operators.emplace(builtin.name, [&builtin](Parser& parser, const Form& form) {
                    return parse_call(parser, builtin, form);
                });
    }
};

const Operator* find_operator(std::string_view name) {
    static const Registry registry;
    const auto found = registry.operators.find(name);
    return found == registry.operators.end() ? nullptr : &found->second;
}

constexpr std::string_view literal_hint = "; a literal array is written [\"literal\", [...]]";

} // namespace

bool is_expression(const Value& json) {
    const Array* args = json.array();
    const std::string* name = args && !args->empty() ? args->front().string() : nullptr;
    return name && find_operator(*name);
}

std::string Form::at(std::size_t i) const { return pointer + pointer_step(i); }

std::optional<Type> Form::expected_output() const {
    if (expected && expected->kind == Type::Kind::value) return {};
    return expected;
}

NodePtr Parser::fault(const std::string& pointer, const std::string& message) {
    m_faults.push_back({pointer, message});
    return nullptr;
}

bool Parser::check(const Type& expected, const Type& actual, const std::string& pointer) {
    if (accepts(expected, actual)) return true;
    fault(pointer, fmt::format("expected {}, found {}", to_text(expected), to_text(actual)));
    return false;
}

NodePtr Parser::parse(const Value& json, const std::string& pointer, const std::optional<Type>& expected,
                      Annotate annotate) {
    NodePtr node = parse_form(json, pointer, expected);
    if (!node) return nullptr;
    if (expected) {
        using Kind = Type::Kind;
        const Kind wanted = expected->kind, actual = node->type().kind;
        const bool can_assert = wanted == Kind::string || wanted == Kind::number || wanted == Kind::boolean ||
                                wanted == Kind::object || wanted == Kind::array;
        const bool can_convert = wanted == Kind::color || wanted == Kind::formatted;
        const auto annotated = [&](Annotate how) {
            if (how == Annotate::omit) return node;
            const std::string place = node->pointer();
            return how == Annotate::assertion ? assert_type(*expected, place, {node})
                                              : coerce_to(*expected, place, {node});
        };
        if (can_assert && actual == Kind::value) node = annotated(annotate);
        else if (can_convert && (actual == Kind::value || actual == Kind::string))
            node = annotated(annotate == Annotate::assertion ? Annotate::coercion : annotate);
        else if (!check(*expected, node->type(), pointer)) return nullptr;
    }
    return fold(std::move(node));
}

NodePtr Parser::fold(NodePtr node) {
    if (node->needs() != 0 || node->role() == Expression::Node::Role::literal) return node;
    try {
        return std::make_shared<LiteralNode>(node->type(), node->pointer(), node->evaluate({}));
    } catch (const ExpressionError& error) { return fault(error.pointer(), error.what()); }
}

NodePtr Parser::parse_form(const Value& json, const std::string& pointer, const std::optional<Type>& expected) {
    if (json.object()) return fault(pointer, "an object cannot stand here bare; write [\"literal\", {...}]");
    const Array* args = json.array();
    if (!args) return std::make_shared<LiteralNode>(type_of(json), pointer, json);
    if (args->empty()) return fault(pointer, "an expression needs a name; an empty array is written [\"literal\", []]");
    const std::string* name = args->front().string();
    if (!name)
        return fault(pointer + "/0", fmt::format("an expression begins with its name, a string, found {}{}",
                                                 type_name(args->front()), literal_hint));
    const Operator* op = find_operator(*name);
    if (!op) return fault(pointer + "/0", fmt::format("unknown expression \"{}\"{}", *name, literal_hint));
    return (*op)(*this, Form{*name, *args, pointer, expected});
}

NodePtr Parser::parse_in_scope(const std::map<std::string, NodePtr>& bindings, const Value& json,
                               const std::string& pointer, const std::optional<Type>& expected) {
    m_scopes.push_back(bindings);
    NodePtr node = parse(json, pointer, expected);
    m_scopes.pop_back();
    return node;
}

NodePtr Parser::find_binding(const std::string& name) const {
    for (auto scope = m_scopes.rbegin(); scope != m_scopes.rend(); ++scope)
        if (const auto found = scope->find(name); found != scope->end()) return found->second;
    return nullptr;
}

Type parse_type(std::string_view text) {
    using Kind = Type::Kind;
    const auto kind_of = [](std::string_view name) {
        for (const Kind kind : {Kind::null, Kind::number, Kind::string, Kind::boolean, Kind::color, Kind::object,
                                Kind::array, Kind::formatted})
            if (to_text(kind) == name) return kind;
        return Kind::value;
    };
    const auto open = text.find('<');
    if (open == std::string_view::npos)
        return kind_of(text) == Kind::array ? Type::array_of(Kind::value) : Type(kind_of(text));
    const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
    const auto comma = inside.find(", ");
    if (comma == std::string_view::npos) return Type::array_of(kind_of(inside));
    std::size_t length = 0;
    std::from_chars(inside.data() + comma + 2, inside.data() + inside.size(), length);
    return Type::array_of(kind_of(inside.substr(0, comma)), length);
}

} // namespace harmattan::styles
