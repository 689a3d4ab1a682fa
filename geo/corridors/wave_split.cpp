// The equal-split continuous kernel without walks. A wave that sets out from an event runs along every road and at a
// node of n roads sends 2/n of itself into each other one and 2/n − 1 back: the kernel's own rule, where the wave keeps
// to Kirchhoff's condition (continuous, and what flows in flows out). So the kernel is the wave's state at every time t
// (speed 1), weighted by K(t) + K(−t). All events' waves run at once, by leapfrog over points along the roads; the
// number of walks does not matter. Source for waves on graphs: Kottos & Smilansky 1997, "Quantum chaos on graphs".

#include "geo/corridors/lixel_mass.hpp"
#include "geo/corridors/road_events.hpp"
#include "geo/corridors/road_kernel.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace harmattan::geo {

namespace {

constexpr double points_a_sigma = 20;
constexpr double short_edge = 1.0 / 20; ///< of the distance between points: shorter edges are one point
constexpr double courant = 0.98;        ///< of the longest step that is stable

/// Points along the roads, at the ends of lixels and between; the nodes are points, those joined by a short edge one.
class WavePoints {
public:
    WavePoints(const RoadGraph& graph, const Lixels& lixels, const NetworkDensityOptions& options)
        : m_graph(graph), m_lixels(lixels) {
        const double apart_m = std::min(options.lixel_m, options.bandwidth_m / points_a_sigma);
        std::vector<std::uint32_t> parent(graph.nodes());
        std::iota(parent.begin(), parent.end(), 0u);
        const auto find = [&](std::uint32_t n) {
            while (parent[n] != n) n = parent[n] = parent[parent[n]];
            return n;
        };
        double points = 0;
        for (std::uint32_t e = 0; e < graph.edges(); ++e) {
            const std::uint32_t n = lixels.count(e), least = graph.edge_from[e] == graph.edge_to[e] ? 3 : 1;
            const bool is_short = graph.edge_length_m[e] < short_edge * apart_m;
            if (is_short) parent[find(graph.edge_from[e])] = find(graph.edge_to[e]);
            const double cells =
                is_short ? 1
                         : std::max(std::ceil(lixels.length_m[e] / apart_m), std::ceil(static_cast<double>(least) / n));
            m_cells.push_back(static_cast<std::uint32_t>(cells));
            points += n * cells;
        }
        if (40 * points > static_cast<double>(options.memory_bytes))
            throw Error(ErrorKind::usage, fmt::format("a continuous kernel of {} m on {:.0f} km of road needs {:.0f} "
                                                      "MB, and {:.0f} MB are allowed; take the "
                                                      "discontinuous or the planar one, or more memory",
                                                      options.bandwidth_m, graph.length_m() / 1000, 40 * points / 1e6,
                                                      static_cast<double>(options.memory_bytes) / 1e6));
        for (std::uint32_t n = 0; n < graph.nodes(); ++n) m_node.push_back(find(n));
        m_begin.push_back(static_cast<std::uint32_t>(graph.nodes()));
        for (std::uint32_t e = 0; e < graph.edges(); ++e) m_begin.push_back(m_begin.back() + cells(e) - 1);
        m_length.resize(m_begin.back());
        std::vector<double> conductance(size());
        for (std::uint32_t e = 0; e < graph.edges(); ++e)
            for (std::uint32_t k = 0; k < cells(e); ++k)
                for (const std::uint32_t p : {point(e, k), point(e, k + 1)}) {
                    m_length[p] += cell_m(e) / 2;
                    if (point(e, k) != point(e, k + 1)) conductance[p] += 1 / cell_m(e);
                }
        double stiffest = 0; // Gershgorin's bound of the greatest eigenvalue
        for (std::size_t p = 0; p < size(); ++p)
            if (m_length[p] > 0) stiffest = std::max(stiffest, 2 * conductance[p] / m_length[p]);
        m_longest_step_m = courant * 2 / std::sqrt(stiffest);
    }

    std::size_t size() const { return m_length.size(); }
    double longest_step_m() const { return m_longest_step_m; }

    /// Densities whose masses are the events, each shared by the two points beside it.
    std::vector<double> start(const RoadEvents& on) const {
        std::vector<double> density(size());
        for (std::size_t i = 0; i < on.size(); ++i) {
            const std::uint32_t e = on.edge[i];
            const double at = on.along_m[i] / cell_m(e);
            const std::uint32_t k = std::min(static_cast<std::uint32_t>(at), cells(e) - 1);
            const double u = std::clamp(at - k, 0.0, 1.0);
            density[point(e, k)] += (1 - u) * on.weight[i], density[point(e, k + 1)] += u * on.weight[i];
        }
        for (std::size_t p = 0; p < size(); ++p)
            if (m_length[p] > 0) density[p] /= m_length[p];
        return density;
    }

    /// `before` becomes the state one step after `now`. `square` is the square of the step, half of it for the first,
    /// from rest.
    void step(const std::vector<double>& now, std::vector<double>& before, double square) const {
        std::vector<double>& next = before;
        std::vector<double> flow(m_graph.nodes());
        for (std::uint32_t e = 0; e < m_graph.edges(); ++e) {
            const std::uint32_t n = cells(e), first = m_begin[e], last = first + n - 2;
            const std::uint32_t from = m_node[m_graph.edge_from[e]], to = m_node[m_graph.edge_to[e]];
            const double g = 1 / cell_m(e), f = square * g * g;
            if (n == 1) {
                flow[from] += g * (now[to] - now[from]), flow[to] += g * (now[from] - now[to]);
                continue;
            }
            flow[from] += g * (now[first] - now[from]), flow[to] += g * (now[last] - now[to]);
            const auto move = [&](std::uint32_t p, double left, double right) {
                next[p] = 2 * now[p] - next[p] + f * (left - 2 * now[p] + right);
            };
            if (n == 2) {
                move(first, now[from], now[to]);
                continue;
            }
            move(first, now[from], now[first + 1]), move(last, now[last - 1], now[to]);
            for (std::uint32_t p = first + 1; p < last; ++p) move(p, now[p - 1], now[p + 1]);
        }
        for (std::uint32_t n = 0; n < m_graph.nodes(); ++n)
            if (m_node[n] == n) next[n] = 2 * now[n] - next[n] + square * flow[n] / m_length[n];
    }

    std::vector<double> lixel_mass(const std::vector<double>& density) const {
        std::vector<double> mass(m_lixels.begin.back());
        for (std::uint32_t e = 0; e < m_graph.edges(); ++e)
            for (std::uint32_t k = 0; k < cells(e); ++k)
                mass[m_lixels.begin[e] + k / m_cells[e]] +=
                    (density[point(e, k)] + density[point(e, k + 1)]) / 2 * cell_m(e);
        return mass;
    }

private:
    std::uint32_t cells(std::uint32_t edge) const { return m_cells[edge] * m_lixels.count(edge); }
    double cell_m(std::uint32_t edge) const { return m_lixels.length_m[edge] / m_cells[edge]; }
    std::uint32_t point(std::uint32_t edge, std::uint32_t k) const {
        if (k == 0) return m_node[m_graph.edge_from[edge]];
        return k == cells(edge) ? m_node[m_graph.edge_to[edge]] : m_begin[edge] + k - 1;
    }

    const RoadGraph& m_graph;
    const Lixels& m_lixels;
    std::vector<std::uint32_t> m_cells; ///< of a lixel of each edge
    std::vector<std::uint32_t> m_node;  ///< the point of each node
    std::vector<std::uint32_t> m_begin; ///< edge e's inner points are [m_begin[e], m_begin[e + 1])
    std::vector<double> m_length;       ///< of road that each point stands for
    double m_longest_step_m = 0;
};

} // namespace

MassOnRoads wave_mass(const RoadGraph& graph, const Lixels& lixels, const RoadIndex& index, const Events& events,
                      const NetworkDensityOptions& options) {
    const RoadEvents on = put_on_roads(index, events);
    const RoadKernel kernel(options.kernel, options.bandwidth_m);
    const WavePoints points(graph, lixels, options);
    const auto steps = static_cast<std::size_t>(std::max(1.0, std::ceil(kernel.support_m() / points.longest_step_m())));
    const double step_m = kernel.support_m() / static_cast<double>(steps);
    // Mass of the kernel on both sides within half a step of each time: they add up to 1.
    const auto weight_at = [&](std::size_t j) {
        const double middle = static_cast<double>(j) * step_m;
        return 2 * (kernel.tail(j == 0 ? 0 : middle - step_m / 2) - kernel.tail(middle + step_m / 2));
    };

    std::vector<double> now = points.start(on), before = now, density(now.size());
    for (std::size_t j = 0;; ++j) {
        const double weight = weight_at(j);
        for (std::size_t p = 0; p < now.size(); ++p) density[p] += weight * now[p];
        if (j == steps) break;
        points.step(now, before, (j == 0 ? 0.5 : 1) * step_m * step_m);
        std::swap(now, before);
    }
    MassOnRoads sum;
    sum.mass = points.lixel_mass(density);
    sum.waves = steps;
    sum.events = on.events, sum.beyond = on.beyond;
    sum.weight = on.total_weight(), sum.beyond_weight = on.beyond_weight;
    return sum;
}

} // namespace harmattan::geo
