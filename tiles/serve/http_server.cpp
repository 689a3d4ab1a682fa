#include "tiles/serve/http_server.hpp"

#include "geo/error.hpp"
#include "tiles/serve/request_head.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <cstring>
#include <fmt/format.h>
#include <microhttpd.h>
#include <sys/socket.h>
#include <thread>
#include <vector>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

struct HttpServer::Impl {
    Router& router;
    Metrics& metrics;
    HttpOptions options;
    Connections connections;
    AccessLog log;
    MHD_Daemon* daemon = nullptr;
    std::atomic<bool> draining{false};
    std::chrono::steady_clock::time_point tended{};

    Impl(Router& r, Metrics& m, const HttpOptions& o)
        : router(r), metrics(m), options(o), connections(o.pace, m), log(m) {}
};

namespace {

using Impl = HttpServer::Impl;

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// How long the log's reader is waited for: while other things wait for their turn, and at the end.
constexpr milliseconds log_patience{100}, last_patience{1000};
// How long a connection may be silent between requests before it counts as idle when the server stops.
constexpr milliseconds silence{100};

/// Null where memory was wanting when it opened.
Connection* connection_of(MHD_Connection* handle) {
    return static_cast<Connection*>(
        MHD_get_connection_info(handle, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context);
}

std::string client_of(MHD_Connection* handle) {
    const sockaddr* address = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
    char text[INET6_ADDRSTRLEN] = "-";
    if (address->sa_family == AF_INET)
        inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text, sizeof text);
    else if (address->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, text, sizeof text);
    return text;
}

MHD_Result send(Impl& impl, Connection& connection, MHD_Connection* handle, const Reply& reply) {
    impl.metrics.responses[static_cast<std::size_t>(reply.status() / 100)].fetch_add(1, std::memory_order_relaxed);
    // libmicrohttpd says and does so itself if the request asks for it; replies are shared, so they cannot.
    if (impl.draining.load(std::memory_order_relaxed))
        MHD_set_connection_value(handle, MHD_HEADER_KIND, "Connection", "close");
    const std::uint64_t sent = connection.head_only ? 0 : reply.size();
    impl.metrics.body_bytes.fetch_add(sent, std::memory_order_relaxed);
    if (impl.options.access_log) impl.log.add(connection.client, connection.line, reply.status(), sent);
    connection.answering = true;
    connection.waiting = false; // after that: the watch must not take what has waited to be drawn for slow
    return MHD_queue_response(handle, static_cast<unsigned>(reply.status()), reply.response());
}

/// Answers, or waits: libmicrohttpd asks again when the connection is resumed.
MHD_Result answer(Impl& impl, Connection& connection, MHD_Connection* handle, const Request& request) {
    if (connection.waiting && has_left(connection.socket)) return MHD_NO; // or it would be drawn for nobody
    Outcome outcome = impl.router.answer(request);
    if (outcome.reply) return send(impl, connection, handle, *outcome.reply);
    if (!impl.connections.let_wait(connection)) return send(impl, connection, handle, *impl.router.stopping(request));
    MHD_suspend_connection(handle);
    outcome.pending->when_done([handle] { MHD_resume_connection(handle); },
                               [socket = connection.socket] { return has_left(socket); });
    return MHD_YES;
}

/// Called with the head of a request, and again once it is there whole.
MHD_Result handle_request(Impl& impl, Connection& connection, MHD_Connection* handle, const char* url,
                          const char* method, const char* version) {
    const RequestHead head = read_head(handle, url, method, version);
    if (!connection.seen) {
        connection.seen = true;
        impl.metrics.requests_open.fetch_add(1);
        connection.head_only = head.request.method == Method::head;
        if (impl.options.access_log) connection.line = fmt::format("{} {} {}", method, connection.address, version);
        // Answered before the body is read, so that libmicrohttpd reads none and closes the connection.
        if (head.refused != 0) return send(impl, connection, handle, *impl.router.refuse(head.refused, head.why));
        return MHD_YES;
    }
    return answer(impl, connection, handle, head.request);
}

extern "C" {

MHD_Result on_request(void* impl, MHD_Connection* handle, const char* url, const char* method, const char* version,
                      const char*, size_t*, void**) {
    Connection* connection = connection_of(handle);
    if (!connection) return MHD_NO;
    try {
        return handle_request(*static_cast<Impl*>(impl), *connection, handle, url, method, version);
    } catch (...) { // out of memory or descriptors: this connection ends, the server does not
        return MHD_NO;
    }
}

void on_completed(void* cls, MHD_Connection* handle, void**, MHD_RequestTerminationCode) {
    Impl& impl = *static_cast<Impl*>(cls);
    Connection* connection = connection_of(handle);
    if (!connection || !connection->seen) return;
    connection->seen = false;
    connection->answering.store(false, std::memory_order_relaxed);
    connection->answered.fetch_add(1, std::memory_order_relaxed);
    impl.metrics.requests_open.fetch_sub(1);
}

void on_connection(void* cls, MHD_Connection* handle, void** context, MHD_ConnectionNotificationCode code) {
    Impl& impl = *static_cast<Impl*>(cls);
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const int socket = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        try {
            *context = &impl.connections.open(socket, impl.options.access_log ? client_of(handle) : std::string());
        } catch (...) { // out of memory: it ends before anything of it is read
            *context = nullptr;
            shutdown(socket, SHUT_RDWR);
        }
    } else if (*context) {
        impl.connections.close(*static_cast<Connection*>(*context));
        *context = nullptr;
    }
}

void* on_address(void*, const char* uri, MHD_Connection* handle) {
    Connection* connection = connection_of(handle);
    if (!connection) return nullptr;
    try {
        connection->address = uri;
    } catch (...) { connection->address.assign(1, '-'); } // out of memory: its line in the log does without
    return nullptr;
}

/// Addresses are taken apart as they came: what is encoded is not one of ours.
size_t keep_encoded(void*, MHD_Connection*, char* text) { return std::strlen(text); }

} // extern "C"

std::uint64_t answered(const Metrics& metrics) {
    std::uint64_t sum = 0;
    for (const auto& count : metrics.responses) sum += count.load(std::memory_order_relaxed);
    return sum;
}

} // namespace

HttpServer::HttpServer(Listener listener, Router& router, Metrics& metrics, const HttpOptions& options)
    : m_impl(std::make_unique<Impl>(router, metrics, options)) {
    const auto connections = static_cast<unsigned>(options.max_connections);
    const auto threads = static_cast<unsigned>(std::clamp(options.threads, 1, 64));
    std::vector<MHD_OptionItem> more;
    if (threads > 1)
        more.push_back(
            {MHD_OPTION_THREAD_POOL_SIZE, static_cast<std::intptr_t>(std::min(threads, connections)), nullptr});
    if (options.access_log)
        more.push_back({MHD_OPTION_URI_LOG_CALLBACK, reinterpret_cast<std::intptr_t>(&on_address), nullptr});
    more.push_back({MHD_OPTION_END, 0, nullptr});

    // clang-format off
    m_impl->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME, 0, nullptr, nullptr, &on_request, m_impl.get(),
        MHD_OPTION_LISTEN_SOCKET, listener.descriptor(),
        MHD_OPTION_CONNECTION_LIMIT, connections,
        MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned>(options.idle.count()),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_bytes,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_UNESCAPE_CALLBACK, &keep_encoded, nullptr,
        MHD_OPTION_NOTIFY_COMPLETED, &on_completed, m_impl.get(),
        MHD_OPTION_NOTIFY_CONNECTION, &on_connection, m_impl.get(),
        MHD_OPTION_ARRAY, more.data(),
        MHD_OPTION_END);
    // clang-format on
    if (!m_impl->daemon)
        throw Error(ErrorKind::service,
                    "the HTTP server cannot start; is there memory and are there descriptors (ulimit -n)?");
    listener.release();
}

HttpServer::~HttpServer() { stop(); }

void HttpServer::tend() {
    m_impl->log.flush(log_patience);
    const auto now = Clock::now();
    if (now - m_impl->tended < std::chrono::seconds(1)) return;
    m_impl->tended = now;
    m_impl->connections.watch();
}

void HttpServer::drain() {
    if (!m_impl->daemon || m_impl->draining.exchange(true)) return;
    const Clock::time_point end = Clock::now() + m_impl->options.drain;
    const Metrics& metrics = m_impl->metrics;
    // why: not MHD_quiesce_daemon, which in libmicrohttpd 0.9.75 takes the socket out of each thread's epoll while that
    // thread may be doing the same, and ends the program if it comes second.
    const int listening = MHD_get_daemon_info(m_impl->daemon, MHD_DAEMON_INFO_LISTEN_FD)->listen_fd;
    admit_no_more(listening);
    m_impl->router.drain();

    // Busy connections end with their next answer. Those that are silent when all others are have nothing to ask.
    Clock::time_point last_answer = Clock::now();
    for (std::uint64_t before = answered(metrics); Clock::now() < std::min(last_answer + silence, end);) {
        std::this_thread::sleep_for(milliseconds(10));
        if (const std::uint64_t now = answered(metrics); now != before) before = now, last_answer = Clock::now();
    }
    m_impl->connections.read_no_more();
    while ((metrics.connections_open.load() > 0 || waiting_to_be_accepted(listening) > 0) && Clock::now() < end)
        std::this_thread::sleep_for(milliseconds(10));
}

void HttpServer::stop() {
    if (!m_impl->daemon) return;
    drain();
    // What waited to be drawn has been woken, to be refused.
    for (int i = 0; i < 20 && m_impl->metrics.requests_open.load() > 0; ++i)
        std::this_thread::sleep_for(milliseconds(50));
    MHD_stop_daemon(m_impl->daemon);
    m_impl->daemon = nullptr;
    m_impl->log.flush(last_patience);
}

} // namespace harmattan::tiles
