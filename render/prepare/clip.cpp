#include "render/prepare/clip.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace harmattan::render {

namespace {

PixelPoint between(PixelPoint a, PixelPoint b, double t) { return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t}; }

// Edges chunk c holds: from points[first] to points[last].
struct Edges {
    std::size_t first, last;
};
Edges edges_of(const Curve& curve, std::size_t c) {
    const std::size_t first = c * Curve::chunk_edges;
    return {first, std::min(first + Curve::chunk_edges, curve.points.size() - 1)};
}

// A side of the box: how far inside of it a point lies, and where an edge crosses it (exactly on the side).
enum class Side { left, right, top, bottom };

double depth(PixelPoint p, Side side, const PixelExtent& box) {
    switch (side) {
    case Side::left: return p.x - box.min_x;
    case Side::right: return box.max_x - p.x;
    case Side::top: return p.y - box.min_y;
    case Side::bottom: return box.max_y - p.y;
    }
    return 0;
}

PixelPoint crossing(PixelPoint a, PixelPoint b, Side side, const PixelExtent& box) {
    const double from = depth(a, side, box), to = depth(b, side, box);
    PixelPoint p = between(a, b, from / (from - to));
    switch (side) {
    case Side::left: p.x = box.min_x; break;
    case Side::right: p.x = box.max_x; break;
    case Side::top: p.y = box.min_y; break;
    case Side::bottom: p.y = box.max_y; break;
    }
    return p;
}

void clip_at(Side side, const PixelExtent& box, std::vector<PixelPoint>& ring, std::vector<PixelPoint>& spare) {
    spare.clear();
    const auto add = [&](PixelPoint p) {
        if (spare.empty() || spare.back() != p) spare.push_back(p);
    };
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const PixelPoint a = ring[i == 0 ? ring.size() - 1 : i - 1], b = ring[i];
        const bool was_inside = depth(a, side, box) >= 0, is_inside = depth(b, side, box) >= 0;
        if (was_inside != is_inside) add(crossing(a, b, side, box));
        if (is_inside) add(b);
    }
    ring.swap(spare);
}

// The stretch of an edge inside the box, as shares of its length (Liang and Barsky 1984).
struct Stretch {
    double enter, leave;
};
std::optional<Stretch> find_stretch(PixelPoint a, PixelPoint b, const PixelExtent& box) {
    if (!is_finite(a) || !is_finite(b)) return std::nullopt;
    Stretch s{0, 1};
    for (const Side side : {Side::left, Side::right, Side::top, Side::bottom}) {
        const double from = depth(a, side, box), to = depth(b, side, box);
        if (from < 0 && to < 0) return std::nullopt;
        if (from < 0) s.enter = std::max(s.enter, from / (from - to));
        if (to < 0) s.leave = std::min(s.leave, from / (from - to));
    }
    if (s.enter > s.leave) return std::nullopt;
    return s;
}

// Takes `length` off the path's beginning; false if nothing is left.
bool drop_front(std::vector<PixelPoint>& path, double length) {
    for (std::size_t i = 1; i < path.size(); ++i) {
        const double edge = std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
        if (edge > length) {
            path[i - 1] = between(path[i - 1], path[i], length / edge);
            path.erase(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(i - 1));
            return true;
        }
        length -= edge;
    }
    return false;
}

// The runs of one line, each with the length of the line before it.
class Runs {
public:
    Runs(const Curve& line, const PixelExtent& box) {
        for (std::size_t c = 0; c < line.chunks.size(); ++c) {
            if (!line.chunks[c].box.meets(box)) {
                m_open = false;
                continue;
            }
            const Edges edges = edges_of(line, c);
            double length = line.chunks[c].start;
            for (std::size_t i = edges.first; i < edges.last; ++i)
                length += add(i, line.points[i], line.points[i + 1], length, box);
        }
    }

    std::vector<std::vector<PixelPoint>> paths;
    std::vector<double> starts;
    bool from_first() const { return m_from_first; } ///< the first run begins with the line
    bool to_last() const { return m_open; }          ///< the last run ends with the line

private:
    // Returns the edge's length.
    double add(std::size_t index, PixelPoint a, PixelPoint b, double before, const PixelExtent& box) {
        const std::optional<Stretch> seen = find_stretch(a, b, box);
        if (!seen) {
            m_open = false;
            return is_finite(a) && is_finite(b) ? std::hypot(b.x - a.x, b.y - a.y) : 0;
        }
        const double edge = std::hypot(b.x - a.x, b.y - a.y);
        if (!m_open || seen->enter > 0) {
            paths.push_back({between(a, b, seen->enter)});
            starts.push_back(before + edge * seen->enter);
            if (index == 0 && seen->enter == 0) m_from_first = true;
        }
        const PixelPoint end = seen->leave < 1 ? between(a, b, seen->leave) : b;
        if (paths.back().back() != end) paths.back().push_back(end);
        m_open = !(seen->leave < 1);
        return edge;
    }

    bool m_open = false, m_from_first = false;
};

void clip_line(const Curve& line, const PixelExtent& box, double period, std::vector<Path>& out) {
    if (line.points.size() == 1) {
        if (is_finite(line.points[0]) && box.contains(line.points[0])) out.push_back({{line.points[0]}, false});
        return;
    }
    Runs runs(line, box);
    if (runs.paths.empty()) return;
    const auto keep = [&](std::vector<PixelPoint>& path) { // not where an edge only touches the box
        if (path.size() > 1) out.push_back({std::move(path), false});
    };
    if (period > 0) {
        for (std::size_t r = 0; r < runs.paths.size(); ++r) {
            const double into = std::fmod(runs.starts[r], period);
            if (into == 0 || drop_front(runs.paths[r], period - into)) keep(runs.paths[r]);
        }
        return;
    }
    const bool joined = line.closed && runs.from_first() && runs.to_last();
    if (joined && runs.paths.size() == 1) {
        runs.paths[0].pop_back();
        out.push_back({std::move(runs.paths[0]), true});
        return;
    }
    if (joined) {
        const std::vector<PixelPoint>& first = runs.paths.front();
        runs.paths.back().insert(runs.paths.back().end(), first.begin() + 1, first.end());
        runs.paths.erase(runs.paths.begin());
    }
    for (std::vector<PixelPoint>& path : runs.paths) keep(path);
}

// Whether all of `inner` lies beyond one side: then only the way from the first to the last of its points counts.
bool is_beyond(const PixelExtent& inner, const PixelExtent& box) {
    return inner.max_x <= box.min_x || inner.min_x >= box.max_x || inner.max_y <= box.min_y || inner.min_y >= box.max_y;
}

} // namespace

std::vector<Path> clip_rings(std::span<const Curve> rings, const PixelExtent& box) {
    std::vector<Path> out;
    std::vector<PixelPoint> ring, spare;
    for (const Curve& curve : rings) {
        ring.clear();
        PixelExtent reach;
        const auto add = [&](PixelPoint p) {
            if (!is_finite(p) || (!ring.empty() && ring.back() == p)) return;
            ring.push_back(p);
            reach.add(p);
        };
        for (std::size_t c = 0; c < curve.chunks.size(); ++c) {
            const Edges edges = edges_of(curve, c);
            add(curve.points[edges.first]);
            if (!is_beyond(curve.chunks[c].box, box))
                for (std::size_t i = edges.first + 1; i < edges.last; ++i) add(curve.points[i]);
            add(curve.points[edges.last]);
        }
        if (is_beyond(reach, box)) continue;
        for (const Side side : {Side::left, Side::right, Side::top, Side::bottom})
            if (!ring.empty()) clip_at(side, box, ring, spare);
        while (ring.size() > 1 && ring.back() == ring.front()) ring.pop_back();
        if (ring.size() > 2) out.push_back({ring, true});
    }
    return out;
}

std::vector<Path> clip_lines(std::span<const Curve> lines, const PixelExtent& box, double period) {
    std::vector<Path> out;
    for (const Curve& line : lines) clip_line(line, box.grown(period), period, out);
    return out;
}

} // namespace harmattan::render
