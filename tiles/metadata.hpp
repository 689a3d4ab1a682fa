#pragma once
// The JSON text an archive carries, the same in every container: the usual keys of tilesets, and under "harmattan" what
// the caller gave (legend, ledger, method …) with our own facts in "archive": counts, zooms, bounds and the tiles'
// digest, so that a lone file can be checked against itself.

#include "tiles/archive.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace harmattan::tiles {

/// `info` as ArchiveWriter::finish has made it. Throws bad_data if a text is not UTF-8, internal if info.harmattan is
/// not a JSON object.
std::string compose_metadata(const TilesetInfo& info, const ArchiveCounts& counts);

/// harmattan.archive read back.
struct ArchiveFacts {
    ArchiveCounts counts;
    TilesetInfo info; ///< all of it, but info.harmattan
};
/// Nothing if the archive is not one of ours (no "harmattan" key). Throws bad_data if `metadata` is not a JSON object
/// or nests too deep, or if the key is there and its "archive" is not what compose_metadata writes.
std::optional<ArchiveFacts> parse_metadata(std::string_view metadata);

/// What an archive of any make says about itself; empty where it does not.
struct ArchiveTexts {
    std::string name, description, attribution;
    std::string harmattan = "{}"; ///< the JSON object under that key, or an empty one
    std::string legend;           ///< the JSON object harmattan.legend
};
/// Throws bad_data if `metadata` is not a JSON object, or nests too deep.
ArchiveTexts read_texts(std::string_view metadata);

/// `text`, a JSON object, with a last member "digest": the XXH3-128 of all before it.
std::string seal_json(std::string text);
/// Whether that member is there and right.
bool is_sealed(std::string_view text);

/// Makers of the keys that MBTiles wants as rows: (name, value), in the order they are written.
std::vector<std::pair<std::string, std::string>> mbtiles_rows(const TilesetInfo& info, const std::string& metadata);
/// The JSON text of an MBTiles' rows: for ours the composed metadata, for others' an object of strings.
std::string metadata_of_rows(const std::vector<std::pair<std::string, std::string>>& rows);

} // namespace harmattan::tiles
