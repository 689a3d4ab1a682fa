#include "tiles/serve/tile_cache.hpp"

#include <list>
#include <mutex>
#include <unordered_map>

namespace harmattan::tiles {

namespace {

constexpr std::size_t shards = 16; ///< so that threads seldom wait for each other
/// Of a reply beside its body: fields, list, table (measured with malloc_stats)
constexpr std::size_t entry_bytes = 1200;

std::uint64_t mixed(std::uint64_t x) { // the finaliser of SplitMix64
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

struct Hasher {
    std::size_t operator()(const TileKey& key) const noexcept {
        return static_cast<std::size_t>(mixed(key.number + mixed(key.source + mixed(key.variant))));
    }
};

} // namespace

struct TileCache::Shard {
    struct Entry {
        TileKey key;
        ReplyPtr reply;
        std::size_t bytes;
    };

    std::size_t limit = 0, used = 0;
    std::list<Entry> entries; ///< most recently used first
    std::unordered_map<TileKey, std::list<Entry>::iterator, Hasher> by_key;
    mutable std::mutex mutex;
};

TileCache::TileCache(std::size_t bytes) : m_shards(std::make_unique<Shard[]>(shards)) {
    for (std::size_t i = 0; i < shards; ++i) m_shards[i].limit = bytes / shards;
}

TileCache::~TileCache() = default;

TileCache::Shard& TileCache::shard_of(const TileKey& key) const { return m_shards[Hasher()(key) >> 60]; }

ReplyPtr TileCache::find(const TileKey& key) {
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.by_key.find(key);
    if (found == shard.by_key.end()) return nullptr;
    shard.entries.splice(shard.entries.begin(), shard.entries, found->second);
    return found->second->reply;
}

void TileCache::put(const TileKey& key, ReplyPtr reply) {
    Shard& shard = shard_of(key);
    const std::size_t bytes = static_cast<std::size_t>(reply->size()) + entry_bytes;
    if (bytes > shard.limit / 4) return; // one giant would push out all others
    std::list<Shard::Entry> gone;        // destroyed after the lock
    const std::lock_guard lock(shard.mutex);
    if (shard.by_key.contains(key)) return;
    while (shard.used + bytes > shard.limit) {
        shard.used -= shard.entries.back().bytes;
        shard.by_key.erase(shard.entries.back().key);
        gone.splice(gone.begin(), shard.entries, std::prev(shard.entries.end()));
    }
    shard.entries.push_front({key, std::move(reply), bytes});
    shard.by_key.emplace(key, shard.entries.begin());
    shard.used += bytes;
}

std::size_t TileCache::bytes() const {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < shards; ++i) {
        const std::lock_guard lock(m_shards[i].mutex);
        sum += m_shards[i].used;
    }
    return sum;
}

} // namespace harmattan::tiles
