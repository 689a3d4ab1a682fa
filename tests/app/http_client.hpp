#pragma once
// A client that sends exactly the bytes it is given, well formed or not, to 127.0.0.1, and reads what comes back. Every
// call ends by a deadline.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace harmattan::test {

struct HttpAnswer {
    int status = 0;
    std::string head; ///< status line and fields, as they came, without the empty line
    std::string body;

    /// The first field of this name, any case; empty if there is none.
    std::string field(std::string_view name) const;
    int count(std::string_view name) const;
};

class HttpConnection {
public:
    using Wait = std::chrono::milliseconds;
    static constexpr Wait patience{30'000}; ///< for what hangs alone

    explicit HttpConnection(std::uint16_t port);
    ~HttpConnection();
    HttpConnection(HttpConnection&& other) noexcept;
    HttpConnection& operator=(HttpConnection&&) = delete;

    /// Whether there is a connection: false where it was refused.
    bool is_open() const { return m_fd >= 0; }
    /// False if the other side closed before it took all.
    bool send(std::string_view bytes);
    /// The next answer; nothing if the connection ends or the deadline comes before it is whole. `to_head`: it has no
    /// body whatever its length says.
    std::optional<HttpAnswer> answer(bool to_head = false, Wait wait = patience);
    /// Whether the other side has closed, and all that came before that has been taken.
    bool is_closed() const;
    /// Whether the other side closes in time; what comes before is thrown away.
    bool is_closed_within(Wait wait = patience);
    /// No more will be sent.
    void finish();

private:
    bool receive(std::chrono::steady_clock::time_point deadline); ///< more bytes into m_received

    int m_fd = -1;
    std::string m_received;
};

/// "METHOD path HTTP/1.1" with Host, `fields` ("Name: value\r\n" each) and the empty line.
std::string request(std::string_view path, std::string_view fields = "", std::string_view method = "GET");

/// One request on a connection of its own.
std::optional<HttpAnswer> ask(std::uint16_t port, std::string_view bytes, bool to_head = false);
std::optional<HttpAnswer> get(std::uint16_t port, std::string_view path, std::string_view fields = "");

} // namespace harmattan::test
