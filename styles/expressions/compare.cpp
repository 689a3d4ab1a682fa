#include "styles/expressions/annotate.hpp"

#include <fmt/format.h>

namespace harmattan::styles {

namespace {

using Kind = Type::Kind;
enum class Comparison { equal, not_equal, less, less_or_equal, greater, greater_or_equal };

bool is_order(Comparison c) { return c != Comparison::equal && c != Comparison::not_equal; }

/// Arrays, objects and colours are never equal here, as in the specification, where they are compared by identity.
bool equal(const Value& a, const Value& b) { return !a.array() && !a.object() && !a.color() && a == b; }

template <class T>
bool ordered(Comparison how, const T& a, const T& b) {
    switch (how) {
    case Comparison::less: return a < b;
    case Comparison::less_or_equal: return a <= b;
    case Comparison::greater: return a > b;
    default: return a >= b;
    }
}

class ComparisonNode final : public Expression::Node {
public:
    ComparisonNode(Comparison how, std::string name, std::string pointer, std::vector<NodePtr> sides)
        : Node(Kind::boolean, std::move(pointer), std::move(sides)), m_how(how), m_name(std::move(name)) {}

    Value evaluate(const EvaluationContext& context) const override {
        const Value a = value_of(0, context), b = value_of(1, context);
        if (m_how == Comparison::equal) return equal(a, b);
        if (m_how == Comparison::not_equal) return !equal(a, b);
        if (a.number() && b.number()) return ordered(m_how, *a.number(), *b.number());
        if (a.string() && b.string()) return ordered(m_how, *a.string(), *b.string());
        fail(fmt::format("\"{}\" compares (string, string) or (number, number), found ({}, {})", m_name, type_name(a),
                         type_name(b)));
    }

private:
    Comparison m_how;
    std::string m_name;
};

bool is_comparable(Comparison how, const Type& type) {
    if (type.kind == Kind::string || type.kind == Kind::number || type.kind == Kind::value) return true;
    return !is_order(how) && (type.kind == Kind::boolean || type.kind == Kind::null);
}

template <Comparison How>
NodePtr parse_comparison(Parser& parser, const Form& form) {
    if (form.count() == 3)
        return parser.fault(form.at(3),
                            "collators are not supported; compare [\"downcase\", ...] of both sides instead");
    if (form.count() != 2)
        return parser.fault(form.pointer, fmt::format("\"{}\" takes two arguments, found {}", form.name, form.count()));
    std::vector<NodePtr> sides;
    for (std::size_t i = 1; i <= 2; ++i) {
        const NodePtr side = parser.parse_arg(form, i, Type(Kind::value));
        if (!side) return nullptr;
        if (!is_comparable(How, side->type()))
            return parser.fault(
                form.at(i), fmt::format("\"{}\" cannot compare values of type '{}'", form.name, to_text(side->type())));
        sides.push_back(side);
    }
    const Type a = sides[0]->type(), b = sides[1]->type();
    if (a.kind != b.kind && a.kind != Kind::value && b.kind != Kind::value)
        return parser.fault(form.pointer,
                            fmt::format("types '{}' and '{}' cannot be compared", to_text(a), to_text(b)));
    if (is_order(How)) { // a side not known yet must turn out to be of the other's type
        if (a.kind == Kind::value && b.kind != Kind::value) sides[0] = assert_type(b, form.pointer, {sides[0]});
        if (b.kind == Kind::value && a.kind != Kind::value) sides[1] = assert_type(a, form.pointer, {sides[1]});
    }
    return std::make_shared<ComparisonNode>(How, form.name, form.pointer, std::move(sides));
}

} // namespace

std::span<const OperatorEntry> comparison_operators() {
    static const std::vector<OperatorEntry> entries{
        {"==", parse_comparison<Comparison::equal>},  {"!=", parse_comparison<Comparison::not_equal>},
        {"<", parse_comparison<Comparison::less>},    {"<=", parse_comparison<Comparison::less_or_equal>},
        {">", parse_comparison<Comparison::greater>}, {">=", parse_comparison<Comparison::greater_or_equal>},
    };
    return entries;
}

} // namespace harmattan::styles
