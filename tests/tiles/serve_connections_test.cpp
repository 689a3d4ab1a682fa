// Who is too slow and who only waits, by the kernel's counts of real sockets.

#include "support/eventually.hpp"
#include "tiles/serve/connections.hpp"

#include <arpa/inet.h>
#include <chrono>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace harmattan::test {

namespace {

using namespace std::chrono_literals;

/// A connection over the loopback: `server` is ours, `client` takes and sends nothing by itself.
class SocketPair {
public:
    SocketPair() {
        const int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (bind(listening, any, length) == 0 && listen(listening, 1) == 0 &&
            getsockname(listening, any, &length) == 0 && connect(client, any, length) == 0)
            server = accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
        close(listening);
    }
    ~SocketPair() { close(client), close(server); }
    SocketPair(const SocketPair&) = delete;
    SocketPair& operator=(const SocketPair&) = delete;

    /// Sends more than the kernel holds for a client that takes nothing.
    void fill() const {
        const std::string block(1 << 20, 'x');
        while (send(server, block.data(), block.size(), MSG_DONTWAIT | MSG_NOSIGNAL) > 0) {}
    }
    /// Whether reading on our side has ended; the client sends nothing.
    bool is_at_end() const {
        char byte = 0;
        return recv(server, &byte, 1, MSG_DONTWAIT) == 0;
    }

    int client = -1, server = -1;
};

constexpr tiles::Pace quick{.request = 10ms, .body = 10ms};
constexpr auto longer = 20ms; ///< than that

class ServeConnections : public testing::Test {
protected:
    SocketPair sockets;
    tiles::Metrics metrics;
    tiles::Connections connections{quick, metrics};
    tiles::Connection& connection = connections.open(sockets.server, "");

    bool is_found_too_slow() { // not at the first look: the kernel takes a while to fill its buffers
        return eventually([&] { return connections.watch(), metrics.connections_too_slow > 0; });
    }
};

} // namespace

TEST_F(ServeConnections, ThatTakeNothingAreTooSlow) {
    ASSERT_GE(sockets.server, 0);
    sockets.fill();
    connections.watch();
    EXPECT_EQ(metrics.connections_too_slow, 0u);
    EXPECT_TRUE(is_found_too_slow());
    connections.close(connection);
}

TEST_F(ServeConnections, ThatWaitAreNotAndBeginAnewAfterThat) {
    ASSERT_GE(sockets.server, 0);
    sockets.fill(); // the answer to what was asked before
    connections.watch();
    ASSERT_TRUE(connections.let_wait(connection));
    std::this_thread::sleep_for(longer);
    connections.watch();
    connection.waiting = false;
    connections.watch();
    EXPECT_EQ(metrics.connections_too_slow, 0u);
    EXPECT_TRUE(is_found_too_slow());
    connections.close(connection);
}

TEST_F(ServeConnections, ThatWaitAreReadToTheEnd) {
    ASSERT_GE(sockets.server, 0);
    ASSERT_TRUE(connections.let_wait(connection));
    connections.read_no_more();
    EXPECT_FALSE(sockets.is_at_end());
    EXPECT_TRUE(connections.let_wait(connection)) << "it may wait for another, as where what was drawn is gone";
    connections.close(connection);
}

TEST_F(ServeConnections, ThatDoNotWaitAreNot) {
    ASSERT_GE(sockets.server, 0);
    connections.read_no_more();
    EXPECT_TRUE(sockets.is_at_end());
    EXPECT_FALSE(connections.let_wait(connection));
    connections.close(connection);
}

} // namespace harmattan::test
