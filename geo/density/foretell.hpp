#pragma once
// What a field will take before it is built.

#include "geo/density/layout.hpp"

namespace harmattan::geo {

/// As if every block of every grid were needed; costs nothing to know.
FieldCost dense_cost(const Layout& layout, const FieldOptions& options);

/// The blocks within reach of events, found by one pass over them; at most some per cent too many.
FieldCost sparse_cost(const Events& events, const Layout& layout, const FieldOptions& options);

} // namespace harmattan::geo
