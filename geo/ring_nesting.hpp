#pragma once
// Which ring of a polygon feature is an outer ring and which is whose hole: the flat table does not say, the geometry
// does.

#include "geo/features.hpp"

#include <vector>

namespace harmattan::geo {

struct NestedPolygon {
    std::size_t outer = 0;          ///< a part of the table
    std::vector<std::size_t> holes; ///< parts directly inside it
};

/// By even-odd: a ring inside an even number of others is outer. Rings must not cross. In the order of the outer rings.
std::vector<NestedPolygon> nest_rings(const FeatureTable& table, std::size_t feature);

} // namespace harmattan::geo
