#include "styles/style.hpp"

#include "styles/property_table.hpp"

#include <algorithm>

namespace harmattan::styles {

namespace {

const Value& note_of(const Object& metadata, std::string_view key) {
    static const Value none;
    const auto found = metadata.find("harmattan:" + std::string(key));
    return found == metadata.end() ? none : found->second;
}

/// Whether an evaluated value is one the property may have; a computed word is not known before.
bool fits(const PropertySpec* spec, const Value& v) {
    if (v.is_null() || !spec || spec->words.empty() || !v.string()) return !v.is_null();
    return std::find(spec->words.begin(), spec->words.end(), *v.string()) != spec->words.end();
}

} // namespace

bool Layer::accepts(const EvaluationContext& context) const {
    if (!filter) return true;
    try {
        const Value v = filter->evaluate(context);
        return v.boolean() && *v.boolean();
    } catch (const ExpressionError&) {
        return false; // the specification: a filter that fails shows nothing
    }
}

bool Layer::varies_by_feature(std::string_view property) const {
    const auto found = properties.find(property);
    return found != properties.end() && found->second.uses_feature();
}

Value Layer::value(std::string_view property, const EvaluationContext& context) const {
    const PropertySpec* spec = find_property(property);
    const auto found = properties.find(property);
    if (found != properties.end()) {
        try {
            if (Value v = found->second.evaluate(context); fits(spec, v)) return v;
        } catch (const ExpressionError&) {
            // the specification: an evaluation that fails leaves the default
        }
    }
    if (!spec) return {};
    return spec->computed ? spec->computed->evaluate(context) : spec->otherwise;
}

double Layer::number(std::string_view property, const EvaluationContext& context) const {
    const Value v = value(property, context);
    return v.number() ? *v.number() : 0;
}

bool Layer::boolean(std::string_view property, const EvaluationContext& context) const {
    const Value v = value(property, context);
    return v.boolean() && *v.boolean();
}

Color Layer::color(std::string_view property, const EvaluationContext& context) const {
    const Value v = value(property, context);
    return v.color() ? *v.color() : Color{0, 0, 0, 0};
}

std::string Layer::text(std::string_view property, const EvaluationContext& context) const {
    return to_text(value(property, context));
}

std::vector<double> Layer::numbers(std::string_view property, const EvaluationContext& context) const {
    const Value v = value(property, context);
    std::vector<double> list;
    if (v.number()) list.push_back(*v.number());
    if (const Array* items = v.array())
        for (const Value& item : *items)
            if (item.number()) list.push_back(*item.number());
    return list;
}

std::vector<std::string> Layer::texts(std::string_view property, const EvaluationContext& context) const {
    const Value v = value(property, context);
    std::vector<std::string> list;
    if (v.string()) list.push_back(*v.string());
    if (const Array* items = v.array())
        for (const Value& item : *items) list.push_back(to_text(item));
    return list;
}

const Value& Layer::note(std::string_view key) const { return note_of(metadata, key); }

const Layer* Style::find_layer(std::string_view id) const {
    for (const Layer& layer : layers)
        if (layer.id == id) return &layer;
    return nullptr;
}

const Value& Style::note(std::string_view key) const { return note_of(metadata, key); }

} // namespace harmattan::styles
