#pragma once
// Places in named spaces, so that metres, pixels and degrees cannot be mixed up.
// A Point<Pixels> does not convert to a Point<Mercator>; conversions are named functions on what knows the relation.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace harmattan::geo {

/// Degrees, WGS 84, longitude first.
struct LonLat {
    double lon = 0, lat = 0;
    bool operator==(const LonLat&) const = default;
};

/// Degrees × 10⁷ as integers (1.1 cm at the equator at most): how events are stored. Decimal input of up to seven
/// places is kept exactly, and every machine agrees on it.
struct LonLatE7 {
    std::int32_t lon = 0, lat = 0;
    bool operator==(const LonLatE7&) const = default;
    auto operator<=>(const LonLatE7&) const = default;
    LonLat degrees() const { return {lon / 1e7, lat / 1e7}; }
};

struct Mercator {};  ///< metres, EPSG:3857, y north
struct Analysis {};  ///< metres, the job's cylindrical equal-area CRS, y north
struct Projected {}; ///< the units of a CRS that a user names, x east or longitude, y north
struct Pixels {};    ///< global pixels of one zoom at one tile size; pixel i covers [i, i+1); y south
struct Paper {};     ///< millimetres on the page, y south

template <class Space>
struct Point {
    double x = 0, y = 0;
    bool operator==(const Point&) const = default;
};

/// False for what a transform gives where it does not reach.
inline bool is_finite(LonLat p) { return std::isfinite(p.lon) && std::isfinite(p.lat); }
template <class Space>
bool is_finite(Point<Space> p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

/// The same meridian within [-180, 180).
inline double wrapped_longitude(double lon) { return lon - 360 * std::floor((lon + 180) / 360); }

/// A closed box in a space; empty (min > max) until something is added.
template <class Space>
struct Extent {
    double min_x = std::numeric_limits<double>::infinity(), min_y = std::numeric_limits<double>::infinity();
    double max_x = -std::numeric_limits<double>::infinity(), max_y = -std::numeric_limits<double>::infinity();

    bool operator==(const Extent&) const = default;
    bool empty() const { return !(min_x <= max_x && min_y <= max_y); }
    double width() const { return max_x - min_x; }
    double height() const { return max_y - min_y; }
    bool contains(Point<Space> p) const { return p.x >= min_x && p.x <= max_x && p.y >= min_y && p.y <= max_y; }
    bool meets(const Extent& o) const {
        return min_x <= o.max_x && o.min_x <= max_x && min_y <= o.max_y && o.min_y <= max_y;
    }
    void add(Point<Space> p) {
        min_x = std::min(min_x, p.x), min_y = std::min(min_y, p.y);
        max_x = std::max(max_x, p.x), max_y = std::max(max_y, p.y);
    }
    Extent grown(double by) const { return {min_x - by, min_y - by, max_x + by, max_y + by}; }
};

/// West, south, east, north in degrees. west > east means the box crosses the antimeridian.
struct LonLatBox {
    double west = 0, south = 0, east = 0, north = 0;
    bool operator==(const LonLatBox&) const = default;
    double width() const { return east >= west ? east - west : east + 360 - west; }
    double height() const { return north - south; }
    bool contains(LonLat p) const {
        const bool in_lon = west <= east ? p.lon >= west && p.lon <= east : p.lon >= west || p.lon <= east;
        return in_lon && p.lat >= south && p.lat <= north;
    }
};

/// Whether they share a place; false for an empty extent.
inline bool meets(const LonLatBox& box, const Extent<LonLat>& e) {
    if (e.empty() || e.max_y < box.south || e.min_y > box.north) return false;
    return box.west <= box.east ? e.max_x >= box.west && e.min_x <= box.east
                                : e.max_x >= box.west || e.min_x <= box.east;
}

} // namespace harmattan::geo
