#pragma once
// A short stretch of a geodesic in earth-centred metres, and the nearest point of it to a place: what route and road
// indexes are made of. A piece of at most 10 km is a chord in space with the sagitta of its geodesic, off by less than
// a micrometre.

#include "geo/space.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace harmattan::geo {

/// Earth-centred metres: x towards 0° E on the equator, z towards the north pole.
struct Vec {
    double x = 0, y = 0, z = 0;
};
inline Vec operator+(Vec a, Vec b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline Vec operator-(Vec a, Vec b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
inline Vec operator*(double k, Vec a) { return {k * a.x, k * a.y, k * a.z}; }
inline double dot(Vec a, Vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }

/// On the surface of the WGS 84 ellipsoid.
Vec in_space(LonLat p);

/// Metres along the geodesic from its chord, on a sphere: at 100 km the ellipsoid differs by less than a centimetre.
double arc_of(double chord_m);

/// The chord from `from`, bent by the sagitta of its geodesic to the parabola through its middle.
struct SurfacePiece {
    Vec from, chord, sagitta;
    double per_square = 0;            ///< 1 / |chord|²
    double along_m = 0, length_m = 0; ///< where it begins on its line, and its length along the geodesic

    struct Nearest {
        double share = 0, chord_m = 0;
    };
    Nearest nearest(Vec p) const {
        const double t = std::clamp(dot(p - from, chord) * per_square, 0.0, 1.0);
        const Vec gap = p - (from + t * chord + 4 * t * (1 - t) * sagitta);
        return {t, std::sqrt(dot(gap, gap))};
    }
};

/// The ends of a piece in degrees; longitudes within ±180.
struct PieceEnds {
    LonLat from, to;
};

/// Cuts the geodesic from `a` to `b` (two places) into equal pieces of at most `longest_m` (≤ 10 km); the first begins
/// at `along_m` of its line. Appends to both.
void cut_geodesic(LonLat a, LonLat b, double longest_m, double along_m, std::vector<SurfacePiece>& pieces,
                  std::vector<PieceEnds>& ends);

} // namespace harmattan::geo
