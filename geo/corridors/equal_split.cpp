#include "geo/corridors/lixel_mass.hpp"
#include "geo/corridors/road_events.hpp"
#include "geo/corridors/road_kernel.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace harmattan::geo {

namespace {

constexpr double on_node_m = 1;   ///< an event this near a node lies on it: places are stored to a centimetre
constexpr double same_way = 1e-3; ///< of the support: walks onto a road whose lengths differ by less run as one
constexpr std::size_t most_branches = 200'000; ///< from one place
constexpr std::size_t most_in_all = 2'000'000; ///< of the continuous kernel, which has waves as well
constexpr double continuous_share = 0.01; ///< of smallest_share: its branches cancel, so that many small ones count
constexpr std::size_t summed_singly = 8;  ///< events; more are read from a table
constexpr int table_steps = 256;

/// Events that leave their edge by one of its nodes: Σ weight × tail of the kernel at a distance beyond that node.
class Leaving {
public:
    /// Distances from the node and weights of events nearer to it than the support; there is one at least.
    Leaving(const RoadKernel& kernel, std::vector<std::pair<double, double>> events)
        : m_kernel(kernel), m_events(std::move(events)) {
        double nearest = INFINITY;
        for (const auto& [distance, w] : m_events) nearest = std::min(nearest, distance), m_weight += w;
        m_reach = kernel.support_m() - nearest;
        if (m_events.size() <= summed_singly) return;
        const double step = m_reach / table_steps;
        m_value.resize(table_steps + 1), m_slope.resize(table_steps + 1);
        for (const auto& [distance, w] : m_events)
            for (int i = 0; i <= table_steps && distance + i * step < kernel.support_m(); ++i) {
                m_value[static_cast<std::size_t>(i)] += w * kernel.tail(distance + i * step);
                m_slope[static_cast<std::size_t>(i)] -= w * kernel.density(distance + i * step) * step;
            }
        m_value.back() = m_slope.back() = 0;
        m_per_step = table_steps / m_reach;
    }

    double weight() const { return m_weight; }
    double reach_m() const { return m_reach; } ///< beyond the node; nothing lies farther

    double tail(double beyond_m) const {
        if (!(beyond_m < m_reach)) return 0;
        if (m_value.empty()) {
            double sum = 0;
            for (const auto& [distance, w] : m_events) sum += w * m_kernel.tail(distance + beyond_m);
            return sum;
        }
        const double t = beyond_m * m_per_step;
        const auto i = std::min(static_cast<std::size_t>(t), std::size_t{table_steps - 1});
        const double u = t - static_cast<double>(i), v = 1 - u;
        return v * v * ((1 + 2 * u) * m_value[i] + u * m_slope[i]) +
               u * u * ((3 - 2 * u) * m_value[i + 1] - v * m_slope[i + 1]);
    }

private:
    const RoadKernel& m_kernel;
    std::vector<std::pair<double, double>> m_events;
    double m_weight = 0, m_reach = 0, m_per_step = 0;
    std::vector<double> m_value, m_slope;
};

/// How much of what comes to a node of so many roads goes on into each other road, and back.
struct Split {
    double on = 0, back = 0;
};
Split split_at(std::uint32_t degree, NetworkMethod method) {
    if (degree == 1) return {0, 1};
    if (method == NetworkMethod::continuous) return {2.0 / degree, 2.0 / degree - 1};
    return {1.0 / (degree - 1), 0};
}

/// Runs the kernels of one place's events through the network.
class Walks {
public:
    Walks(const RoadGraph& graph, const Lixels& lixels, const NetworkDensityOptions& options, const Leaving& events,
          double support_m, std::span<double> mass)
        : m_graph(graph), m_lixels(lixels), m_events(events), m_method(options.method),
          m_smallest(options.smallest_share * (options.method == NetworkMethod::continuous ? continuous_share : 1) *
                     events.weight()),
          m_same_m(same_way * support_m), m_mass(mass) {}

    /// A share of the events sets out by an exit, having come so far beyond the place they left from.
    void set_out(double beyond_m, std::uint32_t exit, double share) {
        if (beyond_m >= m_events.reach_m()) return;
        const auto [at, fresh] = m_waiting.try_emplace(
            {static_cast<std::int64_t>(beyond_m / m_same_m), exit, share < 0}, Branch{beyond_m, share, 0});
        if (fresh) return;
        // At the mean of the distances; the mass that the tail's curvature makes of it, in 1e-7, goes to the road
        // entered.
        Branch& branch = at->second;
        const double both = branch.share + share, mean_m = (branch.share * branch.beyond_m + share * beyond_m) / both;
        branch.rest += branch.share * m_events.tail(branch.beyond_m) + share * m_events.tail(beyond_m) -
                       both * m_events.tail(mean_m);
        branch.beyond_m = mean_m, branch.share = both;
    }
    /// At the end of edge `exit / 2`, having come along that exit.
    void meet(double beyond_m, std::uint32_t exit, double share) {
        const std::uint32_t node = m_graph.end_of(exit);
        const Split split = split_at(m_graph.degree(node), m_method);
        for (const std::uint32_t next : m_graph.exits_of(node))
            if (const double part = next == (exit ^ 1) ? split.back : split.on; part != 0)
                set_out(beyond_m, next, share * part);
    }
    /// Returns how many branches there were.
    std::size_t run() {
        std::size_t followed = 0;
        while (!m_waiting.empty()) {
            const auto first = m_waiting.begin();
            const std::uint32_t exit = std::get<1>(first->first);
            const Branch branch = first->second;
            m_waiting.erase(first);
            const std::uint32_t edge = exit / 2;
            const double end_m = branch.beyond_m + m_graph.edge_length_m[edge];
            lay(edge, exit % 2 == 0, branch);
            if (branch.rest != 0) spread_evenly(edge, branch.rest);
            const double left = branch.share * m_events.tail(end_m);
            if (left == 0) continue;
            if (std::abs(branch.share) * m_events.tail(branch.beyond_m) < m_smallest || ++followed > most_branches) {
                m_moved += std::abs(left);
                spread_evenly(edge, left);
            } else {
                meet(end_m, exit, branch.share);
            }
        }
        return followed;
    }
    /// Σ |weight| that was spread because its branch was not followed.
    double moved() const { return m_moved; }

private:
    struct Branch {
        double beyond_m = 0, share = 0;
        double rest = 0; ///< weight to be laid on its road besides
    };

    void lay(std::uint32_t edge, bool forward, const Branch& branch) {
        const std::uint32_t n = m_lixels.count(edge), begin = m_lixels.begin[edge];
        double before = m_events.tail(branch.beyond_m);
        for (std::uint32_t k = 0; k < n && before != 0; ++k) {
            const double after = m_events.tail(
                branch.beyond_m + (k + 1 == n ? m_graph.edge_length_m[edge] : (k + 1) * m_lixels.length_m[edge]));
            m_mass[begin + (forward ? k : n - 1 - k)] += branch.share * (before - after);
            before = after;
        }
    }
    void spread_evenly(std::uint32_t edge, double weight) {
        const std::uint32_t n = m_lixels.count(edge);
        for (std::uint32_t k = 0; k < n; ++k) m_mass[m_lixels.begin[edge] + k] += weight / n;
    }

    /// Length in parts of the support, exit, whether its share is negative
    using Way = std::tuple<std::int64_t, std::uint32_t, bool>;
    const RoadGraph& m_graph;
    const Lixels& m_lixels;
    const Leaving& m_events;
    NetworkMethod m_method;
    double m_smallest, m_same_m;
    std::span<double> m_mass;
    std::map<Way, Branch> m_waiting; ///< nearest first
    double m_moved = 0;
};

/// The events of one edge, or (edge: none) of one node.
struct Source {
    std::uint32_t node = 0, edge = 0;
    bool at_node = false;
    std::size_t first = 0, last = 0; ///< in the events of the edge
    double weight = 0;               ///< of a node's
};

/// Mass on the event's own edge, before it meets a node.
void lay_around(const Lixels& lixels, const RoadKernel& kernel, std::uint32_t edge, double length_m, double at_m,
                double weight, std::span<double> mass) {
    const std::uint32_t n = lixels.count(edge);
    const double each = lixels.length_m[edge];
    const auto up_to = [&](double m) { return m < at_m ? kernel.tail(at_m - m) : 1 - kernel.tail(m - at_m); };
    const auto first = static_cast<std::uint32_t>(std::clamp((at_m - kernel.support_m()) / each, 0.0, n - 1.0));
    double before = up_to(first * each);
    for (std::uint32_t k = first; k < n; ++k) {
        const double after = up_to(k + 1 == n ? length_m : (k + 1) * each);
        mass[lixels.begin[edge] + k] += weight * (after - before);
        if (k * each > at_m + kernel.support_m()) break;
        before = after;
    }
}

} // namespace

std::optional<MassOnRoads> walk_mass(const RoadGraph& graph, const Lixels& lixels, const RoadIndex& index,
                                     const Events& events, const NetworkDensityOptions& options) {
    const RoadEvents on = put_on_roads(index, events);
    const RoadKernel kernel(options.kernel, options.bandwidth_m);
    std::map<std::uint32_t, double> at_nodes;
    std::vector<Source> sources;
    std::vector<double> cost;
    for (std::size_t first = 0, last = 0; first < on.size(); first = last) {
        const std::uint32_t edge = on.edge[first];
        while (last < on.size() && on.edge[last] == edge) ++last;
        Source source;
        source.edge = edge, source.first = first, source.last = last;
        for (; source.first < last && on.along_m[source.first] < on_node_m; ++source.first)
            at_nodes[graph.edge_from[edge]] += on.weight[source.first];
        for (; source.last > source.first && on.along_m[source.last - 1] > graph.edge_length_m[edge] - on_node_m;
             --source.last)
            at_nodes[graph.edge_to[edge]] += on.weight[source.last - 1];
        if (source.first == source.last) continue;
        sources.push_back(source), cost.push_back(static_cast<double>(source.last - source.first) + 20);
    }
    for (const auto& [node, weight] : at_nodes) {
        Source source;
        source.node = node, source.at_node = true, source.weight = weight;
        sources.push_back(source), cost.push_back(20);
    }

    const std::vector<std::size_t> begins = equal_parts(cost);
    std::atomic<std::size_t> branches = 0;
    const auto too_many = [&] { return options.method == NetworkMethod::continuous && branches > most_in_all; };
    MassOnRoads sum =
        sum_over_parts(lixels.begin.back(), options.threads, [&](std::size_t part, std::span<double> mass) {
            double moved = 0;
            for (std::size_t s = begins[part]; s < begins[part + 1] && !too_many(); ++s) {
                const Source& source = sources[s];
                if (source.at_node) {
                    const Leaving events_there(kernel, {{0, source.weight}});
                    Walks walks(graph, lixels, options, events_there, kernel.support_m(), mass);
                    for (const std::uint32_t exit : graph.exits_of(source.node))
                        walks.set_out(0, exit, 2.0 / graph.degree(source.node));
                    branches += walks.run();
                    moved += walks.moved();
                    continue;
                }
                const double length_m = graph.edge_length_m[source.edge];
                for (std::size_t i = source.first; i < source.last; ++i)
                    lay_around(lixels, kernel, source.edge, length_m, on.along_m[i], on.weight[i], mass);
                for (const bool by_end : {false, true}) {
                    std::vector<std::pair<double, double>> leaving;
                    for (std::size_t i = source.first; i < source.last; ++i)
                        if (const double distance = by_end ? length_m - on.along_m[i] : on.along_m[i];
                            distance < kernel.support_m())
                            leaving.emplace_back(distance, on.weight[i]);
                    if (leaving.empty()) continue;
                    const Leaving events_there(kernel, std::move(leaving));
                    Walks walks(graph, lixels, options, events_there, kernel.support_m(), mass);
                    walks.meet(0, 2 * source.edge + (by_end ? 0 : 1), 1);
                    branches += walks.run();
                    moved += walks.moved();
                }
            }
            return moved;
        });
    if (too_many()) return std::nullopt;
    // A difference of two tails read from a table may be −1e-9 of a weight where both are next to nothing.
    if (options.method == NetworkMethod::discontinuous)
        for (double& m : sum.mass) m = std::max(m, 0.0);
    sum.events = on.events, sum.beyond = on.beyond;
    sum.weight = on.total_weight(), sum.beyond_weight = on.beyond_weight;
    return sum;
}

} // namespace harmattan::geo
