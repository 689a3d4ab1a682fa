#include "styles/expressions/node.hpp"

namespace harmattan::styles {

Expression::Node::Node(Type type, std::string pointer, std::vector<NodePtr> children, unsigned own_needs)
    : m_type(type), m_pointer(std::move(pointer)), m_children(std::move(children)), m_needs(own_needs) {
    for (const NodePtr& child : m_children) m_needs |= child->needs();
}

void Expression::Node::fail(const std::string& message) const { throw ExpressionError(m_pointer, message); }

double Expression::Node::number_of(std::size_t child, const EvaluationContext& context) const {
    const Value v = value_of(child, context);
    if (const double* number = v.number()) return *number;
    m_children[child]->fail("expected a value of type number, found " + type_name(v));
}

bool Expression::Node::boolean_of(std::size_t child, const EvaluationContext& context) const {
    const Value v = value_of(child, context);
    if (const bool* boolean = v.boolean()) return *boolean;
    m_children[child]->fail("expected a value of type boolean, found " + type_name(v));
}

std::string Expression::Node::string_of(std::size_t child, const EvaluationContext& context) const {
    Value v = value_of(child, context);
    if (auto* text = std::get_if<std::string>(&v.held)) return std::move(*text);
    m_children[child]->fail("expected a value of type string, found " + type_name(v));
}

} // namespace harmattan::styles
