#include "tiles/serve/connections.hpp"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <optional>
#include <sys/socket.h>
#include <utility>

namespace harmattan::tiles {

namespace {

constexpr int looked_at_together = 64;
constexpr int established = 1, close_wait = 8; ///< of <netinet/tcp.h>, which does not go together with <linux/tcp.h>

std::optional<tcp_info> info_of(int socket) {
    tcp_info info{};
    socklen_t length = sizeof info;
    if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) return std::nullopt;
    return info;
}

} // namespace

bool has_left(int socket) {
    const std::optional<tcp_info> info = info_of(socket);
    return info && info->tcpi_state != established;
}

Connection& Connections::open(int socket, std::string client) {
    const std::lock_guard lock(m_mutex);
    Connection& connection = m_open.emplace_front();
    connection.self = m_open.begin();
    connection.socket = socket;
    connection.client = std::move(client);
    if (!m_reading) shutdown(socket, SHUT_RD);
    m_metrics.connections.fetch_add(1, std::memory_order_relaxed);
    m_metrics.connections_open.fetch_add(1, std::memory_order_relaxed);
    return connection;
}

void Connections::close(Connection& connection) {
    const std::lock_guard lock(m_mutex);
    if (m_next == connection.self) ++m_next;
    m_open.erase(connection.self);
    m_metrics.connections_open.fetch_sub(1, std::memory_order_relaxed);
}

bool Connections::has_ended(Connection& c, const tcp_info& info) {
    if (info.tcpi_state != close_wait || c.answering.load(std::memory_order_relaxed)) return false;
    const std::uint32_t answered = c.answered.load(std::memory_order_relaxed);
    return std::exchange(c.ended_after, answered) == answered;
}

bool Connections::is_too_slow(Connection& c, const tcp_info& info, Connection::Time now) const {
    const bool answering = c.answering.load(std::memory_order_relaxed);
    const std::uint32_t answered = c.answered.load(std::memory_order_relaxed);
    if (answered != c.answered_before || answering) { // its last request came whole
        c.answered_before = answered;
        c.received_before = info.tcpi_bytes_received;
        c.receiving_since = {};
    } else if (info.tcpi_bytes_received > c.received_before) {
        if (c.receiving_since == Connection::Time{}) c.receiving_since = now;
        if (now - c.receiving_since > m_pace.request) return true;
    }

    // A response may wait in the kernel's buffer long after libmicrohttpd is done with it.
    const bool has_to_take = answering || info.tcpi_notsent_bytes > 0;
    if (!has_to_take || c.taking_since == Connection::Time{} ||
        info.tcpi_bytes_acked >= c.taken_before + m_pace.body_bytes) {
        c.taken_before = info.tcpi_bytes_acked;
        c.taking_since = has_to_take ? now : Connection::Time{};
    } else if (now - c.taking_since > m_pace.body) {
        return true;
    }
    return false;
}

template <class Visit>
void Connections::each(const Visit& visit) {
    std::unique_lock lock(m_mutex);
    m_next = m_open.begin();
    for (int looked_at = 1; m_next != m_open.end(); ++looked_at) {
        visit(*m_next++);
        if (looked_at % looked_at_together == 0) lock.unlock(), lock.lock();
    }
}

void Connections::watch() {
    const Connection::Time now = std::chrono::steady_clock::now();
    each([&](Connection& connection) {
        if (connection.waiting) { // what it is still to take of the answer before, it has its time for after that
            connection.taking_since = {};
            return;
        }
        const std::optional<tcp_info> info = info_of(connection.socket);
        if (!info) return;
        const bool too_slow = is_too_slow(connection, *info, now);
        if (!too_slow && !has_ended(connection, *info)) return;
        shutdown(connection.socket, SHUT_RDWR); // libmicrohttpd sees that, and closes
        if (too_slow) m_metrics.connections_too_slow.fetch_add(1, std::memory_order_relaxed);
    });
}

bool Connections::let_wait(Connection& connection) {
    const std::lock_guard lock(m_mutex);
    if (!m_reading && !connection.waiting) return false;
    connection.waiting = true;
    return true;
}

void Connections::read_no_more() {
    {
        const std::lock_guard lock(m_mutex);
        m_reading = false;
    }
    each([](Connection& connection) {
        if (!connection.waiting) shutdown(connection.socket, SHUT_RD);
    });
}

} // namespace harmattan::tiles
