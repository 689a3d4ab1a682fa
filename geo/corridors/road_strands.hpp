#pragma once
// Between a table of lines and a graph: lines as runs of numbered vertices, where equal numbers mean one place. For the
// files that make a RoadGraph.

#include "geo/corridors/road_graph.hpp"

namespace harmattan::geo {

struct Strand {
    std::uint32_t feature = 0;
    std::vector<std::uint32_t> vertices; ///< at least two; no two neighbours the same
    std::vector<double> along_m;         ///< of each, from the first
};

struct Strands {
    std::vector<LonLat> place; ///< of each vertex
    std::vector<Strand> strands;
    RoadReport report;
};

/// The parts of a table's lines; vertices equal to 1e-7 degree are one, at the first one's coordinates. Throws as
/// build_road_graph for vertices and stretches that are none.
Strands read_strands(const FeatureTable& roads);

/// Distances along every strand anew, after its vertices have changed; strands without length go.
void measure(Strands& strands);

/// Joins loose ends, and ends to the lines they touch; see RoadGraphOptions. Splits the lines met and moves the ends
/// there.
void join_ends(Strands& strands, double join_m);

/// Leaves of every stretch between two vertices only the first.
void drop_doubles(Strands& strands);

/// Counts the crossings without a vertex in common, and puts one there where `join` says so.
void meet_crossings(Strands& strands, bool join);

} // namespace harmattan::geo
