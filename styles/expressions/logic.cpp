#include "styles/expressions/builtin.hpp"

namespace harmattan::styles {

std::span<const Builtin> logic_builtins() {
    using Kind = Type::Kind;
    using Node = Expression::Node;
    static const std::vector<Builtin> table{
        {"!", {{Kind::boolean, {Kind::boolean},
                [](const Node& self, const EvaluationContext& context) { return Value(!self.boolean_of(0, context)); }}}},
        {"all", {{Kind::boolean, {Kind::boolean},
                  [](const Node& self, const EvaluationContext& context) {
                      for (std::size_t i = 0; i < self.children().size(); ++i)
                          if (!self.boolean_of(i, context)) return Value(false);
                      return Value(true);
                  },
                  true}}},
        {"any", {{Kind::boolean, {Kind::boolean},
                  [](const Node& self, const EvaluationContext& context) {
                      for (std::size_t i = 0; i < self.children().size(); ++i)
                          if (self.boolean_of(i, context)) return Value(true);
                      return Value(false);
                  },
                  true}}},
    };
    return table;
}

} // namespace harmattan::styles
