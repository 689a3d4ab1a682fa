#pragma once
// From a request to its reply: what is at a path, under which conditions, with which header fields. Knows no sockets.
// Which status means what stands in docs/serving.md.

#include "tiles/serve/catalogue.hpp"
#include "tiles/serve/host_list.hpp"
#include "tiles/serve/metrics.hpp"
#include "tiles/serve/reply.hpp"
#include "tiles/serve/request.hpp"
#include "tiles/serve/tile_cache.hpp"
#include "tiles/serve/tile_path.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace harmattan::tiles {

struct RouterOptions {
    std::vector<std::string> hosts; ///< beside localhost and addresses
    std::vector<std::string> cors;  ///< origins allowed to read, or "*"
    std::size_t cache_bytes = std::size_t{64} << 20;
    std::function<void(const std::string&)> say; ///< one line for the operator, from any thread; may be empty
};

/// A reply, or what to wait for before the same request is to be asked again.
struct Outcome {
    ReplyPtr reply;
    std::shared_ptr<Pending> pending{};
};

/// Thread-safe.
class Router {
public:
    /// Throws Error usage for a host or an origin that is none.
    Router(RouterOptions options, std::shared_ptr<const Catalogue> catalogue, Metrics& metrics);

    Outcome answer(const Request& request);
    /// For a request that was refused before it could be routed: fields as every reply has them.
    ReplyPtr refuse(int status, std::string_view why) const;
    /// For a request that would have to wait when the server stops.
    ReplyPtr stopping(const Request& request) const;

    void replace(std::shared_ptr<const Catalogue> catalogue);
    std::shared_ptr<const Catalogue> catalogue() const;
    /// From now on /health says 503, so that a load balancer sends nobody any more.
    void drain() { m_draining = true; }

private:
    Outcome answer_tile(const Request& request, const TilePath& path, const Catalogue& catalogue, std::size_t origin);
    ReplyPtr answer_archive(const Request& request, const ArchiveFile& archive, std::size_t origin) const;
    ReplyPtr answer_document(const Request& request, const Document& document, std::size_t origin) const;
    ReplyPtr answer_options(std::size_t origin) const;
    ReplyPtr answer_metrics(const Catalogue& catalogue) const;
    ReplyPtr not_modified(std::string_view tag, std::uint64_t size, std::string cache_control, std::string_view vary,
                          std::size_t origin) const;
    ReplyPtr without_descriptors(std::size_t origin) const;
    ReplyPtr plain(int status, std::string_view text, std::size_t origin, Fields fields = {}) const;

    std::size_t origin_of(const Request& request) const;
    /// And Vary, by `vary` and the origin.
    void add_cors(Fields& fields, std::size_t origin, std::string_view vary = {}) const;
    void say(const std::string& line);

    RouterOptions m_options;
    HostList m_hosts;
    Metrics& m_metrics;
    TileCache m_cache;
    mutable std::mutex m_mutex; ///< why: std::atomic<std::shared_ptr> of GCC 12 reads it outside of any order with
                                ///< writers (ThreadSanitizer)
    std::shared_ptr<const Catalogue> m_catalogue;
    std::atomic<bool> m_draining{false};
    std::atomic<std::int64_t> m_said_at{0}; ///< seconds of the steady clock
};

} // namespace harmattan::tiles
