#pragma once
// An equal-area projection fitted to the frame of a printed map.

#include "geo/space.hpp"

#include <string>

namespace harmattan::geo {

enum class FittedKind { albers, lambert_azimuthal };

/// An equal-area projection on WGS 84 with round parameters, in degrees, metres.
struct FittedCrs {
    FittedKind kind = FittedKind::lambert_azimuthal;
    double lat_1 = 0, lat_2 = 0; ///< Albers: the standard parallels, southern first; else 0
    double lat_0 = 0,
           lon_0 = 0;         ///< where x and y are 0: the middle of the frame; Lambert: the centre of the projection
    std::string proj;         ///< as PROJ reads it
    std::string name() const; ///< "Albers Equal Area", "Lambert Azimuthal Equal Area": PROJ's names of the methods
};

/// Albers with its standard parallels at 1/6 and 5/6 of the frame's latitudes, or Lambert azimuthal centred on the
/// frame (on the pole where that is nearer to all of it). Albers is taken unless Lambert's worst linear distortion in
/// the frame is less by 0.1 % or more (so polar frames and squarish ones on the equator are Lambert's), the cone is all
/// but a cylinder (cone constant below 0.05: the equator near the middle of the frame), or the frame is wider than
/// 120°. Parameters are rounded to 0.5°, or to 0.1°, 0.05°, 0.01°, 0.005° or 0.001°: the coarsest below 1/16 of the
/// frame's shorter side. Meant for one town up to a hemisphere. Throws Error usage for a frame with south > north or
/// latitudes beyond ±90.
FittedCrs fit_equal_area(LonLatBox frame);

} // namespace harmattan::geo
