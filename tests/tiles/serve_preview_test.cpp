// Maps drawn on demand: each metatile once, a bounded queue, nothing left waiting at the end.

#include "support/eventually.hpp"
#include "tests/tiles/small_tiles.hpp"
#include "tiles/metatile.hpp"
#include "tiles/serve/preview.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <gtest/gtest.h>
#include <latch>
#include <thread>
#include <vector>

namespace harmattan::test {

namespace {

using tiles::Fetched;
using tiles::Found;

/// Asks until it is there, as the server does.
Fetched wait_for(tiles::Preview& preview, const tiles::Painter& painter, const tiles::Plan& plan, geo::TileId tile) {
    while (true) {
        Fetched fetched = preview.fetch(painter, plan, tile);
        if (fetched.found != Found::later) return fetched;
        std::latch done(1);
        fetched.pending->when_done([&] { done.count_down(); });
        done.wait();
    }
}

geo::TileId first_of(const tiles::Metatile& metatile, const tiles::Plan& plan) {
    const geo::TileRange range = *metatile.part_in(plan.range(metatile.z));
    return {metatile.z, range.min_x, range.min_y};
}

} // namespace

TEST(ServePreview, TilesAreThoseOfAnExport) {
    const tiles::Plan plan({2, 6}, sahel);
    const SmallPainter painter;
    tiles::Metrics metrics;
    tiles::Preview preview({.threads = 2}, metrics);
    preview.start();
    std::size_t inked = 0;
    for (const tiles::Metatile& metatile : plan.metatiles())
        for (const tiles::EncodedTile& exported : painter.paint(metatile, plan.range(metatile.z))) {
            const Fetched fetched = wait_for(preview, painter, plan, exported.id);
            EXPECT_EQ(fetched.bytes, exported.bytes) << geo::to_string(exported.id);
            EXPECT_EQ(fetched.found == Found::tile, !exported.bytes.empty());
            inked += fetched.found == Found::tile;
        }
    EXPECT_GT(inked, 20u);
    EXPECT_EQ(preview.fetch(painter, plan, {1, 0, 0}).found, Found::nothing) << "a zoom that the map does not have";
}

TEST(ServePreview, AMetatileIsDrawnOnceHoweverManyAskForIt) {
    const tiles::Plan plan({5, 5}, sahel);
    SmallPainter painter;
    tiles::Metrics metrics;
    tiles::Preview preview({.threads = 3}, metrics);
    preview.start();
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i)
        clients.emplace_back([&] {
            for (const tiles::Metatile& metatile : plan.metatiles())
                wait_for(preview, painter, plan, first_of(metatile, plan));
        });
    for (std::thread& client : clients) client.join();
    EXPECT_EQ(painter.begun(), static_cast<int>(plan.metatiles().size()));
    EXPECT_EQ(metrics.metatiles_drawn, plan.metatiles().size());
}

TEST(ServePreview, WhatDoesNotFitTheQueueIsRefused) {
    const tiles::Plan plan({7, 7}, sahel);
    const SmallPainter painter;
    tiles::Metrics metrics;
    tiles::Preview preview({.threads = 1, .queue = 2}, metrics); // not started: everything waits
    ASSERT_GE(plan.metatiles().size(), 3u);
    EXPECT_EQ(preview.fetch(painter, plan, first_of(plan.metatiles()[0], plan)).found, Found::later);
    EXPECT_EQ(preview.fetch(painter, plan, first_of(plan.metatiles()[1], plan)).found, Found::later);
    EXPECT_EQ(preview.fetch(painter, plan, first_of(plan.metatiles()[2], plan)).found, Found::busy);
    EXPECT_EQ(preview.fetch(painter, plan, first_of(plan.metatiles()[0], plan)).found, Found::later)
        << "one that waits already takes no second place";
}

TEST(ServePreview, WhatNobodyWaitsForAnyMoreIsNotDrawn) {
    const tiles::Plan plan({7, 8}, sahel);
    SmallPainter painter;
    tiles::Metrics metrics;
    tiles::Preview preview({.threads = 1, .queue = 3}, metrics); // not started yet: everything waits
    ASSERT_GE(plan.metatiles().size(), 5u);
    const auto tile = [&](std::size_t i) { return first_of(plan.metatiles()[i], plan); };
    std::atomic<bool> left = false;
    std::atomic<int> woken = 0;
    const auto wait = [&](std::size_t i, const std::function<bool()>& has_left) {
        const Fetched fetched = preview.fetch(painter, plan, tile(i));
        ASSERT_EQ(fetched.found, Found::later);
        fetched.pending->when_done([&] { ++woken; }, has_left);
    };
    const auto leaves = [&] { return left.load(); };
    wait(0, leaves), wait(1, leaves), wait(1, {}), wait(2, leaves); // one waits on for the second
    EXPECT_EQ(preview.fetch(painter, plan, tile(3)).found, Found::busy);
    EXPECT_EQ(metrics.metatiles_dropped, 0u);

    left = true;
    EXPECT_TRUE(eventually([&] { return preview.fetch(painter, plan, tile(3)).found == Found::later; }))
        << "there is room now";
    EXPECT_EQ(metrics.metatiles_dropped, 2u);
    EXPECT_EQ(woken, 2) << "their connections must be let go";
    wait(4, leaves);
    preview.start();
    wait_for(preview, painter, plan, tile(3));
    EXPECT_TRUE(preview.fetch(painter, plan, tile(1)).found != Found::later);
    EXPECT_TRUE(eventually([&] { return woken == 5; })) << "all who waited";
    EXPECT_EQ(metrics.metatiles_dropped, 3u);
    EXPECT_EQ(painter.begun(), 2);

    wait_for(preview, painter, plan, tile(0)); // asked for again, it is drawn
    EXPECT_EQ(painter.begun(), 3);
}

TEST(ServePreview, RefusingDoesNotAskEachTimeWhoHasLeft) {
    const tiles::Plan plan({7, 7}, sahel);
    const SmallPainter painter;
    tiles::Metrics metrics;
    tiles::Preview preview({.threads = 1, .queue = 2}, metrics); // not started: everything waits
    int asked = 0;
    const auto stays = [&] { return ++asked, false; };
    for (const std::size_t i : {0u, 1u})
        preview.fetch(painter, plan, first_of(plan.metatiles()[i], plan)).pending->when_done([] {}, stays);
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 10'000; ++i)
        ASSERT_EQ(preview.fetch(painter, plan, first_of(plan.metatiles()[2], plan)).found, Found::busy);
    const auto looks = 1 + (std::chrono::steady_clock::now() - start) / std::chrono::milliseconds(100);
    EXPECT_GT(asked, 0);
    EXPECT_LE(asked, 2 * looks);
}

TEST(ServePreview, StoppedItLetsNobodyWait) {
    const tiles::Plan plan({7, 7}, sahel);
    const SmallPainter painter;
    tiles::Metrics metrics;
    tiles::Preview preview({.threads = 1}, metrics);
    const Fetched waiting = preview.fetch(painter, plan, first_of(plan.metatiles()[0], plan));
    std::atomic<int> woken = 0;
    waiting.pending->when_done([&] { ++woken; });
    preview.stop();
    EXPECT_EQ(woken, 1);
    EXPECT_EQ(preview.fetch(painter, plan, first_of(plan.metatiles()[0], plan)).found, Found::busy);
}

TEST(ServePreview, WhatIsKeptIsBounded) {
    const tiles::Plan plan({7, 8}, sahel);
    SmallPainter painter;
    tiles::Metrics metrics;
    tiles::Preview preview({.threads = 1, .keep_bytes = 1}, metrics); // the last one alone
    preview.start();
    const geo::TileId a = first_of(plan.metatiles()[0], plan), b = first_of(plan.metatiles()[1], plan);
    wait_for(preview, painter, plan, a);
    wait_for(preview, painter, plan, a);
    EXPECT_EQ(painter.begun(), 1);
    wait_for(preview, painter, plan, b);
    wait_for(preview, painter, plan, a);
    EXPECT_EQ(painter.begun(), 3);
}

TEST(ServePreview, SoIsWhatHasNoBytes) {
    const tiles::Plan plan({7, 8}, sahel);
    SmallPainter painter;
    painter.before_painting = [](int) { throw std::runtime_error("no ink"); };
    tiles::Metrics metrics;
    tiles::Preview preview({.threads = 1, .keep_bytes = 1}, metrics);
    preview.start();
    const geo::TileId a = first_of(plan.metatiles()[0], plan), b = first_of(plan.metatiles()[1], plan);
    for (const geo::TileId& tile : {a, b, a}) EXPECT_ANY_THROW(wait_for(preview, painter, plan, tile));
    EXPECT_EQ(metrics.metatiles_drawn, 3u);
}

TEST(ServePreview, WhatCannotBeDrawnIsSaidAndNotTriedAgain) {
    const tiles::Plan plan({5, 5}, sahel);
    SmallPainter painter;
    painter.before_painting = [](int) { throw std::runtime_error("no ink"); };
    tiles::Metrics metrics;
    tiles::Preview preview({.threads = 1}, metrics);
    preview.start();
    const geo::TileId tile = first_of(plan.metatiles()[0], plan);
    EXPECT_ANY_THROW(wait_for(preview, painter, plan, tile));
    EXPECT_ANY_THROW(wait_for(preview, painter, plan, tile));
    EXPECT_EQ(metrics.metatiles_drawn, 1u);
}

} // namespace harmattan::test
