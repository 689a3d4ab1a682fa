#pragma once
// Scale and the direction of north on a map in any CRS. Ground metres are those of the WGS 84 ellipsoid.

#include "geo/crs_transform.hpp"
#include "geo/space.hpp"

namespace harmattan::geo {

/// Scale at one place of a sheet drawn in a CRS, from the images of geodesics 300 m to each side; relative error 1e-8,
/// 1e-6 at the poles. All NaN where the CRS does not reach.
struct LocalScale {
    double x = 0, y = 0;         ///< CRS units per ground metre, moving along x and along y of the sheet
    double area = 0;             ///< square CRS units per ground m²; √area is the nominal scale of a place
    double major = 0, minor = 0; ///< CRS units per ground metre in the directions of greatest and least scale (Tissot)
    double convergence = 0;      ///< angle from the sheet's up to true north, degrees, clockwise positive, within ±180
};
LocalScale local_scale(const CrsTransform& crs, LonLat place);
LocalScale local_scale(const CrsTransform& crs, Point<Projected> place);

/// How scale and convergence vary over a rectangle, at 17 × 17 places of it that the CRS reaches.
struct ScaleRange {
    double nominal = 0; ///< √area at the centre, CRS units per ground metre; NaN if the CRS does not reach it
    double least = 1, greatest = 1; ///< minor and major scale over the nominal one: 0.994 and 1.006 say "within ±0.6 %"
    double min_convergence = 0, max_convergence = 0; ///< degrees; they mean little where a pole lies in the sheet
};
ScaleRange scale_range(const CrsTransform& crs, Extent<Projected> sheet);

/// Ground metres along the sheet's horizontal through the middle of `sheet`, over `length` CRS units centred there:
/// what a scale bar of that length stands for, summed over 64 pieces. NaN where the CRS does not reach.
double ground_length_m(const CrsTransform& crs, Extent<Projected> sheet, double length);

} // namespace harmattan::geo
