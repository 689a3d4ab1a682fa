#pragma once
// The tree a parsed expression is: every node knows its type, its place in the text (for messages) and what its value
// depends on. Families of nodes live in the files beside this one.

#include "styles/expression.hpp"
#include "styles/expressions/type.hpp"

namespace harmattan::styles {

using NodePtr = std::shared_ptr<const Expression::Node>;

class Expression::Node {
public:
    /// What a value depends on, as bits.
    static constexpr unsigned needs_zoom = 1, needs_feature = 2, needs_density = 4, needs_progress = 8;
    /// Nodes the rules on ["zoom"] have to tell apart.
    enum class Role { other, literal, zoom, step, interpolate, let, coalesce };

    Node(Type type, std::string pointer, std::vector<NodePtr> children, unsigned own_needs = 0);
    virtual ~Node() = default;

    virtual Value evaluate(const EvaluationContext& context) const = 0;
    virtual Role role() const { return Role::other; }

    const Type& type() const { return m_type; }
    const std::string& pointer() const { return m_pointer; }
    const std::vector<NodePtr>& children() const { return m_children; }
    unsigned needs() const { return m_needs; }

    Value value_of(std::size_t child, const EvaluationContext& context) const {
        return m_children[child]->evaluate(context);
    }
    /// The child's value where the parser has made sure of its type.
    double number_of(std::size_t child, const EvaluationContext& context) const;
    bool boolean_of(std::size_t child, const EvaluationContext& context) const;
    std::string string_of(std::size_t child, const EvaluationContext& context) const;

    /// Throws ExpressionError that names this node's place.
    [[noreturn]] void fail(const std::string& message) const;

private:
    Type m_type;
    std::string m_pointer;
    std::vector<NodePtr> m_children;
    unsigned m_needs;
};

class LiteralNode final : public Expression::Node {
public:
    LiteralNode(Type type, std::string pointer, Value value)
        : Node(type, std::move(pointer), {}), m_value(std::move(value)) {}
    Value evaluate(const EvaluationContext&) const override { return m_value; }
    Role role() const override { return Role::literal; }
    const Value& value() const { return m_value; }

private:
    Value m_value;
};

} // namespace harmattan::styles
