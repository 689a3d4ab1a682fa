#include "render/raster/stroker.hpp"

#include <algorithm>
#include <cmath>

namespace harmattan::render {

double reach_of(const Stroke& stroke) {
    const double corner = stroke.join == Join::miter ? stroke.miter_limit : 1.0,
                 end = stroke.cap == Cap::square ? 1.4143 : 1.0;
    return stroke.width / 2 * std::max({1.0, corner, end}) + 1;
}

Stroker::Stroker(Rasteriser& to, const Stroke& stroke, double tolerance_px)
    : m_to(to), m_half(stroke.width * 128), m_cap(stroke.cap), m_join(stroke.join), m_miter_limit(stroke.miter_limit) {
    // A chord lies h (1 − cos(θ/2)) inside its arc, and cos θ = 2 cos²(θ/2) − 1.
    const double half_cosine = std::max(0.7072, 1 - 2 * tolerance_px / stroke.width);
    m_flat = 2 * half_cosine * half_cosine - 1;
}

Stroker::Segment Stroker::segment(FixedPoint a, FixedPoint b) {
    const double dx = static_cast<double>(b.x - a.x), dy = static_cast<double>(b.y - a.y);
    const double length = std::sqrt(dx * dx + dy * dy);
    return {{dy / length, -dx / length}, length};
}

FixedPoint Stroker::offset(FixedPoint p, Vector by) const {
    return {p.x + static_cast<std::int64_t>(std::floor(by.x * m_half + 0.5)),
            p.y + static_cast<std::int64_t>(std::floor(by.y * m_half + 0.5))};
}

// The points strictly between two unit vectors less than half a turn apart, by halving the turn.
void Stroker::add_arc(std::vector<FixedPoint>& to, FixedPoint at, Vector from, Vector until) const {
    if (from.x * until.x + from.y * until.y >= m_flat) return;
    Vector middle{from.x + until.x, from.y + until.y};
    const double length = std::sqrt(middle.x * middle.x + middle.y * middle.y);
    middle = {middle.x / length, middle.y / length};
    add_arc(to, at, from, middle);
    to.push_back(offset(at, middle));
    add_arc(to, at, middle, until);
}

// From one side of a line's end round to the other: `from`, its right-hand turn, its opposite.
void Stroker::add_cap(std::vector<FixedPoint>& to, FixedPoint at, Vector from) const {
    const Vector ahead{-from.y, from.x};
    if (m_cap == Cap::round) {
        add_arc(to, at, from, ahead);
        to.push_back(offset(at, ahead));
        add_arc(to, at, ahead, {-from.x, -from.y});
    } else if (m_cap == Cap::square) {
        to.push_back(offset(at, {from.x + ahead.x, from.y + ahead.y}));
        to.push_back(offset(at, {ahead.x - from.x, ahead.y - from.y}));
    }
}

void Stroker::add_inner(std::vector<FixedPoint>& to, double side, FixedPoint at, const Segment& before,
                        const Segment& after) const {
    const Vector a = before.normal, b = after.normal;
    const double miter = 1 + a.x * b.x + a.y * b.y; // |a + b|² / 2
    // The inner offset lines meet on both segments only if these are longer than h · tan(θ/2) = h · |a × b| / (1 +
    // a·b); where the line turns back on itself they are the same line and do not meet.
    if (miter > 1e-3 && m_half * std::abs(a.x * b.y - a.y * b.x) <= miter * std::min(before.length, after.length)) {
        to.push_back(offset(at, {side * (a.x + b.x) / miter, side * (a.y + b.y) / miter}));
    } else {
        to.push_back(offset(at, {side * a.x, side * a.y}));
        to.push_back(at);
        to.push_back(offset(at, {side * b.x, side * b.y}));
    }
}

void Stroker::add_outer(std::vector<FixedPoint>& to, double side, FixedPoint at, const Segment& before,
                        const Segment& after) const {
    const Vector a{side * before.normal.x, side * before.normal.y}, b{side * after.normal.x, side * after.normal.y};
    const double cosine = a.x * b.x + a.y * b.y, miter = 1 + cosine;
    const bool mitered =
        m_join == Join::miter && m_miter_limit * m_miter_limit * miter >= 2; // 1/cos²(θ/2) = 2/(1 + cos θ)
    // Where a round corner would be one straight piece, the corner itself is as near.
    if (cosine >= m_flat || mitered) {
        to.push_back(offset(at, {(a.x + b.x) / miter, (a.y + b.y) / miter}));
        return;
    }
    to.push_back(offset(at, a));
    if (m_join == Join::round) {
        if (cosine > -0.99) {
            add_arc(to, at, a, b);
        } else { // a turn back: by way of straight ahead
            const Vector ahead{-before.normal.y, before.normal.x};
            add_arc(to, at, a, ahead);
            to.push_back(offset(at, ahead));
            add_arc(to, at, ahead, b);
        }
    }
    to.push_back(offset(at, b));
}

void Stroker::add_join(FixedPoint at, const Segment& before, const Segment& after) {
    const double cross = before.normal.x * after.normal.y - before.normal.y * after.normal.x;
    if (cross > 0) { // y points down: a right-hand turn, the left side is the outer one
        add_outer(m_left, 1, at, before, after);
        add_inner(m_right, -1, at, before, after);
    } else {
        add_inner(m_left, 1, at, before, after);
        add_outer(m_right, -1, at, before, after);
    }
}

void Stroker::emit_loop(std::span<const FixedPoint> outline, bool backwards) {
    FixedPoint last = outline.back();
    for (const FixedPoint p : outline) {
        if (backwards) m_to.add_edge(p, last);
        else m_to.add_edge(last, p);
        last = p;
    }
}

void Stroker::add(std::span<const FixedPoint> line, bool closed) {
    m_left.clear();
    m_right.clear();
    const Segment first = segment(line[0], line[1]);
    if (!closed) {
        m_left.push_back(offset(line[0], first.normal));
        m_right.push_back(offset(line[0], {-first.normal.x, -first.normal.y}));
    }
    Segment before = first;
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
        const Segment after = segment(line[i], line[i + 1]);
        add_join(line[i], before, after);
        before = after;
    }
    if (closed) {
        add_join(line[0], before, first);
        emit_loop(m_left, false);
        emit_loop(m_right, true);
        return;
    }
    const Vector n = before.normal;
    m_left.push_back(offset(line.back(), n));
    add_cap(m_left, line.back(), n);
    m_right.push_back(offset(line.back(), {-n.x, -n.y}));
    m_left.insert(m_left.end(), m_right.rbegin(), m_right.rend());
    add_cap(m_left, line[0], {-first.normal.x, -first.normal.y});
    emit_loop(m_left, false);
}

void Stroker::add_dot(FixedPoint at, FixedPoint along) {
    if (m_cap == Cap::butt) return;
    const Vector left = segment({0, 0}, along).normal, right{-left.x, -left.y};
    m_left.assign({offset(at, left)});
    add_cap(m_left, at, left);
    m_left.push_back(offset(at, right));
    add_cap(m_left, at, right);
    emit_loop(m_left, false);
}

} // namespace harmattan::render
