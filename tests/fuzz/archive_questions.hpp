#pragma once
// What a server asks an archive, whoever made it.

#include "geo/tile_id.hpp"
#include "tests/fuzz/require.hpp"
#include "tiles/archive_reader.hpp"

#include <algorithm>
#include <optional>

namespace harmattan::fuzz {

inline void ask(const tiles::ArchiveReader& archive) {
    const tiles::ArchiveInfo& info = archive.info();
    const auto ask_tile = [&](geo::TileId id) {
        read_or_refuse([&] {
            const auto bytes = archive.tile(id);
            require(!bytes || bytes->size() <= tiles::max_tile_bytes, "a tile is not larger than tiles may be");
            require(archive.tile(id) == bytes, "a tile asked for twice is the same");
        });
    };
    for (int z = 0; z <= std::min(info.max_zoom, geo::max_zoom); ++z) {
        const geo::TileRange range = geo::tiles_of(info.bounds, z);
        require(range.max_x < (1u << z) && range.max_y < (1u << z), "the tiles of the bounds are on the map");
        ask_tile({range.z, range.min_x, range.min_y});
        ask_tile({range.z, range.max_x, range.max_y});
    }
    ask_tile({0, 0, 0});
    ask_tile({3, 3, 3});
    constexpr std::uint32_t last = (1u << geo::max_zoom) - 1;
    ask_tile({geo::max_zoom, last, last});
}

} // namespace harmattan::fuzz
