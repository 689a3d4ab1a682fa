#include "geo/corridors/road_graph.hpp"

#include "geo/corridors/road_strands.hpp"
#include "geo/corridors/road_twins.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace harmattan::geo {

namespace {

constexpr double longest_join_m = 1'000, longest_merge_m = 5'000, reported_apart_m = 500;
constexpr std::uint32_t none = ~std::uint32_t{0};

/// Whether an edge ends at each vertex: where other than two stretches meet, and at ends of strands.
std::vector<bool> node_vertices(const Strands& all) {
    std::vector<std::uint32_t> meeting(all.place.size());
    for (const Strand& s : all.strands)
        for (std::size_t k = 0; k + 1 < s.vertices.size(); ++k) ++meeting[s.vertices[k]], ++meeting[s.vertices[k + 1]];
    std::vector<bool> node(all.place.size());
    for (std::size_t v = 0; v < meeting.size(); ++v) node[v] = meeting[v] != 0 && meeting[v] != 2;
    for (const Strand& s : all.strands) node[s.vertices.front()] = node[s.vertices.back()] = true;
    return node;
}

void add_edges(RoadGraph& graph, const Strands& all) {
    const std::vector<bool> is_node = node_vertices(all);
    std::vector<std::uint32_t> number(all.place.size(), none);
    const auto node = [&](std::uint32_t vertex) {
        if (number[vertex] == none) {
            number[vertex] = static_cast<std::uint32_t>(graph.node_at.size());
            graph.node_at.push_back(all.place[vertex]);
        }
        return number[vertex];
    };
    for (const Strand& s : all.strands) {
        std::size_t start = 0;
        for (std::size_t k = 1; k < s.vertices.size(); ++k) {
            if (!is_node[s.vertices[k]]) continue;
            graph.edge_from.push_back(node(s.vertices[start]));
            graph.edge_to.push_back(node(s.vertices[k]));
            graph.edge_feature.push_back(s.feature);
            for (std::size_t i = start; i <= k; ++i) {
                graph.vertices.push_back(all.place[s.vertices[i]]);
                graph.along_m.push_back(i == start ? 0
                                                   : graph.along_m.back() + geodesic_m(all.place[s.vertices[i - 1]],
                                                                                       all.place[s.vertices[i]]));
            }
            graph.edge_length_m.push_back(graph.along_m.back());
            graph.vertex_begin.push_back(static_cast<std::uint32_t>(graph.vertices.size()));
            start = k;
        }
    }
}

/// The edges for which `leave` is false, with all their nodes.
void leave_out(RoadGraph& graph, const std::vector<bool>& leave) {
    RoadGraph kept;
    for (std::uint32_t e = 0; e < graph.edges(); ++e) {
        if (leave[e]) continue;
        kept.edge_from.push_back(graph.edge_from[e]), kept.edge_to.push_back(graph.edge_to[e]);
        kept.edge_length_m.push_back(graph.edge_length_m[e]), kept.edge_feature.push_back(graph.edge_feature[e]);
        kept.vertices.insert(kept.vertices.end(), graph.line(e).begin(), graph.line(e).end());
        kept.along_m.insert(kept.along_m.end(), graph.along(e).begin(), graph.along(e).end());
        kept.vertex_begin.push_back(static_cast<std::uint32_t>(kept.vertices.size()));
    }
    kept.node_at = std::move(graph.node_at), kept.report = std::move(graph.report);
    graph = std::move(kept);
}

void meet_twins(RoadGraph& graph, double merge_m) {
    RoadReport& r = graph.report;
    r.beside_merged = merge_m > 0, r.beside_within_m = r.beside_merged ? merge_m : reported_apart_m;
    const std::vector<bool> twin = twin_edges(graph, r.beside_within_m);
    for (std::size_t e = 0; e < graph.edges(); ++e) r.beside_m += twin[e] ? graph.edge_length_m[e] : 0;
    if (r.beside_merged) leave_out(graph, twin);
}

void add_exits(RoadGraph& graph) {
    graph.exit_begin.assign(graph.nodes() + 1, 0);
    const auto exits = static_cast<std::uint32_t>(2 * graph.edges());
    for (std::uint32_t x = 0; x < exits; ++x) ++graph.exit_begin[graph.start_of(x) + 1];
    std::partial_sum(graph.exit_begin.begin(), graph.exit_begin.end(), graph.exit_begin.begin());
    graph.exits.resize(exits);
    std::vector<std::uint32_t> next(graph.exit_begin.begin(), graph.exit_begin.end() - 1);
    for (std::uint32_t x = 0; x < exits; ++x) graph.exits[next[graph.start_of(x)]++] = x;
    for (std::uint32_t n = 0; n < graph.nodes(); ++n) graph.report.dead_ends += graph.degree(n) == 1;
}

void add_components(RoadGraph& graph) {
    std::vector<std::uint32_t> component(graph.nodes(), none);
    std::vector<std::uint32_t> stack;
    std::uint32_t count = 0;
    for (std::uint32_t first = 0; first < graph.nodes(); ++first) {
        if (component[first] != none) continue;
        stack.push_back(first), component[first] = count;
        while (!stack.empty()) {
            const std::uint32_t n = stack.back();
            stack.pop_back();
            for (const std::uint32_t x : graph.exits_of(n))
                if (const std::uint32_t other = graph.end_of(x); component[other] == none)
                    component[other] = count, stack.push_back(other);
        }
        ++count;
    }
    std::vector<double> length(count);
    for (std::size_t e = 0; e < graph.edges(); ++e) length[component[graph.edge_from[e]]] += graph.edge_length_m[e];
    std::vector<std::uint32_t> order(count), rank(count);
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) { return length[a] > length[b]; });
    for (std::uint32_t i = 0; i < count; ++i) rank[order[i]] = i, graph.component_m.push_back(length[order[i]]);
    for (const std::uint32_t c : component) graph.node_component.push_back(rank[c]);
}

} // namespace

double RoadGraph::length_m() const { return std::accumulate(component_m.begin(), component_m.end(), 0.0); }

LonLat RoadGraph::place_at(std::uint32_t edge, double metres) const {
    const auto places = line(edge);
    const auto distances = along(edge);
    if (!(metres > 0)) return places.front();
    if (metres >= distances.back()) return places.back();
    const auto i =
        static_cast<std::size_t>(std::upper_bound(distances.begin(), distances.end(), metres) - distances.begin()) - 1;
    return geodesic_place(places[i], geodesic_course(places[i], places[i + 1]).azimuth, metres - distances[i]);
}

std::vector<LonLat> RoadGraph::stretch(std::uint32_t edge, double from_m, double to_m) const {
    const double low = std::min(from_m, to_m), high = std::max(from_m, to_m);
    std::vector<LonLat> places{place_at(edge, low)};
    const auto distances = along(edge);
    for (std::size_t i = 0; i < distances.size(); ++i)
        if (distances[i] > low && distances[i] < high) places.push_back(line(edge)[i]);
    places.push_back(place_at(edge, high));
    if (from_m > to_m) std::ranges::reverse(places);
    return places;
}

RoadGraph build_road_graph(const FeatureTable& roads, const RoadGraphOptions& options) {
    if (!(options.join_m >= 0 && options.join_m <= longest_join_m))
        throw Error(ErrorKind::usage, fmt::format("ends of roads cannot be joined over {} m; give 0 to {} m",
                                                  options.join_m, longest_join_m));
    if (options.merge_m != 0 && !(options.merge_m >= 1 && options.merge_m <= longest_merge_m))
        throw Error(ErrorKind::usage, fmt::format("roads cannot be merged over {} m; give 0, or 1 to {} m",
                                                  options.merge_m, longest_merge_m));
    Strands strands = read_strands(roads);
    join_ends(strands, options.join_m);
    drop_doubles(strands);
    meet_crossings(strands, options.join_crossings);
    if (strands.strands.empty())
        throw Error(ErrorKind::bad_data,
                    fmt::format("there is no road: of {} features, {} are no lines and the others have no length",
                                roads.size(), strands.report.not_lines));
    RoadGraph graph;
    graph.report = strands.report;
    add_edges(graph, strands);
    meet_twins(graph, options.merge_m);
    add_exits(graph);
    add_components(graph);
    return graph;
}

std::vector<std::string> road_report_lines(const RoadGraph& graph) {
    const RoadReport& r = graph.report;
    std::vector<std::string> lines;
    lines.push_back(fmt::format("{} lines make {} edges and {} nodes ({} dead ends), {:.1f} km", r.lines, graph.edges(),
                                graph.nodes(), r.dead_ends, graph.length_m() / 1000));
    if (r.not_lines > 0) lines.push_back(fmt::format("{} features are no lines and were left out", r.not_lines));
    if (r.no_length > 0) lines.push_back(fmt::format("{} lines have no length and were left out", r.no_length));
    if (r.doubled_m > 0)
        lines.push_back(fmt::format("{:.1f} km are drawn more than once and count once", r.doubled_m / 1000));
    if (r.beside_m > 0)
        lines.push_back(fmt::format("{:.1f} km run within {:g} m of another line between the same two junctions (a "
                                    "road drawn twice, or the other carriageway) and count {}",
                                    r.beside_m / 1000, r.beside_within_m, r.beside_merged ? "once" : "twice"));
    if (r.joined_ends > 0)
        lines.push_back(fmt::format("{} loose ends were joined to an end or vertex near them", r.joined_ends));
    if (r.ends_on_lines > 0)
        lines.push_back(fmt::format("{} ends were joined to the middle of a line", r.ends_on_lines));
    if (r.crossings > 0)
        lines.push_back(fmt::format("{} crossings without a common vertex {}", r.crossings,
                                    r.crossings_joined ? "were made junctions" : "were taken for bridges"));
    if (graph.component_m.size() > 1)
        lines.push_back(fmt::format("the network is in {} pieces; the longest has {:.1f} km", graph.component_m.size(),
                                    graph.component_m.front() / 1000));
    return lines;
}

} // namespace harmattan::geo
