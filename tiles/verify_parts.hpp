#pragma once
// The parts of verify: one per container, and what they share.

#include "tiles/archive_reader.hpp"
#include "tiles/metadata.hpp"
#include "tiles/verify.hpp"

#include <functional>
#include <optional>

namespace harmattan::tiles {

/// Calls `check`; an Error becomes a finding at `where`. Returns whether there was none.
bool checked(VerifyReport& report, const std::string& where, const std::function<void()>& check);

/// The metadata's JSON and our facts in it, against what the container says (`info`).
std::optional<ArchiveFacts> verify_metadata(VerifyReport& report, const ArchiveInfo& info);
/// Every tile: there, decoded, square, all of one size; their number, zooms and digest as `facts` and `info` say.
void verify_tiles(VerifyReport& report, const ArchiveReader& reader, const std::optional<ArchiveFacts>& facts,
                  const VerifyOptions& options);

void verify_pmtiles(VerifyReport& report, const std::filesystem::path& path, const VerifyOptions& options);
void verify_mbtiles(VerifyReport& report, const std::filesystem::path& path, const VerifyOptions& options);
void verify_directory(VerifyReport& report, const std::filesystem::path& path, const VerifyOptions& options);

} // namespace harmattan::tiles
