#pragma once
// The socket that clients connect to.

#include <cstdint>
#include <string>

namespace harmattan::tiles {

class Listener {
public:
    /// `where`: "127.0.0.1:8080", "[::1]:8080", ":8080" (every address), "8080" (127.0.0.1); port 0 takes a free one.
    /// An address, not a name: nothing is looked up. Throws Error usage, service (taken, not ours) or not_permitted.
    explicit Listener(const std::string& where);
    ~Listener();
    Listener(Listener&& other) noexcept;

    int descriptor() const { return m_fd; }
    const std::string& address() const { return m_address; } ///< "127.0.0.1", "[::1]"
    std::uint16_t port() const { return m_port; }
    bool is_loopback() const { return m_loopback; }
    bool is_every_address() const { return m_every; }
    /// Somebody else closes it from now on.
    int release();

private:
    int m_fd = -1;
    std::string m_address;
    std::uint16_t m_port = 0;
    bool m_loopback = false, m_every = false;
};

/// From now on no connection comes about: the kernel drops what asks for one, and clients ask again a second later.
/// Those that wait to be accepted still are.
void admit_no_more(int listening_socket);
/// Connections that have come about and wait to be accepted.
std::uint32_t waiting_to_be_accepted(int listening_socket);

} // namespace harmattan::tiles
