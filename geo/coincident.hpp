#pragma once
// Events that share a coordinate, as one point feature each: many tables put all events of a town on one point.

#include "geo/events.hpp"
#include "geo/features.hpp"

namespace harmattan::geo {

/// Points with `count`, `weight`, `coarse` (how many are known to a district or worse), `precision` (key of the class
/// most of them have; the better-known one of equals) and, where the events have dates, `first_day` and `last_day`
/// (ISO); the greatest count first, then by latitude and longitude. Coordinates are equal when they are so in E7.
FeatureTable coincident_events(const Events& events);

} // namespace harmattan::geo
