#pragma once
// A container of tiles being written, and the table of the containers there are. A container is one .cpp with a writer,
// one with a reader, and a line in the table of archive.cpp.
//
//     auto archive = tiles::create_archive("map.pmtiles", {.format = ImageFormat::png, .force = false});
//     archive->put(id, bytes, tiles::digest(bytes));   // ascending tile number
//     archive->finish(info);                           // now it is at its path; before, nothing is

#include "geo/space.hpp"
#include "geo/tile_id.hpp"
#include "render/encode.hpp"
#include "tiles/digest.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace harmattan::tiles {

/// What an archive says about itself. All text is UTF-8.
struct TilesetInfo {
    std::string name, description, attribution;
    std::string type = "overlay";  ///< or "baselayer"
    std::string version = "1.0.0"; ///< of the tileset, semver
    render::ImageFormat format = render::ImageFormat::png;
    int tile_px = 256;     ///< 512 at scale 2
    geo::LonLatBox bounds; ///< the frame
    geo::LonLat centre;
    int centre_zoom = 0;
    int min_zoom = 0, max_zoom = 0; ///< `finish` narrows them to the zooms that have tiles
    std::string harmattan = "{}";   ///< a JSON object: legend, ledger, method, sources; goes under the key "harmattan"
    std::string base_url;           ///< absolute address of the tiles' folder, or empty: then no absolute TileJSON
};

/// What the writer has counted, kept in the metadata under harmattan.archive as well.
struct ArchiveCounts {
    std::uint64_t tiles = 0;
    int min_zoom = 0, max_zoom = 0;
    Hash128 digest; ///< TilesDigest
};

class ArchiveWriter {
public:
    virtual ~ArchiveWriter();

    /// Ascending tile number, never twice, never empty; `hash` is digest(bytes). The bytes are not kept by reference.
    void put(geo::TileId tile, std::span<const std::byte> bytes, const Hash128& hash);
    std::uint64_t tiles() const { return m_counts.tiles; }
    /// Completes the archive and publishes it at its path, in one step. At least one tile must have been put.
    /// Destroyed before that, the writer leaves nothing.
    void finish(TilesetInfo info);

protected:
    virtual void write(std::uint64_t number, geo::TileId tile, std::span<const std::byte> bytes,
                       const Hash128& hash) = 0;
    /// `metadata`: the JSON text of compose_metadata.
    virtual void publish(const TilesetInfo& info, const std::string& metadata) = 0;

private:
    ArchiveCounts m_counts;
    TilesDigest m_digest;
    std::uint64_t m_next_number = 0; ///< the smallest that may come
};

struct ArchiveOptions {
    render::ImageFormat format = render::ImageFormat::png;
    bool force = false; ///< replace what is at the path
};

class ArchiveReader;

/// One line of the table.
struct ArchiveFormat {
    std::string_view name;      ///< "pmtiles"
    std::string_view extension; ///< ".pmtiles"; empty: a folder
    std::unique_ptr<ArchiveWriter> (*create)(const std::filesystem::path& output, const ArchiveOptions& options);
    std::unique_ptr<ArchiveReader> (*open)(const std::filesystem::path& path);
};

std::span<const ArchiveFormat> archive_formats();
/// By the path's extension; a path without one of theirs is a folder.
const ArchiveFormat& archive_format_for_output(const std::filesystem::path& output);
/// Throws cannot_create at once if the path is taken (without force) or cannot be written.
std::unique_ptr<ArchiveWriter> create_archive(const std::filesystem::path& output, const ArchiveOptions& options);

/// The bounds and centre of `info` on the grid of 10⁻⁷ degrees, as archives hold them; bounds stay in the map.
TilesetInfo on_e7_grid(TilesetInfo info);
std::int32_t to_e7(double degrees);

} // namespace harmattan::tiles
