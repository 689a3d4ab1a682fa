#pragma once
// The density of incidents on a whole road network, for `corridors --network`.

#include "app/study.hpp"
#include "geo/corridors/network_density.hpp"

#include <optional>
#include <string>
#include <vector>

namespace harmattan::app {

struct RoadDensityRequest {
    std::string method; ///< "discontinuous", "continuous" or "planar"
    std::optional<std::string> lixel_km, reach_km, merge_m;
};

struct RoadDensity {
    geo::FeatureTable lixels; ///< lines with what a reader finds them by, per_km to six digits, and the feature of
                              ///< --roads they are of
    std::vector<std::string> lines; ///< what was done, for messages
};

/// Throws Error usage where --roads is missing or a value is none, and what reading and estimating throws.
RoadDensity road_density(const Study& study, const RoadDensityRequest& request);

} // namespace harmattan::app
