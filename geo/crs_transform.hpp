#pragma once
// A CRS that a user names, and longitude and latitude (WGS 84). Wraps PROJ; one object a thread.

#include "geo/space.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace harmattan::geo {

/// A parameter of a CRS's conversion, as PROJ names it: "Latitude of 1st standard parallel", 10.5, "degree".
struct ProjectionParameter {
    std::string name;
    double value = 0;
    std::string unit;
};

class CrsTransform {
public:
    /// Throws Error usage if PROJ does not know the CRS or it has no map coordinates (a vertical or geocentric one).
    explicit CrsTransform(const std::string& crs);
    CrsTransform(CrsTransform&&) noexcept;
    ~CrsTransform();

    /// Not finite where the CRS does not reach.
    std::vector<LonLat> to_lonlat(std::span<const Point<Projected>> places) const;
    std::vector<Point<Projected>> from_lonlat(std::span<const LonLat> places) const;
    LonLat to_lonlat(Point<Projected> place) const;
    Point<Projected> from_lonlat(LonLat place) const;

    /// Of the first axis: 1 for metres, 0.3048 for feet, 111,195 for degrees (of a great circle).
    double metres_per_unit() const;
    const std::string& unit() const; ///< "metre", "degree", "US survey foot"
    bool geographic() const;         ///< x and y are longitude and latitude

    // For the page's projection line; of a compound or bound CRS, its horizontal part is described.
    const std::string& name() const;   ///< "WGS 84 / UTM zone 30N"; empty for a PROJ string, which has none
    const std::string& datum() const;  ///< "WGS 84", "Adindan"; the long name where PROJ has no short one; may be empty
    const std::string& method() const; ///< "Transverse Mercator", "Albers Equal Area"; empty for a geographic CRS
    int epsg() const;                  ///< the EPSG code that the CRS was asked for by or states; 0: none
    const std::vector<ProjectionParameter>& parameters() const; ///< of the method, in PROJ's order

    /// WKT 2 of 2019.
    const std::string& wkt() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace harmattan::geo
