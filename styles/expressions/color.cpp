#include "styles/expressions/builtin.hpp"
#include "styles/expressions/color_values.hpp"
#include "styles/json.hpp"

#include <fmt/format.h>

namespace harmattan::styles {

ColorReading read_color(double red, double green, double blue, double alpha) {
    const auto inside = [](double v) { return v >= 0 && v <= 255; };
    const auto text = [&] {
        return fmt::format("[{}, {}, {}, {}]", number_text(red), number_text(green), number_text(blue),
                           number_text(alpha));
    };
    if (!inside(red) || !inside(green) || !inside(blue))
        return {{}, fmt::format("rgba {}: 'r', 'g' and 'b' lie in 0 … 255", text())};
    if (!(alpha >= 0 && alpha <= 1)) return {{}, fmt::format("rgba {}: 'a' lies in 0 … 1", text())};
    return {Color{static_cast<float>(red / 255), static_cast<float>(green / 255), static_cast<float>(blue / 255),
                  static_cast<float>(alpha)},
            {}};
}

ColorReading read_color(const Value& value) {
    if (const Color* color = value.color()) return {*color, {}};
    if (const std::string* text = value.string()) {
        if (const auto color = parse_color(*text)) return {*color, {}};
        return {{}, fmt::format("'{}' is not a color; write a CSS name, #rrggbb, rgb() or hsl()", *text)};
    }
    const Array* items = value.array();
    if (!items) return {{}, fmt::format("'{}' is not a color", to_json(value))};
    bool numbers = items->size() == 3 || items->size() == 4;
    for (const Value& item : *items) numbers = numbers && item.number();
    if (!numbers) return {{}, fmt::format("rgba {} is not three or four numbers", to_json(value))};
    return read_color(*(*items)[0].number(), *(*items)[1].number(), *(*items)[2].number(),
                      items->size() == 4 ? *(*items)[3].number() : 1);
}

namespace {

using Kind = Type::Kind;
using Node = Expression::Node;

Value color_of(const Node& self, const EvaluationContext& context, double alpha) {
    const ColorReading reading =
        read_color(self.number_of(0, context), self.number_of(1, context), self.number_of(2, context), alpha);
    if (!reading.color) self.fail(reading.reason);
    return *reading.color;
}

Value rgb(const Node& self, const EvaluationContext& context) { return color_of(self, context, 1); }
Value rgba(const Node& self, const EvaluationContext& context) {
    return color_of(self, context, self.number_of(3, context));
}

Value to_rgba(const Node& self, const EvaluationContext& context) {
    const Value value = self.value_of(0, context);
    const Color* c = value.color();
    if (!c) self.fail("expected a value of type color, found " + type_name(value));
    const auto byte = [](float channel) { return Value(static_cast<double>(channel) * 255); };
    return Value(Array{byte(c->r), byte(c->g), byte(c->b), Value(static_cast<double>(c->a))});
}

} // namespace

std::span<const Builtin> color_builtins() {
    static const std::vector<Builtin> table{
        {"rgb", {{Kind::color, std::vector<Type>(3, Kind::number), rgb}}},
        {"rgba", {{Kind::color, std::vector<Type>(4, Kind::number), rgba}}},
        {"to-rgba", {{Type::array_of(Kind::number, 4), {Kind::color}, to_rgba}}},
    };
    return table;
}

} // namespace harmattan::styles
