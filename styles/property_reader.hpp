#pragma once
// Reads the value of one property, in whatever form it is written: a constant, an expression, an old function, a text
// with tokens.

#include "styles/property_table.hpp"

namespace harmattan::styles {

/// Nothing after a fault that leaves no expression. Pointers start at the property's value; what is found in an old
/// function is named by the whole of it, unless it is one of its stops.
std::optional<Expression> read_property(const PropertySpec& spec, const Value& written, std::vector<Fault>& faults);

} // namespace harmattan::styles
