#pragma once
// Paints metatiles from a scene: draws the wanted part of the block as one picture, cuts it, encodes each tile.

#include "render/encode.hpp"
#include "render/scene.hpp"
#include "tiles/painter.hpp"

namespace harmattan::tiles {

class ScenePainter : public Painter {
public:
    /// Keeps a reference to `scene`. `scale` 2 makes tiles of 512 pixels.
    ScenePainter(const render::Scene& scene, render::Sets sets, int scale, render::ImageFormat format);

    std::vector<EncodedTile> paint(const Metatile& metatile, const geo::TileRange& wanted) const override;
    std::string fingerprint() const override;

    /// The picture of the tiles of `metatile` inside `wanted`: what paint() draws at once.
    render::View view_of(const Metatile& metatile, const geo::TileRange& wanted) const;

private:
    std::vector<std::byte> encode_tile(render::ImageView tile) const;

    const render::Scene& m_scene;
    render::Sets m_sets;
    int m_scale;
    render::ImageFormat m_format;
};

} // namespace harmattan::tiles
