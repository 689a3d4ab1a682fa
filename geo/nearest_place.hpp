#pragma once
// The nearest of many points to a place: "12 km from Douentza".

#include "geo/features.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace harmattan::geo {

/// Immutable; safe to ask from many threads. Holds no more than positions.
class NearestPlace {
public:
    struct Hit {
        std::size_t feature = 0; ///< of the table
        double distance_m = 0;   ///< along the geodesic
    };

    /// Features that are no points are passed over.
    explicit NearestPlace(const FeatureTable& places);

    /// Within `reach_m` (0 … 1,000 km); of equals the earlier one.
    std::optional<Hit> nearest(LonLat at, double reach_m) const;

private:
    struct Place {
        double lat, lon;
        std::size_t feature;
        auto operator<=>(const Place&) const = default;
    };
    std::vector<Place> m_places; ///< from south to north
};

} // namespace harmattan::geo
