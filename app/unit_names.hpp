#pragma once
// Names and codes of a user's own units: the usual boundary sets (COD-AB, geoBoundaries, Natural Earth, GADM) call them
// differently.

#include "app/job.hpp"
#include "geo/features.hpp"

namespace harmattan::app {

/// Adds `name` and `code` from the columns a boundary set has for its deepest level; where none is known, `name` is
/// the first text column.
void name_units(geo::FeatureTable& units, Language language);

} // namespace harmattan::app
