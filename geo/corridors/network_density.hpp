#pragma once
// Kernel density on a road network: events per kilometre of road, on lixels (pieces of road of one length an edge).
// Every method keeps the mass: Σ density × length over the lixels is the weight of the events on the network, to 1e-9.

#include "geo/corridors/road_graph.hpp"
#include "geo/density/kernel.hpp"
#include "geo/events.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace harmattan::geo {

enum class NetworkMethod {
    discontinuous, ///< equal-split: at a junction of n roads each of the n − 1 others gets 1 / (n − 1); never negative
    continuous, ///< equal-split, continuous at junctions: each other road gets 2 / n, the road it came by 2 / n − 1
                ///< (negative from n = 3)
    planar, ///< the kernel over the ground, shared among the road within it: for events off the roads, and for dense
            ///< networks
};

struct NetworkDensityOptions {
    NetworkMethod method = NetworkMethod::discontinuous;
    Kernel kernel = Kernel::quartic;
    double bandwidth_m = 0;  ///< σ along the road (planar: over the ground, along one axis); 10 m … 1,000 km
    double lixel_m = 1'000;  ///< no lixel is longer (by more than a millionth); 1 m or more
    double reach_m = 10'000; ///< events farther from any road are left out and counted
    /// Of an edge's events: a branch that carries less is not followed past its next junction (continuous: a hundredth
    /// of this).
    double smallest_share = 1e-5;
    std::size_t memory_bytes = std::size_t{1} << 30;
    int threads = 1;
};

struct NetworkDensity {
    std::vector<std::uint32_t> lixel_begin{
        0}; ///< edge e has lixels [lixel_begin[e], lixel_begin[e + 1]), from its start, of equal length
    std::vector<double> per_km; ///< of each lixel: mean over it of the events per kilometre of road
    double support_m = 0;       ///< the kernel's reach from an event
    /// In the density; left out, farther than the reach (planar: or than the support) from any road
    std::uint64_t events = 0, beyond = 0;
    double weight = 0, beyond_weight = 0;
    std::size_t waves = 0; ///< continuous: steps in time of the waves, 0 where walks were followed
    double moved = 0;      ///< Σ |weight| of branches not followed, as a share of `weight`: what smallest_share did

    std::size_t lixels() const { return per_km.size(); }
    std::uint32_t edge_of(std::size_t lixel) const;
};

double lixel_length_m(const RoadGraph& graph, const NetworkDensity& density, std::size_t lixel);
/// Σ per_km × length: the weight of the events.
double mass_of(const RoadGraph& graph, const NetworkDensity& density);
/// Lines of the lixels with the property per_km (and feature: of the table that the graph is of, from 0), for drawing.
FeatureTable lixel_features(const RoadGraph& graph, const NetworkDensity& density);

/// Equal-split: the kernel runs along the roads, its mass on each lixel a difference of tails in closed form; at a dead
/// end it turns round (so mass is kept; Okabe's discontinuous kernel leaves that open), an event on a node of n roads
/// (within 1 m) gives each 1 / n. Walks that enter a road after lengths within a 1,000th of the support of each other
/// run as one, at their mean. A branch below smallest_share keeps to the road it is on, what is left at its end spread
/// evenly over that road, and counts in `moved`; at 200,000 branches from one place likewise. The tails of more than 8
/// events of an edge are read from a cubic Hermite table of 256 steps: within 1e-6 of the peak. Continuous kernels
/// whose walks come to more than two million branches (wide ones, or short edges) are run as waves along points at most
/// σ/20 apart: still continuous, mass exact, nothing left unfollowed, within 0.2 % of the peak of the walks (measured
/// by network_density_test); edges shorter than a 20th of that count as no distance. Planar: Jones and Diggle's
/// correction, Σ w κ(u − x) / c(x) with c(x) = ∫ κ(v − x) dv over the road; the events stay where they are. It is the
/// field's kernel (kernel.hpp) with weights w / c, read on the roads: summed directly in space, not from the field's
/// grid, which would keep mass only to 0.1 %. Sums run in a fixed order: rows and threads change no bit. Sources:
/// Okabe, Satoh & Sugihara 2009; Okabe & Sugihara 2012, ch. 9; McSwiggan, Baddeley & Nair 2017; Rakshit et al. 2019.
/// Throws Error usage for a bandwidth, lixel or reach that is none or needs more memory than allowed, bad_data for
/// weights.
NetworkDensity network_density(const RoadGraph& graph, const Events& events, const NetworkDensityOptions& options);

} // namespace harmattan::geo
