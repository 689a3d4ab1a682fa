#include "styles/expression.hpp"

#include "styles/expressions/legacy.hpp"
#include "styles/expressions/parser.hpp"

namespace harmattan::styles {

namespace {

using Node = Expression::Node;

/// The one curve that may take the zoom: the root, or seen from it through "let" and "coalesce".
const Node* zoom_curve(const Node& node) {
    if (node.role() == Node::Role::let) return zoom_curve(*node.children().back());
    if (node.role() == Node::Role::coalesce) {
        for (const NodePtr& child : node.children())
            if (const Node* curve = zoom_curve(*child)) return curve;
        return nullptr;
    }
    const bool is_curve = node.role() == Node::Role::step || node.role() == Node::Role::interpolate;
    const bool takes_zoom = is_curve && node.children().front()->role() == Node::Role::zoom;
    return takes_zoom ? &node : nullptr;
}

int count_zooms(const Node& node) {
    int count = node.role() == Node::Role::zoom ? 1 : 0;
    for (const NodePtr& child : node.children()) count += count_zooms(*child);
    return count;
}

std::optional<Expression> parse_checked(const Value& json, const ExpressionPlace& place, std::vector<Fault>& faults) {
    Parser parser;
    const Type type = parse_type(place.type);
    // What stands for a text is turned into one; anything else must be what is asked for.
    const auto annotate = type.kind == Type::Kind::string ? Parser::Annotate::coercion : Parser::Annotate::assertion;
    const NodePtr root = parser.parse(json, "", place.type == "value" ? std::nullopt : std::optional(type), annotate);
    if (root && place.zoom_in_curves_only && (root->needs() & Node::needs_zoom)) {
        const Node* curve = zoom_curve(*root);
        if (!curve) parser.fault("", "\"zoom\" stands only as the input of an outermost \"step\" or \"interpolate\"");
        else if (count_zooms(*root) > 1) parser.fault("", "only one \"step\" or \"interpolate\" may take \"zoom\"");
        else if (curve->role() == Node::Role::interpolate && !place.interpolated)
            parser.fault(curve->pointer(), "this property has no values in between; use \"step\" for \"interpolate\"");
    }
    faults.insert(faults.end(), parser.faults().begin(), parser.faults().end());
    if (!root || !parser.faults().empty()) return {};
    return Expression(root);
}

} // namespace

Value Expression::evaluate(const EvaluationContext& context) const { return m_root->evaluate(context); }
bool Expression::uses_zoom() const { return (m_root->needs() & Node::needs_zoom) != 0; }
bool Expression::uses_feature() const { return (m_root->needs() & Node::needs_feature) != 0; }
bool Expression::uses_density() const { return (m_root->needs() & Node::needs_density) != 0; }
bool Expression::uses_progress() const { return (m_root->needs() & Node::needs_progress) != 0; }
bool Expression::is_constant() const { return m_root->needs() == 0; }
std::string Expression::type() const { return to_text(m_root->type()); }

std::optional<Expression> parse_expression(const Value& json, const ExpressionPlace& place,
                                           std::vector<Fault>& faults) {
    return parse_checked(json, place, faults);
}

std::optional<Expression> parse_filter(const Value& json, std::vector<Fault>& faults) {
    const ExpressionPlace place{"boolean", false};
    if (is_expression_filter(json)) return parse_checked(json, place, faults);
    const std::optional<Value> converted = convert_filter(json, faults);
    return converted ? parse_checked(*converted, place, faults) : std::nullopt;
}

} // namespace harmattan::styles
