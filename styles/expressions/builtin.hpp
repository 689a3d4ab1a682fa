#pragma once
// Expressions that are plain functions: parameter types, a result type and a function over the evaluated arguments.

#include "styles/expressions/parser.hpp"

namespace harmattan::styles {

using Evaluate = Value (*)(const Expression::Node& self, const EvaluationContext& context);

struct Signature {
    Type result;
    std::vector<Type> parameters;
    Evaluate evaluate = nullptr;
    bool variadic = false; ///< any number of arguments of the one parameter type
    unsigned needs = 0;
    Expression::Node::Role role = Expression::Node::Role::other;
};

struct Builtin {
    std::string_view name;
    std::vector<Signature> overloads;
};

std::span<const Builtin> math_builtins();
std::span<const Builtin> logic_builtins();
std::span<const Builtin> text_builtins();
std::span<const Builtin> color_builtins();
std::span<const Builtin> feature_builtins();

/// Picks the overload whose arity and types fit and makes its node.
NodePtr parse_call(Parser& parser, const Builtin& builtin, const Form& form);

} // namespace harmattan::styles
