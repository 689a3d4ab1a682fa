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
};

/// Adds to every unit: `incidents`, `incidents_weight`, `incidents_coarse` (known to a district or worse),
/// `per_1000_km2` (incidents over the unit's area on the ellipsoid), `area_km2`, `first_day`, `last_day` (ISO texts).
CountsSummary count_per_unit(const Events& events, FeatureTable& units);

/// Area on the ellipsoid, km².
double area_km2(const FeatureTable& table, std::size_t feature);

} // namespace harmattan::geo
