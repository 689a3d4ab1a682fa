#include "tiles/scheduler.hpp"

#include <atomic>
#include <gtest/gtest.h>
#include <numeric>
#include <set>
#include <stdexcept>
#include <thread>

namespace harmattan::tiles {

namespace {

using Schedule = OrderedSchedule<std::vector<int>>;

std::size_t size_of(const std::vector<int>& result) { return result.size() * sizeof(int); }

class SchedulerWith : public testing::TestWithParam<int> {};

TEST_P(SchedulerWith, ResultsComeInOrderOnceEach) {
    std::vector<std::uint64_t> used;
    Schedule(
        2000, [](std::uint64_t i) { return std::vector<int>(i % 7, static_cast<int>(i)); }, size_of,
        [&](std::uint64_t i, std::vector<int>&& result) {
            EXPECT_EQ(result, std::vector<int>(i % 7, static_cast<int>(i)));
            used.push_back(i);
        },
        {.threads = GetParam()})
        .run();
    std::vector<std::uint64_t> expected(2000);
    std::iota(expected.begin(), expected.end(), 0u);
    EXPECT_EQ(used, expected);
}

TEST_P(SchedulerWith, TheFirstErrorInOrderWinsAndAllBeforeItIsUsed) {
    std::uint64_t used = 0;
    Schedule schedule(
        500,
        [](std::uint64_t i) -> std::vector<int> {
            if (i % 100 == 77) throw std::runtime_error(std::to_string(i));
            return {1};
        },
        size_of, [&](std::uint64_t, std::vector<int>&&) { ++used; }, {.threads = GetParam()});
    try {
        schedule.run();
        ADD_FAILURE() << "no error";
    } catch (const std::runtime_error& error) { EXPECT_STREQ(error.what(), "77"); }
    EXPECT_EQ(used, 77u);
}

TEST_P(SchedulerWith, AnErrorInUseStopsIt) {
    std::atomic<int> produced{0};
    Schedule schedule(
        100'000, [&](std::uint64_t) { return ++produced, std::vector<int>{1}; }, size_of,
        [](std::uint64_t i, std::vector<int>&&) {
            if (i == 3) throw std::runtime_error("disk full");
        },
        {.threads = GetParam()});
    EXPECT_THROW(schedule.run(), std::runtime_error);
    EXPECT_LT(produced, 1000);
}

TEST_P(SchedulerWith, StopsWhenInterrupted) {
    std::atomic<bool> interrupt{false};
    std::uint64_t used = 0;
    Schedule schedule(
        100'000, [&](std::uint64_t i) { return (i == 20 ? interrupt = true : true), std::vector<int>{1}; }, size_of,
        [&](std::uint64_t, std::vector<int>&&) { ++used; }, {.threads = GetParam(), .interrupt = &interrupt});
    try {
        schedule.run();
        ADD_FAILURE() << "not interrupted";
    } catch (const geo::Error& error) { EXPECT_EQ(error.kind(), geo::ErrorKind::interrupted); }
    EXPECT_LT(used, 1000u);
}

// Few slots and few bytes: what waits is bounded, and nothing hangs.
TEST_P(SchedulerWith, BoundsWhatWaits) {
    std::atomic<int> begun{0}, used{0}, most{0};
    Schedule(
        300,
        [&](std::uint64_t) {
            const int ahead = ++begun - used;
            for (int seen = most; ahead > seen && !most.compare_exchange_weak(seen, ahead);) {}
            return std::vector<int>(1000);
        },
        size_of, [&](std::uint64_t, std::vector<int>&&) { ++used; },
        {.threads = GetParam(), .max_waiting = 100, .max_waiting_bytes = 8000})
        .run();
    EXPECT_EQ(used, 300);
    EXPECT_LE(most, 2 + 2 * GetParam()); // two waiting, one under way for each thread, and the one in use
}

INSTANTIATE_TEST_SUITE_P(Threads, SchedulerWith, testing::Values(1, 2, 8));

TEST(Scheduler, OfNothingReturns) {
    Schedule(
        0, [](std::uint64_t) { return std::vector<int>{}; }, size_of, [](std::uint64_t, std::vector<int>&&) { FAIL(); },
        {})
        .run();
}

TEST(Scheduler, TicksWhileItWaits) {
    std::atomic<int> ticks = 0;
    Schedule(
        1,
        [&](std::uint64_t) {
            while (ticks < 3) std::this_thread::yield();
            return std::vector<int>{};
        },
        size_of, [](std::uint64_t, std::vector<int>&&) {}, {.threads = 1, .tick = [&] { ++ticks; }})
        .run();
    EXPECT_GE(ticks, 3);
}

} // namespace

} // namespace harmattan::tiles
