#pragma once
// Lines moved aside: line-offset and line-gap-width.

#include "render/prepare/pixel_geometry.hpp"

#include <cstdint>
#include <span>

namespace harmattan::render {

/// The named features' parts, moved `by` pixels to the right of their direction (left where negative); other features
/// are left empty. Corners are mitred up to twice the distance. Rings are taken as walked on the screen.
PixelGeometry move_aside(const PixelGeometry& of, std::span<const std::uint32_t> features, double by);

} // namespace harmattan::render
