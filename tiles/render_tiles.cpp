#include "tiles/render_tiles.hpp"

#include "geo/error.hpp"
#include "tiles/log.hpp"
#include "tiles/scheduler.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace {

/// A step of the job: one metatile of one tileset.
struct Step {
    std::size_t tileset = 0;
    Metatile metatile;
};

// Every step of all tilesets, in the order of the log.
std::vector<Step> steps_of(std::span<const Tileset> tilesets) {
    std::vector<Step> steps;
    for (std::size_t i = 0; i < tilesets.size(); ++i)
        for (const Metatile& metatile : tilesets[i].plan->metatiles()) steps.push_back({i, metatile});
    return steps;
}

// All that a metatile's bytes depend on. `picture` is the digest of the tileset's part of it.
Hash128 key_of(const Hash128& picture, const Metatile& metatile, const geo::TileRange& part) {
    Digester digester;
    digester.add(picture);
    for (const std::uint32_t value :
         {std::uint32_t{metatile.z}, metatile.x, metatile.y, part.min_x, part.min_y, part.max_x, part.max_y})
        digester.add(std::uint64_t{value});
    return digester.finish();
}

Hash128 picture_of(const Tileset& tileset) {
    Digester digester;
    for (const std::string& text : {tileset.set, tileset.frame, tileset.painter->fingerprint()}) digester.add(text);
    return digester.finish();
}

// Counts, and tells the caller ten times a second.
class Meter {
public:
    Meter(std::uint64_t total, const std::function<void(const Progress&)>& tell) : m_tell(tell) {
        m_progress.tiles_total = total;
    }

    void add(std::string_view set, std::uint64_t tiles, std::uint64_t bytes, bool drawn) {
        m_progress.set = set;
        m_progress.tiles_done += tiles;
        m_progress.bytes += bytes;
        if (drawn) m_drawn += tiles;
    }
    void tick(bool last = false) {
        const auto now = Clock::now();
        if (!m_tell || (!last && now - m_told < std::chrono::milliseconds(100))) return;
        m_told = now;
        const double seconds = std::chrono::duration<double>(now - m_start).count();
        m_progress.tiles_per_s = seconds > 0 ? static_cast<double>(m_drawn) / seconds : 0;
        const auto left = static_cast<double>(m_progress.tiles_total - m_progress.tiles_done);
        m_progress.seconds_left = m_progress.tiles_per_s > 0 ? left / m_progress.tiles_per_s : -1;
        m_tell(m_progress);
    }

private:
    using Clock = std::chrono::steady_clock;
    const std::function<void(const Progress&)>& m_tell;
    const Clock::time_point m_start = Clock::now();
    Clock::time_point m_told = m_start;
    Progress m_progress;
    std::uint64_t m_drawn = 0;
};

class Run {
public:
    Run(std::span<Tileset> tilesets, const RunOptions& options)
        : m_tilesets(tilesets), m_options(options), m_steps(steps_of(tilesets)), m_log(options.log, options.resume),
          m_meter(total_tiles(tilesets), options.progress) {
        for (const Tileset& tileset : tilesets) m_pictures.push_back(picture_of(tileset));
    }

    RunResult operator()() {
        const std::uint64_t resumed = resume();
        ScheduleOptions schedule{
            .threads = m_options.threads, .interrupt = m_options.interrupt, .tick = [&] { m_meter.tick(); }};
        OrderedSchedule<MetatileRecord>(
            m_steps.size() - resumed,
            [&](std::uint64_t i) { return draw(m_steps[static_cast<std::size_t>(resumed + i)]); },
            [](const MetatileRecord& record) { return record.bytes().size(); },
            [&](std::uint64_t i, MetatileRecord&& record) {
                m_log.append(record);
                pack(m_steps[static_cast<std::size_t>(resumed + i)], record, true);
                ++m_result.metatiles_drawn;
            },
            schedule)
            .run();
        finish();
        if (!m_options.keep_log) m_log.remove();
        m_meter.tick(true);
        return m_result;
    }

private:
    static std::uint64_t total_tiles(std::span<const Tileset> tilesets) {
        std::uint64_t total = 0;
        for (const Tileset& tileset : tilesets) total += tileset.plan->tiles();
        return total;
    }

    Hash128 key(const Step& step) const {
        const geo::TileRange& wanted = m_tilesets[step.tileset].plan->range(step.metatile.z);
        return key_of(m_pictures[step.tileset], step.metatile, *step.metatile.part_in(wanted));
    }

    // Packs what the log holds; returns the number of steps that need not be drawn.
    std::uint64_t resume() {
        std::uint64_t done = 0;
        for (; done < m_steps.size(); ++done) {
            const Step& step = m_steps[static_cast<std::size_t>(done)];
            const std::optional<MetatileRecord> record = m_log.next(key(step));
            if (!record) break;
            pack(step, *record, false);
            m_meter.tick();
            check_interrupt();
        }
        m_result.metatiles_resumed = done;
        return done;
    }

    // In a thread.
    MetatileRecord draw(const Step& step) const {
        const Tileset& tileset = m_tilesets[step.tileset];
        try {
            std::vector<EncodedTile> tiles =
                tileset.painter->paint(step.metatile, tileset.plan->range(step.metatile.z));
            std::erase_if(tiles, [](const EncodedTile& tile) { return tile.bytes.empty(); });
            return MetatileRecord(key(step), tiles);
        } catch (Error& error) { throw error.at(fmt::format("set {}, {}", tileset.set, to_string(step.metatile))); }
    }

    void pack(const Step& step, const MetatileRecord& record, bool drawn) {
        Tileset& tileset = m_tilesets[step.tileset];
        const std::uint64_t planned = tileset.plan->tiles_in(step.metatile);
        std::uint64_t bytes = 0;
        record.each([&](const MetatileRecord::Tile& tile) {
            const geo::TileId id = geo::tile_from_number(tile.number);
            for (const auto& archive : tileset.archives) archive->put(id, tile.bytes, tile.hash);
            bytes += tile.bytes.size();
        });
        m_result.tiles += record.count();
        m_result.empty += planned - record.count();
        m_result.bytes += bytes;
        m_meter.add(tileset.set, planned, bytes, drawn);
    }

    // why: all at the end and not set by set, so that a run killed before has published nothing
    void finish() {
        for (Tileset& tileset : m_tilesets)
            for (const auto& archive : tileset.archives) {
                check_interrupt();
                if (archive->tiles() == 0) put_blank(*archive, tileset);
                archive->finish(describe(tileset.info, *tileset.plan));
            }
    }

    // why: no container may be without a tile; a set that has nothing to show gets one transparent one
    static void put_blank(ArchiveWriter& archive, const Tileset& tileset) {
        const auto side = static_cast<std::size_t>(tileset.info.tile_px);
        const render::Image blank{tileset.info.tile_px, tileset.info.tile_px, std::vector<std::uint32_t>(side * side)};
        const std::vector<std::byte> bytes = render::encode(render::view_of(blank), tileset.info.format);
        const geo::TileRange& first = tileset.plan->ranges().front();
        archive.put({first.z, first.min_x, first.min_y}, bytes, digest(bytes));
    }

    void check_interrupt() const {
        if (m_options.interrupt != nullptr && m_options.interrupt->load(std::memory_order_relaxed))
            throw Error(ErrorKind::interrupted, "stopped as asked");
    }

    std::span<Tileset> m_tilesets;
    const RunOptions& m_options;
    const std::vector<Step> m_steps;
    std::vector<Hash128> m_pictures; ///< of each tileset
    TileLog m_log;
    Meter m_meter;
    RunResult m_result;
};

} // namespace

TilesetInfo describe(TilesetInfo info, const Plan& plan) {
    info.bounds = plan.frame();
    info.centre = plan.centre();
    info.min_zoom = plan.zooms().min, info.max_zoom = plan.zooms().max;
    info.centre_zoom = info.min_zoom;
    return info;
}

RunResult render_tiles(std::span<Tileset> tilesets, const RunOptions& options) { return Run(tilesets, options)(); }

} // namespace harmattan::tiles
