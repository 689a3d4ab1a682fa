#include "geo/corridors/corridor_profile.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <mutex>
#include <numeric>
#include <optional>
#include <string>

namespace harmattan::geo {

namespace {

constexpr double schematic_edge_m = 10'000; ///< straight from town to town is off the road by less, mostly
constexpr double widest_m = 100'000;
constexpr double shortest_bin_m = 100;
constexpr double days_a_month = 365.25 / 12;

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

/// Half of the narrowest band or bin; wide ones do with cells of 2 km, and those below 1 km are resolved to 500 m.
double raster_step(const std::vector<DistanceBand>& bands, double bin_m) {
    double narrowest = bin_m;
    for (const DistanceBand& band : bands) narrowest = std::min(narrowest, band.to_m - band.from_m);
    return std::clamp(narrowest / 2, 500.0, 2'000.0);
}

std::string listed(const std::vector<double>& edges_m) {
    std::string text;
    for (const double edge : edges_m) text += fmt::format("{}{} m", text.empty() ? "" : ", ", edge);
    return text;
}

} // namespace

BandCount operator+(const BandCount& a, const BandCount& b) {
    return {a.events + b.events, a.spread + b.spread, a.weight + b.weight};
}

BandCount ProfileBin::sum() const { return std::accumulate(bands.begin(), bands.end(), BandCount{}); }

std::string_view bands_reason_key(BandsReason reason) {
    return reason == BandsReason::schematic ? "corridor_bands_schematic" : "";
}

std::vector<DistanceBand> offered_bands(const std::vector<double>& edges_m, bool schematic) {
    double before = 0;
    for (const double edge : edges_m) {
        if (!(edge > before && edge <= widest_m))
            throw Error(ErrorKind::usage,
                        fmt::format("the distance bands of a corridor end at {}; give distances that rise from "
                                    "above 0 to at most {} km",
                                    listed(edges_m), widest_m / 1000));
        before = edge;
    }
    if (edges_m.empty())
        throw Error(ErrorKind::usage, "a corridor profile has no distance band; give at least one, such as 25 km");
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

struct ProfileBins::Raster {
    std::once_flag once;
    std::optional<PriorRaster> laid;
};

ProfileBins::ProfileBins(RouteIndex index, const ProfileOptions& options)
    : m_index(std::move(index)), m_bin_m(options.bin_m), m_raster(std::make_shared<Raster>()) {
    CorridorProfile& p = m_empty;
    p.length_m = m_index.length_m();
    p.bands = offered_bands(options.band_edges_m, m_index.schematic());
    if (p.bands != offered_bands(options.band_edges_m, false)) p.reason = BandsReason::schematic;
    const double outer_m = p.bands.back().to_m;
    if (outer_m > m_index.reach_m())
        throw Error(ErrorKind::usage,
                    fmt::format("the outer band ends {} m from the corridor, and places were looked for within {} m",
                                outer_m, m_index.reach_m()));
    if (!(options.bin_m >= shortest_bin_m && std::isfinite(options.bin_m)))
        throw Error(ErrorKind::usage, fmt::format("a bin of {} m along a corridor is none; give {} m or more",
                                                  options.bin_m, shortest_bin_m));
    p.bins = bins_of(p.length_m, options.bin_m, p.bands.size());
}

std::uint32_t ProfileBins::cell_at(RoutePosition at) const {
    const std::size_t bands = m_empty.bands.size(), bins = m_empty.bins.size(),
                      band = band_at(m_empty.bands, at.distance_m);
    if (band == bands) return static_cast<std::uint32_t>(bins * bands);
    const auto bin = std::min(static_cast<std::size_t>(at.chainage_m / m_bin_m), bins - 1);
    return static_cast<std::uint32_t>(bin * bands + band);
}

CorridorProfile ProfileBins::profile(const Events& events) const { return profile(events, all_rows(events)); }

CorridorProfile ProfileBins::profile(const Events& events, std::span<const std::uint32_t> rows) const {
    return profile(events, rows, spread_places(events, rows));
}

CorridorProfile ProfileBins::profile(const Events& events, std::span<const std::uint32_t> rows,
                                     std::span<const SpreadPlace> spread) const {
    CorridorProfile profile = m_empty;
    const std::size_t bands = profile.bands.size(), cells = profile.bins.size() * bands;
    const auto count_in = [&](std::size_t cell) -> BandCount& {
        return profile.bins[cell / bands].bands[cell % bands];
    };
    for (const std::uint32_t row : rows) {
        if (is_spread(events, row)) {
            ++profile.rough;
            continue;
        }
        const std::optional<RoutePosition> at = m_index.nearest(events.at[row]);
        const std::size_t cell = at ? cell_at(*at) : cells;
        if (cell == cells) ++profile.beyond;
        else ++count_in(cell).events, count_in(cell).weight += events.weight_of(row);
    }
    if (profile.rough > 0) {
        std::call_once(m_raster->once, [&] {
            m_raster->laid.emplace(m_index, raster_step(profile.bands, m_bin_m), static_cast<std::uint32_t>(cells),
                                   [&](RoutePosition at) { return cell_at(at); });
        });
        const CellMass mass = m_raster->laid->mass_of(spread);
        for (std::size_t cell = 0; cell < cells; ++cell)
            count_in(cell).spread = mass.events[cell], count_in(cell).weight += mass.weight[cell];
    }
    for (const ProfileBin& bin : profile.bins) {
        profile.within = profile.within + bin.sum();
        if (bin.sum().events == 0) profile.quiet_m += bin.length_m();
    }
    profile.spread_beyond = static_cast<double>(profile.rough) - profile.within.spread;
    return profile;
}

CorridorProfile corridor_profile(const RouteIndex& index, const Events& events, const ProfileOptions& options) {
    return ProfileBins(index, options).profile(events);
}

std::vector<std::uint32_t> all_rows(const Events& events) {
    std::vector<std::uint32_t> rows(events.size());
    std::iota(rows.begin(), rows.end(), 0u);
    return rows;
}

double per_km(double count, double length_m) { return length_m > 0 ? count / (length_m / 1000) : 0; }

double per_100_km_month(double count, double length_m, Day first, Day last) {
    const double months = (static_cast<double>(last) - first + 1) / days_a_month;
    return months > 0 ? 100 * per_km(count, length_m) / months : 0;
}

} // namespace harmattan::geo
