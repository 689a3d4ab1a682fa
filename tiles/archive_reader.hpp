#pragma once
// An archive of tiles being read: one of ours or anybody's, so nothing in it is trusted. Every offset, count and length
// is checked against the file and against the limits below before it is used; what does not hold is geo::Error
// bad_data. Files are read by pread, so one that is cut or overwritten under us gives errors, not a crash.

#include "geo/space.hpp"
#include "geo/tile_id.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace harmattan::tiles {

inline constexpr std::size_t max_tile_bytes = std::size_t{16} << 20;
inline constexpr std::size_t max_metadata_bytes = std::size_t{16} << 20;

/// What the container itself says (for PMTiles the header, for MBTiles the metadata table, for a folder metadata.json).
struct ArchiveInfo {
    std::string container;      ///< "pmtiles"
    std::string tile_extension; ///< "png", "webp", "jpg", "pbf", …; empty if unknown
    int min_zoom = 0, max_zoom = 0;
    geo::LonLatBox bounds;
    geo::LonLat centre;
    int centre_zoom = 0;
    std::string metadata; ///< JSON text with "name", "attribution" … and, if ours, "harmattan"
};

class ArchiveReader {
public:
    virtual ~ArchiveReader();

    const ArchiveInfo& info() const { return m_info; }
    /// The bytes of one tile; nothing if it is not there. Thread-safe.
    virtual std::optional<std::vector<std::byte>> tile(geo::TileId tile) const = 0;
    /// The numbers of all tiles, ascending.
    virtual std::vector<std::uint64_t> numbers() const = 0;
    /// Each tile in ascending number; the bytes are valid during the call.
    void each_tile(const std::function<void(geo::TileId, std::span<const std::byte>)>& use) const;

protected:
    ArchiveInfo m_info;
};

/// By content: a folder, SQLite's or PMTiles' magic. Throws no_input, not_permitted or bad_data.
std::unique_ptr<ArchiveReader> open_archive(const std::filesystem::path& path);

/// The container at `path` by content: "pmtiles", "mbtiles", "directory", or empty if none of them.
std::string detect_container(const std::filesystem::path& path);

} // namespace harmattan::tiles
