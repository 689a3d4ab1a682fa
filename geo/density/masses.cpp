#include "geo/density/masses.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace harmattan::geo {

namespace {

/// Distinct places are looked for among this many events at most; more of them are taken from the bins.
constexpr std::size_t most_sorted = 2'000'000;

void add_place(Masses& masses, const EqualArea& crs, double x, double lat, double mass) {
    const double tangent = std::tan(lat * std::numbers::pi / 180);
    masses.x.push_back(x);
    masses.arc.push_back(meridian_arc(lat));
    masses.scale.push_back(crs.scale_at(lat));
    masses.curvature.push_back(1 / curvature_product(lat));
    masses.bend.push_back(tangent * tangent * masses.curvature.back());
    masses.mass.push_back(mass);
}

} // namespace

std::optional<Masses> masses_at_places(const Events& events, const Layout& layout, int layer, std::size_t most) {
    struct Place {
        std::int32_t south, lon; ///< −latitude, longitude from the centre
        std::int64_t weight;
    };
    if (events.size() > most_sorted) return std::nullopt;
    const WeightScale scale = weigh(events);
    std::vector<Place> places;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const LonLatE7 p = events.at[i];
        if (p.lat < layout.bounds.south_e7 || p.lat > layout.bounds.north_e7) continue;
        if (layout.layers.size() > 1 && layout.layer_of[static_cast<std::size_t>(events.precision[i])] != layer) continue;
        places.push_back({-p.lat, relative_lon_e7(p.lon, layout.bounds.centre_e7),
                          scale.uniform ? 1 : scale(events.weight[i])});
    }
    // Weights are integers, so the order of coincident events does not matter.
    std::ranges::sort(places, {}, [](const Place& p) { return std::pair(p.south, p.lon); });
    std::size_t kept = 0;
    for (const Place& p : places) {
        if (kept > 0 && places[kept - 1].south == p.south && places[kept - 1].lon == p.lon)
            places[kept - 1].weight += p.weight;
        else
            places[kept++] = p;
    }
    places.resize(kept);
    if (places.size() > most) return std::nullopt;

    Masses masses;
    for (const Place& p : places)
        add_place(masses, layout.crs, p.lon / 1e7 * layout.crs.metres_per_degree(), -p.south / 1e7,
                  static_cast<double>(p.weight) * scale.unit);
    return masses;
}

Masses masses_at_nodes(const Bins& bins, const LayerGrid& grid, const EqualArea& crs) {
    Masses masses;
    std::vector<double> row(static_cast<std::size_t>(grid.columns));
    std::vector<std::int64_t> scratch(row.size());
    for (std::int64_t r = 0; r < grid.rows; ++r) {
        const double lat = crs.lat_of(grid.y0 - static_cast<double>(r) * grid.dy);
        for (const Run& run : bins.read_row(r, row, scratch))
            for (std::int64_t c = run.first; c < run.last; ++c)
                add_place(masses, crs, grid.x0 + static_cast<double>(c) * grid.dx, lat,
                          std::exchange(row[static_cast<std::size_t>(c)], 0));
    }
    return masses;
}

LayerGrid coarser(const LayerGrid& grid) {
    LayerGrid g = grid;
    const auto half = [](std::int64_t nodes) { return (nodes / 2 + block_side) / block_side * block_side; };
    g.dx *= 2, g.dy *= 2;
    g.columns = grid.wraps ? grid.columns / 2 : half(grid.columns);
    g.rows = half(grid.rows);
    return g;
}

Masses masses_at_coarse_nodes(const Bins& bins, const LayerGrid& grid, const EqualArea& crs) {
    const LayerGrid to = coarser(grid);
    Masses masses;
    std::vector<double> row(static_cast<std::size_t>(grid.columns)), sums(static_cast<std::size_t>(to.columns));
    std::vector<std::int64_t> scratch(row.size());
    for (std::int64_t r = 0; r < to.rows; ++r) {
        Runs touched;
        for (std::int64_t k = std::max<std::int64_t>(2 * r - 1, 0); k <= 2 * r + 1 && k < grid.rows; ++k) {
            const double share = k == 2 * r ? 1 : 0.5;
            for (const Run& run : bins.read_row(k, row, scratch)) {
                for (std::int64_t c = run.first; c < run.last; ++c) {
                    const double mass = std::exchange(row[static_cast<std::size_t>(c)], 0) * share;
                    const std::int64_t next = (c + 1) / 2 == to.columns ? 0 : (c + 1) / 2;
                    sums[static_cast<std::size_t>(c / 2)] += mass / 2;
                    sums[static_cast<std::size_t>(next)] += mass / 2;
                }
                add_run(touched, {run.first / 2, run.last / 2 + 1}, to.columns, to.wraps);
            }
        }
        tidy(touched);
        const double lat = crs.lat_of(to.y0 - static_cast<double>(r) * to.dy);
        for (const Run& run : touched)
            for (std::int64_t c = run.first; c < run.last; ++c)
                if (const double mass = std::exchange(sums[static_cast<std::size_t>(c)], 0); mass > 0)
                    add_place(masses, crs, to.x0 + static_cast<double>(c) * to.dx, lat, mass);
    }
    return masses;
}

} // namespace harmattan::geo
