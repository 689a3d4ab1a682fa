#pragma once
// Assertions ("it must be a number") and coercions ("make a number of it"), written or implied.

#include "styles/expressions/parser.hpp"

namespace harmattan::styles {

/// Fails at evaluation unless one of `inputs` is of `type`; gives the first that is.
NodePtr assert_type(const Type& type, std::string pointer, std::vector<NodePtr> inputs);
/// Converts the first of `inputs` that converts; boolean, color, number, string, formatted.
NodePtr coerce_to(const Type& type, std::string pointer, std::vector<NodePtr> inputs);

} // namespace harmattan::styles
