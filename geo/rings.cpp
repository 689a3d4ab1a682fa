#include "geo/rings.hpp"

#include "geo/orientation.hpp"

#include <algorithm>
#include <cmath>

namespace harmattan::geo {

void Rings::add(std::span<const LonLat> ring, bool is_hole) {
    vertices.insert(vertices.end(), ring.begin(), ring.end());
    begin.push_back(static_cast<std::uint32_t>(vertices.size()));
    hole.push_back(is_hole);
}

void Rings::clear() {
    vertices.clear();
    begin.assign(1, 0);
    hole.clear();
}

double signed_area(std::span<const LonLat> ring) {
    double twice = 0;
    // relative to the first vertex, so that a small ring far from (0, 0) keeps its digits
    for (std::size_t i = 2; i < ring.size(); ++i)
        twice += (ring[i - 1].lon - ring[0].lon) * (ring[i].lat - ring[0].lat) -
                 (ring[i].lon - ring[0].lon) * (ring[i - 1].lat - ring[0].lat);
    return twice / 2;
}

void orient(Rings& rings) {
    for (std::size_t r = 0; r < rings.size(); ++r) {
        if ((signed_area(rings.ring(r)) < 0) == rings.hole[r]) continue;
        std::reverse(rings.vertices.begin() + rings.begin[r], rings.vertices.begin() + rings.begin[r + 1]);
    }
}

std::size_t tidy(Rings& rings) {
    Rings kept;
    std::vector<LonLat> ring;
    for (std::size_t r = 0; r < rings.size(); ++r) {
        ring.clear();
        for (const LonLat& at : rings.ring(r))
            if (ring.empty() || !(ring.back() == at)) ring.push_back(at);
        if (!ring.empty() && !(ring.front() == ring.back())) ring.push_back(ring.front());
        if (ring.size() >= 4) kept.add(ring, rings.hole[r]);
    }
    const std::size_t dropped = rings.size() - kept.size();
    rings = std::move(kept);
    return dropped;
}

namespace {

struct Edge {
    double ax, ay, bx, by;
    std::uint32_t ring, number; ///< number within the ring

    double min_x() const { return std::min(ax, bx); }
    double max_x() const { return std::max(ax, bx); }
    double min_y() const { return std::min(ay, by); }
    double max_y() const { return std::max(ay, by); }
};

bool may_meet(const Edge& e, const Edge& f) {
    if (e.max_x() < f.min_x() || f.max_x() < e.min_x() || e.max_y() < f.min_y() || f.max_y() < e.min_y()) return false;
    const int c = orientation(e.ax, e.ay, e.bx, e.by, f.ax, f.ay), d = orientation(e.ax, e.ay, e.bx, e.by, f.bx, f.by);
    if (c == d && c != 0) return false;
    const int a = orientation(f.ax, f.ay, f.bx, f.by, e.ax, e.ay), b = orientation(f.ax, f.ay, f.bx, f.by, e.bx, e.by);
    return !(a == b && a != 0);
}

/// Neighbours share a vertex; they must not run back over each other.
bool folds_back(const Edge& first, const Edge& second) {
    if (orientation(first.ax, first.ay, first.bx, first.by, second.bx, second.by) != 0) return false;
    return (first.bx - first.ax) * (second.bx - second.ax) + (first.by - first.ay) * (second.by - second.ay) < 0;
}

/// Edges sorted into the cells of a square grid over their envelope.
class EdgeGrid {
public:
    EdgeGrid(const std::vector<Edge>& edges, const Extent<LonLat>& box) : m_box(box) {
        m_side = std::clamp(static_cast<int>(std::sqrt(static_cast<double>(edges.size()))), 1, 1024);
        m_x_scale = m_box.width() > 0 ? m_side / m_box.width() : 0;
        m_y_scale = m_box.height() > 0 ? m_side / m_box.height() : 0;
    }
    int side() const { return m_side; }
    int column(double x) const { return std::min(static_cast<int>((x - m_box.min_x) * m_x_scale), m_side - 1); }
    int row(double y) const { return std::min(static_cast<int>((y - m_box.min_y) * m_y_scale), m_side - 1); }

    /// Lists edges by cell (`by_row`: cells are whole rows). False where that would be too much work to be quick.
    bool fill(const std::vector<Edge>& edges, bool by_row) {
        const int columns = by_row ? 1 : m_side;
        m_begin.assign(static_cast<std::size_t>(m_side * columns) + 1, 0);
        const std::size_t limit = 16 * edges.size() + 4096;
        std::size_t total = 0;
        const auto each_cell = [&](const Edge& e, auto&& visit) {
            const int left = by_row ? 0 : column(e.min_x()), right = by_row ? 0 : column(e.max_x());
            for (int r = row(e.min_y()), last = row(e.max_y()); r <= last; ++r)
                for (int c = left; c <= right; ++c) visit(static_cast<std::size_t>(r * columns + c));
        };
        for (const Edge& e : edges) {
            each_cell(e, [&](std::size_t cell) { ++m_begin[cell + 1], ++total; });
            if (total > limit) return false;
        }
        for (std::size_t i = 1; i < m_begin.size(); ++i) m_begin[i] += m_begin[i - 1];
        m_edges.resize(total);
        std::vector<std::uint32_t> next(m_begin.begin(), m_begin.end() - 1);
        for (std::uint32_t i = 0; i < edges.size(); ++i)
            each_cell(edges[i], [&](std::size_t cell) { m_edges[next[cell]++] = i; });
        return true;
    }
    std::size_t cells() const { return m_begin.size() - 1; }
    std::span<const std::uint32_t> cell(std::size_t i) const {
        return std::span(m_edges).subspan(m_begin[i], m_begin[i + 1] - m_begin[i]);
    }

private:
    Extent<LonLat> m_box;
    int m_side = 1;
    double m_x_scale = 0, m_y_scale = 0;
    std::vector<std::uint32_t> m_begin, m_edges;
};

bool edges_stay_apart(const std::vector<Edge>& edges, const EdgeGrid& grid, const Rings& rings) {
    for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
        const auto listed = grid.cell(cell);
        for (std::size_t i = 0; i < listed.size(); ++i)
            for (std::size_t j = i + 1; j < listed.size(); ++j) {
                const Edge& e = edges[listed[i]]; // listed in ascending order, so e comes first in its ring
                const Edge& f = edges[listed[j]];
                if (e.ring == f.ring) {
                    const std::uint32_t last = rings.begin[e.ring + 1] - rings.begin[e.ring] - 2;
                    if (f.number == e.number + 1) {
                        if (folds_back(e, f)) return false;
                        continue;
                    }
                    if (e.number == 0 && f.number == last) {
                        if (folds_back(f, e)) return false;
                        continue;
                    }
                }
                if (may_meet(e, f)) return false;
            }
    }
    return true;
}

/// Whether the vertex lies inside an odd number of the other rings; no edge of them goes through it.
bool inside_odd(const LonLat& at, std::uint32_t ring, const std::vector<Edge>& edges, const EdgeGrid& rows) {
    bool odd = false;
    for (const std::uint32_t i : rows.cell(static_cast<std::size_t>(rows.row(at.lat)))) {
        const Edge& e = edges[i];
        if (e.ring == ring || (e.ay > at.lat) == (e.by > at.lat)) continue;
        const bool upward = e.by > e.ay;
        const int side = orientation(e.ax, e.ay, e.bx, e.by, at.lon, at.lat);
        if ((side > 0) == upward) odd = !odd; // the edge crosses the ray to the east
    }
    return odd;
}

} // namespace

bool surely_valid(const Rings& rings) {
    std::vector<Edge> edges;
    edges.reserve(rings.vertices.size());
    Extent<LonLat> box;
    for (std::uint32_t r = 0; r < rings.size(); ++r) {
        const auto ring = rings.ring(r);
        if (ring.size() < 4) return false;
        for (std::uint32_t i = 0; i + 1 < ring.size(); ++i) {
            edges.push_back({ring[i].lon, ring[i].lat, ring[i + 1].lon, ring[i + 1].lat, r, i});
            box.add({ring[i].lon, ring[i].lat});
        }
    }
    if (edges.empty()) return false;
    EdgeGrid grid(edges, box);
    if (!grid.fill(edges, false) || !edges_stay_apart(edges, grid, rings)) return false;
    if (rings.size() == 1) return !rings.hole[0];
    if (!grid.fill(edges, true)) return false;
    for (std::uint32_t r = 0; r < rings.size(); ++r)
        if (inside_odd(rings.ring(r)[0], r, edges, grid) != rings.hole[r]) return false;
    return true;
}

} // namespace harmattan::geo
