#include "tests/fuzz/require.hpp"
#include "tiles/serve/tile_path.hpp"

#include <fmt/format.h>

using namespace harmattan;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view path = fuzz::text_of(data, size);
    const auto p = tiles::parse_tile_path(path);
    if (!p) return 0;
    const auto& [z, x, y] = p->tile;
    require(tiles::is_set_name(p->set), "the set has a set's name");
    require(z <= geo::max_zoom && x < (1u << z) && y < (1u << z), "the tile is on the map");
    const auto matrix_set = p->scale == 2 ? "WebMercatorQuad512" : "WebMercatorQuad";
    require(path == fmt::format("/{}/{}/{}/{}{}.{}", p->set, z, x, y, p->scale == 2 ? "@2x" : "", p->extension) ||
                path ==
                    fmt::format("/wmts/1.0.0/{}/default/{}/{}/{}/{}.{}", p->set, matrix_set, z, y, x, p->extension) ||
                path == fmt::format("/collections/{}/map/tiles/{}/{}/{}/{}", p->set, matrix_set, z, y, x),
            "the path is one of the three forms");
    return 0;
}
