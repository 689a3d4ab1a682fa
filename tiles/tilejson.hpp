#pragma once
// Texts that tell a web page about tilesets: TileJSON 3.0, and the manifest of a folder.

#include "tiles/archive.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::tiles {

/// TileJSON 3.0.0 with the one address `tiles_url`, such as "https://example.org/heat/{z}/{x}/{y}.png" (absolute, or
/// relative in a tilejson.local.json). info.harmattan goes in under "harmattan", with "tile_px" for MapLibre's
/// tileSize. Throws bad_data if a text is not UTF-8.
std::string tilejson(const TilesetInfo& info, std::string_view tiles_url);

/// `base` and `tail` with one slash between.
std::string joined(std::string_view base, std::string_view tail);

/// Every regular file below `folder` but manifest.json itself, by path: {"files": [{"path", "bytes", "sha256"} …]},
/// sealed (metadata.hpp).
std::string manifest(const std::filesystem::path& folder);

struct ManifestFile {
    std::string path; ///< relative, with slashes
    std::uint64_t bytes = 0;
    std::string sha256;
    bool operator==(const ManifestFile&) const = default;
};
/// Throws bad_data if it is not sealed or not a manifest.
std::vector<ManifestFile> parse_manifest(std::string_view text);
/// What `manifest` lists, as values, ascending by path.
std::vector<ManifestFile> list_files(const std::filesystem::path& folder);

} // namespace harmattan::tiles
