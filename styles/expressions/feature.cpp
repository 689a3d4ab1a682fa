#include "styles/expressions/builtin.hpp"

namespace harmattan::styles {

namespace {

using Kind = Type::Kind;
using Node = Expression::Node;

Value property(const Node& self, const EvaluationContext& context) {
    return context.feature ? context.feature->property(self.string_of(0, context)) : Value();
}

Value member(const Node& self, const EvaluationContext& context) {
    return self.value_of(1, context)[self.string_of(0, context)];
}

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

Value properties(const Node&, const EvaluationContext& context) {
    return Value(context.feature ? context.feature->properties() : Object{});
}

Value id(const Node&, const EvaluationContext& context) { return context.feature ? context.feature->id() : Value(); }
Value zoom(const Node&, const EvaluationContext& context) { return context.zoom; }
Value density(const Node&, const EvaluationContext& context) { return context.heatmap_density.value_or(0); }
Value progress(const Node&, const EvaluationContext& context) { return context.line_progress.value_or(0); }
Value type_of_value(const Node& self, const EvaluationContext& context) { return type_name(self.value_of(0, context)); }

/// A signature that reads something of the context.
Signature reads(unsigned what, Type result, std::vector<Type> parameters, Evaluate evaluate,
                Node::Role role = Node::Role::other) {
    return {result, std::move(parameters), evaluate, false, what, role};
}

} // namespace

std::span<const Builtin> feature_builtins() {
    static const std::vector<Builtin> table{
        {"get",
         {reads(Node::needs_feature, Kind::value, {Kind::string}, property),
          {Kind::value, {Kind::string, Kind::object}, member}}},
        {"has",
         {reads(Node::needs_feature, Kind::boolean, {Kind::string}, has_property),
          {Kind::boolean, {Kind::string, Kind::object}, has_member}}},
        {"properties", {reads(Node::needs_feature, Kind::object, {}, properties)}},
        {"geometry-type", {reads(Node::needs_feature, Kind::string, {}, geometry_type)}},
        {"id", {reads(Node::needs_feature, Kind::value, {}, id)}},
        {"zoom", {reads(Node::needs_zoom, Kind::number, {}, zoom, Node::Role::zoom)}},
        {"heatmap-density", {reads(Node::needs_density, Kind::number, {}, density)}},
        {"line-progress", {reads(Node::needs_progress, Kind::number, {}, progress)}},
        {"typeof", {{Kind::string, {Kind::value}, type_of_value}}},
    };
    return table;
}

} // namespace harmattan::styles
