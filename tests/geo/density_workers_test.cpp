#include "geo/density/workers.hpp"

#include <atomic>
#include <gtest/gtest.h>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace harmattan::geo {
namespace {

TEST(Workers, TakeEveryIndexOnceInEveryRound) {
    for (const int threads : {1, 2, 8}) {
        Workers workers(threads);
        EXPECT_EQ(workers.count(), threads);
        for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
            std::vector<int> taken(n);
            workers.each(n, [&](std::size_t i, int worker) {
                ASSERT_LT(worker, threads);
                ++taken[i];
            });
            EXPECT_EQ(std::accumulate(taken.begin(), taken.end(), std::size_t{0}), n);
            for (const int t : taken) EXPECT_EQ(t, 1);
        }
    }
}

TEST(Workers, HandOnTheFirstExceptionAndLiveOn) {
    Workers workers(4);
    EXPECT_THROW(workers.each(100,
                              [](std::size_t i, int) {
                                  if (i == 13) throw std::runtime_error("thirteen");
                              }),
                 std::runtime_error);
    std::atomic<int> done = 0;
    workers.each(100, [&](std::size_t, int) { ++done; });
    EXPECT_EQ(done, 100);
}

} // namespace
} // namespace harmattan::geo
