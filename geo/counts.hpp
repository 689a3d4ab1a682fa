#pragma once
// Incidents per administrative unit, attached to the units as properties.

#include "geo/admin_index.hpp"
#include "geo/events.hpp"
#include "geo/features.hpp"

#include <cstdint>

namespace harmattan::geo {

struct CountsSummary {
    std::uint64_t inside = 0;
    std::uint64_t outside = 0; ///< events in no unit: reported, not dropped
    double outside_weight = 0;
    std::uint64_t coarse = 0; ///< of those inside: known only to a district or worse
};

/// Adds to every polygon: `incidents`, `incidents_weight`, `incidents_coarse` (known to a district or worse: which unit
/// they lie in is itself unsure), `area_km2` (to 0.1), `per_1000_km2` (incidents over the unit's area on the ellipsoid,
/// to 0.0001; null where the area is nothing), `first_day`, `last_day` (ISO texts; null without incidents or dates). An
/// event on a boundary, or in two units that overlap, counts in the one that stands first: see AdminIndex. Features
/// that are not polygons keep nulls. Sums go in the order of the events, so they are always the same.
CountsSummary count_per_unit(const Events& events, FeatureTable& units);
CountsSummary count_per_unit(const Events& events, FeatureTable& units, const AdminIndex& index);

/// Area on the ellipsoid, km²; rings that turn right are holes.
double area_km2(const FeatureTable& table, std::size_t feature);

} // namespace harmattan::geo
