#include "geo/corridors/road_route.hpp"

#include "geo/corridors/road_snap.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <queue>

namespace harmattan::geo {

namespace {

constexpr std::uint32_t none = ~std::uint32_t{0};
constexpr double one_place_m = 1e-3;
constexpr double shortest_step_m = 1e-6; ///< vertices nearer than this are one
constexpr double penalty = 0.4;
constexpr int most_searches = 40;

/// Dijkstra over the edges, each as dear as its length times its factor.
class Search {
public:
    Search(const RoadGraph& graph, const std::vector<double>& factor)
        : m_graph(graph), m_factor(factor), m_cost(graph.nodes(), INFINITY), m_exit(graph.nodes(), none) {}

    /// The cheapest way between two positions of one component.
    std::vector<RoadStretch> way(const RoadPosition& from, const RoadPosition& to) {
        const auto cost = [&](std::uint32_t edge, double metres) { return m_factor[edge] * metres; };
        const double from_end_m = m_graph.edge_length_m[from.edge] - from.along_m,
                     to_end_m = m_graph.edge_length_m[to.edge] - to.along_m;
        reach(m_graph.edge_from[from.edge], cost(from.edge, from.along_m), none);
        reach(m_graph.edge_to[from.edge], cost(from.edge, from_end_m), none);

        double best = from.edge == to.edge ? cost(from.edge, std::abs(from.along_m - to.along_m))
                                           : std::numeric_limits<double>::infinity();
        std::uint32_t last = none; ///< exit by which the end is reached from a node; none: along the first edge
        while (!m_queue.empty() && m_queue.top().first < best) {
            const auto [so_far, node] = m_queue.top();
            m_queue.pop();
            if (so_far > m_cost[node]) continue;
            for (const std::uint32_t x : m_graph.exits_of(node)) {
                if (x / 2 == to.edge)
                    if (const double whole = so_far + cost(to.edge, x % 2 == 0 ? to.along_m : to_end_m); whole < best)
                        best = whole, last = x;
                reach(m_graph.end_of(x), so_far + cost(x / 2, m_graph.edge_length_m[x / 2]), x);
            }
        }
        if (last == none) return {{from.edge, from.along_m, to.along_m}};

        std::vector<RoadStretch> stretches{{to.edge, last % 2 == 0 ? 0 : m_graph.edge_length_m[to.edge], to.along_m}};
        std::uint32_t node = m_graph.start_of(last);
        for (; m_exit[node] != none; node = m_graph.start_of(m_exit[node])) {
            const double length_m = m_graph.edge_length_m[m_exit[node] / 2];
            const bool forward = m_exit[node] % 2 == 0;
            stretches.push_back({m_exit[node] / 2, forward ? 0 : length_m, forward ? length_m : 0});
        }
        const bool by_start = node == m_graph.edge_from[from.edge] && m_cost[node] == cost(from.edge, from.along_m);
        stretches.push_back({from.edge, from.along_m, by_start ? 0 : m_graph.edge_length_m[from.edge]});
        std::ranges::reverse(stretches);
        std::erase_if(stretches, [](const RoadStretch& s) { return s.from_m == s.to_m; });
        return stretches;
    }

private:
    void reach(std::uint32_t node, double cost, std::uint32_t exit) {
        if (!(cost < m_cost[node])) return;
        m_cost[node] = cost, m_exit[node] = exit;
        m_queue.emplace(cost, node);
    }

    using Entry = std::pair<double, std::uint32_t>;
    const RoadGraph& m_graph;
    const std::vector<double>& m_factor;
    std::vector<double> m_cost;
    std::vector<std::uint32_t> m_exit; ///< by which each node is reached; none for those next to the start
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> m_queue;
};

void append(Route& route, const std::vector<LonLat>& places) {
    for (const LonLat& p : places) {
        const double step = route.vertices.empty() ? 0 : geodesic_m(route.vertices.back(), p);
        if (!route.vertices.empty() && step < shortest_step_m) continue;
        route.chainage_m.push_back(route.vertices.empty() ? 0 : route.chainage_m.back() + step);
        route.vertices.push_back(p);
    }
}

RoadStop stop_at(const RoadGraph& graph, const Waypoint& waypoint, const RoadPosition& position, double chainage_m) {
    return {waypoint.name, graph.place_at(position.edge, position.along_m), position.distance_m, chainage_m};
}

RoadRoute through(const RoadGraph& graph, std::span<const Waypoint> waypoints, const std::vector<RoadPosition>& at,
                  const std::vector<double>& factor) {
    RoadRoute found;
    found.stops.push_back(stop_at(graph, waypoints[0], at[0], 0));
    for (std::size_t i = 1; i < at.size(); ++i) {
        for (const RoadStretch& s : Search(graph, factor).way(at[i - 1], at[i])) {
            append(found.route, graph.stretch(s.edge, s.from_m, s.to_m));
            found.stretches.push_back(s);
        }
        found.stops.push_back(stop_at(graph, waypoints[i], at[i], found.route.length_m()));
    }
    return found;
}

std::vector<RoadPosition> positions_of(const RoadGraph& graph, std::span<const Waypoint> waypoints, double within_m) {
    if (waypoints.size() < 2)
        throw Error(ErrorKind::usage, "a route needs two waypoints at least, as \"Dakar;Bamako\"");
    if (!(within_m > 0))
        throw Error(ErrorKind::usage, fmt::format("roads cannot be looked for within {} m of a waypoint", within_m));
    std::vector<RoadPosition> at = snap(graph, waypoints, within_m);
    for (std::size_t i = 1; i < at.size(); ++i)
        if (geodesic_m(graph.place_at(at[i - 1].edge, at[i - 1].along_m), graph.place_at(at[i].edge, at[i].along_m)) <
            one_place_m)
            throw Error(ErrorKind::usage,
                        fmt::format("waypoints '{}' and '{}' are at one place of the roads; leave out one",
                                    waypoints[i - 1].name, waypoints[i].name));
    return at;
}

/// Metres of `route` that lie on stretches of `other`.
double shared_m(const RoadRoute& route, const RoadRoute& other) {
    std::map<std::uint32_t, std::vector<RoadStretch>> on;
    for (const RoadStretch& s : other.stretches) on[s.edge].push_back(s);
    double sum = 0;
    for (const RoadStretch& s : route.stretches)
        for (const RoadStretch& o : on[s.edge])
            sum += std::max(0.0, std::min(std::max(s.from_m, s.to_m), std::max(o.from_m, o.to_m)) -
                                     std::max(std::min(s.from_m, s.to_m), std::min(o.from_m, o.to_m)));
    return sum;
}

} // namespace

RoadRoute route_along(const RoadGraph& graph, std::span<const Waypoint> waypoints, double within_m) {
    const std::vector<RoadPosition> at = positions_of(graph, waypoints, within_m);
    return through(graph, waypoints, at, std::vector<double>(graph.edges(), 1));
}

std::vector<RoadRoute> alternative_routes(const RoadGraph& graph, const Waypoint& from, const Waypoint& to,
                                          const AlternativeOptions& options) {
    const std::vector<Waypoint> ends{from, to};
    const std::vector<RoadPosition> at = positions_of(graph, ends, options.within_m);
    std::vector<double> factor(graph.edges(), 1);
    std::vector<RoadRoute> routes;
    for (int i = 0; i < most_searches && static_cast<int>(routes.size()) < options.count; ++i) {
        RoadRoute found = through(graph, ends, at, factor);
        for (const RoadStretch& s : found.stretches) factor[s.edge] *= 1 + penalty;
        const double length_m = found.route.length_m();
        if (!routes.empty() && length_m > options.longer_at_most * routes.front().route.length_m()) continue;
        if (std::ranges::any_of(
                routes, [&](const RoadRoute& r) { return shared_m(found, r) > options.shared_at_most * length_m; }))
            continue;
        routes.push_back(std::move(found));
    }
    std::ranges::stable_sort(routes, {}, [](const RoadRoute& r) { return r.route.length_m(); });
    return routes;
}

} // namespace harmattan::geo
