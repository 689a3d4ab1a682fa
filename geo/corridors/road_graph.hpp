#pragma once
// A network of roads as a graph: nodes where roads meet or end, edges with their geometry and geodesic lengths on
// WGS 84. Columns, not objects; made once by build_road_graph and only read afterwards, from as many threads as wanted.

#include "geo/features.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace harmattan::geo {

/// What was met on the way from lines to a graph.
struct RoadReport {
    std::uint64_t lines = 0;         ///< features that are lines
    std::uint64_t not_lines = 0;     ///< features left out: points, polygons, empty ones
    std::uint64_t no_length = 0;     ///< parts left out: all their vertices are one place
    std::uint64_t joined_ends = 0;   ///< loose ends joined to another end or a vertex that lay a little way off
    std::uint64_t ends_on_lines = 0; ///< ends joined to the middle of a line
    std::uint64_t crossings = 0;     ///< places where two stretches cross without a vertex in common
    bool crossings_joined = false;
    double doubled_m = 0; ///< length of stretches drawn more than once, taken once
    /// Length of edges that run beside another between the same two nodes, within `beside_within_m`
    double beside_m = 0;
    double beside_within_m = 0;
    bool beside_merged = false;
    std::uint64_t dead_ends = 0; ///< nodes of one edge
};

struct RoadGraph {
    std::vector<LonLat> node_at;               ///< longitudes within ±180
    std::vector<std::uint32_t> node_component; ///< 0 is the longest component
    std::vector<std::uint32_t> edge_from, edge_to;
    std::vector<double> edge_length_m;
    std::vector<std::uint32_t> edge_feature; ///< in the table given
    std::vector<std::uint32_t> vertex_begin{
        0}; ///< edge e owns vertices [vertex_begin[e], vertex_begin[e + 1]), from node to node
    std::vector<LonLat> vertices;
    std::vector<double> along_m;           ///< of each vertex, from its edge's start
    std::vector<std::uint32_t> exit_begin; ///< node n is left by exits [exit_begin[n], exit_begin[n + 1])
    std::vector<std::uint32_t>
        exits; ///< 2 · edge where it is left from its start, 2 · edge + 1 from its end; ascending
    std::vector<double> component_m; ///< length of each component, descending
    RoadReport report;

    std::size_t nodes() const { return node_at.size(); }
    std::size_t edges() const { return edge_from.size(); }
    double length_m() const;
    /// Edges that meet at a node; one that begins and ends there counts twice.
    std::uint32_t degree(std::uint32_t node) const { return exit_begin[node + 1] - exit_begin[node]; }
    std::span<const std::uint32_t> exits_of(std::uint32_t node) const {
        return std::span(exits).subspan(exit_begin[node], degree(node));
    }
    std::uint32_t start_of(std::uint32_t exit) const { return exit % 2 == 0 ? edge_from[exit / 2] : edge_to[exit / 2]; }
    std::uint32_t end_of(std::uint32_t exit) const { return start_of(exit ^ 1); }
    std::span<const LonLat> line(std::uint32_t edge) const {
        return std::span(vertices).subspan(vertex_begin[edge], vertex_begin[edge + 1] - vertex_begin[edge]);
    }
    std::span<const double> along(std::uint32_t edge) const {
        return std::span(along_m).subspan(vertex_begin[edge], vertex_begin[edge + 1] - vertex_begin[edge]);
    }
    /// The place so far along an edge; before its start or beyond its end, those.
    LonLat place_at(std::uint32_t edge, double metres) const;
    /// The line of an edge between two distances from its start, both ends included; turned round where from > to.
    std::vector<LonLat> stretch(std::uint32_t edge, double from_m, double to_m) const;
};

struct RoadGraphOptions {
    /// A loose end (one that meets no other line) is joined to the nearest end, vertex or stretch of another line
    /// within this distance, 0 to 1,000 m; its own line counts from four times as far along it.
    double join_m = 10;
    /// Whether lines that cross without a vertex in common meet there. Not by default: in OpenStreetMap that is a
    /// bridge, and in thinned copies of it two drawings of one road (1,157 of 1,164 in the roads of the tests are
    /// between lines that meet elsewhere); networks drawn by hand (Natural Earth's) may need it.
    bool join_crossings = false;
    /// Of edges between the same two nodes that keep within this distance of each other, 1 to 5,000 m, and are eight
    /// times as long as they are apart, only the one with most vertices is taken: a road that was drawn twice and
    /// thinned each time by itself, or the other carriageway, which geometry does not tell from it. Not by default (0):
    /// those within 500 m are only reported.
    double merge_m = 0;
};

/// The graph of the lines of a table. Lines meet where they share a vertex (to 1e-7 degree), where a loose end lies
/// near another line, and where an end touches one (within 1 m). A stretch between the same two vertices counts once,
/// for the first line that has it; edges end at every node where other than two stretches meet and where a line ends.
/// The order of the features decides only numbers and which line keeps a stretch. Lines across the antimeridian or a
/// pole are like any other; a ring that meets nothing is one edge from a node to itself. Throws Error bad_data for a
/// table without a line that has length, a vertex that is no longitude and latitude (naming the feature), a stretch so
/// long (beyond 19,000 km) that more than one geodesic may join its ends; usage for join_m and merge_m.
RoadGraph build_road_graph(const FeatureTable& roads, const RoadGraphOptions& options = {});

/// Features left out, joined, crossings, components, in words: one line each, for a log.
std::vector<std::string> road_report_lines(const RoadGraph& graph);

} // namespace harmattan::geo
