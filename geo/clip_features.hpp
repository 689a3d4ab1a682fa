#pragma once
// Polygons cut to a box in degrees: for what spans more of the Earth than a projection can show.

#include "geo/features.hpp"

namespace harmattan::geo {

/// The parts of the table's polygons that lie in the box (west may be greater than east: across the antimeridian), with
/// their properties; polygons of which nothing does are left out, lines and points stay as they are. Where the box cuts
/// a polygon its outline runs along the box's edge, in pieces of a degree at most, so that it does so in a projection
/// too. Source: Sutherland & Hodgman 1974.
FeatureTable clip_polygons(const FeatureTable& table, const LonLatBox& box);

} // namespace harmattan::geo
