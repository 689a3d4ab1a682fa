#pragma once
// Incidents along a corridor: counts in bins of chainage by bands of distance from the route, as a strip chart shows them.
// An event counts at its nearest point of the route. One known only to a district or worse has no such point that means
// anything: it is counted apart, as known only to an area near the route, and must not be drawn as if it were known.

#include "geo/corridors/route_index.hpp"
#include "geo/events.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace harmattan::geo {

/// Distances beyond `from_m` up to and with `to_m`; the first band begins with 0 itself.
struct DistanceBand {
    double from_m = 0, to_m = 0;
    bool operator==(const DistanceBand&) const = default;
};

struct BandCount {
    std::uint64_t events = 0;
    double weight = 0; ///< Σ weight, in the order of the events
    bool operator==(const BandCount&) const = default;
};

struct ProfileBin {
    double from_m = 0, to_m = 0;  ///< chainage; from inclusive, to exclusive but for the last bin
    std::vector<BandCount> bands; ///< as CorridorProfile::bands; without the coarse events
    BandCount coarse;             ///< known only to a district or worse, their coordinates within the outer band
    std::uint64_t near = 0;       ///< of those in the bands: known only to within about 25 km, so their band is unsure
    double length_m() const { return to_m - from_m; }
    BandCount known() const; ///< Σ of the bands
};

/// Why the bands are what they are.
enum class BandsReason {
    as_asked,
    schematic, ///< the route is drawn from town to town: distances below 10 km would measure the drawing, not the road
};
std::string_view bands_reason_key(BandsReason reason); ///< "" or "corridor_bands_schematic", for texts by language

struct CorridorProfile {
    double length_m = 0; ///< of the route
    std::vector<DistanceBand> bands;
    BandsReason reason = BandsReason::as_asked;
    std::vector<ProfileBin> bins;
    BandCount known, coarse; ///< within the outer band; known + coarse are all events there
    std::uint64_t near = 0;  ///< of the known
    std::uint64_t beyond = 0; ///< of the events given, those farther from the route
    double quiet_m = 0;      ///< length of the bins without a known event
};

struct ProfileOptions {
    double bin_m = 10'000;
    std::vector<double> band_edges_m = {2'000, 5'000, 10'000, 25'000};
};

/// The bands that a route may have: as asked, or on a schematic one without edges below 10 km (0–10 km at least).
/// Throws Error usage for edges that do not rise from above 0 to at most 100 km.
std::vector<DistanceBand> offered_bands(const std::vector<double>& edges_m, bool schematic);

/// How far from the route an index must reach for these options.
double reach_of(const ProfileOptions& options, bool schematic);

/// Bins begin at chainage 0; what is left at the end is a bin of its own where it is at least half a bin long, else part of
/// the bin before. `near` are events of `events` (events_near, or some of them: those of one month) by their place on the
/// route. Throws Error usage for a bin below 100 m, bands that are none, or an index that does not reach the outer band.
CorridorProfile corridor_profile(const RouteIndex& index, const Events& events, std::span<const EventOnRoute> near,
                                 const ProfileOptions& options = {});
CorridorProfile corridor_profile(const RouteIndex& index, const Events& events, const ProfileOptions& options = {});

/// Events per kilometre: of a count over a length; 0 where there is no length.
double per_km(double count, double length_m);
/// Events per 100 km and month of 30.4375 days, over a period with both its ends.
double per_100_km_month(double count, double length_m, Day first, Day last);

} // namespace harmattan::geo
