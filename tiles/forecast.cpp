#include "tiles/forecast.hpp"

#include "tiles/scheduler.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>

namespace harmattan::tiles {

namespace {

// A metatile's picture and the copy that clipping or cutting makes of it, with a neighbour's width of buffer around.
constexpr double pictures = 2, buffered_side = (1 << metatile_side_log2) + 2;
// A directory entry, the digest of its content, and what the tables around them need.
constexpr std::uint64_t index_bytes_per_tile = 24 + 64;

double thread_cpu_s() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Means of one zoom.
struct Sample {
    double bytes_per_tile = 0, cpu_s_per_tile = 0, largest_metatile = 0;
    std::uint64_t tiles = 0;
};

Sample sample_zoom(const Tileset& tileset, std::span<const Metatile> metatiles, std::size_t samples) {
    Sample sample;
    double bytes = 0, cpu_s = 0;
    const std::size_t count = std::min(samples, metatiles.size());
    for (std::size_t i = 0; i < count; ++i) {
        const Metatile& metatile = metatiles[(2 * i + 1) * metatiles.size() / (2 * count)];
        const double start = thread_cpu_s();
        const std::vector<EncodedTile> tiles = tileset.painter->paint(metatile, tileset.plan->range(metatile.z));
        cpu_s += thread_cpu_s() - start;
        double size = 0;
        for (const EncodedTile& tile : tiles) size += static_cast<double>(tile.bytes.size());
        bytes += size;
        sample.largest_metatile = std::max(sample.largest_metatile, size);
        sample.tiles += tileset.plan->tiles_in(metatile);
    }
    sample.bytes_per_tile = bytes / static_cast<double>(sample.tiles);
    sample.cpu_s_per_tile = cpu_s / static_cast<double>(sample.tiles);
    return sample;
}

} // namespace

Forecast forecast(std::span<const Tileset> tilesets, int threads, std::size_t samples) {
    Forecast total;
    const int workers = threads > 0 ? threads : default_threads();
    double bytes = 0, waiting = 0;
    int tile_px = 0;
    for (const Tileset& tileset : tilesets) {
        const std::vector<Metatile>& all = tileset.plan->metatiles();
        for (const geo::TileRange& range : tileset.plan->ranges()) {
            const auto [first, last] = std::equal_range(all.begin(), all.end(), Metatile{range.z, 0, 0},
                                                        [](const Metatile& a, const Metatile& b) { return a.z < b.z; });
            const Sample sample = sample_zoom(tileset, {first, last}, std::max<std::size_t>(1, samples));
            bytes += sample.bytes_per_tile * static_cast<double>(range.count());
            total.cpu_s += sample.cpu_s_per_tile * static_cast<double>(range.count());
            total.sampled += sample.tiles;
            waiting = std::max(waiting, sample.largest_metatile);
        }
        total.tiles += tileset.plan->tiles();
        tile_px = std::max(tile_px, tileset.info.tile_px);
    }
    total.bytes = static_cast<std::uint64_t>(std::llround(bytes));
    const ScheduleOptions limits;
    const double side = buffered_side * tile_px;
    waiting = std::min(waiting * static_cast<double>(limits.max_waiting),
                       static_cast<double>(limits.max_waiting_bytes) / workers);
    total.memory = static_cast<std::uint64_t>(workers * (pictures * side * side * 4 + waiting)) +
                   total.tiles * index_bytes_per_tile;
    return total;
}

} // namespace harmattan::tiles
