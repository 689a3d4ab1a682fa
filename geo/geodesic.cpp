#include "geo/geodesic.hpp"

#include <geodesic.h>

namespace harmattan::geo {

namespace {

const geod_geodesic& wgs84_ellipsoid() {
    static const geod_geodesic ellipsoid = [] {
        geod_geodesic g;
        geod_init(&g, 6378137, 1 / 298.257223563);
        return g;
    }();
    return ellipsoid;
}

} // namespace

double geodesic_m(LonLat a, LonLat b) {
    double length = 0;
    geod_inverse(&wgs84_ellipsoid(), a.lat, a.lon, b.lat, b.lon, &length, nullptr, nullptr);
    return length;
}

GeodesicCourse geodesic_course(LonLat from, LonLat to) {
    GeodesicCourse course;
    geod_inverse(&wgs84_ellipsoid(), from.lat, from.lon, to.lat, to.lon, &course.length_m, &course.azimuth, nullptr);
    return course;
}

LonLat geodesic_place(LonLat from, double azimuth, double distance_m) {
    LonLat place;
    geod_direct(&wgs84_ellipsoid(), from.lat, from.lon, azimuth, distance_m, &place.lat, &place.lon, nullptr);
    return place;
}

double signed_area_km2(std::span<const LonLat> ring) {
    if (ring.size() < 4) return 0;
    geod_polygon polygon;
    geod_polygon_init(&polygon, 0);
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) // the last vertex repeats the first
        geod_polygon_addpoint(&wgs84_ellipsoid(), &polygon, ring[i].lat, ring[i].lon);
    double area_m2 = 0;
    geod_polygon_compute(&wgs84_ellipsoid(), &polygon, 0, 1, &area_m2, nullptr);
    return area_m2 / 1e6;
}

} // namespace harmattan::geo
