#pragma once
// Polygons cut to a box in degrees: for what spans more of the Earth than a projection can show.

#include "geo/features.hpp"

namespace harmattan::geo {

/// The parts of the table's polygons that lie in the box, without properties; features of which nothing does are left
/// out. Where the box cuts a polygon its outline runs along the box's edge. Source: Sutherland & Hodgman 1974.
FeatureTable clip_polygons(const FeatureTable& table, const LonLatBox& box);

} // namespace harmattan::geo
