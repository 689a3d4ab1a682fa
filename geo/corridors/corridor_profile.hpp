#pragma once
// Incidents along a corridor: counts in bins of chainage by bands of distance from the route, as a strip chart shows
// them. An event known to a place counts at its nearest point of the route. One known only roughly (to about 25 km, to
// a district or worse) may have been anywhere in a disc about its coordinates: it counts in every bin and band by its
// share of the disc, and a picture must not draw that as if it were known.

#include "geo/corridors/prior_mass.hpp"
#include "geo/corridors/route_index.hpp"
#include "geo/events.hpp"

#include <cstdint>
#include <memory>
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
    std::uint64_t events = 0; ///< known to a place there
    double spread = 0;        ///< shares of those known only roughly
    double weight = 0;        ///< of both: Σ weight · share
    double expected() const { return static_cast<double>(events) + spread; }
    bool operator==(const BandCount&) const = default;
};
BandCount operator+(const BandCount& a, const BandCount& b);

struct ProfileBin {
    double from_m = 0, to_m = 0;  ///< chainage; from inclusive, to exclusive but for the last bin
    std::vector<BandCount> bands; ///< as CorridorProfile::bands
    double length_m() const { return to_m - from_m; }
    BandCount sum() const; ///< of the bands
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
    BandCount within;         ///< Σ of the bins: all within the outer band
    std::uint64_t beyond = 0; ///< of the events known to a place, those farther from the route
    std::uint64_t rough = 0;  ///< events known only roughly, wherever they are
    double spread_beyond = 0; ///< the shares of those outside the outer band: with within.spread they make `rough`
    double quiet_m = 0;       ///< length of the bins without an event known to a place
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

/// The bins and bands of one route, to be filled with events again and again (all, those of a month). Immutable; copies
/// share what is heavy; profiles may be made from many threads.
class ProfileBins {
public:
    /// Bins begin at chainage 0; what is left at the end is a bin of its own where it is at least half a bin long, else
    /// part of the bin before. Throws Error usage for a bin below 100 m, bands that are none, or an index that does not
    /// reach the outer band.
    explicit ProfileBins(RouteIndex index, const ProfileOptions& options = {});

    CorridorProfile profile(const Events& events) const;
    /// Of the events of these rows alone.
    CorridorProfile profile(const Events& events, std::span<const std::uint32_t> rows) const;
    /// The same, with what spread_places made of the rows: so that many routes share it.
    CorridorProfile profile(const Events& events, std::span<const std::uint32_t> rows,
                            std::span<const SpreadPlace> spread) const;

    const RouteIndex& index() const { return m_index; }

private:
    struct Raster;

    std::uint32_t
    cell_at(RoutePosition at) const; ///< bin · bands + band; the number of them all: beyond the outer band

    RouteIndex m_index;
    CorridorProfile m_empty;
    double m_bin_m = 0;
    std::shared_ptr<Raster> m_raster; ///< laid when the first event needs it
};

CorridorProfile corridor_profile(const RouteIndex& index, const Events& events, const ProfileOptions& options = {});

/// The rows 0 … size − 1.
std::vector<std::uint32_t> all_rows(const Events& events);

/// Events per kilometre: of a count over a length; 0 where there is no length.
double per_km(double count, double length_m);
/// Events per 100 km and month of 30.4375 days, over a period with both its ends.
double per_100_km_month(double count, double length_m, Day first, Day last);

} // namespace harmattan::geo
