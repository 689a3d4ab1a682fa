#pragma once
// Runs a job: draws the metatiles of one or several tilesets in parallel, keeps them in the tile log, and packs them
// into archives in order. The bytes of the archives depend on painters, plans and infos alone: not on the threads, and
// not on whether the job was done in one run or resumed.
//
//     tiles::OutputLock lock(output);
//     std::vector<tiles::Tileset> sets(1);
//     sets[0] = {"all", "", painter, plan, info, {}};
//     sets[0].archives.push_back(tiles::create_archive(output, {info.format, force}));
//     tiles::render_tiles(sets, {.log = tiles::hidden_sibling(output, "log"), .resume = resume});

#include "tiles/archive.hpp"
#include "tiles/painter.hpp"
#include "tiles/plan.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace harmattan::tiles {

/// One set (and frame) of a job. What it points to must outlive the run.
struct Tileset {
    std::string set = "all"; ///< "heat"; with `frame` part of each record's key in the log
    std::string frame;       ///< "2025-07"; empty: the only one
    const Painter* painter = nullptr;
    const Plan* plan = nullptr;
    TilesetInfo info;                                     ///< bounds and zooms are the plan's: see describe
    std::vector<std::unique_ptr<ArchiveWriter>> archives; ///< each gets every tile
};

/// `info` with the plan's frame, centre and zooms.
TilesetInfo describe(TilesetInfo info, const Plan& plan);

struct Progress {
    std::string set;                               ///< the tileset under way
    std::uint64_t tiles_done = 0, tiles_total = 0; ///< of all tilesets, empty ones and resumed ones included
    std::uint64_t bytes = 0;                       ///< of tiles
    double tiles_per_s = 0;                        ///< drawn in this run, since its start
    double seconds_left = -1;                      ///< at that rate; negative while unknown
};

struct RunOptions {
    int threads = 0;             ///< 0: as many as there are processors
    std::filesystem::path log{}; ///< hidden_sibling(output, "log")
    bool resume = false;         ///< take up what the log holds
    bool keep_log = false;       ///< after success too: the caller has more to publish before it removes it
    /// In the caller's thread, at most ten times a second and at the end.
    std::function<void(const Progress&)> progress{};
    /// Set it to stop within a metatile's time: Error interrupted.
    const std::atomic<bool>* interrupt = nullptr;
};

struct RunResult {
    std::uint64_t tiles = 0; ///< stored, of all tilesets
    std::uint64_t empty = 0; ///< planned, but with nothing on them
    std::uint64_t bytes = 0; ///< of the tiles stored
    std::uint64_t metatiles_resumed = 0, metatiles_drawn = 0;
};

/// On success every archive is at its path and the log is gone (unless it is to be kept). On any error nothing is at
/// those paths that was not there before (unless the error came while publishing the second of several archives) and
/// the log stays for --resume.
RunResult render_tiles(std::span<Tileset> tilesets, const RunOptions& options);

} // namespace harmattan::tiles
