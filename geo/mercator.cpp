#include "geo/mercator.hpp"

#include <cmath>
#include <numbers>

namespace harmattan::geo {

namespace {
constexpr double radians_per_degree = std::numbers::pi / 180;
}

// asinh(tan φ) keeps full precision near the equator, where log(tan(π/4 + φ/2)) cancels.
Point<Mercator> to_mercator(LonLat at) {
    return {mercator::earth_radius_m * (at.lon * radians_per_degree),
            mercator::earth_radius_m * std::asinh(std::tan(at.lat * radians_per_degree))};
}

LonLat to_lonlat(Point<Mercator> at) {
    return {at.x / mercator::earth_radius_m / radians_per_degree,
            std::atan(std::sinh(at.y / mercator::earth_radius_m)) / radians_per_degree};
}

double TileMatrix::world_px() const { return std::ldexp(static_cast<double>(m_tile_px), m_zoom); }

Point<Pixels> TileMatrix::to_pixels(Point<Mercator> p) const {
    // Dividing by half the world first makes tile corners exact: 0, ±1, ±1/2 … times a power of two.
    const double half_px = world_px() / 2;
    return {(1 + p.x / mercator::half_world_m) * half_px, (1 - p.y / mercator::half_world_m) * half_px};
}

Point<Mercator> TileMatrix::to_mercator(Point<Pixels> p) const {
    const double scale = 2 * mercator::half_world_m / world_px();
    return {p.x * scale - mercator::half_world_m, mercator::half_world_m - p.y * scale};
}

} // namespace harmattan::geo
