#pragma once
// What draws and encodes the tiles of a metatile. The scene's painter is the real one; tests bring small ones.

#include "geo/tile_id.hpp"
#include "tiles/metatile.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace harmattan::tiles {

struct EncodedTile {
    geo::TileId id;
    std::vector<std::byte> bytes; ///< empty: nothing to store (fully transparent)
};

/// Pure and thread-safe.
class Painter {
public:
    virtual ~Painter() = default;
    /// The wanted tiles of `metatile` (those inside `wanted`), in ascending tile number.
    virtual std::vector<EncodedTile> paint(const Metatile& metatile, const geo::TileRange& wanted) const = 0;
    /// Text that changes whenever any picture may: inputs, style, version.
    virtual std::string fingerprint() const = 0;
};

} // namespace harmattan::tiles
