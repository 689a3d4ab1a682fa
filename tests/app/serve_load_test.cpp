// Too many, too slow, too much: what the others notice. Sizes are small here; tests/bench/serve_abuse.py has the full
// ones.

#include "app/small_site.hpp"
#include "support/eventually.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <csignal>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <list>
#include <random>
#include <sys/resource.h>
#include <thread>

namespace harmattan::test {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Millis = std::chrono::duration<double, std::milli>;

/// Raises this process's own limit of descriptors: a client of many needs as many.
void allow_descriptors(rlim_t count) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min(limit.rlim_max, std::max(limit.rlim_cur, count));
    setrlimit(RLIMIT_NOFILE, &limit);
}

std::vector<HttpConnection> connect(std::uint16_t port, int count) {
    std::vector<HttpConnection> connections;
    for (int i = 0; i < count; ++i) connections.emplace_back(port);
    return connections;
}

/// Milliseconds that 99 of 100 requests take, on new connections; infinite if one is not answered with 200.
double p99_of(std::uint16_t port, const std::string& path, int count) {
    std::vector<double> took;
    for (int i = 0; i < count; ++i) {
        const auto start = Clock::now();
        const auto answer = get(port, path);
        if (!answer || answer->status != 200) return HUGE_VAL;
        took.push_back(Millis(Clock::now() - start).count());
        std::this_thread::sleep_for(2ms);
    }
    std::ranges::sort(took);
    return took[took.size() * 99 / 100];
}

std::string some_tile(const SmallSite& site) { return tile_path(geo::tile_from_number(site.tiles.begin()->first)); }

/// What 99 of 100 requests may take beside a crowd, if they take `quiet` ms without one. Far from the 50 ms of a
/// machine with nothing else to do, for these tests run beside others; a server that waits for a slow client takes ten
/// seconds.
double patient(double quiet) { return 2000 + 4 * quiet; }

std::int64_t metric(std::uint16_t port, const std::string& name) {
    const auto answer = get(port, "/metrics");
    const std::size_t at = answer ? answer->body.find("\nharmattan_" + name + " ") : std::string::npos;
    return at == std::string::npos ? -1 : std::stoll(answer->body.substr(at + name.size() + 12));
}

/// Whether it comes to spend less than a tenth of a second on a second.
bool comes_to_rest(const ServedProgram& server) {
    return eventually([&] {
        const double before = server.cpu_seconds();
        std::this_thread::sleep_for(1s);
        return server.cpu_seconds() - before < 0.1;
    });
}

TEST(ServeLoad, SlowClientsAreClosedAndTheOthersDoNotNotice) { // F9
    const SmallSite site;
    ServedProgram server({"a.pmtiles"}, site.folder.path());
    allow_descriptors(2000);
    const double quiet = p99_of(server.port(), some_tile(site), 100);
    std::vector<HttpConnection> senders = connect(server.port(), 150), takers = connect(server.port(), 150);
    std::jthread dribble([&](const std::stop_token& stop) { // a byte a second
        const std::string bytes = request(some_tile(site), "X-Slow: " + std::string(200, 'a') + "\r\n");
        for (std::size_t i = 0; i < bytes.size() && !stop.stop_requested(); ++i) {
            for (HttpConnection& sender : senders) sender.send(bytes.substr(i, 1));
            std::this_thread::sleep_for(1s);
        }
    });
    std::string many; // far more than the kernel holds for a client that takes nothing
    for (int i = 0; i < 60; ++i) many += request("/index.html") + request("/a.pmtiles");
    for (HttpConnection& taker : takers) taker.send(many);
    EXPECT_LT(p99_of(server.port(), some_tile(site), 300), patient(quiet));
    // A connection that the server has closed says so on the next reading.
    EXPECT_TRUE(eventually([&] { return metric(server.port(), "connections_open") == 1; }))
        << "but for the one that asks";
    EXPECT_GE(metric(server.port(), "connections_too_slow_total"), 300) << "not because they were silent for a minute";
    dribble.request_stop();
    dribble.join();
    const auto is_closed = [](HttpConnection& c) { return c.is_closed_within(); }; // after what the kernel still holds
    EXPECT_EQ(std::ranges::count_if(senders, is_closed), 150);
    EXPECT_EQ(std::ranges::count_if(takers, is_closed), 150);
    EXPECT_LT(p99_of(server.port(), some_tile(site), 100), patient(quiet));
}

TEST(ServeLoad, IdleConnectionsCostLittle) { // F10
    const SmallSite site;
    ServedProgram server({"a.pmtiles"}, site.folder.path());
    constexpr int count = 2000;
    allow_descriptors(count + 200);
    const double quiet = p99_of(server.port(), some_tile(site), 100);
    const std::size_t before = server.resident_bytes();
    std::vector<HttpConnection> idle = connect(server.port(), count);
    for (HttpConnection& connection : idle) {
        connection.send(request(some_tile(site)));
        const auto answer = connection.answer();
        ASSERT_TRUE(answer && answer->status == 200);
    }
    const std::size_t each = (server.resident_bytes() - before) / count;
    EXPECT_LE(each, 12u << 10);
    EXPECT_LT(p99_of(server.port(), some_tile(site), 200), patient(quiet));
    EXPECT_TRUE(comes_to_rest(server)) << "idle is idle";
    for (std::size_t i = 0; i < idle.size(); i += 100) { // and they are served yet
        idle[i].send(request(some_tile(site)));
        EXPECT_TRUE(idle[i].answer());
    }
}

TEST(ServeLoad, WithoutDescriptorsItWaitsAndServesAgain) { // F11
    const SmallSite site;
    ServedProgram server(site.arguments(), site.folder.path(), {.descriptors = 64});
    allow_descriptors(1000);
    {
        std::vector<HttpConnection> crowd = connect(server.port(), 500);
        for (HttpConnection& one : crowd) one.send(request("/a.pmtiles"));
        EXPECT_TRUE(comes_to_rest(server)) << "it must not spin";
        EXPECT_TRUE(server.is_running());
        EXPECT_LE(server.descriptors(), 64u);
    }
    EXPECT_TRUE(eventually([&] {
        const auto answer = get(server.port(), tile_path(geo::tile_from_number(site.tiles.begin()->first), "c"));
        return answer && answer->status == 200;
    }));
}

TEST(ServeLoad, StopsWithoutCuttingABody) { // F18
    const SmallSite site;
    // An archive that does not fit into what the kernel holds for a client: its download is under way when the end
    // comes.
    Tiles large;
    for (std::uint64_t number = 0; number < 300; ++number) {
        large[number] = std::vector<std::byte>(60'000);
        std::mt19937_64 random(number);
        for (std::byte& byte : large[number]) byte = static_cast<std::byte>(random());
    }
    write_archive(site.folder.path() / "large.pmtiles", large, small_info());
    const std::string file = read_file(site.folder.path() / "large.pmtiles");
    for (int round = 0; round < 3; ++round) {
        ServedProgram server({"large.pmtiles"}, site.folder.path());
        std::vector<HttpConnection> clients =
            connect(server.port(), 5); // no more than they take in the ten seconds that bodies have
        for (HttpConnection& client : clients) ASSERT_TRUE(client.send(request("/large.pmtiles")));
        std::this_thread::sleep_for(std::chrono::milliseconds(20 * round));
        server.signal(SIGTERM);
        int whole = 0;
        for (HttpConnection& client : clients) {
            const auto answer = client.answer();
            whole += answer && answer->body == file;
        }
        EXPECT_EQ(whole, 5);
        EXPECT_EQ(server.wait(60s), 0) << server.err();
        EXPECT_FALSE(HttpConnection(server.port()).is_open());
    }
    ServedProgram killed({"a.pmtiles"}, site.folder.path());
    killed.signal(SIGKILL);
    EXPECT_EQ(killed.wait(60s), 128 + SIGKILL);
    ServedProgram again({"--listen", fmt::format("127.0.0.1:{}", killed.port()), "a.pmtiles"}, site.folder.path());
    const auto answer = get(again.port(), some_tile(site));
    EXPECT_TRUE(answer && answer->status == 200);
}

/// What became of connections on which a client asks again as soon as it is answered, until each of them is closed.
struct Busy {
    int told = 0;       ///< by the last answer that it is
    int seen = 0;       ///< before the next request went out
    int unanswered = 0; ///< with a request on its way
};

Busy ask_until_closed(std::uint16_t port, int count, const std::string& path, std::atomic<int>& answers) {
    Busy busy;
    std::list<HttpConnection> open;
    while (std::ssize(open) < count) open.emplace_back(port);
    while (!open.empty())
        open.remove_if([&](HttpConnection& connection) {
            if (connection.is_closed()) return ++busy.seen;
            const bool sent = connection.send(request(path));
            const auto answer = sent ? connection.answer() : std::nullopt;
            if (!answer) return ++busy.unanswered;
            ++answers;
            return answer->field("Connection") == "close" ? ++busy.told : 0;
        });
    return busy;
}

TEST(ServeLoad, StopsBetweenTheRequestsOfThoseThatKeepAsking) { // F18
    const SmallSite site;
    for (int round = 0; round < 3; ++round) {
        ServedProgram server({"a.pmtiles"}, site.folder.path());
        std::vector<HttpConnection> idle = connect(server.port(), 20);
        for (HttpConnection& one : idle) ASSERT_TRUE(one.send(request(some_tile(site))) && one.answer());
        std::atomic<int> answers = 0;
        Busy busy;
        std::jthread client([&] { busy = ask_until_closed(server.port(), 32, some_tile(site), answers); });
        ASSERT_TRUE(eventually([&] { return answers > 500; }));
        server.signal(SIGTERM);
        EXPECT_EQ(server.wait(60s), 0) << server.err();
        client.join();
        EXPECT_EQ(busy.unanswered, 0);
        EXPECT_GT(busy.told, 0);
        EXPECT_EQ(busy.told + busy.seen, 32);
        for (HttpConnection& one : idle) EXPECT_TRUE(one.is_closed());
    }
}

// A map that is drawn as it is looked at: what is drawn at a time, and how large, is bounded whatever is asked for.
TEST(ServeLoad, DrawingOnDemandIsBounded) { // F22
    const TemporaryFolder folder;
    ServedProgram server({HARMATTAN_TEST_DATA "/demo/map.toml"}, folder.path());
    for (const char* path : {"/heat/30/0/0.png", "/heat/31/1/1.png", "/heat/20/0/0@3x.png", "/heat/3/3/3@4096x.png",
                             "/heat/3/3/3.png/4096"}) {
        const auto answer = get(server.port(), path);
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 404) << path;
    }
    // A tile of each metatile at the deepest zoom, of several sets and both scales, all at once: more than may wait.
    const geo::TileRange range = geo::tiles_of({-17, 5, 16, 25}, 9);
    std::vector<std::string> paths;
    for (const char* set : {"heat", "base", "points", "corridors"})
        for (const char* scale : {"", "@2x"})
            for (std::uint32_t x = range.min_x; x <= range.max_x; x += 8)
                for (std::uint32_t y = range.min_y; y <= range.max_y; y += 8)
                    paths.push_back(fmt::format("/{}/9/{}/{}{}.png", set, x, y, scale));
    ASSERT_GT(paths.size(), 150u);
    allow_descriptors(1000);
    std::vector<HttpConnection> clients = connect(server.port(), static_cast<int>(paths.size()));
    for (std::size_t i = 0; i < paths.size(); ++i) clients[i].send(request(paths[i]));
    int drawn = 0, refused = 0;
    for (HttpConnection& client : clients) {
        const auto answer = client.answer(false, 60s);
        ASSERT_TRUE(answer);
        if (answer->status == 503) {
            ++refused;
            EXPECT_GE(std::stoi(answer->field("Retry-After")), 1);
        } else {
            ++drawn;
            EXPECT_TRUE(answer->status == 200 || answer->status == 204 || answer->status == 404) << answer->status;
        }
    }
    EXPECT_GE(drawn, 64);
    EXPECT_GT(refused, 0);
    const auto health = get(server.port(), "/health");
    EXPECT_TRUE(health && health->status == 200);
}

// A map that is panned over: a browser closes the connections of tiles that are out of view.
TEST(ServeLoad, WhatItsClientsHaveLeftIsNotDrawn) { // F22
    const TemporaryFolder folder;
    ServedProgram server({HARMATTAN_TEST_DATA "/demo/map.toml", "--threads", "1"}, folder.path());
    const geo::TileRange range = geo::tiles_of({-17, 5, 16, 25}, 9);
    server.signal(SIGSTOP); // so that all have asked and left before one is drawn
    int asked = 0;
    for (std::uint32_t x = range.min_x; x <= range.max_x && asked < 50; x += 8)
        for (std::uint32_t y = range.min_y; y <= range.max_y && asked < 50; y += 8, ++asked)
            ASSERT_TRUE(HttpConnection(server.port()).send(request(fmt::format("/heat/9/{}/{}.png", x, y))));
    server.signal(SIGCONT);
    const auto dropped = [&] { return metric(server.port(), "metatiles_dropped_total"); };
    const auto drawn = [&] { return metric(server.port(), "metatiles_drawn_total"); };
    EXPECT_TRUE(eventually([&] { return dropped() + drawn() == asked; }))
        << dropped() << " dropped, " << drawn() << " drawn";
    EXPECT_GT(dropped(), asked / 2);
    EXPECT_TRUE(eventually([&] { return metric(server.port(), "connections_open") == 1; })) << "they are closed";
}

TEST(ServeLoad, NothingGrows) { // F21
    const SmallSite site;
    ServedProgram server(site.arguments(), site.folder.path());
    std::vector<std::string> paths{
        "/", "/a.json", "/a.pmtiles", "/nothing", "/metrics", "/a/9/0/0.png", "/wmts/1.0.0/WMTSCapabilities.xml"};
    for (const auto& [number, bytes] : site.tiles)
        for (const char* set : {"a", "b", "c"}) paths.push_back(tile_path(geo::tile_from_number(number), set));
    const auto round = [&] {
        for (int connection = 0; connection < 20; ++connection) {
            HttpConnection client(server.port());
            for (const std::string& path : paths) {
                client.send(request(path));
                const auto answer = client.answer();
                ASSERT_TRUE(answer && answer->status < 500) << path;
            }
        }
    };
    for (int i = 0; i < 3; ++i) round();
    const std::size_t memory = server.resident_bytes(), descriptors = server.descriptors();
    for (int i = 0; i < 20; ++i) round();
    EXPECT_LE(server.resident_bytes(), memory + memory / 100 + (256 << 10));
    EXPECT_TRUE(eventually(
        [&] { return server.descriptors() <= descriptors; })) // it sees a moment later that a client has gone
        << server.descriptors() << " descriptors, " << descriptors << " before";
}

} // namespace

} // namespace harmattan::test
