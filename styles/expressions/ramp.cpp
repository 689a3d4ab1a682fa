#include "styles/expressions/interpolation.hpp"
#include "styles/expressions/parser.hpp"

#include "styles/color_space.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace harmattan::styles {

namespace {

using Kind = Type::Kind;

/// Children: input, then one output for each stop. Stops ascend.
class CurveNode : public Expression::Node {
public:
    CurveNode(Type type, std::string pointer, std::vector<NodePtr> children, std::vector<double> stops)
        : Node(type, std::move(pointer), std::move(children)), m_stops(std::move(stops)) {}

protected:
    const std::vector<double>& stops() const { return m_stops; }
    /// The last stop at or before `input`, the first where there is none.
    std::size_t stop_before(double input) const {
        const auto after = std::ranges::upper_bound(m_stops, input);
        return after == m_stops.begin() ? 0 : static_cast<std::size_t>(after - m_stops.begin()) - 1;
    }
    Value output(std::size_t stop, const EvaluationContext& context) const { return value_of(stop + 1, context); }

private:
    std::vector<double> m_stops;
};

class StepNode final : public CurveNode {
public:
    using CurveNode::CurveNode;
    Role role() const override { return Role::step; }
    Value evaluate(const EvaluationContext& context) const override {
        return output(stop_before(number_of(0, context)), context);
    }
};

class InterpolateNode final : public CurveNode {
public:
    InterpolateNode(Type type, std::string pointer, std::vector<NodePtr> children, std::vector<double> stops,
                    Easing easing, MixSpace space)
        : CurveNode(type, std::move(pointer), std::move(children), std::move(stops)), m_easing(easing), m_space(space) {
    }
    Role role() const override { return Role::interpolate; }

    Value evaluate(const EvaluationContext& context) const override {
        const double input = number_of(0, context);
        const std::size_t at = stop_before(input);
        if (input <= stops()[at] || at + 1 == stops().size()) return output(at, context);
        return between(output(at, context), output(at + 1, context),
                       m_easing.progress(input, stops()[at], stops()[at + 1]));
    }

private:
    Value between(const Value& from, const Value& to, double t) const {
        const auto numbers = [t](double a, double b) { return a * (1 - t) + b * t; };
        if (from.number() && to.number()) return numbers(*from.number(), *to.number());
        if (from.color() && to.color()) return mix(*from.color(), *to.color(), t, m_space);
        const Array *a = from.array(), *b = to.array();
        if (!a || !b || a->size() != b->size())
            fail(fmt::format("{} and {} cannot be interpolated", type_name(from), type_name(to)));
        Array mixed;
        for (std::size_t i = 0; i < a->size(); ++i) mixed.push_back(between((*a)[i], (*b)[i], t));
        return Value(std::move(mixed));
    }

    Easing m_easing;
    MixSpace m_space;
};

struct Stops {
    std::vector<double> inputs;
    std::vector<NodePtr> outputs;
    std::optional<Type> type;
};

/// Reads the pairs that begin at args[first]; false after a fault.
bool parse_stops(Parser& parser, const Form& form, std::size_t first, Stops& stops) {
    for (std::size_t i = first; i + 1 < form.args.size(); i += 2) {
        const double* input = form.args[i].number();
        if (!input) {
            parser.fault(form.at(i),
                         fmt::format("the stops of \"{}\" are numbers written out, not computed", form.name));
            return false;
        }
        if (!stops.inputs.empty() && *input <= stops.inputs.back()) {
            parser.fault(form.at(i), fmt::format("the stops of \"{}\" ascend strictly", form.name));
            return false;
        }
        const NodePtr output = parser.parse_arg(form, i + 1, stops.type);
        if (!output) return false;
        if (!stops.type) stops.type = output->type();
        stops.inputs.push_back(*input);
        stops.outputs.push_back(output);
    }
    return true;
}

NodePtr parse_step(Parser& parser, const Form& form) {
    if (form.count() < 4)
        return parser.fault(form.pointer, fmt::format("\"step\" takes at least 4 arguments, found {}", form.count()));
    if (form.count() % 2 == 1)
        return parser.fault(form.pointer,
                            "\"step\" takes an input, a first output, and pairs of stop and output: an even number");
    const NodePtr input = parser.parse_arg(form, 1, Type(Kind::number));
    if (!input) return nullptr;
    Stops stops{{-std::numeric_limits<double>::infinity()},
                {parser.parse_arg(form, 2, form.expected_output())},
                form.expected_output()};
    if (!stops.outputs[0]) return nullptr;
    if (!stops.type) stops.type = stops.outputs[0]->type();
    if (!parse_stops(parser, form, 3, stops)) return nullptr;
    stops.outputs.insert(stops.outputs.begin(), input);
    return std::make_shared<StepNode>(*stops.type, form.pointer, std::move(stops.outputs), std::move(stops.inputs));
}

bool is_interpolatable(const Type& type) {
    return type.kind == Kind::number || type.kind == Kind::color ||
           (type.kind == Kind::array && type.item == Kind::number && type.length);
}

NodePtr parse_interpolate(Parser& parser, const Form& form) {
    const MixSpace space = form.name == "interpolate-lab"   ? MixSpace::lab
                           : form.name == "interpolate-hcl" ? MixSpace::hcl
                                                            : MixSpace::srgb;
    const std::optional<Easing> easing =
        form.count() < 1 ? std::nullopt : parse_easing(parser, form.args[1], form.at(1));
    if (!easing && form.count() >= 1) return nullptr;
    if (form.count() < 4)
        return parser.fault(form.pointer,
                            fmt::format("\"{}\" takes at least 4 arguments, found {}", form.name, form.count()));
    if (form.count() % 2 == 1)
        return parser.fault(
            form.pointer,
            fmt::format("\"{}\" takes a curve, an input, and pairs of stop and output: an even number", form.name));
    const NodePtr input = parser.parse_arg(form, 2, Type(Kind::number));
    if (!input) return nullptr;
    Stops stops;
    stops.type = space == MixSpace::srgb ? form.expected_output() : std::optional(Type(Kind::color));
    if (!parse_stops(parser, form, 3, stops)) return nullptr;
    if (!is_interpolatable(*stops.type))
        return parser.fault(form.pointer,
                            fmt::format("type {} cannot be interpolated; use \"step\"", to_text(*stops.type)));
    stops.outputs.insert(stops.outputs.begin(), input);
    return std::make_shared<InterpolateNode>(*stops.type, form.pointer, std::move(stops.outputs),
                                             std::move(stops.inputs), *easing, space);
}

} // namespace

std::span<const OperatorEntry> ramp_operators() {
    static const std::vector<OperatorEntry> entries{{"step", parse_step},
                                                    {"interpolate", parse_interpolate},
                                                    {"interpolate-lab", parse_interpolate},
                                                    {"interpolate-hcl", parse_interpolate}};
    return entries;
}

} // namespace harmattan::styles
