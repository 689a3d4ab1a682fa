#pragma once
// HTTP/1.1 on a listening socket, carried by libmicrohttpd with epoll and a few threads; the router says what to
// answer. Here are the limits (head, connections, time), the forms of requests that are refused whatever they ask for,
// and the way in which the server stops.

#include "tiles/serve/access_log.hpp"
#include "tiles/serve/connections.hpp"
#include "tiles/serve/listener.hpp"
#include "tiles/serve/metrics.hpp"
#include "tiles/serve/router.hpp"

#include <chrono>
#include <cstddef>
#include <memory>

namespace harmattan::tiles {

/// Bytes of memory a connection has for the head of a request and of its answer. A head of 7 KiB in a few fields or of
/// 3.5 KiB in sixty is taken; a longer one gets 431 or 414, or nothing where no room is left for an answer.
inline constexpr std::size_t connection_bytes = 8192;

struct HttpOptions {
    int threads = 2;
    std::size_t max_connections = 16'384; ///< no more than allow_connections gave
    std::chrono::seconds idle{60};        ///< after which a silent connection is closed
    std::chrono::seconds drain{10};       ///< that requests under way have when the server stops
    Pace pace;
    bool access_log = false;
};

class HttpServer {
public:
    /// Serves at once, in threads of its own. Throws Error service.
    HttpServer(Listener listener, Router& router, Metrics& metrics, const HttpOptions& options);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// What has to be done now and then: slow connections, the log. About four times a second.
    void tend();
    /// Admits no more connections, answers what has come, and lets each connection close with that: within a fifth of a
    /// second where clients take what they have asked for, else within what the options say.
    void drain();
    /// Closes what is left. Nothing may still be waiting to be drawn.
    void stop();

    struct Impl; ///< what libmicrohttpd's callbacks see

private:
    std::unique_ptr<Impl> m_impl;
};

} // namespace harmattan::tiles
