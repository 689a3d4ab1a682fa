#include "geo/corridors/corridor_profile.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string>

namespace harmattan::geo {

namespace {

constexpr double schematic_edge_m = 10'000; ///< straight from town to town is off the road by less, mostly
constexpr double widest_m = 100'000;
constexpr double shortest_bin_m = 100;
constexpr double days_a_month = 365.25 / 12;

bool is_coarse(Precision p) { return p == Precision::district || p == Precision::province || p == Precision::unclear; }

void add(BandCount& count, double weight) { ++count.events, count.weight += weight; }

std::vector<ProfileBin> bins_of(double length_m, double bin_m, std::size_t bands) {
    // why: half a bin or more is left over exactly where length / bin rounds up.
    const auto count = std::max<std::int64_t>(1, std::llround(length_m / bin_m));
    std::vector<ProfileBin> bins;
    for (std::int64_t k = 0; k < count; ++k) {
        ProfileBin bin;
        bin.from_m = static_cast<double>(k) * bin_m;
        bin.to_m = k + 1 == count ? length_m : static_cast<double>(k + 1) * bin_m;
        bin.bands.resize(bands);
        bins.push_back(std::move(bin));
    }
    return bins;
}

std::size_t band_at(const std::vector<DistanceBand>& bands, double distance_m) {
    std::size_t b = 0;
    while (b < bands.size() && distance_m > bands[b].to_m) ++b;
    return b;
}

std::string listed(const std::vector<double>& edges_m) {
    std::string text;
    for (const double edge : edges_m) text += fmt::format("{}{} m", text.empty() ? "" : ", ", edge);
    return text;
}

} // namespace

BandCount ProfileBin::known() const {
    BandCount sum;
    for (const BandCount& band : bands) sum.events += band.events, sum.weight += band.weight;
    return sum;
}

std::string_view bands_reason_key(BandsReason reason) {
    return reason == BandsReason::schematic ? "corridor_bands_schematic" : "";
}

std::vector<DistanceBand> offered_bands(const std::vector<double>& edges_m, bool schematic) {
    double before = 0;
    for (const double edge : edges_m) {
        if (!(edge > before && edge <= widest_m))
            throw Error(ErrorKind::usage, fmt::format("the distance bands of a corridor end at {}; give distances that rise from "
                                                      "above 0 to at most {} km", listed(edges_m), widest_m / 1000));
        before = edge;
    }
    if (edges_m.empty()) throw Error(ErrorKind::usage, "a corridor profile has no distance band; give at least one, such as 25 km");
    std::vector<DistanceBand> bands;
    double from = 0;
    for (const double edge : edges_m) {
        if (schematic && edge < schematic_edge_m) continue;
        bands.push_back({from, edge});
        from = edge;
    }
    if (bands.empty()) bands.push_back({0, schematic_edge_m});
    return bands;
}

double reach_of(const ProfileOptions& options, bool schematic) {
    return offered_bands(options.band_edges_m, schematic).back().to_m;
}

CorridorProfile corridor_profile(const RouteIndex& index, const Events& events, std::span<const EventOnRoute> near,
                                 const ProfileOptions& options) {
    CorridorProfile profile;
    profile.length_m = index.length_m();
    profile.bands = offered_bands(options.band_edges_m, index.schematic());
    if (profile.bands != offered_bands(options.band_edges_m, false)) profile.reason = BandsReason::schematic;
    const double outer_m = profile.bands.back().to_m;
    if (outer_m > index.reach_m())
        throw Error(ErrorKind::usage, fmt::format("the outer band ends {} m from the corridor, and places were looked for within {} m",
                                                  outer_m, index.reach_m()));
    if (!(options.bin_m >= shortest_bin_m && std::isfinite(options.bin_m)))
        throw Error(ErrorKind::usage, fmt::format("a bin of {} m along a corridor is none; give {} m or more", options.bin_m,
                                                  shortest_bin_m));

    profile.bins = bins_of(profile.length_m, options.bin_m, profile.bands.size());
    for (const EventOnRoute& on : near) {
        const std::size_t band = band_at(profile.bands, on.at.distance_m);
        if (band == profile.bands.size()) continue;
        const auto k = static_cast<std::size_t>(on.at.chainage_m / options.bin_m);
        ProfileBin& bin = profile.bins[std::min(k, profile.bins.size() - 1)];
        const double weight = events.weight_of(on.event);
        const Precision precision = events.precision[on.event];
        if (is_coarse(precision)) {
            add(bin.coarse, weight), add(profile.coarse, weight);
            continue;
        }
        add(bin.bands[band], weight), add(profile.known, weight);
        if (precision == Precision::near) ++bin.near, ++profile.near;
    }
    profile.beyond = near.size() - profile.known.events - profile.coarse.events;
    for (const ProfileBin& bin : profile.bins)
        if (bin.known().events == 0) profile.quiet_m += bin.length_m();
    return profile;
}

CorridorProfile corridor_profile(const RouteIndex& index, const Events& events, const ProfileOptions& options) {
    const std::vector<EventOnRoute> near = events_near(index, events);
    CorridorProfile profile = corridor_profile(index, events, near, options);
    profile.beyond += events.size() - near.size();
    return profile;
}

double per_km(double count, double length_m) { return length_m > 0 ? count / (length_m / 1000) : 0; }

double per_100_km_month(double count, double length_m, Day first, Day last) {
    const double months = (static_cast<double>(last) - first + 1) / days_a_month;
    return months > 0 ? 100 * per_km(count, length_m) / months : 0;
}

} // namespace harmattan::geo
