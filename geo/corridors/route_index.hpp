#pragma once
// The nearest point of a route to a place, quick for millions of places.

#include "geo/corridors/route.hpp"
#include "geo/events.hpp"
#include "geo/space.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace harmattan::geo {

struct RoutePosition {
    double chainage_m = 0; ///< of the nearest point, 0 to the route's length
    double distance_m = 0; ///< along the geodesic from the place to it
};

/// Immutable; safe to ask from many threads. Of several nearest points (within 1 mm) that of the lowest chainage
/// counts. Against geodesics (PROJ), distance and chainage are off by 0.1 m at most within 25 km and by 0.5 m within
/// 100 km: the route is cut into pieces of at most 10 km, each a chord in space with the sagitta of its geodesic
/// (route_index_test measures it).
class RouteIndex {
public:
    /// `reach_m`: places farther from the route are not looked for. Throws Error usage unless 0 < reach ≤ 100 km.
    RouteIndex(const Route& route, double reach_m);

    /// Nothing where the route is farther than the reach. Some 5 ns where it is far, 0.2 µs where it is near.
    std::optional<RoutePosition> nearest(LonLatE7 place) const;

    double length_m() const;
    double reach_m() const;
    /// Holds all places within reach, with some to spare; east runs on beyond 180 where the route crosses the
    /// antimeridian.
    LonLatBox box() const;
    bool schematic() const; ///< of the route

private:
    struct Impl;
    std::shared_ptr<const Impl> m_impl;
};

struct EventOnRoute {
    std::uint32_t event = 0; ///< index into the events
    RoutePosition at;
};

/// The events within the index's reach, in their order.
std::vector<EventOnRoute> events_near(const RouteIndex& index, const Events& events);

} // namespace harmattan::geo
