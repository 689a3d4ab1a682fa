#include "tiles/scene_painter.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace harmattan::tiles {

namespace {

constexpr int style_tile_px = 256;

/// The tiles of the block that are wanted; the caller has made sure that there are some.
geo::TileRange block_of(const Metatile& metatile, const geo::TileRange& wanted) {
    const std::uint32_t side = metatile.side(), x = metatile.x * side, y = metatile.y * side;
    return {metatile.z, std::max(x, wanted.min_x), std::max(y, wanted.min_y), std::min(x + side - 1, wanted.max_x),
            std::min(y + side - 1, wanted.max_y)};
}

} // namespace

ScenePainter::ScenePainter(const render::Scene& scene, render::Sets sets, int scale, render::ImageFormat format)
    : m_scene(scene), m_sets(sets), m_scale(scale), m_format(format) {}

render::View ScenePainter::view_of(const Metatile& metatile, const geo::TileRange& wanted) const {
    const geo::TileRange block = block_of(metatile, wanted);
    render::View view;
    view.zoom = metatile.z;
    view.tile_px = style_tile_px * m_scale;
    view.scale = m_scale;
    view.x = std::int64_t{block.min_x} * view.tile_px;
    view.y = std::int64_t{block.min_y} * view.tile_px;
    view.width = static_cast<int>(block.max_x - block.min_x + 1) * view.tile_px;
    view.height = static_cast<int>(block.max_y - block.min_y + 1) * view.tile_px;
    view.sets = m_sets;
    return view;
}

std::vector<std::byte> ScenePainter::encode_tile(render::ImageView tile) const {
    if (*tile.row(0) == 0 && render::is_uniform(tile)) return {}; // wholly transparent: nothing to store
    return render::encode(tile, m_format);
}

std::vector<EncodedTile> ScenePainter::paint(const Metatile& metatile, const geo::TileRange& wanted) const {
    const geo::TileRange block = block_of(metatile, wanted);
    const render::View view = view_of(metatile, wanted);
    std::vector<EncodedTile> tiles;
    if (const auto colour = m_scene.known_uniform(view)) {
        const render::Image one{
            view.tile_px, view.tile_px,
            std::vector<std::uint32_t>(static_cast<std::size_t>(view.tile_px) * static_cast<std::size_t>(view.tile_px),
                                       *colour)};
        const std::vector<std::byte> bytes = encode_tile(render::view_of(one));
        for (std::uint32_t y = block.min_y; y <= block.max_y; ++y)
            for (std::uint32_t x = block.min_x; x <= block.max_x; ++x) tiles.push_back({{metatile.z, x, y}, bytes});
    } else {
        const render::Image image = render::paint(m_scene, view);
        for (std::uint32_t y = block.min_y; y <= block.max_y; ++y)
            for (std::uint32_t x = block.min_x; x <= block.max_x; ++x)
                tiles.push_back({{metatile.z, x, y},
                                 encode_tile(render::crop(
                                     render::view_of(image), static_cast<int>(x - block.min_x) * view.tile_px,
                                     static_cast<int>(y - block.min_y) * view.tile_px, view.tile_px, view.tile_px))});
    }
    std::sort(tiles.begin(), tiles.end(), [](const EncodedTile& a, const EncodedTile& b) {
        return geo::tile_number(a.id) < geo::tile_number(b.id);
    });
    return tiles;
}

std::string ScenePainter::fingerprint() const {
    return fmt::format("{} sets {} scale {} format {}", m_scene.fingerprint(), m_sets.bits(), m_scale,
                       render::extension(m_format));
}

} // namespace harmattan::tiles
