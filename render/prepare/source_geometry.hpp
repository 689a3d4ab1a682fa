#pragma once
// A source's features as all zooms share them: places in the plane of the scene, ring direction, thinning tolerances.

#include "geo/features.hpp"
#include "render/prepare/thinning.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace harmattan::render {

/// What a curve may move by when it is thinned, image pixels; parts smaller than this in both directions are dropped.
/// Half of what eyes tell apart on screens of 0.28 mm pixels, and below the width of any shipped line.
inline constexpr double thinning_px = 0.3;

struct SourceGeometry {
    const geo::FeatureTable* table = nullptr; ///< owned by the scene
    std::vector<geo::Point<World>> at;        ///< one per vertex of the table
    std::vector<float> tolerance;             ///< per vertex, world units: see thinning_tolerances
    std::vector<bool> backwards;              ///< per part: a ring to be walked from its end, so that outer rings turn
                                              ///< one way and holes the other
};

/// `at`: the table's vertices. `finest_world_px`: pixels of a World unit at the finest zoom that will be drawn.
SourceGeometry build_source_geometry(const geo::FeatureTable& table, std::vector<geo::Point<World>> at,
                                     double finest_world_px);

/// The Web Mercator square as 0…1; latitudes beyond it are cut to it.
std::vector<geo::Point<World>> mercator_world(std::span<const geo::LonLat> places);

} // namespace harmattan::render
