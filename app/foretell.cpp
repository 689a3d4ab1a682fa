#include "app/foretell.hpp"

#include <algorithm>
#include <ctime>
#include <vector>

namespace harmattan::app {

namespace {

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Up to `count` of `all`, evenly spaced.
std::vector<tiles::Metatile> sample(const std::vector<tiles::Metatile>& all, std::size_t count) {
    if (all.size() <= count) return all;
    std::vector<tiles::Metatile> chosen;
    for (std::size_t i = 0; i < count; ++i) chosen.push_back(all[(2 * i + 1) * all.size() / (2 * count)]);
    return chosen;
}

} // namespace

Forecast foretell(const tiles::Painter& painter, const tiles::Plan& plan, std::size_t per_zoom) {
    Forecast forecast;
    forecast.tiles = plan.tiles();
    for (const geo::TileRange& range : plan.ranges()) {
        std::vector<tiles::Metatile> of_zoom;
        for (const tiles::Metatile& metatile : plan.metatiles())
            if (metatile.z == range.z) of_zoom.push_back(metatile);
        double tiles = 0, stored = 0, bytes = 0, seconds = 0;
        for (const tiles::Metatile& metatile : sample(of_zoom, per_zoom)) {
            const double begin = cpu_seconds();
            for (const tiles::EncodedTile& tile : painter.paint(metatile, range)) {
                stored += tile.bytes.empty() ? 0 : 1;
                bytes += static_cast<double>(tile.bytes.size());
            }
            seconds += cpu_seconds() - begin;
            tiles += static_cast<double>(plan.tiles_in(metatile));
        }
        const double scale = tiles > 0 ? static_cast<double>(range.count()) / tiles : 0;
        forecast.stored_tiles += stored * scale;
        forecast.bytes += bytes * scale;
        forecast.cpu_s += seconds * scale;
    }
    return forecast;
}

} // namespace harmattan::app
