#include "geo/corridors/stretch_cells.hpp"

#include "geo/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

namespace harmattan::geo {

namespace {

constexpr double touching_m = 1;    ///< an end this near a line touches it
constexpr double own_line_from = 4; ///< of the distance that joins: nearer along its own line an end does not join it
constexpr std::uint32_t none = ~std::uint32_t{0};

/// A vertex to be put into a stretch.
struct Insert {
    StretchId stretch;
    double along_m = 0; ///< of the strand
    std::uint32_t vertex = 0;
};

void put(Strands& all, std::vector<Insert> inserts) {
    std::ranges::sort(inserts, [](const Insert& a, const Insert& b) {
        return std::tie(a.stretch, a.along_m, a.vertex) < std::tie(b.stretch, b.along_m, b.vertex);
    });
    for (auto i = inserts.begin(); i != inserts.end();) {
        const std::uint32_t s = i->stretch.strand;
        std::vector<std::uint32_t> longer;
        const auto& old = all.strands[s].vertices;
        for (std::uint32_t k = 0; k < old.size(); ++k) {
            longer.push_back(old[k]);
            for (; i != inserts.end() && i->stretch.strand == s && i->stretch.k == k; ++i) longer.push_back(i->vertex);
        }
        all.strands[s].vertices = std::move(longer);
    }
}

/// Classes of vertices that become one.
class Joints {
public:
    explicit Joints(const std::vector<LonLat>& place) : m_parent(place.size()), m_place(place) {
        std::iota(m_parent.begin(), m_parent.end(), 0u);
    }
    std::uint32_t find(std::uint32_t v) {
        while (m_parent[v] != v) v = m_parent[v] = m_parent[m_parent[v]];
        return v;
    }
    LonLat place(std::uint32_t v) { return m_place[find(v)]; }
    void move(std::uint32_t v, LonLat to) { m_place[find(v)] = to; }
    /// The class of `v` takes the place of that of `target`.
    void join(std::uint32_t v, std::uint32_t target) {
        const LonLat at = place(target);
        const std::uint32_t a = find(v), b = find(target), low = std::min(a, b);
        m_parent[std::max(a, b)] = low;
        m_place[low] = at;
    }

private:
    std::vector<std::uint32_t> m_parent;
    std::vector<LonLat> m_place; ///< of each root
};

class EndJoiner {
public:
    EndJoiner(Strands& all, double join_m)
        : m_all(all), m_join_m(std::max(join_m, touching_m)), m_cells(all, m_join_m), m_joints(all.place),
          m_loose(all.place.size()) {
        std::vector<std::uint32_t> neighbour(all.place.size(), none);
        std::vector<bool> several(all.place.size());
        const auto meets = [&](std::uint32_t v, std::uint32_t other) {
            if (neighbour[v] == none) neighbour[v] = other;
            several[v] = several[v] || neighbour[v] != other;
        };
        for (const Strand& s : all.strands)
            for (std::size_t k = 0; k + 1 < s.vertices.size(); ++k)
                meets(s.vertices[k], s.vertices[k + 1]), meets(s.vertices[k + 1], s.vertices[k]);
        for (const Strand& s : all.strands)
            for (const std::uint32_t v : {s.vertices.front(), s.vertices.back()})
                m_ends.push_back(v), m_loose[v] = !several[v];
        std::ranges::sort(m_ends);
        m_ends.erase(std::unique(m_ends.begin(), m_ends.end()), m_ends.end());
    }

    void join() {
        if (m_all.strands.empty()) return;
        for (const std::uint32_t v : m_ends)
            if (m_loose[v]) join_to_loose_ends(v);
        std::vector<bool> tried(m_all.place.size());
        std::vector<Insert> inserts;
        for (const std::uint32_t v : m_ends) {
            const std::uint32_t joint = m_joints.find(v);
            if (tried[joint]) continue;
            const std::optional<Near> near = nearest_line(v);
            if (!near) continue;
            tried[joint] = true;
            const Strand& s = m_all.strands[near->stretch.strand];
            const double before = near->along_m - s.along_m[near->stretch.k],
                         after = s.along_m[near->stretch.k + 1] - near->along_m;
            if (std::min(before, after) <= reach_of(v)) {
                ++m_all.report.joined_ends;
                m_joints.join(v, s.vertices[near->stretch.k + (before <= after ? 0 : 1)]);
                tried[m_joints.find(v)] = true;
                continue;
            }
            ++m_all.report.ends_on_lines;
            const LonLat a = m_all.place[s.vertices[near->stretch.k]], b = m_all.place[s.vertices[near->stretch.k + 1]];
            m_joints.move(v, geodesic_place(a, geodesic_course(a, b).azimuth, before));
            inserts.push_back({near->stretch, near->along_m, v});
        }
        put(m_all, std::move(inserts));
        for (std::uint32_t v = 0; v < m_all.place.size(); ++v) m_all.place[v] = m_joints.place(v);
        for (Strand& s : m_all.strands)
            for (std::uint32_t& v : s.vertices) v = m_joints.find(v);
    }

private:
    struct Near {
        StretchId stretch;
        double along_m = 0;
    };

    double reach_of(std::uint32_t end) const { return m_loose[end] ? m_join_m : touching_m; }

    void join_to_loose_ends(std::uint32_t end) {
        const Vec at = in_space(m_all.place[end]);
        std::vector<std::uint32_t> found;
        m_cells.near(at, [&](StretchId id, const SurfacePiece&) {
            const Strand& s = m_all.strands[id.strand];
            for (const std::uint32_t v : {s.vertices.front(), s.vertices.back()}) {
                if (v == end || !m_loose[v]) continue;
                const bool own = s.vertices.front() == end || s.vertices.back() == end;
                if (own && s.along_m.back() < own_line_from * m_join_m) continue;
                const Vec gap = in_space(m_all.place[v]) - at;
                if (dot(gap, gap) <= m_join_m * m_join_m) found.push_back(v);
            }
        });
        std::ranges::sort(found);
        for (const std::uint32_t v : found)
            if (m_joints.find(v) != m_joints.find(end)) {
                ++m_all.report.joined_ends;
                m_joints.join(std::max(end, v), std::min(end, v));
            }
    }

    std::optional<Near> nearest_line(std::uint32_t end) {
        const Vec at = in_space(m_joints.place(end));
        const double reach = reach_of(end);
        const std::uint32_t joint = m_joints.find(end);
        std::optional<Near> best;
        double best_m = INFINITY;
        m_cells.near(at, [&](StretchId id, const SurfacePiece& piece) {
            const Strand& s = m_all.strands[id.strand];
            if (m_joints.find(s.vertices[id.k]) == joint || m_joints.find(s.vertices[id.k + 1]) == joint) return;
            const SurfacePiece::Nearest n = piece.nearest(at);
            if (n.chord_m > reach) return;
            const double along_m = piece.along_m + n.share * piece.length_m;
            if (m_joints.find(s.vertices.front()) == joint && along_m < own_line_from * reach) return;
            if (m_joints.find(s.vertices.back()) == joint && s.along_m.back() - along_m < own_line_from * reach) return;
            if (n.chord_m > best_m || (n.chord_m == best_m && !(id < best->stretch))) return;
            best_m = n.chord_m, best = Near{id, along_m};
        });
        return best;
    }

    Strands& m_all;
    double m_join_m;
    StretchCells m_cells;
    Joints m_joints;
    std::vector<bool> m_loose; ///< of each vertex: an end that one stretch meets
    std::vector<std::uint32_t> m_ends;
};

/// On a sphere of the same latitudes: two stretches cross here as on the ellipsoid, some metres apart at 100 km.
Vec on_unit_sphere(LonLat p) {
    constexpr double radians = std::numbers::pi / 180;
    const double c = std::cos(p.lat * radians);
    return {c * std::cos(p.lon * radians), c * std::sin(p.lon * radians), std::sin(p.lat * radians)};
}

Vec cross(Vec a, Vec b) { return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; }

std::optional<LonLat> crossing_of(LonLat a, LonLat b, LonLat c, LonLat d) {
    const Vec p = on_unit_sphere(a), q = on_unit_sphere(b), r = on_unit_sphere(c), s = on_unit_sphere(d);
    const Vec first = cross(p, q - p), second = cross(r, s - r);
    if (!(dot(first, r) * dot(first, s) < 0 && dot(second, p) * dot(second, q) < 0)) return std::nullopt;
    Vec x = cross(first, second);
    if (dot(x, p + q) < 0) x = -1.0 * x;
    if (dot(x, r + s) < 0) return std::nullopt; // the other side of the Earth
    constexpr double degrees = 180 / std::numbers::pi;
    return LonLat{std::atan2(x.y, x.x) * degrees, std::atan2(x.z, std::hypot(x.x, x.y)) * degrees};
}

} // namespace

void join_ends(Strands& all, double join_m) {
    EndJoiner(all, join_m).join();
    measure(all);
}

void meet_crossings(Strands& all, bool join) {
    if (all.strands.empty()) return;
    std::vector<std::pair<StretchId, StretchId>> crossing;
    StretchCells(all, 0).pairs([&](StretchId i, StretchId j) {
        const auto &v = all.strands[i.strand].vertices, &w = all.strands[j.strand].vertices;
        const std::uint32_t a = v[i.k], b = v[i.k + 1], c = w[j.k], d = w[j.k + 1];
        if (a == c || a == d || b == c || b == d) return;
        if (crossing_of(all.place[a], all.place[b], all.place[c], all.place[d])) crossing.push_back(std::minmax(i, j));
    });
    std::ranges::sort(crossing);
    crossing.erase(std::unique(crossing.begin(), crossing.end()), crossing.end());
    all.report.crossings = crossing.size();
    all.report.crossings_joined = join;
    if (!join) return;
    std::vector<Insert> inserts;
    for (const auto& [i, j] : crossing) {
        const Strand &s = all.strands[i.strand], &t = all.strands[j.strand];
        const LonLat a = all.place[s.vertices[i.k]], c = all.place[t.vertices[j.k]];
        const LonLat x = *crossing_of(a, all.place[s.vertices[i.k + 1]], c, all.place[t.vertices[j.k + 1]]);
        const auto vertex = static_cast<std::uint32_t>(all.place.size());
        all.place.push_back(x);
        inserts.push_back({i, s.along_m[i.k] + geodesic_m(a, x), vertex});
        inserts.push_back({j, t.along_m[j.k] + geodesic_m(c, x), vertex});
    }
    put(all, std::move(inserts));
    measure(all);
}

} // namespace harmattan::geo
