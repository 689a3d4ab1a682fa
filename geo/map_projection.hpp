#pragma once
// What a printed map needs to know of its projection: one fitted to its frame, the scale and the direction of north at a
// place, and boxes from one space to the other. Ground metres are those of the WGS 84 ellipsoid.

#include "geo/crs_transform.hpp"
#include "geo/features.hpp"
#include "geo/space.hpp"

#include <span>
#include <string>
#include <vector>

namespace harmattan::geo {

enum class FittedKind { albers, lambert_azimuthal };

/// An equal-area projection on WGS 84 with round parameters, in degrees, metres.
struct FittedCrs {
    FittedKind kind = FittedKind::lambert_azimuthal;
    double lat_1 = 0, lat_2 = 0; ///< Albers: the standard parallels, southern first; else 0
    double lat_0 = 0, lon_0 = 0; ///< where x and y are 0: the middle of the frame; Lambert: the centre of the projection
    std::string proj;            ///< as PROJ reads it
    std::string name() const;    ///< "Albers Equal Area", "Lambert Azimuthal Equal Area": PROJ's names of the methods
};

/// Albers with its standard parallels at 1/6 and 5/6 of the frame's latitudes, or Lambert azimuthal centred on the frame
/// (on the pole where that is nearer to all of it). Albers is taken unless Lambert's worst linear distortion in the frame is
/// less by 0.1 % or more (so polar frames and squarish ones on the equator are Lambert's), the cone is all but a cylinder
/// (cone constant below 0.05: the equator near the middle of the frame), or the frame is wider than 120°.
/// Parameters are rounded to 0.5°, or to 0.1°, 0.05°, 0.01°, 0.005° or 0.001°: the coarsest below 1/16 of the frame's shorter
/// side. Meant for one town up to a hemisphere. Throws Error usage for a frame with south > north or latitudes beyond ±90.
FittedCrs fit_equal_area(LonLatBox frame);

/// Scale at one place of a sheet drawn in a CRS, from the images of geodesics 300 m to each side; relative error 1e-8,
/// 1e-6 at the poles. All NaN where the CRS does not reach.
struct LocalScale {
    double x = 0, y = 0;             ///< CRS units per ground metre, moving along x and along y of the sheet
    double area = 0;                 ///< square CRS units per ground m²; √area is the nominal scale of a place
    double major = 0, minor = 0;     ///< CRS units per ground metre in the directions of greatest and least scale (Tissot)
    double convergence = 0;          ///< angle from the sheet's up to true north, degrees, clockwise positive, within ±180
};
LocalScale local_scale(const CrsTransform& crs, LonLat place);
LocalScale local_scale(const CrsTransform& crs, Point<Projected> place);

/// How scale and convergence vary over a rectangle, at 17 × 17 places of it that the CRS reaches.
struct ScaleRange {
    double nominal = 0;              ///< √area at the centre, CRS units per ground metre; NaN if the CRS does not reach it
    double least = 1, greatest = 1;  ///< minor and major scale over the nominal one: 0.994 and 1.006 say "within ±0.6 %"
    double min_convergence = 0, max_convergence = 0; ///< degrees; they mean little where a pole lies in the sheet
};
ScaleRange scale_range(const CrsTransform& crs, Extent<Projected> sheet);

/// Ground metres along the sheet's horizontal through the middle of `sheet`, over `length` CRS units centred there: what a
/// scale bar of that length stands for, summed over 64 pieces. NaN where the CRS does not reach.
double ground_length_m(const CrsTransform& crs, Extent<Projected> sheet, double length);

/// Box of all places in a rectangle of a CRS. Never smaller than that of 129 places on each edge and 33 × 33 inside, grown by
/// what may lie between them; where the rectangle reaches beyond the CRS (the rim of an azimuthal map) only to that spacing.
/// A pole inside makes it the whole circle, −180 to 180. Throws Error usage where nothing of it lies on the Earth.
LonLatBox lonlat_box(const CrsTransform& crs, Extent<Projected> rectangle);

/// Extent of a box's outline and inside, of those places that the CRS reaches; empty if none. Good to 1e-4 of its size.
Extent<Projected> projected_box(const CrsTransform& crs, LonLatBox box);
/// Of all parts of all features, edges straight in longitude and latitude.
Extent<Projected> projected_box(const CrsTransform& crs, const FeatureTable& features);

/// The line with places between its vertices, so that no piece is longer than `longest` degrees of longitude or latitude.
std::vector<LonLat> densified(std::span<const LonLat> line, double longest);

} // namespace harmattan::geo
