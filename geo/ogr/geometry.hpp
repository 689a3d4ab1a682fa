#pragma once
// An OGR geometry taken apart into points, lines and rings in WGS 84.

#include "geo/ogr/to_wgs84.hpp"
#include "geo/rings.hpp"

#include <memory>
#include <vector>

class OGRGeometry;

namespace harmattan::geo {

/// A feature's geometry by kind; buffers are reused from feature to feature.
struct GeometryParts {
    std::vector<LonLat> points;
    std::vector<LonLat> line_vertices;
    std::vector<std::uint32_t> line_begin{0};
    Rings rings;

    bool empty() const { return points.empty() && line_begin.size() == 1 && rings.size() == 0; }
    bool finite() const;
    void clear();
};

/// Adds the geometry's parts; curves are made into lines, Z and M left away, lines of fewer than two vertices dropped.
void take_apart(const OGRGeometry& geometry, GeometryParts& parts);

void to_wgs84(GeometryParts& parts, const ToWgs84& transform);

/// Makes the rings valid (by GEOS MakeValid where they are not) and orients them. Returns whether anything but the
/// order of turning and repeated vertices had to be changed.
bool repair(Rings& rings);

} // namespace harmattan::geo
