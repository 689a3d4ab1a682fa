#pragma once
// Web Mercator (EPSG:3857) in closed form, and the tile matrix of the web on it.
// The closed form agrees with PROJ to 1e-9 m inside the Mercator limits (mercator_test pins it).

#include "geo/space.hpp"

namespace harmattan::geo {

namespace mercator {
inline constexpr double earth_radius_m = 6378137.0;
/// Half the side of the Mercator square, metres.
inline constexpr double half_world_m = 20037508.342789244;
/// Latitude of the square's upper side, degrees.
inline constexpr double max_latitude = 85.0511287798066;
} // namespace mercator

/// Latitudes beyond the limit give coordinates outside the square; callers decide what that means.
Point<Mercator> to_mercator(LonLat at);
LonLat to_lonlat(Point<Mercator> at);

/// Pixels of a zoom: the world is tile_px · 2^z pixels wide, origin north-west.
class TileMatrix {
public:
    TileMatrix(int zoom, int tile_px) : m_zoom(zoom), m_tile_px(tile_px) {}

    int zoom() const { return m_zoom; }
    int tile_px() const { return m_tile_px; }
    /// Width and height of the world in pixels; a power of two times tile_px, so exact.
    double world_px() const;
    /// Metres (Mercator) per pixel.
    double resolution() const { return 2 * mercator::half_world_m / world_px(); }
    Point<Pixels> to_pixels(Point<Mercator> p) const;
    Point<Pixels> to_pixels(LonLat p) const { return to_pixels(geo::to_mercator(p)); }
    Point<Mercator> to_mercator(Point<Pixels> p) const;

private:
    int m_zoom;
    int m_tile_px;
};

} // namespace harmattan::geo
