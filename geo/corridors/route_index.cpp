#include "geo/corridors/route_index.hpp"

#include "geo/corridors/piece_grid.hpp"

namespace harmattan::geo {

struct RouteIndex::Impl {
    PieceGrid grid;
    double length_m = 0;
    bool schematic = false;
};

RouteIndex::RouteIndex(const Route& route, double reach_m) {
    const MeasuredLine line{route.vertices, route.chainage_m};
    m_impl = std::make_shared<const Impl>(
        Impl{PieceGrid({&line, 1}, reach_m, "corridor"), route.length_m(), route.schematic});
}

double RouteIndex::length_m() const { return m_impl->length_m; }
double RouteIndex::reach_m() const { return m_impl->grid.reach_m(); }
LonLatBox RouteIndex::box() const { return m_impl->grid.box(); }
bool RouteIndex::schematic() const { return m_impl->schematic; }

std::optional<RoutePosition> RouteIndex::nearest(LonLatE7 place) const {
    const std::optional<PieceGrid::Hit> hit = m_impl->grid.nearest(place);
    if (!hit) return std::nullopt;
    return RoutePosition{hit->along_m, hit->distance_m};
}

std::vector<EventOnRoute> events_near(const RouteIndex& index, const Events& events) {
    std::vector<EventOnRoute> near;
    for (std::size_t i = 0; i < events.size(); ++i)
        if (const std::optional<RoutePosition> at = index.nearest(events.at[i]))
            near.push_back({static_cast<std::uint32_t>(i), *at});
    return near;
}

} // namespace harmattan::geo
