#pragma once
// The nearest point of many lines to a place, quick for millions of places: what a route index and a road index share.

#include "geo/space.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace harmattan::geo {

/// A line to look on: its vertices, no two neighbours the same, and how far along it each lies, in metres along
/// geodesics.
struct MeasuredLine {
    std::span<const LonLat> vertices;
    std::span<const double> along_m;
};

/// Immutable; safe to ask from many threads. Lines are cut into pieces of at most 10 km; a grid of cells in longitude
/// and latitude knows which pieces may be nearest. Of several nearest points (within 1 mm) that of the earliest line
/// counts, and on it the first.
class PieceGrid {
public:
    struct Hit {
        std::uint32_t line = 0;
        double along_m = 0;    ///< 0 to the line's length
        double distance_m = 0; ///< along the geodesic from the place
    };

    /// Lines may be none. Throws Error usage unless 0 < reach ≤ 100 km; `what` is looked for, as "corridor".
    PieceGrid(std::span<const MeasuredLine> lines, double reach_m, const char* what);

    /// Nothing where every line is farther than the reach.
    std::optional<Hit> nearest(LonLatE7 place) const;

    double reach_m() const;
    /// Holds all places within reach, with some to spare; east runs on beyond 180 where a line crosses the
    /// antimeridian.
    LonLatBox box() const;

private:
    struct Impl;
    std::shared_ptr<const Impl> m_impl;
};

} // namespace harmattan::geo
