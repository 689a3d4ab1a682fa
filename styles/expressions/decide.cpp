#include "styles/expressions/annotate.hpp"

#include <cmath>
#include <fmt/format.h>
#include <set>

namespace harmattan::styles {

namespace {

using Kind = Type::Kind;

/// Children: condition, result, condition, result, …, otherwise.
class CaseNode final : public Expression::Node {
public:
    using Node::Node;
    Value evaluate(const EvaluationContext& context) const override {
        const std::size_t last = children().size() - 1;
        for (std::size_t i = 0; i < last; i += 2)
            if (boolean_of(i, context)) return value_of(i + 1, context);
        return value_of(last, context);
    }
};

NodePtr parse_case(Parser& parser, const Form& form) {
    if (form.count() < 3)
        return parser.fault(form.pointer, fmt::format("\"case\" takes at least 3 arguments, found {}", form.count()));
    if (form.count() % 2 == 0)
        return parser.fault(form.pointer,
                            "\"case\" takes pairs of condition and result, then a last result: an odd number");
    std::optional<Type> output = form.expected_output();
    std::vector<NodePtr> parts;
    for (std::size_t i = 1; i < form.args.size(); ++i) {
        const bool is_condition = i % 2 == 1 && i + 1 < form.args.size();
        const NodePtr part = parser.parse_arg(form, i, is_condition ? Type(Kind::boolean) : output);
        if (!part) return nullptr;
        if (!is_condition && !output) output = part->type();
        parts.push_back(part);
    }
    return std::make_shared<CaseNode>(*output, form.pointer, std::move(parts));
}

/// Children: input, the results in the order of their branches, otherwise.
class MatchNode final : public Expression::Node {
public:
    using Labels = std::map<Value, std::size_t, bool (*)(const Value&, const Value&)>;
    MatchNode(Type type, std::string pointer, std::vector<NodePtr> children, Labels labels)
        : Node(type, std::move(pointer), std::move(children)), m_labels(std::move(labels)) {}

    Value evaluate(const EvaluationContext& context) const override {
        const Value input = value_of(0, context);
        const auto found = input.number() || input.string() ? m_labels.find(input) : m_labels.end();
        return value_of(found == m_labels.end() ? children().size() - 1 : found->second, context);
    }

    static bool before(const Value& a, const Value& b) {
        if (a.held.index() != b.held.index()) return a.held.index() < b.held.index();
        return a.number() ? *a.number() < *b.number() : *a.string() < *b.string();
    }

private:
    Labels m_labels; ///< to the index of the child
};

/// Empty where the label is good.
std::string label_fault(const Value& label) {
    constexpr double largest = 9007199254740991.0; // 2^53 - 1: beyond it doubles skip integers
    const double* number = label.number();
    if (!number && !label.string()) return "the labels of \"match\" are numbers or strings";
    if (number && std::abs(*number) > largest) return "number labels are integers no larger than 9007199254740991";
    if (number && *number != std::floor(*number)) return "number labels are integers";
    return {};
}

NodePtr parse_match(Parser& parser, const Form& form) {
    if (form.count() < 4)
        return parser.fault(form.pointer, fmt::format("\"match\" takes at least 4 arguments, found {}", form.count()));
    if (form.count() % 2 == 1)
        return parser.fault(form.pointer,
                            "\"match\" takes an input, pairs of label and result, and a last result: an even number");
    std::optional<Type> label_type, output = form.expected_output();
    MatchNode::Labels labels(MatchNode::before);
    std::vector<NodePtr> children{nullptr};
    for (std::size_t i = 2; i + 1 < form.args.size(); i += 2) {
        const Array* list = form.args[i].array();
        const Array branch = list ? *list : Array{form.args[i]};
        if (branch.empty()) return parser.fault(form.at(i), "a branch of \"match\" needs at least one label");
        for (const Value& label : branch) {
            if (const std::string wrong = label_fault(label); !wrong.empty()) return parser.fault(form.at(i), wrong);
            if (!label_type) label_type = type_of(label);
            if (!parser.check(*label_type, type_of(label), form.at(i))) return nullptr;
            if (!labels.emplace(label, children.size()).second)
                return parser.fault(form.at(i), fmt::format("the label {} stands in two branches", to_text(label)));
        }
        const NodePtr result = parser.parse_arg(form, i + 1, output);
        if (!result) return nullptr;
        if (!output) output = result->type();
        children.push_back(result);
    }
    children[0] = parser.parse_arg(form, 1, Type(Kind::value));
    if (!children[0]) return nullptr;
    children.push_back(parser.parse_arg(form, form.args.size() - 1, output));
    if (!children.back()) return nullptr;
    if (children[0]->type().kind != Kind::value && !parser.check(*label_type, children[0]->type(), form.at(1)))
        return nullptr;
    return std::make_shared<MatchNode>(*output, form.pointer, std::move(children), std::move(labels));
}

class CoalesceNode final : public Expression::Node {
public:
    using Node::Node;
    Role role() const override { return Role::coalesce; }
    Value evaluate(const EvaluationContext& context) const override {
        Value value;
        for (const NodePtr& child : children())
            if (value = child->evaluate(context); !value.is_null()) break;
        return value;
    }
};

NodePtr parse_coalesce(Parser& parser, const Form& form) {
    if (form.count() < 1) return parser.fault(form.pointer, "\"coalesce\" takes at least one argument");
    const std::optional<Type> expected = form.expected_output();
    std::optional<Type> output = expected;
    std::vector<NodePtr> inputs;
    bool any_unknown = false;
    for (std::size_t i = 1; i < form.args.size(); ++i) {
        // A null must reach the next argument, so an argument is not made to be of the type: the outcome is.
        const NodePtr input = parser.parse_arg(form, i, output, Parser::Annotate::omit);
        if (!input) return nullptr;
        if (!output) output = input->type();
        any_unknown = any_unknown || (expected && !accepts(*expected, input->type()));
        inputs.push_back(input);
    }
    return std::make_shared<CoalesceNode>(any_unknown ? Type(Kind::value) : *output, form.pointer, std::move(inputs));
}

} // namespace

std::span<const OperatorEntry> decision_operators() {
    static const std::vector<OperatorEntry> entries{
        {"case", parse_case}, {"match", parse_match}, {"coalesce", parse_coalesce}};
    return entries;
}

} // namespace harmattan::styles
