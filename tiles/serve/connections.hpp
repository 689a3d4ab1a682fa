#pragma once
// The connections open now, and an eye on those that are too slow: libmicrohttpd ends only what is silent, and a client
// that sends or takes a byte now and then is never silent. The kernel's byte counts of a socket tell.

#include "tiles/serve/metrics.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

struct tcp_info;

namespace harmattan::tiles {

struct Pace {
    std::chrono::milliseconds request{10'000}; ///< from a request's first byte to its last
    std::chrono::milliseconds body{10'000};    ///< in which at least `body_bytes` of a response must be taken
    std::uint64_t body_bytes = 8'192;
};

/// What is known of one connection. The thread of libmicrohttpd that serves it writes; the watch reads the atomics.
struct Connection {
    int socket = -1;
    std::string client;                     ///< its address, if a log wants it
    std::atomic<std::uint32_t> answered{0}; ///< requests completed
    std::atomic<bool> answering{false};     ///< a response is under way
    std::atomic<bool> waiting{false};       ///< for a tile to be drawn: that is not the client's fault
    bool head_only = false;                 ///< this request is answered without a body
    bool seen = false;                      ///< this request's head has been looked at
    std::string address, line;              ///< as its first line has them, if a log wants it

private:
    friend class Connections;
    using Time = std::chrono::steady_clock::time_point;
    std::list<Connection>::iterator self;
    std::uint32_t answered_before = 0;
    std::uint64_t received_before = 0, taken_before = 0; ///< bytes, when the stretch under watch began
    Time receiving_since{}, taking_since{};              ///< zero: not under watch
    std::optional<std::uint32_t> ended_after{}; ///< `answered` when its client was last seen to have closed its side
};

/// Whether the client has closed its side of a connection, or the connection has broken.
bool has_left(int socket);

class Connections {
public:
    Connections(Pace pace, Metrics& metrics) : m_pace(pace), m_metrics(metrics) {}

    /// The reference lives until `close`.
    Connection& open(int socket, std::string client);
    /// Before the socket is closed.
    void close(Connection& connection);

    /// Shuts down those that are too slow, or whose client has ended; to be called about once a second, from one
    /// thread.
    void watch();
    /// Lets it wait for a tile to be drawn; false once its reading has ended.
    bool let_wait(Connection& connection);
    /// Ends their reading, now and of those that still open: what has come is read and answered, then they close. Not
    /// of those that wait: libmicrohttpd reads an end before it asks again for what they wait for.
    void read_no_more();

private:
    bool is_too_slow(Connection& connection, const tcp_info& info, Connection::Time now) const;
    /// Whether the client has closed its side and waits for no answer, as seen twice. why: libmicrohttpd 0.9.75 does
    /// not see an end that comes together with a request, and would keep the connection until it has been idle for too
    /// long.
    static bool has_ended(Connection& connection, const tcp_info& info);
    /// `visit(connection)` for those that are open. A few at a time: no connection waits until all have been looked at.
    template <class Visit>
    void each(const Visit& visit);

    Pace m_pace;
    Metrics& m_metrics;
    std::mutex m_mutex;
    std::list<Connection> m_open;
    std::list<Connection>::iterator m_next = m_open.end(); ///< that `each` comes to
    bool m_reading = true;
};

} // namespace harmattan::tiles
