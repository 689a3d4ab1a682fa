#pragma once
// Boxes from longitude and latitude to a CRS and back, which hold all that lies in them.

#include "geo/crs_transform.hpp"
#include "geo/features.hpp"
#include "geo/space.hpp"

#include <span>
#include <vector>

namespace harmattan::geo {

/// Box of all places in a rectangle of a CRS. Never smaller than that of 129 places on each edge and 33 × 33 inside,
/// grown by what may lie between them; where the rectangle reaches beyond the CRS (the rim of an azimuthal map) only to
/// that spacing. A pole inside makes it the whole circle, −180 to 180. Throws Error usage where nothing of it lies on
/// the Earth.
LonLatBox lonlat_box(const CrsTransform& crs, Extent<Projected> rectangle);

/// Extent of a box's outline and inside, of those places that the CRS reaches; empty if none. Good to 1e-4 of its size.
Extent<Projected> projected_box(const CrsTransform& crs, LonLatBox box);
/// Of all parts of all features, edges straight in longitude and latitude.
Extent<Projected> projected_box(const CrsTransform& crs, const FeatureTable& features);

/// The line with places between its vertices, so that no piece is longer than `longest` degrees of longitude or
/// latitude.
std::vector<LonLat> densified(std::span<const LonLat> line, double longest);

} // namespace harmattan::geo
