#include "styles/expressions/parser.hpp"

#include "styles/unicode.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::styles {

namespace {

using Kind = Type::Kind;

bool is_scalar(const Value& v) { return v.is_null() || v.boolean() || v.number() || v.string(); }

/// What a needle looks like inside a text.
std::string needle_text(const Value& needle) { return needle.is_null() ? "null" : to_text(needle); }

class AtNode final : public Expression::Node {
public:
    using Node::Node;
    Value evaluate(const EvaluationContext& context) const override {
        const double index = number_of(0, context);
        const Value input = value_of(1, context);
        const Array* items = input.array();
        if (!items) fail("expected a value of type array, found " + type_name(input));
        if (index < 0) fail(fmt::format("array index out of bounds: {} < 0", number_text(index)));
        if (index >= static_cast<double>(items->size()))
            fail(fmt::format("array index out of bounds: {} > {}", number_text(index),
                             static_cast<double>(items->size()) - 1));
        if (index != std::floor(index)) fail(fmt::format("an array index is an integer, found {}", number_text(index)));
        return (*items)[static_cast<std::size_t>(index)];
    }
};

NodePtr parse_at(Parser& parser, const Form& form) {
    if (form.count() != 2)
        return parser.fault(form.pointer, fmt::format("\"at\" takes 2 arguments, found {}", form.count()));
    const NodePtr index = parser.parse_arg(form, 1, Type(Kind::number));
    const Type wanted =
        Type::array_of(form.expected && form.expected->kind != Kind::array ? form.expected->kind : Kind::value);
    const NodePtr input = parser.parse_arg(form, 2, wanted);
    if (!index || !input) return nullptr;
    return std::make_shared<AtNode>(input->type().item, form.pointer, std::vector{index, input});
}

/// "in" and "index-of": children needle, haystack and, of index-of, where to begin.
class FindNode final : public Expression::Node {
public:
    FindNode(bool as_index, std::string pointer, std::vector<NodePtr> children)
        : Node(as_index ? Kind::number : Kind::boolean, std::move(pointer), std::move(children)), m_as_index(as_index) {
    }

    Value evaluate(const EvaluationContext& context) const override {
        const Value needle = value_of(0, context), haystack = value_of(1, context);
        if (!m_as_index && is_nothing(haystack)) return false;
        if (!is_scalar(needle))
            fail("expected a first argument of type boolean, string, number or null, found " + type_name(needle));
        const double from = children().size() > 2 ? number_of(2, context) : 0;
        const double index = find(needle, haystack, from);
        return m_as_index ? Value(index) : Value(index >= 0);
    }

private:
    static bool is_nothing(const Value& v) {
        return v.is_null() || (v.boolean() && !*v.boolean()) || (v.number() && *v.number() == 0) ||
               (v.string() && v.string()->empty());
    }
    double find(const Value& needle, const Value& haystack, double from) const {
        if (const std::string* text = haystack.string()) {
            const std::size_t begin = byte_of_character(*text, from < 0 ? 0 : static_cast<std::size_t>(from));
            const auto found = text->find(needle_text(needle), begin);
            if (found == std::string::npos) return -1;
            return static_cast<double>(count_characters(std::string_view(*text).substr(0, found)));
        }
        const Array* items = haystack.array();
        if (!items) fail("expected a second argument of type array or string, found " + type_name(haystack));
        const double size = static_cast<double>(items->size());
        for (double i = from < 0 ? std::max(0.0, size + from) : from; i < size; ++i)
            if ((*items)[static_cast<std::size_t>(i)] == needle) return i;
        return -1;
    }

    bool m_as_index;
};

NodePtr parse_find(Parser& parser, const Form& form) {
    const bool as_index = form.name == "index-of";
    if (as_index ? form.count() != 2 && form.count() != 3 : form.count() != 2)
        return parser.fault(form.pointer, fmt::format("\"{}\" takes {} arguments, found {}", form.name,
                                                      as_index ? "2 or 3" : "2", form.count()));
    std::vector<NodePtr> children{parser.parse_arg(form, 1, Type(Kind::value)),
                                  parser.parse_arg(form, 2, Type(Kind::value))};
    if (!children[0] || !children[1]) return nullptr;
    const Kind needle = children[0]->type().kind;
    if (needle == Kind::array || needle == Kind::object || needle == Kind::color || needle == Kind::formatted)
        return parser.fault(form.pointer,
                            fmt::format("expected a first argument of type boolean, string, number or null, found {}",
                                        to_text(children[0]->type())));
    if (form.count() == 3) {
        children.push_back(parser.parse_arg(form, 3, Type(Kind::number)));
        if (!children.back()) return nullptr;
    }
    return std::make_shared<FindNode>(as_index, form.pointer, std::move(children));
}

class SliceNode final : public Expression::Node {
public:
    using Node::Node;
    Value evaluate(const EvaluationContext& context) const override {
        const Value input = value_of(0, context);
        const double from = number_of(1, context);
        const std::optional<double> to = children().size() > 2 ? std::optional(number_of(2, context)) : std::nullopt;
        const auto bounds = [&](std::size_t size) {
            const auto place = [size](double i) { // negative: from the end
                const double whole = std::trunc(i);
                const double counted = whole < 0 ? static_cast<double>(size) + whole : whole;
                return static_cast<std::size_t>(std::clamp(counted, 0.0, static_cast<double>(size)));
            };
            const std::size_t begin = place(from), end = to ? place(*to) : size;
            return std::pair(begin, std::max(begin, end));
        };
        if (const std::string* text = input.string()) {
            const auto [begin, end] = bounds(count_characters(*text));
            const std::size_t first = byte_of_character(*text, begin);
            return text->substr(first, byte_of_character(*text, end) - first);
        }
        const Array* items = input.array();
        if (!items) fail("expected a first argument of type array or string, found " + type_name(input));
        const auto [begin, end] = bounds(items->size());
        return Value(Array(items->begin() + static_cast<std::ptrdiff_t>(begin),
                           items->begin() + static_cast<std::ptrdiff_t>(end)));
    }
};

class LengthNode final : public Expression::Node {
public:
    using Node::Node;
    Value evaluate(const EvaluationContext& context) const override {
        const Value input = value_of(0, context);
        if (const std::string* text = input.string()) return static_cast<double>(count_characters(*text));
        if (const Array* items = input.array()) return static_cast<double>(items->size());
        fail("expected a value of type string or array, found " + type_name(input));
    }
};

/// The first argument of slice and length.
NodePtr parse_sequence(Parser& parser, const Form& form) {
    const NodePtr input = parser.parse_arg(form, 1, Type(Kind::value));
    if (!input) return nullptr;
    const Kind kind = input->type().kind;
    if (kind != Kind::array && kind != Kind::string && kind != Kind::value)
        return parser.fault(form.pointer, fmt::format("expected a first argument of type string or array, found {}",
                                                      to_text(input->type())));
    return input;
}

NodePtr parse_slice(Parser& parser, const Form& form) {
    if (form.count() != 2 && form.count() != 3)
        return parser.fault(form.pointer, fmt::format("\"slice\" takes 2 or 3 arguments, found {}", form.count()));
    std::vector<NodePtr> children{parse_sequence(parser, form)};
    for (std::size_t i = 2; i < form.args.size(); ++i)
        children.push_back(parser.parse_arg(form, i, Type(Kind::number)));
    if (std::ranges::any_of(children, [](const NodePtr& child) { return !child; })) return nullptr;
    Type type = children[0]->type();
    type.length.reset();
    return std::make_shared<SliceNode>(type, form.pointer, std::move(children));
}

NodePtr parse_length(Parser& parser, const Form& form) {
    if (form.count() != 1)
        return parser.fault(form.pointer, fmt::format("\"length\" takes 1 argument, found {}", form.count()));
    const NodePtr input = parse_sequence(parser, form);
    if (!input) return nullptr;
    return std::make_shared<LengthNode>(Kind::number, form.pointer, std::vector{input});
}

} // namespace

std::span<const OperatorEntry> lookup_operators() {
    static const std::vector<OperatorEntry> entries{{"at", parse_at},
                                                    {"in", parse_find},
                                                    {"index-of", parse_find},
                                                    {"slice", parse_slice},
                                                    {"length", parse_length}};
    return entries;
}

} // namespace harmattan::styles
