#pragma once
// Events that share a coordinate, as one point feature each.

#include "geo/events.hpp"
#include "geo/features.hpp"

namespace harmattan::geo {

/// Points with `count`, `weight`, `coarse` (how many are known to a district or worse), `first_day`, `last_day`; the
/// greatest count first, then by latitude and longitude.
FeatureTable coincident_events(const Events& events);

} // namespace harmattan::geo
