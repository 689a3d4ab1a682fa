#pragma once
// Rings of one polygon feature before they become parts of a FeatureTable: area, order of turning, and a quick proof of
// validity that spares GEOS the good ones.

#include "geo/space.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace harmattan::geo {

/// Ring r owns vertices [begin[r], begin[r + 1]), its first vertex repeated last. All polygons of the feature together.
struct Rings {
    std::vector<LonLat> vertices;
    std::vector<std::uint32_t> begin{0};
    std::vector<bool> hole; ///< one per ring

    std::size_t size() const { return hole.size(); }
    std::span<const LonLat> ring(std::size_t r) const {
        return std::span(vertices).subspan(begin[r], begin[r + 1] - begin[r]);
    }
    void add(std::span<const LonLat> ring, bool is_hole);
    void clear();
};

/// Shoelace area in square degrees, positive where the ring turns left (counter-clockwise).
double signed_area(std::span<const LonLat> ring);

/// Outer rings counter-clockwise, holes clockwise (RFC 7946): then areas of rings simply add up.
void orient(Rings& rings);

/// Closes open rings, drops repeated vertices and rings that enclose nothing; returns how many rings were dropped.
std::size_t tidy(Rings& rings);

/// True only for rings that surely form a valid (multi)polygon: no two edges meet but neighbours at their vertex, every
/// outer ring lies inside an even number of other rings and every hole inside an odd one. False means "not sure" (rings
/// that touch in a point are valid, yet not proved here): then GEOS decides. About 0.1 µs an edge.
/// The rings must be tidy.
bool surely_valid(const Rings& rings);

} // namespace harmattan::geo
