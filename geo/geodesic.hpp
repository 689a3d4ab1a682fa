#pragma once
// Areas on the WGS 84 ellipsoid, by PROJ's geodesic library.

#include "geo/features.hpp"

namespace harmattan::geo {

/// km² enclosed by the ring, positive where it turns left; edges are geodesics. Error: below 0.1 m² a vertex.
/// Source: Karney 2013, "Algorithms for geodesics", as in PROJ's geodesic.h.
double signed_area_km2(std::span<const LonLat> ring);

} // namespace harmattan::geo
