#pragma once
// The plane a scene is drawn in: Web Mercator at whole zooms, or any CRS at the one scale of a sheet. Knows how places
// become World coordinates (x east, y south, one unit the same length everywhere) and how many pixels a unit is.

#include "render/canvas.hpp"
#include "render/prepare/source_geometry.hpp"
#include "render/scene.hpp"

#include <optional>
#include <span>
#include <vector>

namespace harmattan::render {

class Plane {
public:
    /// `input` outlives the plane. Throws geo::Error usage where PROJ does not know a sheet's CRS.
    explicit Plane(const SceneInput& input) : m_input(input) {}

    /// One for each vertex of the table; always finite. What a sheet's CRS does not reach is put where the vertex
    /// before it in its line or ring is (so that paths stay whole); points, and parts of which nothing is reached, far
    /// outside every sheet.
    std::vector<geo::Point<World>> to_world(const geo::FeatureTable& table) const;
    PixelPoint to_pixels(geo::LonLat place, int zoom) const;
    /// Pixels of a World unit.
    double world_px(int zoom) const;
    /// What the style's expressions see.
    double style_zoom(int zoom) const;
    /// Labels lie inside: the tiles that the frame meets, or the sheet's frame.
    PixelExtent label_bounds(int zoom) const;
    /// What a sheet shows; nothing for the web, where there are always other tiles.
    std::optional<PixelExtent> sheet_frame() const;
    /// Whether what lies outside the label bounds is never seen (a sheet), or is but in other tiles.
    bool is_paper() const { return m_input.paper.has_value(); }

private:
    const SceneInput& m_input;
};

} // namespace harmattan::render
