#pragma once
// A source's features in the global pixels of one zoom: thinned, rounded to 1/256 pixel, in chunks with boxes. Shared
// by all layers that draw the source; immutable once built.

#include "render/canvas.hpp"
#include "render/prepare/source_geometry.hpp"

#include <cstdint>
#include <vector>

namespace harmattan::render {

struct PixelGeometry {
    std::vector<PixelPoint> points;
    std::vector<Chunk> chunks;
    std::vector<std::uint32_t> part_begin{0};  ///< per feature, into parts
    std::vector<std::uint32_t> point_begin{0}; ///< per part
    std::vector<std::uint32_t> chunk_begin{0}; ///< per part
    std::vector<PixelExtent> extent;           ///< per feature; empty where nothing of it is left
    std::vector<bool> closed;                  ///< per part

    std::size_t features() const { return extent.size(); }
    Curve curve(std::size_t part) const;
    std::span<const PixelPoint> part_points(std::size_t part) const {
        return std::span(points).subspan(point_begin[part], point_begin[part + 1] - point_begin[part]);
    }
    /// Appends a part of at least one point, whose neighbours differ, and its chunks.
    void add_part(std::span<const PixelPoint> part, bool is_closed);
};

/// World pixels of the zoom: tile_px · 2^zoom.
PixelGeometry build_pixel_geometry(const SourceGeometry& source, double world_px);

/// Nearest multiple of 1/256.
double round_256(double v);

} // namespace harmattan::render
