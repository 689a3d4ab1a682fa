#pragma once
// An archive on disk as a source of tiles, and what its file looked like when it was opened, by which one that has
// taken its place is noticed.

#include "tiles/serve/tile_source.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace harmattan::tiles {

/// What tells one file at a path from the next.
struct FileStamp {
    std::uint64_t device = 0, inode = 0, size = 0;
    std::int64_t changed_ns = 0;
    bool operator==(const FileStamp&) const = default;
};
/// Of the file, or of a tile folder's metadata.json; nothing if there is none (for the moment).
std::optional<FileStamp> stamp_of(const std::filesystem::path& archive);

/// Opens `path` as the set `id`. Throws Error no_input, not_permitted, bad_data, io, or busy where it is replaced again
/// and again meanwhile.
std::shared_ptr<const TileSource> open_archive_source(const std::string& id, const std::filesystem::path& path);

} // namespace harmattan::tiles
