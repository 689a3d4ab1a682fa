#pragma once
// On which side of a line a point lies, exactly. All that asks "inside or outside", "crosses or not" stands on this.

namespace harmattan::geo {

/// Exact sign of the determinant when the quick sum of doubles cannot tell: > 0, < 0 or 0.
int exact_orientation(double ax, double ay, double bx, double by, double cx, double cy);

/// 1 where a → b → c turns left (c lies left of the line from a to b), -1 where it turns right, 0 where the three lie
/// on one line: the exact answer for any finite doubles whose products do not overflow or underflow. Source: Shewchuk
/// 1997, "Adaptive precision floating-point arithmetic and fast robust geometric predicates"; the bound is his
/// ccwerrboundA = (3 + 16ε)ε with ε = 2⁻⁵³.
inline int orientation(double ax, double ay, double bx, double by, double cx, double cy) {
    const double left = (ax - cx) * (by - cy), right = (ay - cy) * (bx - cx);
    const double det = left - right;
    constexpr double bound = 3.3306690738754716e-16;
    const double magnitude = (left < 0 ? -left : left) + (right < 0 ? -right : right);
    if (det > bound * magnitude) return 1;
    if (-det > bound * magnitude) return -1;
    return exact_orientation(ax, ay, bx, by, cx, cy);
}

} // namespace harmattan::geo
