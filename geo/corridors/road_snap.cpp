#include "geo/corridors/road_snap.hpp"

#include "geo/corridors/surface_piece.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>

namespace harmattan::geo {

namespace {

constexpr double longest_piece_m = 10'000;
constexpr double flattest_radius_m = 6.33e6; ///< below every radius of curvature of the ellipsoid
constexpr double sample_m = 500;
constexpr double infinite = std::numeric_limits<double>::infinity();

std::string at(LonLat p) { return fmt::format("{:.4f},{:.4f}", p.lon, p.lat); }

/// How far from the chord of a stretch its geodesic may lie.
double bulge_of(double length_m) { return 1.01 * length_m * length_m / (8 * flattest_radius_m) + 0.01; }

/// The nearest point of every component, by looking at all stretches.
std::vector<RoadPosition> nearest_by_component(const RoadGraph& graph, const std::vector<Vec>& space, LonLat place) {
    const Vec p = in_space(place);
    std::vector<RoadPosition> best(graph.component_m.size(), RoadPosition{0, 0, infinite});
    std::vector<SurfacePiece> pieces;
    std::vector<PieceEnds> ends;
    for (std::uint32_t e = 0; e < graph.edges(); ++e) {
        RoadPosition& nearest = best[graph.node_component[graph.edge_from[e]]];
        for (std::uint32_t v = graph.vertex_begin[e]; v + 1 < graph.vertex_begin[e + 1]; ++v) {
            SurfacePiece chord;
            chord.from = space[v], chord.chord = space[v + 1] - space[v];
            chord.per_square = 1 / dot(chord.chord, chord.chord);
            if (chord.nearest(p).chord_m - bulge_of(graph.along_m[v + 1] - graph.along_m[v]) >= nearest.distance_m)
                continue;
            pieces.clear(), ends.clear();
            cut_geodesic(graph.vertices[v], graph.vertices[v + 1], longest_piece_m, graph.along_m[v], pieces, ends);
            for (const SurfacePiece& piece : pieces)
                if (const auto n = piece.nearest(p); n.chord_m < nearest.distance_m)
                    nearest = {e, std::min(piece.along_m + n.share * piece.length_m, graph.edge_length_m[e]),
                               n.chord_m};
        }
    }
    for (RoadPosition& n : best) n.distance_m = geodesic_m(place, graph.place_at(n.edge, n.along_m));
    return best;
}

struct Approach {
    double metres = infinite;
    LonLat place;
};

/// From samples along the roads of one component to the other.
Approach approach(const RoadGraph& graph, std::uint32_t from, std::uint32_t to, double reach_m) {
    std::vector<MeasuredLine> lines;
    for (std::uint32_t e = 0; e < graph.edges(); ++e)
        if (graph.node_component[graph.edge_from[e]] == to) lines.push_back({graph.line(e), graph.along(e)});
    const PieceGrid grid(lines, reach_m, "road");
    Approach nearest;
    const auto look = [&](LonLat p) {
        const auto hit = grid.nearest(
            {static_cast<std::int32_t>(std::lround(p.lon * 1e7)), static_cast<std::int32_t>(std::lround(p.lat * 1e7))});
        if (hit && hit->distance_m < nearest.metres) nearest = {hit->distance_m, p};
    };
    for (std::uint32_t e = 0; e < graph.edges(); ++e) {
        if (graph.node_component[graph.edge_from[e]] != from) continue;
        for (const LonLat& p : graph.line(e)) look(p);
        const int samples = static_cast<int>(graph.edge_length_m[e] / sample_m);
        for (int i = 1; i < samples; ++i) look(graph.place_at(e, i * sample_m));
    }
    return nearest;
}

[[noreturn]] void refuse_gap(const RoadGraph& graph, const Waypoint& a, std::uint32_t first, const Waypoint& b,
                             std::uint32_t second) {
    Approach nearest;
    for (const double reach_m : {1'000.0, 10'000.0, 100'000.0}) {
        for (const auto& [from, to] : {std::pair{first, second}, std::pair{second, first}})
            if (const Approach found = approach(graph, from, to, reach_m); found.metres < nearest.metres)
                nearest = found;
        if (nearest.metres < infinite) break;
    }
    const std::string gap = nearest.metres < infinite ? fmt::format("come within {:.2f} km of each other at {}",
                                                                    nearest.metres / 1000, at(nearest.place))
                                                      : "stay more than 100 km apart";
    throw Error(ErrorKind::bad_data,
                fmt::format("no road joins '{}' and '{}': their roads {}; give a network that joins there, or other "
                            "waypoints",
                            a.name, b.name, gap));
}

} // namespace

std::vector<RoadPosition> snap(const RoadGraph& graph, std::span<const Waypoint> waypoints, double within_m) {
    std::vector<Vec> space;
    space.reserve(graph.vertices.size());
    for (const LonLat& v : graph.vertices) space.push_back(in_space(v));

    std::vector<std::vector<RoadPosition>> near;
    std::vector<std::uint32_t> nearest; ///< component of each waypoint
    for (const Waypoint& w : waypoints) {
        if (!(std::abs(w.at.lat) <= 90 && std::abs(w.at.lon) <= 540))
            throw Error(ErrorKind::usage,
                        fmt::format("waypoint '{}' is at {}, which is no longitude and latitude", w.name, at(w.at)));
        near.push_back(nearest_by_component(graph, space, w.at));
        const auto best = std::ranges::min_element(near.back(), {}, &RoadPosition::distance_m);
        nearest.push_back(static_cast<std::uint32_t>(best - near.back().begin()));
        if (best->distance_m > within_m)
            throw Error(
                ErrorKind::usage,
                fmt::format(
                    "waypoint '{}' lies {:.1f} km from the nearest road, at {}; roads are looked for within {} km",
                    w.name, best->distance_m / 1000, at(graph.place_at(best->edge, best->along_m)), within_m / 1000));
    }
    std::optional<std::size_t> common;
    double least = infinite;
    for (std::size_t c = 0; c < graph.component_m.size(); ++c) {
        double sum = 0;
        for (const auto& positions : near)
            sum += positions[c].distance_m <= within_m ? positions[c].distance_m : infinite;
        if (sum < least) least = sum, common = c;
    }
    if (!common) {
        const auto joined = [&](std::size_t a, std::size_t b) {
            for (std::size_t c = 0; c < graph.component_m.size(); ++c)
                if (near[a][c].distance_m <= within_m && near[b][c].distance_m <= within_m) return true;
            return false;
        };
        std::size_t i = 1;
        while (i < near.size() && joined(i - 1, i)) ++i;
        if (i == near.size()) // each two in a row have a component in common, and all of them have none
            for (i = 1; nearest[i] == nearest[i - 1];) ++i;
        refuse_gap(graph, waypoints[i - 1], nearest[i - 1], waypoints[i], nearest[i]);
    }
    std::vector<RoadPosition> chosen;
    for (const auto& positions : near) chosen.push_back(positions[*common]);
    return chosen;
}

} // namespace harmattan::geo
