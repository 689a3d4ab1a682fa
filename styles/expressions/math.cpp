#include "styles/expressions/builtin.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace harmattan::styles {

namespace {

using Kind = Type::Kind;
using Node = Expression::Node;

template <double (*Function)(double)>
Value of_one(const Node& self, const EvaluationContext& context) {
    return Function(self.number_of(0, context));
}

template <double (*Function)(double, double)>
Value of_two(const Node& self, const EvaluationContext& context) {
    return Function(self.number_of(0, context), self.number_of(1, context));
}

template <double (*Function)(double, double)>
Value of_all(const Node& self, const EvaluationContext& context, double start) {
    double result = start;
    for (std::size_t i = 0; i < self.children().size(); ++i) result = Function(result, self.number_of(i, context));
    return result;
}

constexpr double infinity = std::numeric_limits<double>::infinity();

double add(double a, double b) { return a + b; }
double subtract(double a, double b) { return a - b; }
double multiply(double a, double b) { return a * b; }
double divide(double a, double b) { return a / b; }
double remainder_of(double a, double b) { return std::fmod(a, b); }
double power(double a, double b) { return std::pow(a, b); }
double smaller(double a, double b) { return std::min(a, b); }
double larger(double a, double b) { return std::max(a, b); }
double negate(double a) { return -a; }
/// Halves go away from zero, as the specification says for negative numbers too.
double round_half_out(double a) { return std::round(a); }

Builtin one(std::string_view name, Evaluate function) { return {name, {{Kind::number, {Kind::number}, function}}}; }
Builtin two(std::string_view name, Evaluate function) {
    return {name, {{Kind::number, {Kind::number, Kind::number}, function}}};
}
Builtin many(std::string_view name, Evaluate function) {
    return {name, {{Kind::number, {Kind::number}, function, true}}};
}
Builtin constant(std::string_view name, Evaluate function) { return {name, {{Kind::number, {}, function}}}; }

} // namespace

std::span<const Builtin> math_builtins() {
    static const std::vector<Builtin> table{
        many("+", [](const Node& n, const EvaluationContext& c) { return of_all<add>(n, c, 0); }),
        many("*", [](const Node& n, const EvaluationContext& c) { return of_all<multiply>(n, c, 1); }),
        many("min", [](const Node& n, const EvaluationContext& c) { return of_all<smaller>(n, c, infinity); }),
        many("max", [](const Node& n, const EvaluationContext& c) { return of_all<larger>(n, c, -infinity); }),
        {"-",
         {{Kind::number, {Kind::number, Kind::number}, of_two<subtract>},
          {Kind::number, {Kind::number}, of_one<negate>}}},
        two("/", of_two<divide>),
        two("%", of_two<remainder_of>),
        two("^", of_two<power>),
        one("sqrt", of_one<std::sqrt>),
        one("ln", of_one<std::log>),
        one("log2", of_one<std::log2>),
        one("log10", of_one<std::log10>),
        one("sin", of_one<std::sin>),
        one("cos", of_one<std::cos>),
        one("tan", of_one<std::tan>),
        one("asin", of_one<std::asin>),
        one("acos", of_one<std::acos>),
        one("atan", of_one<std::atan>),
        one("abs", of_one<std::abs>),
        one("floor", of_one<std::floor>),
        one("ceil", of_one<std::ceil>),
        one("round", of_one<round_half_out>),
        constant("e", [](const Node&, const EvaluationContext&) { return Value(std::numbers::e); }),
        constant("pi", [](const Node&, const EvaluationContext&) { return Value(std::numbers::pi); }),
        constant("ln2", [](const Node&, const EvaluationContext&) { return Value(std::numbers::ln2); }),
    };
    return table;
}

} // namespace harmattan::styles
