#pragma once
// Distances, directions and areas on the WGS 84 ellipsoid, by PROJ's geodesic library.
// Source: Karney 2013, "Algorithms for geodesics", as in PROJ's geodesic.h: distances are good to 15 nanometres.

#include "geo/features.hpp"

namespace harmattan::geo {

/// Metres along the shortest line on the ellipsoid.
double geodesic_m(LonLat a, LonLat b);

/// Metres, and the direction at `from` towards `to` in degrees clockwise from north (−180 to 180).
struct GeodesicCourse {
    double length_m = 0, azimuth = 0;
};
GeodesicCourse geodesic_course(LonLat from, LonLat to);

/// The place at that distance in that direction (degrees clockwise from north); longitude within ±180.
LonLat geodesic_place(LonLat from, double azimuth, double distance_m);

/// km² enclosed by the ring, positive where it turns left; edges are geodesics. Error: below 0.1 m² a vertex.
double signed_area_km2(std::span<const LonLat> ring);

} // namespace harmattan::geo
