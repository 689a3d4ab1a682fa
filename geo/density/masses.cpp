#include "geo/density/masses.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

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
        if (layout.layers.size() > 1 && layout.layer_of[static_cast<std::size_t>(events.precision[i])] != layer)
            continue;
        places.push_back(
            {-p.lat, relative_lon_e7(p.lon, layout.bounds.centre_e7), scale.uniform ? 1 : scale(events.weight[i])});
    }
    // Weights are integers, so the order of coincident events does not matter.
    std::ranges::sort(places, {}, [](const Place& p) { return std::pair(p.south, p.lon); });
    std::size_t kept = 0;
    for (const Place& p : places) {
        if (kept > 0 && places[kept - 1].south == p.south && places[kept - 1].lon == p.lon)
            places[kept - 1].weight += p.weight;
        else places[kept++] = p;
    }
    places.resize(kept);
    if (places.size() > most) return std::nullopt;

    Masses masses;
    for (const Place& p : places)
        add_place(masses, layout.crs, p.lon / 1e7 * layout.crs.metres_per_degree(), -p.south / 1e7,
                  static_cast<double>(p.weight) * scale.unit);
    return masses;
}

} // namespace harmattan::geo
