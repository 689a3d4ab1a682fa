#include "app/http_client.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace harmattan::test {

namespace {

using Clock = std::chrono::steady_clock;

/// Whether `events` come on the socket before the deadline.
bool wait_for(int fd, short events, Clock::time_point deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    pollfd entry{fd, events, 0};
    return left.count() > 0 && poll(&entry, 1, static_cast<int>(left.count())) > 0;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

/// Calls `use(name, value)` for each field of a head.
template <class Use>
void each_field(std::string_view head, const Use& use) {
    while (!head.empty()) {
        const std::size_t end = std::min(head.find("\r\n"), head.size());
        const std::string_view line = head.substr(0, end);
        if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
            std::string_view value = line.substr(colon + 1);
            while (value.starts_with(' ')) value.remove_prefix(1);
            use(line.substr(0, colon), value);
        }
        head.remove_prefix(std::min(end + 2, head.size()));
    }
}

} // namespace

std::string HttpAnswer::field(std::string_view name) const {
    std::optional<std::string> found;
    each_field(head, [&](std::string_view other, std::string_view value) {
        if (!found && same_name(name, other)) found = value;
    });
    return found.value_or("");
}

int HttpAnswer::count(std::string_view name) const {
    int n = 0;
    each_field(head, [&](std::string_view other, std::string_view) { n += same_name(name, other); });
    return n;
}

HttpConnection::HttpConnection(std::uint16_t port) {
    m_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (m_fd < 0) return;
    const int on = 1;
    setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int failed = 0;
    socklen_t length = sizeof failed;
    const bool under_way =
        connect(m_fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 || errno == EINPROGRESS;
    if (under_way && wait_for(m_fd, POLLOUT, Clock::now() + patience) &&
        getsockopt(m_fd, SOL_SOCKET, SO_ERROR, &failed, &length) == 0 && failed == 0)
        return;
    close(std::exchange(m_fd, -1));
}

HttpConnection::~HttpConnection() {
    if (m_fd >= 0) close(m_fd);
}

HttpConnection::HttpConnection(HttpConnection&& other) noexcept
    : m_fd(std::exchange(other.m_fd, -1)), m_received(std::move(other.m_received)) {}

bool HttpConnection::send(std::string_view bytes) {
    const auto deadline = Clock::now() + patience;
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
        else if (errno != EAGAIN && errno != EINTR) return false;
        else if (!wait_for(m_fd, POLLOUT, deadline)) return false;
    }
    return true;
}

bool HttpConnection::receive(Clock::time_point deadline) {
    std::array<char, 65536> block;
    while (m_fd >= 0 && wait_for(m_fd, POLLIN, deadline)) {
        const ssize_t count = recv(m_fd, block.data(), block.size(), 0);
        if (count > 0) {
            m_received.append(block.data(), static_cast<std::size_t>(count));
            return true;
        }
        if (count == 0 || (errno != EAGAIN && errno != EINTR)) return false;
    }
    return false;
}

std::optional<HttpAnswer> HttpConnection::answer(bool to_head, Wait wait) {
    const auto deadline = Clock::now() + wait;
    std::size_t end;
    while ((end = m_received.find("\r\n\r\n")) == std::string::npos)
        if (!receive(deadline)) return std::nullopt;
    HttpAnswer answer;
    answer.head = m_received.substr(0, end);
    m_received.erase(0, end + 4);
    if (answer.head.starts_with("HTTP/1."))
        std::from_chars(answer.head.data() + 9, answer.head.data() + std::min<std::size_t>(12, answer.head.size()),
                        answer.status);
    std::size_t length = 0;
    const std::string text = answer.field("Content-Length");
    std::from_chars(text.data(), text.data() + text.size(), length);
    if (to_head || answer.status == 204 || answer.status == 304 || answer.status / 100 == 1) return answer;
    while (m_received.size() < length)
        if (!receive(deadline)) return std::nullopt;
    answer.body = m_received.substr(0, length);
    m_received.erase(0, length);
    return answer;
}

bool HttpConnection::is_closed() const {
    char byte;
    const ssize_t count = recv(m_fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR);
}

bool HttpConnection::is_closed_within(Wait wait) {
    const auto deadline = Clock::now() + wait;
    while (receive(deadline)) m_received.clear();
    return Clock::now() < deadline;
}

void HttpConnection::finish() { shutdown(m_fd, SHUT_WR); }

std::string request(std::string_view path, std::string_view fields, std::string_view method) {
    return fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", method, path, fields);
}

std::optional<HttpAnswer> ask(std::uint16_t port, std::string_view bytes, bool to_head) {
    HttpConnection connection(port);
    if (!connection.is_open()) return std::nullopt;
    connection.send(bytes); // a server may answer and close before it has read all
    return connection.answer(to_head);
}

std::optional<HttpAnswer> get(std::uint16_t port, std::string_view path, std::string_view fields) {
    return ask(port, request(path, fields));
}

} // namespace harmattan::test
