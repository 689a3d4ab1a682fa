#pragma once
// The analysis CRS: a cylindrical equal-area projection of the WGS 84 ellipsoid (PROJ's "cea"), in closed form.
// Its scale along and across a row depends on the latitude alone, which is what lets a kernel follow the ground.
// Agrees with PROJ to a tenth of a millimetre (density_equal_area_test pins it).

#include "geo/space.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace harmattan::geo {

namespace wgs84 {
inline constexpr double a = 6378137.0;         ///< semi-major axis, metres
inline constexpr double f = 1 / 298.257223563; ///< flattening
inline constexpr double e2 = f * (2 - f);      ///< first eccentricity squared
} // namespace wgs84

class EqualArea {
public:
    /// True to scale along the parallels ±lat_ts; x is 0 on the meridian lon_0. Degrees.
    EqualArea(double lat_ts, double lon_0);

    double lat_ts() const { return m_lat_ts; }
    double lon_0() const { return m_lon_0; }
    std::string crs() const; ///< as PROJ reads it

    /// Metres east per degree of longitude; the same in every row.
    double metres_per_degree() const;
    double circumference() const { return 360 * metres_per_degree(); }
    double x_of(double lon) const; ///< longitudes are taken modulo 360 into lon_0 ± 180
    double y_of(double lat) const;
    double lon_of(double x) const { return m_lon_0 + x / metres_per_degree(); }
    double lat_of(double y) const;
    Point<Analysis> at(LonLat p) const { return {x_of(p.lon), y_of(p.lat)}; }
    LonLat back(Point<Analysis> p) const { return {lon_of(p.x), lat_of(p.y)}; }

    /// Map metres per ground metre along the parallel; across it the scale is the inverse.
    double scale_at(double lat) const;

private:
    double m_lat_ts, m_lon_0;
    double m_k0; ///< radius of the parallel lat_ts over a
};

/// Ground metres along the meridian from the equator (Helmert's series, error below a micrometre).
double meridian_arc(double lat);
/// Radius of the parallel over the semi-major axis.
double parallel_radius(double lat);
/// Product of the two principal radii of curvature, m².
double curvature_product(double lat);

/// y of LonLatE7 latitudes, scaled, by linear interpolation in a table of 2^14 units (0.0016°) a step.
/// Off by less than a millimetre of y (density_equal_area_test measures it); only +, − and × of doubles per event.
class LatitudeTable {
public:
    /// Values are offset + factor · y, for latitudes from min_e7 to max_e7.
    LatitudeTable(const EqualArea& crs, std::int32_t min_e7, std::int32_t max_e7, double offset, double factor);

    double operator()(std::int32_t lat_e7) const {
        const auto t = static_cast<std::uint32_t>(lat_e7 - m_first);
        const std::size_t i = t >> shift;
        return m_value[i] + (m_value[i + 1] - m_value[i]) * (static_cast<double>(t & mask) * (1.0 / (mask + 1)));
    }

private:
    static constexpr unsigned shift = 14;
    static constexpr std::uint32_t mask = (1u << shift) - 1;
    std::int32_t m_first;
    std::vector<double> m_value;
};

} // namespace harmattan::geo
