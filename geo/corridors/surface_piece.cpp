#include "geo/corridors/surface_piece.hpp"

#include "geo/density/equal_area.hpp"
#include "geo/geodesic.hpp"

#include <numbers>

namespace harmattan::geo {

namespace {

constexpr double radians = std::numbers::pi / 180;
constexpr double earth_radius_m = 6'371'009;

} // namespace

Vec in_space(LonLat p) {
    const double sin_lat = std::sin(p.lat * radians), cos_lat = std::cos(p.lat * radians);
    const double n = wgs84::a / std::sqrt(1 - wgs84::e2 * sin_lat * sin_lat);
    return {n * cos_lat * std::cos(p.lon * radians), n * cos_lat * std::sin(p.lon * radians),
            n * (1 - wgs84::e2) * sin_lat};
}

double arc_of(double chord_m) { return chord_m + chord_m * chord_m * chord_m / (24 * earth_radius_m * earth_radius_m); }

void cut_geodesic(LonLat a, LonLat b, double longest_m, double along_m, std::vector<SurfacePiece>& pieces,
                  std::vector<PieceEnds>& ends) {
    const GeodesicCourse course = geodesic_course(a, b);
    const auto count = static_cast<int>(std::ceil(course.length_m / longest_m));
    const double each = course.length_m / count;
    LonLat from = a;
    for (int k = 0; k < count; ++k) {
        const LonLat middle = geodesic_place(a, course.azimuth, each * (k + 0.5));
        const LonLat to = k + 1 == count ? b : geodesic_place(a, course.azimuth, each * (k + 1));
        SurfacePiece piece;
        piece.from = in_space(from), piece.chord = in_space(to) - piece.from;
        piece.sagitta = in_space(middle) - (piece.from + 0.5 * piece.chord);
        piece.per_square = 1 / dot(piece.chord, piece.chord);
        piece.along_m = along_m + each * k, piece.length_m = each;
        pieces.push_back(piece);
        ends.push_back({from, to});
        from = to;
    }
}

} // namespace harmattan::geo
