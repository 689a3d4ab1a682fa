#include "geo/corridors/road_twins.hpp"

#include "geo/corridors/surface_piece.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace harmattan::geo {

namespace {

constexpr double slender = 8; ///< longer than apart: blocks of a town are not
constexpr double longest_piece_m = 10'000;

std::vector<SurfacePiece> pieces_of(const RoadGraph& graph, std::uint32_t edge) {
    std::vector<SurfacePiece> pieces;
    std::vector<PieceEnds> ends;
    const auto line = graph.line(edge);
    for (std::size_t i = 0; i + 1 < line.size(); ++i)
        cut_geodesic(line[i], line[i + 1], longest_piece_m, graph.along(edge)[i], pieces, ends);
    return pieces;
}

/// Looked at on the pieces of one line every half of the distance.
bool keeps_within(const std::vector<SurfacePiece>& line, const std::vector<SurfacePiece>& other, double within_m) {
    const auto is_near = [&](Vec p) {
        return std::ranges::any_of(other,
                                   [&](const SurfacePiece& piece) { return piece.nearest(p).chord_m <= within_m; });
    };
    for (const SurfacePiece& piece : line) {
        const double steps = std::ceil(2 * piece.length_m / within_m);
        for (double i = 1; i <= steps; ++i) {
            const double t = i / steps;
            if (!is_near(piece.from + t * piece.chord + 4 * t * (1 - t) * piece.sagitta)) return false;
        }
    }
    return true;
}

bool are_twins(const RoadGraph& graph, std::uint32_t a, std::uint32_t b, double within_m) {
    const double apart_m = std::min(within_m, std::min(graph.edge_length_m[a], graph.edge_length_m[b]) / slender);
    if (!(apart_m > 0)) return false;
    const std::vector<SurfacePiece> first = pieces_of(graph, a), second = pieces_of(graph, b);
    return keeps_within(first, second, apart_m) && keeps_within(second, first, apart_m);
}

} // namespace

std::vector<bool> twin_edges(const RoadGraph& graph, double within_m) {
    const auto ends = [&](std::uint32_t e) { return std::minmax(graph.edge_from[e], graph.edge_to[e]); };
    std::vector<std::uint32_t> order(graph.edges());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::sort(order, {}, [&](std::uint32_t e) {
        return std::tuple(std::min(graph.edge_from[e], graph.edge_to[e]),
                          std::max(graph.edge_from[e], graph.edge_to[e]),
                          -static_cast<std::int64_t>(graph.line(e).size()), e);
    });
    std::vector<bool> twin(graph.edges());
    for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
        while (last < order.size() && ends(order[last]) == ends(order[first])) ++last;
        if (graph.edge_from[order[first]] == graph.edge_to[order[first]]) continue;
        for (std::size_t i = first + 1; i < last; ++i)
            for (std::size_t j = first; j < i && !twin[order[i]]; ++j)
                twin[order[i]] = !twin[order[j]] && are_twins(graph, order[i], order[j], within_m);
    }
    return twin;
}

} // namespace harmattan::geo
