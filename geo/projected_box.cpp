#include "geo/projected_box.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::geo {

namespace {

/// Gathers places into a box, longitudes by the largest gap between them around the circle.
class BoxOfPlaces {
public:
    void add(LonLat p) {
        if (!is_finite(p)) return;
        m_lon.push_back(wrapped_longitude(p.lon));
        m_south = std::min(m_south, p.lat), m_north = std::max(m_north, p.lat);
    }
    /// An edge: what may lie between its places is an eighth of the second difference (the error of a chord).
    void add_edge(std::span<const LonLat> edge) {
        for (const LonLat& p : edge) add(p);
        for (std::size_t i = 1; i + 1 < edge.size(); ++i) {
            if (!is_finite(edge[i - 1]) || !is_finite(edge[i]) || !is_finite(edge[i + 1])) continue;
            const double lon =
                wrapped_longitude(edge[i + 1].lon - edge[i].lon) - wrapped_longitude(edge[i].lon - edge[i - 1].lon);
            const double lat = edge[i + 1].lat - 2 * edge[i].lat + edge[i - 1].lat;
            m_lon_slack = std::max(m_lon_slack, std::abs(lon) / 8),
            m_lat_slack = std::max(m_lat_slack, std::abs(lat) / 8);
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
            if (m_lon[i] - m_lon[i - 1] > gap)
                gap = m_lon[i] - m_lon[i - 1], box.west = m_lon[i], box.east = m_lon[i - 1];
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
    if (!is_finite(a) || !is_finite(b) || !rectangle.contains(a)) return false;
    const double millimetre = 1e-3 / crs.metres_per_unit();
    return std::hypot(a.x - b.x, a.y - b.y) < millimetre && std::abs(crs.to_lonlat(a).lat - lat) < 1e-6;
}

std::vector<LonLat> outline(LonLatBox box) {
    const double east = box.west + box.width();
    const std::array<LonLat, 5> corners = {
        {{box.west, box.south}, {east, box.south}, {east, box.north}, {box.west, box.north}, {box.west, box.south}}};
    const double longer = std::max(east - box.west, box.north - box.south);
    return densified(corners, std::clamp(longer / 128, 1e-9, 0.25));
}

void add_all(Extent<Projected>& extent, const CrsTransform& crs, std::span<const LonLat> places) {
    for (const Point<Projected>& p : crs.from_lonlat(places))
        if (is_finite(p)) extent.add(p);
}

} // namespace

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
        throw Error(ErrorKind::usage,
                    fmt::format("nothing of {},{},{},{} lies on the Earth in this CRS; give west,south,east,north "
                                "in its units",
                                r.min_x, r.min_y, r.max_x, r.max_y));
    return box.box();
}

Extent<Projected> projected_box(const CrsTransform& crs, LonLatBox box) {
    Extent<Projected> extent;
    add_all(extent, crs, outline(box));
    constexpr int n = 32;
    std::vector<LonLat> inside;
    for (int j = 0; j <= n; ++j)
        for (int i = 0; i <= n; ++i)
            inside.push_back({box.west + box.width() * i / n, box.south + (box.north - box.south) * j / n});
    add_all(extent, crs, inside);
    return extent;
}

Extent<Projected> projected_box(const CrsTransform& crs, const FeatureTable& features) {
    Extent<Projected> extent;
    for (std::size_t p = 0; p < features.part_begin.back(); ++p)
        add_all(extent, crs, densified(features.part(p), 0.25));
    return extent;
}

std::vector<LonLat> densified(std::span<const LonLat> line, double longest) {
    std::vector<LonLat> result;
    for (std::size_t i = 0; i < line.size(); ++i) {
        result.push_back(line[i]);
        if (i + 1 == line.size()) break;
        const LonLat a = line[i], b = line[i + 1];
        const int pieces =
            static_cast<int>(std::ceil(std::max(std::abs(a.lon - b.lon), std::abs(a.lat - b.lat)) / longest));
        for (int k = 1; k < pieces; ++k)
            result.push_back({a.lon + (b.lon - a.lon) * k / pieces, a.lat + (b.lat - a.lat) * k / pieces});
    }
    return result;
}

} // namespace harmattan::geo
