#pragma once
// What the server counts about itself, and that as text for Prometheus (exposition format 0.0.4).

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

namespace harmattan::tiles {

/// Counters only go up. Thread-safe.
struct Metrics {
    std::array<std::atomic<std::uint64_t>, 6>
        responses{}; ///< by the status' first digit: [2] is 2xx; libmicrohttpd's own refusals are not seen
    std::atomic<std::uint64_t> body_bytes{0}; ///< of bodies
    std::atomic<std::uint64_t> tiles_from_cache{0}, tiles_fetched{0}, tiles_absent{0}, tiles_damaged{0};
    std::atomic<std::uint64_t> metatiles_drawn{0}, metatiles_dropped{0}, draws_refused{0};
    std::atomic<std::uint64_t> archives_replaced{0}, archives_refused{0};
    std::atomic<std::uint64_t> connections{0}, connections_too_slow{0};
    std::atomic<std::int64_t> connections_open{0}, requests_open{0};
    std::atomic<std::uint64_t> log_lines_lost{0};
};

std::string prometheus_text(const Metrics& metrics, std::size_t cache_bytes, std::size_t sets);

} // namespace harmattan::tiles
