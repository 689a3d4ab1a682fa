#pragma once
// The replies of tiles asked for lately, up to a number of bytes: least recently used goes first. Thread-safe.

#include "tiles/serve/reply.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace harmattan::tiles {

/// Which picture in which dress.
struct TileKey {
    std::uint64_t source = 0;  ///< of this opening of an archive: never the same for two
    std::uint64_t number = 0;  ///< geo::tile_number
    std::uint32_t variant = 0; ///< scale, encoding, header fields that differ
    bool operator==(const TileKey&) const = default;
};

class TileCache {
public:
    explicit TileCache(std::size_t bytes);
    ~TileCache();

    /// Null if it is not there.
    ReplyPtr find(const TileKey& key);
    void put(const TileKey& key, ReplyPtr reply);
    std::size_t bytes() const; ///< in use, with what an entry costs beside its body

private:
    struct Shard;
    Shard& shard_of(const TileKey& key) const;

    std::unique_ptr<Shard[]> m_shards;
};

} // namespace harmattan::tiles
