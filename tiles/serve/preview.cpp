#include "tiles/serve/preview.hpp"

#include "geo/error.hpp"
#include "tiles/metatile.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>
#include <vector>

namespace harmattan::tiles {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds between_looks{100}; ///< at a full queue, however many are refused meanwhile

using Key = std::tuple<const Painter*, std::uint8_t, std::uint32_t, std::uint32_t>; ///< painter, metatile

Metatile metatile_of(geo::TileId tile) {
    const int k = std::min<int>(tile.z, metatile_side_log2);
    return {tile.z, tile.x >> k, tile.y >> k};
}

} // namespace

struct Preview::Impl {
    struct Drawn {
        std::vector<EncodedTile> tiles;
        std::size_t bytes = 512; ///< with what is kept beside the tiles, even if there are none
        bool failed = false;
    };
    struct Entry {
        std::shared_ptr<Pending> pending; ///< until it is drawn
        std::shared_ptr<const Drawn> drawn;
        std::list<Key>::iterator used; ///< if drawn
    };
    struct Job {
        Key key;
        const Painter* painter;
        Metatile metatile;
        geo::TileRange wanted;
        std::shared_ptr<Pending> pending;
    };

    PreviewOptions options;
    Metrics& metrics;
    std::mutex mutex;
    std::condition_variable work;
    std::map<Key, Entry> entries;
    std::list<Key> recent; ///< of those drawn; most recently used first
    std::deque<Job> waiting;
    std::size_t kept = 0;
    Clock::time_point looked_at{}; ///< for clients that have left
    bool stopping = false;
    std::vector<std::thread> threads;

    Impl(const PreviewOptions& o, Metrics& m) : options(o), metrics(m) {}

    /// Takes out of the queue what nobody waits for any more; `lock` is not held while the kernel is asked whether
    /// clients have left, nor while those who waited are told.
    void drop_deserted(std::unique_lock<std::mutex>& lock) {
        looked_at = Clock::now();
        std::vector<std::shared_ptr<Pending>> deserted;
        for (const Job& job : waiting) deserted.push_back(job.pending);
        lock.unlock();
        std::erase_if(deserted, [](const std::shared_ptr<Pending>& pending) { return !pending->is_deserted(); });
        lock.lock();
        std::vector<std::shared_ptr<Pending>> dropped;
        std::erase_if(waiting, [&](const Job& job) {
            if (std::ranges::find(deserted, job.pending) == deserted.end()) return false;
            entries.erase(job.key);
            dropped.push_back(job.pending);
            return true;
        });
        if (dropped.empty()) return;
        metrics.metatiles_dropped.fetch_add(dropped.size(), std::memory_order_relaxed);
        lock.unlock();
        for (const std::shared_ptr<Pending>& pending : dropped) pending->done();
        lock.lock();
    }

    std::optional<Job> next() {
        std::unique_lock lock(mutex);
        while (true) {
            work.wait(lock, [&] { return stopping || !waiting.empty(); });
            if (stopping) return std::nullopt;
            drop_deserted(lock);
            if (stopping || waiting.empty()) continue;
            Job job = std::move(waiting.front());
            waiting.pop_front();
            return job;
        }
    }

    static std::shared_ptr<const Drawn> draw(const Job& job) {
        auto drawn = std::make_shared<Drawn>();
        try {
            drawn->tiles = job.painter->paint(job.metatile, job.wanted);
        } catch (const std::exception&) {
            drawn->failed = true; // kept, so that it is not tried again with every request
        }
        for (const EncodedTile& tile : drawn->tiles) drawn->bytes += tile.bytes.size() + sizeof tile;
        return drawn;
    }

    void keep(const Key& key, std::shared_ptr<const Drawn> drawn) {
        const std::lock_guard lock(mutex);
        kept += drawn->bytes;
        recent.push_front(key);
        entries[key] = {nullptr, std::move(drawn), recent.begin()};
        while (kept > options.keep_bytes && recent.size() > 1) {
            const auto oldest = entries.find(recent.back());
            kept -= oldest->second.drawn->bytes;
            entries.erase(oldest);
            recent.pop_back();
        }
    }

    void run() {
        while (std::optional<Job> job = next()) {
            keep(job->key, draw(*job));
            metrics.metatiles_drawn.fetch_add(1, std::memory_order_relaxed);
            job->pending->done();
        }
    }
};

Preview::Preview(const PreviewOptions& options, Metrics& metrics) : m_impl(std::make_unique<Impl>(options, metrics)) {}

void Preview::start() {
    for (int i = 0; i < std::max(1, m_impl->options.threads); ++i)
        m_impl->threads.emplace_back([this] { m_impl->run(); });
}

Preview::~Preview() { stop(); }

void Preview::stop() {
    std::deque<Impl::Job> left;
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->stopping = true;
        left.swap(m_impl->waiting);
    }
    m_impl->work.notify_all();
    for (std::thread& thread : m_impl->threads) thread.join();
    m_impl->threads.clear();
    for (const Impl::Job& job : left) job.pending->done();
}

Fetched Preview::fetch(const Painter& painter, const Plan& plan, geo::TileId tile) {
    if (tile.z < plan.zooms().min || tile.z > plan.zooms().max || !plan.range(tile.z).contains(tile)) return {};
    const Metatile metatile = metatile_of(tile);
    const Key key{&painter, metatile.z, metatile.x, metatile.y};

    std::shared_ptr<const Impl::Drawn> drawn;
    {
        std::unique_lock lock(m_impl->mutex);
        if (m_impl->waiting.size() >= m_impl->options.queue && Clock::now() - m_impl->looked_at >= between_looks)
            m_impl->drop_deserted(lock);
        const auto found = m_impl->entries.find(key);
        if (found == m_impl->entries.end()) {
            if (m_impl->stopping || m_impl->waiting.size() >= m_impl->options.queue) return {.found = Found::busy};
            auto pending = std::make_shared<Pending>();
            m_impl->entries[key] = {pending, nullptr, {}};
            m_impl->waiting.push_back({key, &painter, metatile, *metatile.part_in(plan.range(tile.z)), pending});
            m_impl->work.notify_one();
            return {.found = Found::later, .bytes = {}, .pending = std::move(pending)};
        }
        if (found->second.pending) {
            if (m_impl->stopping) return {.found = Found::busy};
            return {.found = Found::later, .bytes = {}, .pending = found->second.pending};
        }
        m_impl->recent.splice(m_impl->recent.begin(), m_impl->recent, found->second.used);
        drawn = found->second.drawn;
    }
    if (drawn->failed) throw geo::Error(geo::ErrorKind::internal, "it cannot be drawn");
    const auto at =
        std::find_if(drawn->tiles.begin(), drawn->tiles.end(), [&](const EncodedTile& t) { return t.id == tile; });
    if (at == drawn->tiles.end() || at->bytes.empty()) return {};
    return {.found = Found::tile, .bytes = at->bytes};
}

namespace {

class PreviewSource final : public TileSource {
public:
    PreviewSource(ServedLayer layer, std::string version, std::string metadata, std::shared_ptr<Preview> preview,
                  std::array<const Painter*, 2> painters, const Plan& plan)
        : TileSource(std::move(layer), std::move(version), std::move(metadata)), m_preview(std::move(preview)),
          m_painters(painters), m_plan(plan) {}

    bool has_scale(int scale) const override { return m_painters[static_cast<std::size_t>(scale - 1)] != nullptr; }
    Fetched fetch(geo::TileId tile, int scale) const override {
        return m_preview->fetch(*m_painters[static_cast<std::size_t>(scale - 1)], m_plan, tile);
    }

private:
    std::shared_ptr<Preview> m_preview;
    std::array<const Painter*, 2> m_painters;
    const Plan& m_plan;
};

} // namespace

std::shared_ptr<const TileSource> make_preview_source(ServedLayer layer, std::string version, std::string metadata,
                                                      std::shared_ptr<Preview> preview,
                                                      std::array<const Painter*, 2> painters, const Plan& plan) {
    return std::make_shared<PreviewSource>(std::move(layer), std::move(version), std::move(metadata),
                                           std::move(preview), painters, plan);
}

} // namespace harmattan::tiles
