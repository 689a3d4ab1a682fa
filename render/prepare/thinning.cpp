#include "render/prepare/thinning.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>

namespace harmattan::render {

namespace {

using WorldPoint = geo::Point<World>;
constexpr float always = std::numeric_limits<float>::infinity();

bool before(const WorldPoint& a, const WorldPoint& b) { return a.x != b.x ? a.x < b.x : a.y < b.y; }

// Numbers vertices by place: equal coordinates, equal number. Open addressing on the coordinates' bits.
class PlaceIndex {
public:
    explicit PlaceIndex(const std::vector<WorldPoint>& at) : m_at(at), m_slots(std::bit_ceil(at.size() * 2 + 2), 0) {}
    /// The first vertex seen at the place of vertex v.
    std::uint32_t first_at(std::uint32_t v) {
        const std::uint64_t mixed = (std::bit_cast<std::uint64_t>(m_at[v].x) * 0x9E3779B97F4A7C15u) ^
                                    (std::bit_cast<std::uint64_t>(m_at[v].y) * 0xC2B2AE3D27D4EB4Fu);
        std::size_t slot = static_cast<std::size_t>((mixed * 0x9E3779B97F4A7C15u) >> 20) & (m_slots.size() - 1);
        for (; m_slots[slot] != 0; slot = (slot + 1) & (m_slots.size() - 1))
            if (m_at[m_slots[slot] - 1] == m_at[v]) return m_slots[slot] - 1;
        m_slots[slot] = v + 1;
        return v;
    }

private:
    const std::vector<WorldPoint>& m_at;
    std::vector<std::uint32_t> m_slots;
};

// The two places a path goes to from here; a third makes the place a node.
struct Neighbours {
    static constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t a = nobody, b = nobody;
    bool node = false;
    void add(std::uint32_t n) {
        if (n == a || n == b) return;
        if (a == nobody) a = n;
        else if (b == nobody) b = n;
        else node = true;
    }
};

double squared_distance(WorldPoint p, WorldPoint a, WorldPoint b) {
    const double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
    t = std::clamp(t, 0.0, 1.0);
    const double ex = p.x - a.x - t * dx, ey = p.y - a.y - t * dy;
    return ex * ex + ey * ey;
}

class Thinning {
public:
    Thinning(const std::vector<WorldPoint>& at, double finest)
        : m_at(at), m_finest(finest), m_tolerance(at.size(), 0) {}

    /// A path of vertices between two nodes (or round a ring); its ends are kept for ever.
    void add_path(std::span<const std::uint32_t> path) {
        m_path.assign(path.begin(), path.end());
        const std::size_t last = m_path.size() - 1;
        // One direction for both owners of a shared path.
        const WorldPoint &a = m_at[m_path[0]], &b = m_at[m_path[last]];
        if (before(b, a) || (a == b && last > 1 && before(m_at[m_path[last - 1]], m_at[m_path[1]])))
            std::reverse(m_path.begin(), m_path.end());
        m_tolerance[m_path[0]] = m_tolerance[m_path[last]] = always;
        m_stack.assign({{0, last, always}});
        while (!m_stack.empty()) {
            const Span span = m_stack.back();
            m_stack.pop_back();
            if (span.last - span.first < 2) continue;
            double farthest = -1;
            std::size_t middle = 0;
            for (std::size_t i = span.first + 1; i < span.last; ++i) {
                const double d = squared_distance(m_at[m_path[i]], m_at[m_path[span.first]], m_at[m_path[span.last]]);
                if (d > farthest) {
                    farthest = d;
                    middle = i;
                }
            }
            const double distance = std::sqrt(farthest);
            if (distance < m_finest) continue;
            // A vertex cannot be needed longer than the one whose going made its own span.
            const float tolerance = std::min(span.tolerance, static_cast<float>(distance));
            m_tolerance[m_path[middle]] = tolerance;
            m_stack.push_back({span.first, middle, tolerance});
            m_stack.push_back({middle, span.last, tolerance});
        }
    }

    std::vector<float> take() { return std::move(m_tolerance); }

private:
    struct Span {
        std::size_t first, last;
        float tolerance;
    };
    const std::vector<WorldPoint>& m_at;
    double m_finest;
    std::vector<float> m_tolerance;
    std::vector<std::uint32_t> m_path;
    std::vector<Span> m_stack;
};

} // namespace

std::vector<float> thinning_tolerances(const geo::FeatureTable& table, const std::vector<WorldPoint>& at,
                                       double finest) {
    const std::size_t parts = table.vertex_begin.size() - 1;
    std::vector<geo::GeometryType> type(parts);
    for (std::size_t f = 0; f < table.size(); ++f)
        for (std::size_t p = table.part_begin[f]; p < table.part_begin[f + 1]; ++p) type[p] = table.type[f];

    PlaceIndex places(at);
    std::vector<std::uint32_t> place(at.size());
    for (std::uint32_t v = 0; v < at.size(); ++v) place[v] = places.first_at(v);
    std::vector<Neighbours> neighbours(at.size());
    for (std::size_t p = 0; p < parts; ++p) {
        const std::uint32_t begin = table.vertex_begin[p], end = table.vertex_begin[p + 1];
        for (std::uint32_t v = begin; v + 1 < end; ++v) {
            if (place[v] == place[v + 1]) continue;
            neighbours[place[v]].add(place[v + 1]);
            neighbours[place[v + 1]].add(place[v]);
        }
        if (type[p] == geo::GeometryType::line && end > begin)
            neighbours[place[begin]].node = neighbours[place[end - 1]].node = true;
    }

    Thinning thinning(at, finest);
    std::vector<std::uint32_t> path;
    for (std::size_t p = 0; p < parts; ++p) {
        const std::uint32_t begin = table.vertex_begin[p], end = table.vertex_begin[p + 1];
        if (type[p] == geo::GeometryType::none || type[p] == geo::GeometryType::point || end - begin < 2) continue;
        // Where to begin: a ring begins at a node, or else at its westernmost vertex.
        std::uint32_t first = begin;
        const std::uint32_t edges = end - begin - 1;
        bool has_node = true;
        if (type[p] == geo::GeometryType::polygon) {
            while (first < end - 1 && !neighbours[place[first]].node) ++first;
            has_node = first < end - 1;
            if (!has_node) {
                first = begin;
                for (std::uint32_t v = begin; v < end - 1; ++v)
                    if (before(at[v], at[first])) first = v;
            }
        }
        const auto vertex = [&](std::uint32_t i) {
            return type[p] == geo::GeometryType::polygon ? begin + (first - begin + i) % edges : begin + i;
        };
        path.assign({vertex(0)});
        for (std::uint32_t i = 1; i <= edges; ++i) {
            path.push_back(vertex(i));
            if (i < edges && !neighbours[place[vertex(i)]].node) continue;
            thinning.add_path(path);
            path.assign({vertex(i)});
        }
    }
    std::vector<float> tolerance = thinning.take();
    // A ring's last vertex is its first again.
    for (std::size_t p = 0; p < parts; ++p)
        if (type[p] == geo::GeometryType::polygon && table.vertex_begin[p + 1] > table.vertex_begin[p])
            tolerance[table.vertex_begin[p + 1] - 1] = tolerance[table.vertex_begin[p]];
    return tolerance;
}

} // namespace harmattan::render
