#include "geo/map_projection.hpp"

#include "geo/error.hpp"
#include "geo/geodesic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <numbers>

namespace harmattan::geo {

namespace {

constexpr double radians = std::numbers::pi / 180;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double degree_slack = 1e-9;

double width_of(LonLatBox box) { return box.east >= box.west ? box.east - box.west : box.east + 360 - box.west; }

/// Within [-180, 180).
double wrapped(double lon) { return lon - 360 * std::floor((lon + 180) / 360); }

bool finite(Point<Projected> p) { return std::isfinite(p.x) && std::isfinite(p.y); }
bool finite(LonLat p) { return std::isfinite(p.lon) && std::isfinite(p.lat); }

/// A multiple of `step`, as near to a decimal of three places as a double gets, and never −0.
double rounded(double value, double step) { return std::round(std::round(value / step) * step * 1000) / 1000 + 0.0; }

/// The coarsest step of a printable parameter for a frame with sides that long.
double parameter_step(double side) {
    for (const double step : {0.5, 0.1, 0.05, 0.01, 0.005})
        if (step <= side / 16) return step;
    return 0.001;
}

double cone_constant(double lat_1, double lat_2) { return (std::sin(lat_1 * radians) + std::sin(lat_2 * radians)) / 2; }

/// Greatest of scale and its inverse, less one, between two parallels, on the sphere (Snyder 1987, 14-3 to 14-7).
double albers_distortion(double lat_1, double lat_2, double south, double north) {
    const double n = cone_constant(lat_1, lat_2), s = std::sin(lat_1 * radians);
    const double c = 1 - s * s + 2 * n * s;
    double worst = 0;
    for (int i = 0; i <= 64; ++i) {
        const double lat = (south + (north - south) * i / 64) * radians;
        const double k = std::sqrt(std::max(0.0, c - 2 * n * std::sin(lat))) / std::cos(lat);
        worst = std::max(worst, std::max(k, 1 / k) - 1);
    }
    return worst;
}

/// Half the great-circle angle from (lat_0, 0) to the farthest place of a frame `width` degrees wide centred on longitude 0.
double half_reach(double lat_0, LonLatBox frame, double width) {
    double least = 1;
    for (int i = 0; i <= 64; ++i) {
        const double lat = frame.south + (frame.north - frame.south) * i / 64;
        for (int j = 0; j <= 16; ++j) // the farthest need not be on the edge where the frame spans more than a half circle
            least = std::min(least, std::sin(lat_0 * radians) * std::sin(lat * radians) +
                                        std::cos(lat_0 * radians) * std::cos(lat * radians) * std::cos(width / 2 * j / 16 * radians));
    }
    return std::acos(std::clamp(least, -1.0, 1.0)) / 2;
}

struct Direction {
    double x = 0, y = 0;
};

/// d(x, y) per ground metre along an azimuth: central, or one-sided where a cut of the map passes between the places.
Direction derivative(const CrsTransform& crs, LonLat place, Point<Projected> at, double azimuth) {
    constexpr double step = 300; // metres: less, and PROJ's own rounding near a pole shows; more, and the curvature does
    const std::array<LonLat, 2> around = {geodesic_place(place, azimuth, step), geodesic_place(place, azimuth + 180, step)};
    const std::vector<Point<Projected>> image = crs.from_lonlat(around);
    const Direction ahead{(image[0].x - at.x) / step, (image[0].y - at.y) / step};
    const Direction behind{(at.x - image[1].x) / step, (at.y - image[1].y) / step};
    const double a = std::hypot(ahead.x, ahead.y), b = std::hypot(behind.x, behind.y);
    if (!std::isfinite(b) || b > 2 * a) return ahead;
    if (!std::isfinite(a) || a > 2 * b) return behind;
    return {(ahead.x + behind.x) / 2, (ahead.y + behind.y) / 2};
}

LocalScale scale_from(Direction east, Direction north) {
    const double det = east.x * north.y - north.x * east.y;
    LocalScale s;
    s.area = std::abs(det);
    // The ground vector whose image points along x (y) has the length of the other row of the Jacobian over its determinant.
    s.x = s.area / std::hypot(east.y, north.y);
    s.y = s.area / std::hypot(east.x, north.x);
    const double sum = east.x * east.x + east.y * east.y + north.x * north.x + north.y * north.y;
    const double plus = std::sqrt(sum + 2 * s.area), minus = std::sqrt(std::max(0.0, sum - 2 * s.area));
    s.major = (plus + minus) / 2, s.minor = (plus - minus) / 2;
    s.convergence = std::atan2(north.x, north.y) / radians;
    return s;
}

LocalScale unknown_scale() { return {nan, nan, nan, nan, nan, nan}; }

Point<Projected> centre_of(Extent<Projected> e) { return {(e.min_x + e.max_x) / 2, (e.min_y + e.max_y) / 2}; }

/// Gathers places into a box, longitudes by the largest gap between them around the circle.
class BoxOfPlaces {
public:
    void add(LonLat p) {
        if (!finite(p)) return;
        m_lon.push_back(wrapped(p.lon));
        m_south = std::min(m_south, p.lat), m_north = std::max(m_north, p.lat);
    }
    /// An edge: what may lie between its places is an eighth of the second difference (the error of a chord).
    void add_edge(std::span<const LonLat> edge) {
        for (const LonLat& p : edge) add(p);
        for (std::size_t i = 1; i + 1 < edge.size(); ++i) {
            if (!finite(edge[i - 1]) || !finite(edge[i]) || !finite(edge[i + 1])) continue;
            const double lon = wrapped(edge[i + 1].lon - edge[i].lon) - wrapped(edge[i].lon - edge[i - 1].lon);
            const double lat = edge[i + 1].lat - 2 * edge[i].lat + edge[i - 1].lat;
            m_lon_slack = std::max(m_lon_slack, std::abs(lon) / 8), m_lat_slack = std::max(m_lat_slack, std::abs(lat) / 8);
        }
    }
    void add_pole(double lat) {
        m_whole_circle = true;
        m_south = std::min(m_south, lat), m_north = std::max(m_north, lat);
    }
    bool empty() const { return m_lon.empty() && !m_whole_circle; }

    LonLatBox box() {
        LonLatBox box{-180, std::max(-90.0, m_south - m_lat_slack), 180, std::min(90.0, m_north + m_lat_slack)};
        if (m_whole_circle) return box;
        std::sort(m_lon.begin(), m_lon.end());
        double gap = m_lon.front() + 360 - m_lon.back();
        box.west = m_lon.front(), box.east = m_lon.back();
        for (std::size_t i = 1; i < m_lon.size(); ++i)
            if (m_lon[i] - m_lon[i - 1] > gap) gap = m_lon[i] - m_lon[i - 1], box.west = m_lon[i], box.east = m_lon[i - 1];
        constexpr double spacing = 6; // degrees: the most between neighbouring samples of a map of the whole Earth
        if (gap < spacing + 2 * m_lon_slack) return {-180, box.south, 180, box.north};
        box.west -= m_lon_slack, box.east += m_lon_slack;
        if (box.west < -180) box.west += 360;
        if (box.east > 180) box.east -= 360;
        // A box that only touches the antimeridian from the west ends at 180, not at −180.
        if (box.east == -180 && box.west > -180) box.east = 180;
        return box;
    }

private:
    std::vector<double> m_lon;
    double m_south = 90, m_north = -90, m_lon_slack = 0, m_lat_slack = 0;
    bool m_whole_circle = false;
};

/// A pole that is one point of the map, inside the rectangle.
bool holds_pole(const CrsTransform& crs, Extent<Projected> rectangle, double lat) {
    if (crs.geographic()) return false;
    const Point<Projected> a = crs.from_lonlat(LonLat{0, lat}), b = crs.from_lonlat(LonLat{90, lat});
    if (!finite(a) || !finite(b) || !rectangle.contains(a)) return false;
    const double millimetre = 1e-3 / crs.metres_per_unit();
    return std::hypot(a.x - b.x, a.y - b.y) < millimetre && std::abs(crs.to_lonlat(a).lat - lat) < 1e-6;
}

std::vector<LonLat> outline(LonLatBox box) {
    const double east = box.west + width_of(box);
    const std::array<LonLat, 5> corners = {{{box.west, box.south}, {east, box.south}, {east, box.north}, {box.west, box.north},
                                           {box.west, box.south}}};
    const double longer = std::max(east - box.west, box.north - box.south);
    return densified(corners, std::clamp(longer / 128, 1e-9, 0.25));
}

void add_all(Extent<Projected>& extent, const CrsTransform& crs, std::span<const LonLat> places) {
    for (const Point<Projected>& p : crs.from_lonlat(places))
        if (finite(p)) extent.add(p);
}

} // namespace

std::string FittedCrs::name() const {
    return kind == FittedKind::albers ? "Albers Equal Area" : "Lambert Azimuthal Equal Area";
}

FittedCrs fit_equal_area(LonLatBox frame) {
    if (!(frame.south <= frame.north && frame.south >= -90 && frame.north <= 90 && std::isfinite(frame.west) && std::isfinite(frame.east)))
        throw Error(ErrorKind::usage, fmt::format("the frame {},{},{},{} is none; give west,south,east,north in degrees, south below "
                                                  "north and both within ±90", frame.west, frame.south, frame.east, frame.north));
    const double width = width_of(frame), height = frame.north - frame.south;
    const double step = parameter_step(std::min(width, height));
    FittedCrs fit;
    fit.lon_0 = wrapped(rounded(wrapped(frame.west + width / 2), step));
    const double middle = rounded((frame.south + frame.north) / 2, step);

    double lambert_lat_0 = middle, reach = half_reach(middle, frame, width);
    for (const double pole : {-90.0, 90.0})
        if (const double r = half_reach(pole, frame, width); r < reach) reach = r, lambert_lat_0 = pole;
    const double lambert_distortion = 1 / std::cos(reach) - 1;

    const double lat_1 = rounded(frame.south + height / 6, step), lat_2 = rounded(frame.south + height * 5 / 6, step);
    const bool cone = width <= 120 && std::abs(cone_constant(lat_1, lat_2)) >= 0.05;
    if (cone && albers_distortion(lat_1, lat_2, frame.south, frame.north) <= lambert_distortion + 0.001) {
        fit.kind = FittedKind::albers;
        fit.lat_1 = lat_1, fit.lat_2 = lat_2, fit.lat_0 = middle;
        fit.proj = fmt::format("+proj=aea +lat_1={:.6g} +lat_2={:.6g} +lat_0={:.6g} +lon_0={:.6g} +datum=WGS84 +units=m +no_defs",
                               fit.lat_1, fit.lat_2, fit.lat_0, fit.lon_0);
    } else {
        fit.lat_0 = lambert_lat_0;
        fit.proj = fmt::format("+proj=laea +lat_0={:.6g} +lon_0={:.6g} +datum=WGS84 +units=m +no_defs", fit.lat_0, fit.lon_0);
    }
    return fit;
}

LocalScale local_scale(const CrsTransform& crs, LonLat place) {
    const Point<Projected> at = crs.from_lonlat(place);
    if (!finite(at)) return unknown_scale();
    const Direction east = derivative(crs, place, at, 90), north = derivative(crs, place, at, 0);
    const LocalScale s = scale_from(east, north);
    return std::isfinite(s.area) ? s : unknown_scale();
}

LocalScale local_scale(const CrsTransform& crs, Point<Projected> place) {
    const LonLat at = crs.to_lonlat(place);
    return finite(at) ? local_scale(crs, at) : unknown_scale();
}

ScaleRange scale_range(const CrsTransform& crs, Extent<Projected> sheet) {
    ScaleRange range;
    const LocalScale centre = local_scale(crs, centre_of(sheet));
    range.nominal = std::sqrt(centre.area);
    range.min_convergence = range.max_convergence = centre.convergence;
    constexpr int n = 16;
    for (int j = 0; j <= n; ++j)
        for (int i = 0; i <= n; ++i) {
            const LocalScale s = local_scale(
                crs, Point<Projected>{sheet.min_x + sheet.width() * i / n, sheet.min_y + sheet.height() * j / n});
            if (!std::isfinite(s.area)) continue;
            range.least = std::min(range.least, s.minor / range.nominal);
            range.greatest = std::max(range.greatest, s.major / range.nominal);
            range.min_convergence = std::min(range.min_convergence, s.convergence);
            range.max_convergence = std::max(range.max_convergence, s.convergence);
        }
    return range;
}

double ground_length_m(const CrsTransform& crs, Extent<Projected> sheet, double length) {
    constexpr int n = 64;
    const Point<Projected> centre = centre_of(sheet);
    std::vector<Point<Projected>> bar;
    for (int i = 0; i <= n; ++i) bar.push_back({centre.x + length * (static_cast<double>(i) / n - 0.5), centre.y});
    const std::vector<LonLat> ground = crs.to_lonlat(bar);
    double sum = 0;
    for (std::size_t i = 1; i < ground.size(); ++i) {
        if (!finite(ground[i - 1]) || !finite(ground[i])) return nan;
        sum += geodesic_m(ground[i - 1], ground[i]);
    }
    return sum;
}

LonLatBox lonlat_box(const CrsTransform& crs, Extent<Projected> r) {
    constexpr int along = 128, inside = 32;
    BoxOfPlaces box;
    const auto edge = [&](Point<Projected> from, Point<Projected> to) {
        std::vector<Point<Projected>> places;
        for (int i = 0; i <= along; ++i)
            places.push_back({from.x + (to.x - from.x) * i / along, from.y + (to.y - from.y) * i / along});
        box.add_edge(crs.to_lonlat(places));
    };
    edge({r.min_x, r.min_y}, {r.max_x, r.min_y}), edge({r.max_x, r.min_y}, {r.max_x, r.max_y});
    edge({r.max_x, r.max_y}, {r.min_x, r.max_y}), edge({r.min_x, r.max_y}, {r.min_x, r.min_y});
    std::vector<Point<Projected>> places;
    for (int j = 0; j <= inside; ++j)
        for (int i = 0; i <= inside; ++i)
            places.push_back({r.min_x + r.width() * i / inside, r.min_y + r.height() * j / inside});
    for (const LonLat& p : crs.to_lonlat(places)) box.add(p);
    for (const double pole : {-90.0, 90.0})
        if (holds_pole(crs, r, pole)) box.add_pole(pole);
    if (box.empty())
        throw Error(ErrorKind::usage, fmt::format("nothing of {},{},{},{} lies on the Earth in this CRS; give west,south,east,north "
                                                  "in its units", r.min_x, r.min_y, r.max_x, r.max_y));
    return box.box();
}

Extent<Projected> projected_box(const CrsTransform& crs, LonLatBox box) {
    Extent<Projected> extent;
    add_all(extent, crs, outline(box));
    constexpr int n = 32;
    std::vector<LonLat> inside;
    for (int j = 0; j <= n; ++j)
        for (int i = 0; i <= n; ++i)
            inside.push_back({box.west + width_of(box) * i / n, box.south + (box.north - box.south) * j / n});
    add_all(extent, crs, inside);
    return extent;
}

Extent<Projected> projected_box(const CrsTransform& crs, const FeatureTable& features) {
    Extent<Projected> extent;
    for (std::size_t p = 0; p < features.part_begin.back(); ++p) add_all(extent, crs, densified(features.part(p), 0.25));
    return extent;
}

std::vector<LonLat> densified(std::span<const LonLat> line, double longest) {
    std::vector<LonLat> result;
    for (std::size_t i = 0; i < line.size(); ++i) {
        result.push_back(line[i]);
        if (i + 1 == line.size()) break;
        const LonLat a = line[i], b = line[i + 1];
        const int pieces = static_cast<int>(std::ceil(std::max(std::abs(a.lon - b.lon), std::abs(a.lat - b.lat)) / longest));
        for (int k = 1; k < pieces; ++k)
            result.push_back({a.lon + (b.lon - a.lon) * k / pieces, a.lat + (b.lat - a.lat) * k / pieces});
    }
    return result;
}

} // namespace harmattan::geo
