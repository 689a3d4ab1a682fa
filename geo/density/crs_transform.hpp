#pragma once
// A CRS that a user names, and longitude and latitude (WGS 84). Wraps PROJ; one object a thread.

#include "geo/density/raster_grid.hpp"
#include "geo/space.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace harmattan::geo {

class CrsTransform {
public:
    /// Throws Error usage if PROJ does not know the CRS or it has no map coordinates (a vertical or geocentric one).
    explicit CrsTransform(const std::string& crs);
    CrsTransform(CrsTransform&&) noexcept;
    ~CrsTransform();

    /// Not finite where the CRS does not reach.
    std::vector<LonLat> to_lonlat(std::span<const Point<RasterCrs>> places) const;
    std::vector<Point<RasterCrs>> from_lonlat(std::span<const LonLat> places) const;

    /// Of the first axis: 1 for metres, 0.3048 for feet, 111,195 for degrees (of a great circle).
    double metres_per_unit() const;
    /// WKT 2 of 2019.
    const std::string& wkt() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace harmattan::geo
