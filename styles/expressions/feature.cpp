#include "styles/expressions/builtin.hpp"

namespace harmattan::styles {

namespace {

using Kind = Type::Kind;
using Node = Expression::Node;

Value property(const Node& self, const EvaluationContext& context) {
    return context.feature ? context.feature->property(self.string_of(0, context)) : Value();
}

Value member(const Node& self, const EvaluationContext& context) { return self.value_of(1, context)[self.string_of(0, context)]; }

Value has_property(const Node& self, const EvaluationContext& context) {
    return context.feature && context.feature->has(self.string_of(0, context));
}

Value has_member(const Node& self, const EvaluationContext& context) {
    const Value object = self.value_of(1, context);
    return object.object() && object.object()->contains(self.string_of(0, context));
}

Value geometry_type(const Node&, const EvaluationContext& context) {
    switch (context.feature ? context.feature->geometry() : geo::GeometryType::none) {
    case geo::GeometryType::point: return "Point";
    case geo::GeometryType::line: return "LineString";
    case geo::GeometryType::polygon: return "Polygon";
    case geo::GeometryType::none: break;
    }
    return {};
}

} // namespace

std::span<const Builtin> feature_builtins() {
    static const std::vector<Builtin> table{
        {"get", {{Kind::value, {Kind::string}, property, false, Node::needs_feature},
                 {Kind::value, {Kind::string, Kind::object}, member}}},
        {"has", {{Kind::boolean, {Kind::string}, has_property, false, Node::needs_feature},
                 {Kind::boolean, {Kind::string, Kind::object}, has_member}}},
        {"properties", {{Kind::object, {},
                         [](const Node&, const EvaluationContext& context) {
                             return Value(context.feature ? context.feature->properties() : Object{});
                         },
                         false, Node::needs_feature}}},
        {"geometry-type", {{Kind::string, {}, geometry_type, false, Node::needs_feature}}},
        {"id", {{Kind::value, {},
                 [](const Node&, const EvaluationContext& context) { return context.feature ? context.feature->id() : Value(); },
                 false, Node::needs_feature}}},
        {"zoom", {{Kind::number, {}, [](const Node&, const EvaluationContext& context) { return Value(context.zoom); }, false,
                   Node::needs_zoom, Node::Role::zoom}}},
        {"heatmap-density", {{Kind::number, {},
                              [](const Node&, const EvaluationContext& context) { return Value(context.heatmap_density.value_or(0)); },
                              false, Node::needs_density}}},
        {"line-progress", {{Kind::number, {},
                            [](const Node&, const EvaluationContext& context) { return Value(context.line_progress.value_or(0)); },
                            false, Node::needs_progress}}},
        {"typeof", {{Kind::string, {Kind::value},
                     [](const Node& self, const EvaluationContext& context) { return Value(type_name(self.value_of(0, context))); }}}},
    };
    return table;
}

} // namespace harmattan::styles
