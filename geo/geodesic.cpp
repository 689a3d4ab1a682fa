#include "geo/geodesic.hpp"

#include <geodesic.h>

namespace harmattan::geo {

double signed_area_km2(std::span<const LonLat> ring) {
    if (ring.size() < 4) return 0;
    geod_geodesic wgs84;
    geod_init(&wgs84, 6378137, 1 / 298.257223563);
    geod_polygon polygon;
    geod_polygon_init(&polygon, 0);
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) // the last vertex repeats the first
        geod_polygon_addpoint(&wgs84, &polygon, ring[i].lat, ring[i].lon);
    double area_m2 = 0;
    geod_polygon_compute(&wgs84, &polygon, 0, 1, &area_m2, nullptr);
    return area_m2 / 1e6;
}

} // namespace harmattan::geo
