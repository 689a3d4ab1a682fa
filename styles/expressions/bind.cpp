#include "styles/expressions/parser.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace harmattan::styles {

namespace {

using Kind = Type::Kind;

NodePtr parse_literal(Parser& parser, const Form& form) {
    if (form.count() != 1)
        return parser.fault(form.pointer, fmt::format("'literal' takes exactly one argument, found {}", form.count()));
    Type type = type_of(form.args[1]);
    // An empty array fits wherever an array of any type and of no particular length is asked for.
    const bool is_empty = type.kind == Kind::array && type.length == 0;
    if (is_empty && form.expected && form.expected->kind == Kind::array && form.expected->length.value_or(0) == 0)
        type = *form.expected;
    return std::make_shared<LiteralNode>(type, form.pointer, form.args[1]);
}

class ArrayNode final : public Expression::Node {
public:
    using Node::Node;
    Value evaluate(const EvaluationContext& context) const override {
        Array items;
        for (const NodePtr& child : children()) items.push_back(child->evaluate(context));
        return Value(std::move(items));
    }
};

/// A literal array whose items are expressions.
NodePtr parse_semiliteral(Parser& parser, const Form& form) {
    if (form.count() != 1)
        return parser.fault(form.pointer,
                            fmt::format("'semiliteral' takes exactly one argument, found {}", form.count()));
    const Array* items = form.args[1].array();
    if (!items) return parser.parse_arg(form, 1, form.expected);
    std::vector<NodePtr> nodes;
    std::optional<Kind> item_type;
    for (std::size_t i = 0; i < items->size(); ++i) {
        const NodePtr node = parser.parse((*items)[i], fmt::format("{}/{}", form.at(1), i));
        if (!node) return nullptr;
        const Kind kind = node->type().kind == Kind::array ? Kind::value : node->type().kind;
        item_type = !item_type || *item_type == kind ? kind : Kind::value;
        nodes.push_back(node);
    }
    const Type type = Type::array_of(item_type.value_or(Kind::value), nodes.size());
    return std::make_shared<ArrayNode>(type, form.pointer, std::move(nodes));
}

/// Children: the bound values, then the body.
class LetNode final : public Expression::Node {
public:
    using Node::Node;
    Role role() const override { return Role::let; }
    Value evaluate(const EvaluationContext& context) const override { return children().back()->evaluate(context); }
};

class VarNode final : public Expression::Node {
public:
    VarNode(NodePtr bound, std::string pointer)
        : Node(bound->type(), std::move(pointer), {}, bound->needs()), m_bound(std::move(bound)) {}
    Value evaluate(const EvaluationContext& context) const override { return m_bound->evaluate(context); }

private:
    NodePtr m_bound;
};

bool is_name(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

NodePtr parse_let(Parser& parser, const Form& form) {
    if (form.count() < 3)
        return parser.fault(form.pointer, fmt::format("\"let\" takes at least 3 arguments, found {}", form.count()));
    std::map<std::string, NodePtr> bindings;
    std::vector<NodePtr> children;
    for (std::size_t i = 1; i + 1 < form.args.size(); i += 2) {
        const std::string* name = form.args[i].string();
        if (!name)
            return parser.fault(form.at(i), fmt::format("expected a name (string), found {}", type_name(form.args[i])));
        if (!is_name(*name)) return parser.fault(form.at(i), "names consist of letters, digits and '_'");
        const NodePtr bound = parser.parse_arg(form, i + 1);
        if (!bound) return nullptr;
        bindings[*name] = bound;
        children.push_back(bound);
    }
    const std::size_t last = form.args.size() - 1;
    children.push_back(parser.parse_in_scope(bindings, form.args[last], form.at(last), form.expected));
    if (!children.back()) return nullptr;
    const Type type = children.back()->type();
    return std::make_shared<LetNode>(type, form.pointer, std::move(children));
}

NodePtr parse_var(Parser& parser, const Form& form) {
    const std::string* name = form.count() == 1 ? form.args[1].string() : nullptr;
    if (!name) return parser.fault(form.pointer, "\"var\" takes one argument, the name as a string");
    NodePtr bound = parser.find_binding(*name);
    if (!bound)
        return parser.fault(form.at(1),
                            fmt::format("\"{0}\" is not bound; put [\"let\", \"{0}\", ...] around it", *name));
    return std::make_shared<VarNode>(std::move(bound), form.pointer);
}

} // namespace

std::span<const OperatorEntry> binding_operators() {
    static const std::vector<OperatorEntry> entries{
        {"literal", parse_literal}, {"semiliteral", parse_semiliteral}, {"let", parse_let}, {"var", parse_var}};
    return entries;
}

} // namespace harmattan::styles
