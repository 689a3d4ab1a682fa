#include "styles/expressions/builtin.hpp"

#include "styles/expressions/number_format.hpp"
#include "styles/unicode.hpp"

#include <array>
#include <fmt/format.h>

namespace harmattan::styles {

namespace {

using Kind = Type::Kind;
using Node = Expression::Node;

Value concat(const Node& self, const EvaluationContext& context) {
    std::string all;
    for (std::size_t i = 0; i < self.children().size(); ++i) all += to_text(self.value_of(i, context));
    return all;
}

Value upcase(const Node& self, const EvaluationContext& context) { return uppercase(self.string_of(0, context)); }
Value downcase(const Node& self, const EvaluationContext& context) { return lowercase(self.string_of(0, context)); }

/// Pango shapes every script that a font is there for.
Value is_supported_script(const Node&, const EvaluationContext&) { return true; }

Value split(const Node& self, const EvaluationContext& context) {
    const std::string text = self.string_of(0, context), separator = self.string_of(1, context);
    Array parts;
    std::size_t begin = 0;
    if (separator.empty()) { // every character by itself
        for (std::size_t i = 0, count = count_characters(text); i < count; ++i) {
            const std::size_t end = byte_of_character(text, i + 1);
            parts.push_back(text.substr(begin, end - begin));
            begin = end;
        }
        return Value(std::move(parts));
    }
    for (std::size_t found; (found = text.find(separator, begin)) != std::string::npos;
         begin = found + separator.size())
        parts.push_back(text.substr(begin, found - begin));
    parts.push_back(text.substr(begin));
    return Value(std::move(parts));
}

Value join(const Node& self, const EvaluationContext& context) {
    const Value input = self.value_of(0, context);
    const std::string separator = self.string_of(1, context);
    std::string all;
    bool first = true;
    for (const Value& item : *input.array()) {
        if (!first) all += separator;
        first = false;
        all += to_text(item);
    }
    return all;
}

/// Children: text, then for each section as many of scale, fonts and colour as `m_sections` says it has.
class FormatNode final : public Expression::Node {
public:
    struct Section {
        std::size_t text = 0;
        std::array<std::optional<std::size_t>, 3> options; ///< children: font-scale, text-font, text-color
    };
    FormatNode(std::string pointer, std::vector<NodePtr> children, std::vector<Section> sections)
        : Node(Kind::formatted, std::move(pointer), std::move(children)), m_sections(std::move(sections)) {}

    Value evaluate(const EvaluationContext& context) const override {
        Formatted out;
        for (const Section& section : m_sections) {
            Formatted::Section& made = out.sections.emplace_back();
            made.text = to_text(value_of(section.text, context));
            if (section.options[0]) made.scale = number_of(*section.options[0], context);
            if (section.options[1])
                for (const Value& font : *value_of(*section.options[1], context).array())
                    made.fonts.push_back(to_text(font));
            if (section.options[2]) made.color = *value_of(*section.options[2], context).color();
        }
        return Value(std::move(out));
    }

private:
    std::vector<Section> m_sections;
};

NodePtr parse_format(Parser& parser, const Form& form) {
    if (form.count() < 1) return parser.fault(form.pointer, "\"format\" takes at least one argument");
    static const std::array<std::pair<std::string_view, Type>, 3> options{
        {{"font-scale", Kind::number}, {"text-font", Type::array_of(Kind::string)}, {"text-color", Kind::color}}};
    std::vector<NodePtr> children;
    std::vector<FormatNode::Section> sections;
    bool options_may_follow = false;
    for (std::size_t i = 1; i < form.args.size(); ++i) {
        const Object* given = form.args[i].object();
        if (!given) {
            const NodePtr text = parser.parse_arg(form, i, Type(Kind::value));
            if (!text) return nullptr;
            const Kind kind = text->type().kind;
            if (kind != Kind::string && kind != Kind::value && kind != Kind::null)
                return parser.fault(form.at(i),
                                    fmt::format("formatted text is made of strings, found {}", to_text(text->type())));
            sections.push_back({children.size(), {}});
            children.push_back(text);
        } else if (!options_may_follow) {
            return parser.fault(form.at(i), "options follow the text they are for");
        } else {
            for (const auto& [key, value] : *given) {
                std::size_t which = 0;
                while (which < options.size() && options[which].first != key) ++which;
                if (which == options.size())
                    return parser.fault(
                        form.at(i),
                        fmt::format("\"{}\" is not supported; there are font-scale, text-font and text-color", key));
                const NodePtr option = parser.parse(value, form.at(i) + "/" + key, options[which].second);
                if (!option) return nullptr;
                sections.back().options[which] = children.size();
                children.push_back(option);
            }
        }
        options_may_follow = !given;
    }
    return std::make_shared<FormatNode>(form.pointer, std::move(children), std::move(sections));
}

} // namespace

std::span<const Builtin> text_builtins() {
    const Type texts = Type::array_of(Kind::string);
    static const std::vector<Builtin> table{
        {"concat", {{Kind::string, {Kind::value}, concat, true}}},
        {"upcase", {{Kind::string, {Kind::string}, upcase}}},
        {"downcase", {{Kind::string, {Kind::string}, downcase}}},
        {"split", {{texts, {Kind::string, Kind::string}, split}}},
        {"join", {{Kind::string, {texts, Kind::string}, join}}},
        {"is-supported-script", {{Kind::boolean, {Kind::string}, is_supported_script}}},
    };
    return table;
}

std::span<const OperatorEntry> text_operators() {
    static const std::vector<OperatorEntry> entries{{"format", parse_format}, {"number-format", parse_number_format}};
    return entries;
}

} // namespace harmattan::styles
