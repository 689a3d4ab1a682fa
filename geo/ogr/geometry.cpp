#include "geo/ogr/geometry.hpp"

#include "geo/error.hpp"
#include "geo/ogr/messages.hpp"

#include <fmt/format.h>
#include <ogr_geometry.h>

#include <algorithm>
#include <cmath>

namespace harmattan::geo {

namespace {

void append(const OGRSimpleCurve& curve, std::vector<LonLat>& out) {
    const int count = curve.getNumPoints();
    for (int i = 0; i < count; ++i) out.push_back({curve.getX(i), curve.getY(i)});
}

void take_polygon(const OGRPolygon& polygon, Rings& rings) {
    for (int r = -1; r < polygon.getNumInteriorRings(); ++r) {
        const OGRLinearRing* ring = r < 0 ? polygon.getExteriorRing() : polygon.getInteriorRing(r);
        if (!ring || ring->getNumPoints() == 0) continue;
        append(*ring, rings.vertices);
        rings.begin.push_back(static_cast<std::uint32_t>(rings.vertices.size()));
        rings.hole.push_back(r >= 0);
    }
}

bool all_finite(std::span<const LonLat> at) {
    return std::ranges::all_of(at, [](LonLat p) { return is_finite(p); });
}

/// Polygons as they were listed: each outer ring with the holes that follow it.
std::unique_ptr<OGRGeometry> to_ogr(const Rings& rings) {
    auto all = std::make_unique<OGRMultiPolygon>();
    std::unique_ptr<OGRPolygon> polygon;
    for (std::size_t r = 0; r < rings.size(); ++r) {
        auto ring = std::make_unique<OGRLinearRing>();
        for (const LonLat& at : rings.ring(r)) ring->addPoint(at.lon, at.lat);
        if (!rings.hole[r] || !polygon) {
            if (polygon) all->addGeometryDirectly(polygon.release());
            polygon = std::make_unique<OGRPolygon>();
        }
        polygon->addRingDirectly(ring.release());
    }
    if (polygon) all->addGeometryDirectly(polygon.release());
    return all;
}

} // namespace

bool GeometryParts::finite() const {
    return all_finite(points) && all_finite(line_vertices) && all_finite(rings.vertices);
}

void GeometryParts::clear() {
    points.clear();
    line_vertices.clear();
    line_begin.assign(1, 0);
    rings.clear();
}

void take_apart(const OGRGeometry& geometry, GeometryParts& parts) {
    if (geometry.hasCurveGeometry()) {
        const std::unique_ptr<OGRGeometry> lines(geometry.getLinearGeometry());
        if (lines && !lines->hasCurveGeometry()) take_apart(*lines, parts);
        return;
    }
    const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
    if (type == wkbPoint) {
        const OGRPoint& point = *geometry.toPoint();
        if (!point.IsEmpty()) parts.points.push_back({point.getX(), point.getY()});
    } else if (type == wkbLineString) {
        const std::size_t before = parts.line_vertices.size();
        append(*geometry.toSimpleCurve(), parts.line_vertices);
        if (parts.line_vertices.size() < before + 2) parts.line_vertices.resize(before);
        else parts.line_begin.push_back(static_cast<std::uint32_t>(parts.line_vertices.size()));
    } else if (OGR_GT_IsSubClassOf(type, wkbPolygon)) {
        take_polygon(*geometry.toPolygon(), parts.rings);
    } else if (OGR_GT_IsSubClassOf(type, wkbPolyhedralSurface)) {
        for (const OGRPolygon* polygon : *geometry.toPolyhedralSurface()) take_polygon(*polygon, parts.rings);
    } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) {
        for (const OGRGeometry* part : *geometry.toGeometryCollection()) take_apart(*part, parts);
    }
}

void to_wgs84(GeometryParts& parts, const ToWgs84& transform) {
    if (transform.is_identity()) return;
    transform.apply(parts.points);
    transform.apply(parts.line_vertices);
    transform.apply(parts.rings.vertices);
}

bool repair(Rings& rings) {
    bool changed = tidy(rings) > 0;
    if (rings.size() > 0 && !surely_valid(rings)) {
        const GdalMessages unheard; // IsValid explains itself in warnings
        const std::unique_ptr<OGRGeometry> as_read = to_ogr(rings);
        if (!as_read->IsValid()) {
            const std::unique_ptr<OGRGeometry> valid(as_read->MakeValid());
            if (!valid) throw Error(ErrorKind::bad_data, "a polygon is not valid and cannot be repaired");
            GeometryParts parts;
            take_apart(*valid, parts); // lines and points that fell off are left away: they have no area
            rings = std::move(parts.rings);
            tidy(rings);
            changed = true;
        }
    }
    orient(rings);
    return changed;
}

} // namespace harmattan::geo
