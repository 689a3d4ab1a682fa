#include "styles/property_reader.hpp"

#include "geo/nearest_name.hpp"
#include "styles/expressions/legacy.hpp"
#include "styles/json.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace harmattan::styles {

namespace {

void check_number(const PropertySpec& spec, double number, const std::string& where, std::vector<Fault>& faults) {
    const auto out_of_range = [&](std::string_view side, double limit) {
        faults.push_back({where, fmt::format("{} is {}; it must be {} {}", spec.name, number_text(number), side,
                                             number_text(limit))});
    };
    if (number < spec.minimum) out_of_range("at least", spec.minimum);
    if (number > spec.maximum) out_of_range("at most", spec.maximum);
}

void check_word(const PropertySpec& spec, const std::string& word, const std::string& where,
                std::vector<Fault>& faults) {
    if (spec.words.empty() || std::ranges::find(spec.words, word) != spec.words.end()) return;
    faults.push_back({where, fmt::format("{} is \"{}\"{}; it must be one of {}", spec.name, word,
                                         geo::did_you_mean(word, spec.words), fmt::join(spec.words, ", "))});
}

/// Range and words of a value that is written out.
void check_constant(const PropertySpec& spec, const Value& value, const std::string& where,
                    std::vector<Fault>& faults) {
    if (const Array* items = value.array())
        for (std::size_t i = 0; i < items->size(); ++i)
            check_constant(spec, (*items)[i], where + pointer_step(i), faults);
    if (const double* number = value.number()) check_number(spec, *number, where, faults);
    if (const std::string* word = value.string()) check_word(spec, *word, where, faults);
}

void check_dependence(const PropertySpec& spec, const Expression& expression, std::vector<Fault>& faults) {
    const auto refuse = [&](bool is_wrong, std::string_view what) {
        if (is_wrong) faults.push_back({"", fmt::format("'{}' cannot depend on {}", spec.name, what)});
    };
    const bool by_feature = spec.depends_on == DependsOn::zoom_and_feature;
    refuse(expression.uses_feature() && !by_feature, "the feature");
    refuse(expression.uses_zoom() && !by_feature && spec.depends_on != DependsOn::zoom, "the zoom");
    refuse(expression.uses_density() && spec.depends_on != DependsOn::density, "\"heatmap-density\"");
    refuse(expression.uses_progress() && spec.depends_on != DependsOn::progress, "\"line-progress\"");
}

Value as_written(const Value& otherwise) { return otherwise.color() ? Value(to_css(*otherwise.color())) : otherwise; }

/// An old function as an expression. Faults of the expression point into what nobody wrote, so they are moved to the
/// function itself.
std::optional<Expression> read_function(const PropertySpec& spec, const Value& written, std::vector<Fault>& faults) {
    FunctionPlace place{spec.type, spec.interpolated, spec.tokens, {}};
    if (!spec.otherwise.is_null()) place.otherwise = as_written(spec.otherwise);
    const auto converted = convert_function(written, place, faults);
    if (!converted) return {};
    std::vector<Fault> inside;
    auto expression = parse_expression(*converted, {spec.type, true, spec.interpolated}, inside);
    for (const Fault& fault : inside) faults.push_back({"", fault.message});
    return expression;
}

std::optional<Expression> read_constant(const PropertySpec& spec, const Value& written, std::vector<Fault>& faults) {
    check_constant(spec, written, "", faults);
    Value json = written;
    if (spec.tokens && written.string()) json = convert_tokens(*written.string());
    if (written.array()) json = Value(Array{"literal", written});
    return parse_expression(json, {spec.type, true, spec.interpolated}, faults);
}

} // namespace

std::optional<Expression> read_property(const PropertySpec& spec, const Value& written, std::vector<Fault>& faults) {
    std::optional<Expression> expression;
    if (written.object()) expression = read_function(spec, written, faults);
    else if (is_expression(written))
        expression = parse_expression(written, {spec.type, true, spec.interpolated}, faults);
    else expression = read_constant(spec, written, faults);
    if (expression) check_dependence(spec, *expression, faults);
    return expression;
}

} // namespace harmattan::styles
