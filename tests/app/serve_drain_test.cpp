// The end of a server on which requests wait for tiles to be drawn: each of them is answered.

#include "app/http_client.hpp"
#include "support/eventually.hpp"
#include "tiles/serve/http_server.hpp"
#include "tiles/serve/preview.hpp"
#include "tiles/small_tiles.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace harmattan::test {

namespace {

using tiles::Fetched;
using tiles::Found;

tiles::ServedLayer small_layer() {
    tiles::ServedLayer layer;
    layer.id = layer.title = "heat";
    layer.extension = "png";
    layer.media_type = "image/png";
    layer.bounds = sahel;
    layer.min_zoom = 7;
    layer.max_zoom = 8;
    return layer;
}

tiles::HttpOptions options(std::chrono::seconds drain) {
    tiles::HttpOptions options;
    options.threads = 1;
    options.drain = drain;
    return options;
}

/// One set, served until the test says so; `drain` is what it waits then for requests under way.
class Served {
public:
    explicit Served(std::shared_ptr<const tiles::TileSource> source,
                    std::chrono::seconds drain = std::chrono::seconds(0))
        : router({},
                 std::make_shared<const tiles::Catalogue>(
                     std::vector<tiles::ServedSet>{{"heat", std::move(source), nullptr}},
                     std::make_shared<const tiles::Documents>(), [](auto) { return tiles::Documents(); }, "", ""),
                 metrics),
          listener("127.0.0.1:0"), port(listener.port()), server(std::move(listener), router, metrics, options(drain)) {
    }

    tiles::Metrics metrics;
    tiles::Router router;
    tiles::Listener listener;
    std::uint16_t port;
    tiles::HttpServer server;
};

std::string tile_request(geo::TileId tile) { return request("/heat/" + geo::to_string(tile) + ".png"); }

/// A map of which nothing is drawn until `pen` is given.
class ServeDrain : public testing::Test {
protected:
    ServeDrain() {
        painter.before_painting = [held = pen.get_future().share()](int) { held.wait(); };
        for (const tiles::Metatile& metatile : plan.metatiles())
            for (const tiles::EncodedTile& tile : SmallPainter().paint(metatile, plan.range(metatile.z)))
                if (!tile.bytes.empty()) {
                    places.push_back(tile.id);
                    break;
                }
        preview->start();
    }
    /// Clients that ask for `tile`, all of which wait.
    void ask(int count, geo::TileId tile) {
        for (int i = 0; i < count; ++i) ASSERT_TRUE(clients.emplace_back(served.port).send(tile_request(tile)));
        ASSERT_TRUE(eventually([&] { return served.metrics.requests_open == std::ssize(clients); }));
        ASSERT_TRUE(get(served.port, "/health")); // the one thread is done with what came before
    }
    void expect_answer(HttpConnection& client, int status) {
        const std::optional<HttpAnswer> answer = client.answer();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, status);
        EXPECT_EQ(answer->field("Connection"), "close");
        EXPECT_TRUE(client.is_closed_within());
    }

    const tiles::Plan plan{{7, 8}, sahel};
    std::vector<geo::TileId> places; ///< a tile with ink in each metatile
    SmallPainter painter;
    std::promise<void> pen;
    tiles::Metrics metrics;
    std::shared_ptr<tiles::Preview> preview =
        std::make_shared<tiles::Preview>(tiles::PreviewOptions{.threads = 1}, metrics);
    Served served{tiles::make_preview_source(small_layer(), "1", "{}", preview,
                                             std::array<const tiles::Painter*, 2>{&painter, nullptr}, plan)};
    std::vector<HttpConnection> clients;
};

TEST_F(ServeDrain, WhatWaitsForOneDrawingIsAnsweredWithIt) {
    ask(20, places[0]);
    HttpConnection idle(served.port);
    ASSERT_TRUE(eventually([&] { return served.metrics.connections_open == 21; }));
    served.server.drain();
    EXPECT_TRUE(idle.is_closed_within());
    pen.set_value();
    for (HttpConnection& client : clients) expect_answer(client, 200);
    preview->stop();
    served.server.stop();
}

TEST_F(ServeDrain, WhatIsNotDrawnInTimeIsRefused) {
    ask(1, places[0]);
    ASSERT_TRUE(eventually([&] { return painter.begun() == 1; }));
    ask(20, places[1]); // behind it
    served.server.drain();
    std::thread stop([&] { preview->stop(); });
    EXPECT_TRUE(eventually([&] { return preview->fetch(painter, plan, places[2]).found == Found::busy; }));
    pen.set_value();
    stop.join();
    expect_answer(clients[0], 200);
    for (std::size_t i = 1; i < clients.size(); ++i) expect_answer(clients[i], 503);
    served.server.stop();
}

/// Has no tiles.
class EmptySource final : public tiles::TileSource {
public:
    EmptySource() : TileSource(small_layer(), "1", "{}") {}
    bool has_scale(int scale) const override { return scale == 1; }
    Fetched fetch(geo::TileId, int) const override { return {}; }
};

TEST(ServeDrainInTime, NobodyIsWaitedForInVain) {
    Served served(std::make_shared<EmptySource>(), std::chrono::hours(1));
    std::vector<HttpConnection> silent;
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(silent.emplace_back(served.port).send(tile_request({7, 60, 60})));
        ASSERT_TRUE(silent.back().answer());
    }
    std::atomic<int> answers = 0;
    std::jthread busy([&] {
        HttpConnection connection(served.port);
        while (connection.send(tile_request({7, 60, 60})) && connection.answer()) ++answers;
    });
    ASSERT_TRUE(eventually([&] { return answers > 100; }));
    served.server.drain(); // within the hour
    for (HttpConnection& connection : silent) EXPECT_TRUE(connection.is_closed_within());
    served.server.stop();
}

/// Has its tiles at another time; tells when it is asked, and waits until it may say so.
class SlowSource final : public tiles::TileSource {
public:
    SlowSource() : TileSource(small_layer(), "1", "{}") {}
    bool has_scale(int scale) const override { return scale == 1; }
    Fetched fetch(geo::TileId, int) const override {
        asked.set_value();
        may_answer.get_future().wait();
        return {.found = Found::later, .bytes = {}, .pending = std::make_shared<tiles::Pending>()};
    }
    mutable std::promise<void> asked, may_answer;
};

TEST(ServeDrainAtOnce, NothingBeginsToWait) {
    const auto source = std::make_shared<SlowSource>();
    Served served(source);
    HttpConnection client(served.port);
    ASSERT_TRUE(client.send(tile_request({7, 60, 60})));
    source->asked.get_future().wait();
    served.server.drain();
    source->may_answer.set_value();
    const std::optional<HttpAnswer> answer = client.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503);
    EXPECT_EQ(answer->body, "stopping\n");
    EXPECT_EQ(answer->field("Retry-After"), "5");
    served.server.stop();
}

} // namespace

} // namespace harmattan::test
