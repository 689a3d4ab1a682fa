#include "tiles/serve/listener.hpp"

#include "geo/error.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fmt/format.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace harmattan::tiles {

namespace {

using geo::Error;
using geo::ErrorKind;

Error not_an_address(const std::string& where) {
    return Error(
        ErrorKind::usage,
        fmt::format("--listen {} is no address and port, such as 127.0.0.1:8080, [::1]:8080 or 0.0.0.0:80", where));
}

struct Place {
    sockaddr_storage storage{};
    socklen_t length = 0;
};

Place place_of(const std::string& where) {
    const std::size_t colon = where.rfind(':');
    std::string host = colon == std::string::npos ? "127.0.0.1" : colon == 0 ? "::" : where.substr(0, colon);
    if (host == "localhost") host = "127.0.0.1"; // the one name that needs no looking up
    const std::string digits = colon == std::string::npos ? where : where.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (failed != std::errc() || end != digits.data() + digits.size()) throw not_an_address(where);

    Place place;
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    if (inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET, v4.sin_port = htons(port);
        std::memcpy(&place.storage, &v4, place.length = sizeof v4);
    } else if (inet_pton(AF_INET6, (bracketed ? host.substr(1, host.size() - 2) : host).c_str(), &v6.sin6_addr) == 1 &&
               (bracketed || colon == 0)) {
        v6.sin6_family = AF_INET6, v6.sin6_port = htons(port);
        std::memcpy(&place.storage, &v6, place.length = sizeof v6);
    } else {
        throw not_an_address(where);
    }
    return place;
}

} // namespace

Listener::Listener(const std::string& where) {
    Place place = place_of(where);
    auto* address = reinterpret_cast<sockaddr*>(&place.storage);
    m_fd = socket(place.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_fd < 0)
        throw Error(ErrorKind::service, fmt::format("no socket can be made for {}: {}", where, std::strerror(errno)));
    const int on = 1, off = 0;
    setsockopt(m_fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on,
               sizeof on); // what is accepted inherits it: an answer waits for nothing
    if (place.storage.ss_family == AF_INET6) setsockopt(m_fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(m_fd, address, place.length) != 0 || listen(m_fd, SOMAXCONN) != 0) {
        const int code = errno;
        close(std::exchange(m_fd, -1));
        if (code == EADDRINUSE)
            throw Error(
                ErrorKind::service,
                fmt::format(
                    "{} is in use by another program; name another port with --listen, or port 0 for a free one",
                    where));
        if (code == EACCES)
            throw Error(
                ErrorKind::not_permitted,
                fmt::format(
                    "{} may not be listened on by this user (ports below 1024 are root's); name another with --listen",
                    where));
        throw Error(ErrorKind::service,
                    fmt::format("{} cannot be listened on: {}; it must be an address of this machine", where,
                                std::strerror(code)));
    }

    getsockname(m_fd, address, &place.length);
    char text[INET6_ADDRSTRLEN] = "";
    if (place.storage.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &place.storage, sizeof v4);
        m_address = inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
        m_port = ntohs(v4.sin_port);
        m_loopback = ntohl(v4.sin_addr.s_addr) >> 24 == 127;
        m_every = v4.sin_addr.s_addr == INADDR_ANY;
    } else {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &place.storage, sizeof v6);
        m_address = fmt::format("[{}]", inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text));
        m_port = ntohs(v6.sin6_port);
        m_loopback = IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
        m_every = IN6_IS_ADDR_UNSPECIFIED(&v6.sin6_addr);
    }
}

Listener::~Listener() {
    if (m_fd >= 0) close(m_fd);
}

Listener::Listener(Listener&& other) noexcept
    : m_fd(std::exchange(other.m_fd, -1)), m_address(std::move(other.m_address)), m_port(other.m_port),
      m_loopback(other.m_loopback), m_every(other.m_every) {}

int Listener::release() { return std::exchange(m_fd, -1); }

void admit_no_more(int listening_socket) {
    sock_filter drop[] = {BPF_STMT(BPF_RET | BPF_K, 0)};
    const sock_fprog program{1, drop};
    setsockopt(listening_socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

std::uint32_t waiting_to_be_accepted(int listening_socket) {
    tcp_info info{};
    socklen_t length = sizeof info;
    const bool known = getsockopt(listening_socket, IPPROTO_TCP, TCP_INFO, &info, &length) == 0;
    return known ? info.tcpi_unacked : 0; // which is that, of a socket that listens
}

} // namespace harmattan::tiles
