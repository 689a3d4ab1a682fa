#include "styles/expressions/number_format.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::styles {

namespace {

using Kind = Type::Kind;

struct Separators {
    std::string_view group, decimal;
};

Separators separators_of(std::string_view locale) {
    const std::string_view language = locale.substr(0, locale.find('-'));
    if (language == "fr") return {"\u202f", ","};
    if (language == "de" || language == "es" || language == "pt") return {".", ","};
    return {",", "."};
}

/// The shortest decimal digits of a number ≥ 0, split at the point.
struct Digits {
    std::string whole, fraction;
};

Digits shortest_digits(double value) {
    char buffer[400]; // fixed notation of the largest double takes 309 digits
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
    const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
    const auto point = text.find('.');
    if (point == std::string_view::npos) return {std::string(text), {}};
    return {std::string(text.substr(0, point)), std::string(text.substr(point + 1))};
}

void round_fraction(Digits& d, std::size_t keep) {
    if (d.fraction.size() <= keep) return;
    const bool up = d.fraction[keep] >= '5';
    d.fraction.resize(keep);
    if (!up) return;
    std::string all = d.whole + d.fraction;
    std::size_t i = all.size();
    while (i > 0 && all[i - 1] == '9') all[--i] = '0';
    if (i > 0) ++all[i - 1];
    else all.insert(all.begin(), '1');
    d.whole = all.substr(0, all.size() - keep);
    d.fraction = all.substr(all.size() - keep);
}

constexpr std::pair<std::string_view, std::string_view> unit_signs[] = {
    {"celsius", "°C"},     {"centimeter", " cm"}, {"day", " d"},        {"degree", "°"},
    {"gigabyte", " GB"},   {"gram", " g"},        {"hectare", " ha"},   {"hour", " h"},
    {"kilobyte", " kB"},   {"kilogram", " kg"},   {"kilometer", " km"}, {"kilometer-per-hour", " km/h"},
    {"liter", " L"},       {"megabyte", " MB"},   {"meter", " m"},      {"mile", " mi"},
    {"millimeter", " mm"}, {"minute", " min"},    {"percent", "%"},     {"second", " s"},
};

/// Children: the number, then those of locale, unit, min-fraction-digits, max-fraction-digits that are given.
class NumberFormatNode final : public Expression::Node {
public:
    using Options = std::map<std::string, std::size_t>;
    NumberFormatNode(std::string pointer, std::vector<NodePtr> children, Options options)
        : Node(Kind::string, std::move(pointer), std::move(children)), m_options(std::move(options)) {}

    Value evaluate(const EvaluationContext& context) const override {
        NumberStyle style;
        const auto digits = [&](const char* key, int otherwise) {
            const auto found = m_options.find(key);
            if (found == m_options.end()) return otherwise;
            const double count = number_of(found->second, context);
            if (!(count >= 0 && count <= 100))
                fail(fmt::format("{} is {}; it lies in 0 … 100", key, number_text(count)));
            return static_cast<int>(count);
        };
        style.min_fraction_digits = digits("min-fraction-digits", 0);
        style.max_fraction_digits = digits("max-fraction-digits", std::max(style.min_fraction_digits, 3));
        if (style.min_fraction_digits > style.max_fraction_digits)
            fail("min-fraction-digits is larger than max-fraction-digits");
        if (const auto locale = m_options.find("locale"); locale != m_options.end())
            style.locale = string_of(locale->second, context);
        if (const auto unit = m_options.find("unit"); unit != m_options.end()) {
            style.unit = string_of(unit->second, context);
            if (!find_unit_sign(style.unit)) fail(fmt::format("the unit \"{}\" is not known here", style.unit));
        }
        return format_number(number_of(0, context), style);
    }

private:
    Options m_options;
};

} // namespace

std::optional<std::string> find_unit_sign(std::string_view unit) {
    for (const auto& [name, sign] : unit_signs)
        if (name == unit) return std::string(sign);
    return {};
}

std::string format_number(double value, const NumberStyle& style) {
    if (std::isnan(value)) return "NaN";
    std::string out = std::signbit(value) ? "-" : "";
    if (std::isinf(value)) return out + "∞";
    Digits digits = shortest_digits(std::abs(value));
    round_fraction(digits, static_cast<std::size_t>(style.max_fraction_digits));
    while (digits.fraction.size() > static_cast<std::size_t>(style.min_fraction_digits) &&
           digits.fraction.back() == '0')
        digits.fraction.pop_back();
    digits.fraction.resize(std::max(digits.fraction.size(), static_cast<std::size_t>(style.min_fraction_digits)), '0');

    const Separators separators = separators_of(style.locale);
    for (std::size_t i = 0; i < digits.whole.size(); ++i) {
        if (i > 0 && (digits.whole.size() - i) % 3 == 0) out += separators.group;
        out += digits.whole[i];
    }
    if (!digits.fraction.empty()) out.append(separators.decimal).append(digits.fraction);
    return out + find_unit_sign(style.unit).value_or("");
}

NodePtr parse_number_format(Parser& parser, const Form& form) {
    const Object* given = form.count() == 2 ? form.args[2].object() : nullptr;
    if (!given)
        return parser.fault(form.pointer, "\"number-format\" takes two arguments, a number and an object of options");
    NumberFormatNode::Options options;
    std::vector<NodePtr> children{parser.parse_arg(form, 1, Type(Kind::number))};
    if (!children[0]) return nullptr;
    for (const auto& [key, value] : *given) {
        const std::string at = form.at(2) + "/" + key;
        if (key == "currency")
            return parser.fault(at, "currencies are not supported; put the sign there with \"concat\"");
        const bool is_text = key == "locale" || key == "unit";
        if (!is_text && key != "min-fraction-digits" && key != "max-fraction-digits")
            return parser.fault(at, fmt::format("\"{}\" is no option of \"number-format\"", key));
        children.push_back(parser.parse(value, at, Type(is_text ? Kind::string : Kind::number)));
        if (!children.back()) return nullptr;
        options[key] = children.size() - 1;
    }
    return std::make_shared<NumberFormatNode>(form.pointer, std::move(children), std::move(options));
}

} // namespace harmattan::styles
