#include "styles/expressions/builtin.hpp"

namespace harmattan::styles {

namespace {

using Kind = Type::Kind;
using Node = Expression::Node;

Value negation(const Node& self, const EvaluationContext& context) { return !self.boolean_of(0, context); }

/// Evaluates as far as the first argument that is `decides`.
template <bool decides>
Value until(const Node& self, const EvaluationContext& context) {
    for (std::size_t i = 0; i < self.children().size(); ++i)
        if (self.boolean_of(i, context) == decides) return decides;
    return !decides;
}

} // namespace

std::span<const Builtin> logic_builtins() {
    static const std::vector<Builtin> table{
        {"!", {{Kind::boolean, {Kind::boolean}, negation}}},
        {"all", {{Kind::boolean, {Kind::boolean}, until<false>, true}}},
        {"any", {{Kind::boolean, {Kind::boolean}, until<true>, true}}},
    };
    return table;
}

} // namespace harmattan::styles
