#pragma once
// The density of a study's incidents: bandwidth chosen, field built, colour range taken from it.

#include "app/describe.hpp"
#include "app/study.hpp"
#include "geo/density/field.hpp"

namespace harmattan::app {

struct Density {
    geo::Field field;
    Method method;
    double low = 0, high = 0; ///< colour range, events per km²
};

/// What the field will be built with; --dry-run asks for its cost.
geo::FieldOptions field_options(const Study& study);

Density estimate_density(const Study& study);

} // namespace harmattan::app
