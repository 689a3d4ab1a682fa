#pragma once
// The older forms of the style language, rewritten as expressions: functions {"stops": [...]}, filters
// ["==", "key", value], and texts with tokens "{name}".

#include "styles/expression.hpp"

namespace harmattan::styles {

/// Whether a filter is an expression; else it is of the old form, where keys are bare strings.
bool is_expression_filter(const Value& json);
/// The expression an old filter means; nothing after a fault.
std::optional<Value> convert_filter(const Value& json, std::vector<Fault>& faults);

/// What a function has to know of the property it is given to.
struct FunctionPlace {
    std::string type = "value";     ///< as in ExpressionPlace
    bool interpolated = true;       ///< the property's values lie between others'
    bool tokens = false;            ///< texts may hold "{name}"
    std::optional<Value> otherwise; ///< the property's default
};

/// The expression an object with "stops" or "property" means; nothing after a fault.
std::optional<Value> convert_function(const Value& json, const FunctionPlace& place, std::vector<Fault>& faults);

/// "{name} ({code})" as an expression; a text without tokens is given back.
Value convert_tokens(const std::string& text);

} // namespace harmattan::styles
