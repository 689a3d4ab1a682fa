#pragma once
// Checks an output from its bytes alone: every header field, count and claim, every tile found by its number and
// decoded, and, where we made it, every byte against the digests kept in it. Foreign archives are checked as far as
// they go. What is wrong is a finding, not an exception.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace harmattan::tiles {

struct Finding {
    std::string where; ///< "header", "tile 3/4/2", "metadata", a file's path in a folder
    std::string what;  ///< one line
};

struct VerifyReport {
    std::string container; ///< "pmtiles", "mbtiles", "directory", "site", and whatever else the caller verifies ("cog")
    std::uint64_t tiles = 0; ///< looked at
    std::uint64_t bytes = 0; ///< of the output
    bool ours = false;       ///< made by this program: then nothing may have been changed
    std::vector<Finding> findings;
    std::uint64_t more_findings = 0; ///< beyond the first 100
    std::vector<std::string> notes;  ///< what could not be checked, and why

    bool ok() const { return findings.empty(); }
    void add(std::string where, std::string what);
    void take(const VerifyReport& part, const std::string& prefix); ///< the findings of a part of the output
};

struct VerifyOptions {
    int threads = 0;                              ///< 0: as many as there are processors
    const std::atomic<bool>* interrupt = nullptr; ///< set it to stop soon: Error interrupted
};

/// A PMTiles or MBTiles file, a folder of tiles, or a site (a folder with manifest.json; the archives in it too).
/// Throws no_input or not_permitted if there is nothing to look at, and bad_data if it is none of these.
VerifyReport verify(const std::filesystem::path& path, const VerifyOptions& options = {});

} // namespace harmattan::tiles
