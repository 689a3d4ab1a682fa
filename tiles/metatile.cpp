#include "tiles/metatile.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace harmattan::tiles {

std::uint64_t Metatile::first_number() const {
    const geo::TileRange block = range();
    const std::uint64_t zoom_first = geo::tile_number({z, 0, 0});
    const std::uint64_t inside = geo::tile_number({z, block.min_x, block.min_y}) - zoom_first;
    return zoom_first + (inside >> (2 * side_log2()) << (2 * side_log2()));
}

geo::TileRange Metatile::range() const {
    const int k = side_log2();
    return {z, x << k, y << k, (x << k) + side() - 1, (y << k) + side() - 1};
}

std::optional<geo::TileRange> Metatile::part_in(const geo::TileRange& wanted) const {
    const geo::TileRange block = range();
    const geo::TileRange part{z, std::max(block.min_x, wanted.min_x), std::max(block.min_y, wanted.min_y),
                              std::min(block.max_x, wanted.max_x), std::min(block.max_y, wanted.max_y)};
    if (wanted.z != z || part.min_x > part.max_x || part.min_y > part.max_y) return std::nullopt;
    return part;
}

std::string to_string(const Metatile& metatile) {
    return fmt::format("metatile {}/{}/{}", metatile.z, metatile.x, metatile.y);
}

} // namespace harmattan::tiles
