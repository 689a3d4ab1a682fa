#pragma once
// Turns lines into the outline of their stroke, for the nonzero rule. The outline is the sum of one quadrilateral a
// segment and one wedge a join, all turning the same way, so folds narrower than the pen never cancel out. Arithmetic
// starts from points in 1/256 pixels and uses no trigonometry: the same stroke wherever it lies, on every machine.

#include "render/canvas.hpp"
#include "render/raster/rasteriser.hpp"

#include <span>
#include <vector>

namespace harmattan::render {

class Stroker {
public:
    /// The stroke's width in pixels must be > 0; its dashes are not looked at (see cut_dashes). Edges go into `to`.
    /// Round corners and ends are polygons whose sides lie at most `tolerance_px` inside the circle.
    Stroker(Rasteriser& to, const Stroke& stroke, double tolerance_px = 1.0 / 12);

    /// Neighbouring points must differ. A closed line repeats its first point and has at least three different ones.
    void add(std::span<const FixedPoint> line, bool closed);
    /// A line of no length, in a direction: a dot where caps are round or square, else nothing.
    void add_dot(FixedPoint at, FixedPoint along);

private:
    struct Vector {
        double x, y;
    };
    struct Segment {
        Vector normal;
        double length;
    }; ///< normal: the direction turned towards the left hand
    static Segment segment(FixedPoint a, FixedPoint b);
    FixedPoint offset(FixedPoint p, Vector by) const;
    void add_arc(std::vector<FixedPoint>& to, FixedPoint at, Vector from, Vector until) const;
    void add_cap(std::vector<FixedPoint>& to, FixedPoint at, Vector from) const;
    void add_join(FixedPoint at, const Segment& before, const Segment& after);
    void add_inner(std::vector<FixedPoint>& to, double side, FixedPoint at, const Segment& before,
                   const Segment& after) const;
    void add_outer(std::vector<FixedPoint>& to, double side, FixedPoint at, const Segment& before,
                   const Segment& after) const;
    void emit_loop(std::span<const FixedPoint> outline, bool backwards);

    Rasteriser& m_to;
    double m_half; // half the width, 1/256 pixels
    Cap m_cap;
    Join m_join;
    double m_miter_limit;
    double m_flat;                           // cosine of the turn up to which an arc is one straight piece
    std::vector<FixedPoint> m_left, m_right; // sides of the line at hand, in its direction
};

/// How far the ink of a stroke may lie from its line, pixels.
double reach_of(const Stroke& stroke);

} // namespace harmattan::render
