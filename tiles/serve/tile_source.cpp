#include "tiles/serve/tile_source.hpp"

#include <algorithm>
#include <atomic>

namespace harmattan::tiles {

namespace {

std::atomic<std::uint64_t> last_id{0};

} // namespace

void Pending::when_done(std::function<void()> wake, std::function<bool()> has_left) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_done) return m_waiters.push_back({std::move(wake), std::move(has_left)});
    }
    wake();
}

void Pending::done() {
    std::vector<Waiter> waiters;
    {
        const std::lock_guard lock(m_mutex);
        m_done = true;
        waiters.swap(m_waiters);
    }
    for (const Waiter& waiter : waiters) waiter.wake();
}

bool Pending::is_done() const {
    const std::lock_guard lock(m_mutex);
    return m_done;
}

bool Pending::is_deserted() const {
    const std::lock_guard lock(m_mutex);
    return !m_waiters.empty() &&
           std::ranges::all_of(m_waiters, [](const Waiter& waiter) { return waiter.has_left && waiter.has_left(); });
}

TileSource::TileSource(ServedLayer layer, std::string version, std::string metadata)
    : m_id(++last_id), m_layer(std::move(layer)), m_version(std::move(version)), m_metadata(std::move(metadata)) {
    for (int z = m_layer.min_zoom; z <= m_layer.max_zoom; ++z) m_ranges.push_back(geo::tiles_of(m_layer.bounds, z));
}

TileSource::~TileSource() = default;

bool TileSource::covers(geo::TileId tile) const {
    const int index = tile.z - m_layer.min_zoom;
    return index >= 0 && index < static_cast<int>(m_ranges.size()) &&
           m_ranges[static_cast<std::size_t>(index)].contains(tile);
}

std::string media_type_of_tiles(std::string_view extension) {
    if (extension == "png") return "image/png";
    if (extension == "webp") return "image/webp";
    if (extension == "jpg" || extension == "jpeg") return "image/jpeg";
    if (extension == "avif") return "image/avif";
    if (extension == "pbf" || extension == "mvt") return "application/vnd.mapbox-vector-tile";
    return "application/octet-stream";
}

} // namespace harmattan::tiles
