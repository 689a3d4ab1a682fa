#pragma once
// Where the methods of network density put their mass: lixels of a graph, and sums over work shared among threads in an
// order that the threads cannot change. For the files that make a NetworkDensity.

#include "geo/corridors/network_density.hpp"
#include "geo/corridors/road_index.hpp"

#include <functional>
#include <optional>
#include <span>

namespace harmattan::geo {

/// Lixels of equal length on each edge, none longer than wanted but for a millionth.
struct Lixels {
    std::vector<std::uint32_t> begin{0}; ///< as NetworkDensity::lixel_begin
    std::vector<double> length_m;        ///< of a lixel of each edge

    std::uint32_t count(std::uint32_t edge) const { return begin[edge + 1] - begin[edge]; }
};

/// Mass per lixel, and of what events it is made.
struct MassOnRoads {
    std::vector<double> mass;
    double moved = 0;      ///< Σ |weight| of branches not followed
    std::size_t waves = 0; ///< steps in time, where waves were run
    std::uint64_t events = 0, beyond = 0;
    double weight = 0, beyond_weight = 0;
};

/// Parts of work that run by themselves, each adding to a mass per lixel of its own; added up part by part.
inline constexpr std::size_t work_parts = 64;

/// Cuts items into work_parts runs of about the same cost: part p has [begins[p], begins[p + 1]).
std::vector<std::size_t> equal_parts(std::span<const double> cost);

/// body(part, mass) for every part: adds to `mass`, one per lixel, and returns what it moved. Gives the sums over the
/// parts.
MassOnRoads sum_over_parts(std::size_t lixels, int threads,
                           const std::function<double(std::size_t part, std::span<double> mass)>& body);

/// The two equal-split kernels by walks. Nothing where the continuous one's come to more than two million branches.
std::optional<MassOnRoads> walk_mass(const RoadGraph& graph, const Lixels& lixels, const RoadIndex& index,
                                     const Events& events, const NetworkDensityOptions& options);
/// The continuous one by waves.
MassOnRoads wave_mass(const RoadGraph& graph, const Lixels& lixels, const RoadIndex& index, const Events& events,
                      const NetworkDensityOptions& options);
MassOnRoads planar_mass(const RoadGraph& graph, const Lixels& lixels, const RoadIndex& index, const Events& events,
                        const NetworkDensityOptions& options);

} // namespace harmattan::geo
