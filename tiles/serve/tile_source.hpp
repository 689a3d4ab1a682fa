#pragma once
// Where the tiles of a set that is served come from: an archive, or a map that is drawn as it is looked at.

#include "geo/tile_id.hpp"
#include "tiles/file.hpp"
#include "tiles/serve/served_layer.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace harmattan::tiles {

/// Something under way. Thread-safe.
class Pending {
public:
    /// Calls `wake` once it is done: at once if it is, else later from another thread. `has_left` tells until then
    /// whether whoever waits has gone meanwhile; empty: never.
    void when_done(std::function<void()> wake, std::function<bool()> has_left = {});
    void done();
    bool is_done() const;
    /// Whether somebody has waited for it and nobody does any more.
    bool is_deserted() const;

private:
    struct Waiter {
        std::function<void()> wake;
        std::function<bool()> has_left;
    };

    mutable std::mutex m_mutex;
    bool m_done = false;
    std::vector<Waiter> m_waiters;
};

enum class Found : std::uint8_t {
    tile,    ///< `bytes`
    nothing, ///< no ink there
    later,   ///< being drawn: ask again when `pending` is done
    busy     ///< too much is waiting to be drawn
};

struct Fetched {
    Found found = Found::nothing;
    std::vector<std::byte> bytes{};
    std::shared_ptr<Pending> pending{};
};

/// The whole archive as a file to be read by ranges.
struct ArchiveFile {
    File file;
    std::string extension; ///< "pmtiles"
    std::string media_type;
    std::string etag; ///< strong, with its quotes: another whenever the file is another
    std::uint64_t size = 0;
};

/// Immutable but for what it remembers; safe to ask from many threads.
class TileSource {
public:
    virtual ~TileSource();

    /// Of this source alone, as long as the process lives.
    std::uint64_t id() const { return m_id; }
    const ServedLayer& layer() const { return m_layer; }
    /// A short text, another whenever a tile may be: for addresses that can be kept for ever.
    const std::string& version() const { return m_version; }
    /// The JSON the archive carries: "harmattan" with legend and sources, if it is one of ours.
    const std::string& metadata() const { return m_metadata; }
    /// Whether `tile` lies within the bounds and zooms: if it is not there, it has no ink.
    bool covers(geo::TileId tile) const;

    virtual bool has_scale(int scale) const = 0;
    /// has_scale(scale) holds. Throws Error bad_data or io where this tile is damaged, busy where no descriptor is left
    /// to read it.
    virtual Fetched fetch(geo::TileId tile, int scale) const = 0;
    /// Null where there is no file to be had as a whole.
    virtual const ArchiveFile* archive() const { return nullptr; }

protected:
    TileSource(ServedLayer layer, std::string version, std::string metadata);

private:
    std::uint64_t m_id;
    ServedLayer m_layer;
    std::string m_version, m_metadata;
    std::vector<geo::TileRange> m_ranges; ///< by zoom, from min_zoom
};

/// "image/png" for "png".
std::string media_type_of_tiles(std::string_view extension);

} // namespace harmattan::tiles
