#include "geo/corridors/poisson.hpp"

#include "geo/error.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace harmattan::geo {
namespace {

double poisson_term(int k, double mean) { return std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0)); }
double binomial_term(int k, int n, double p) {
    return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) + k * std::log(p) +
                    (n - k) * std::log1p(-p));
}

/// The 95 % limits as tables have them (Garwood 1936; Pearson & Hartley, Biometrika Tables for Statisticians, table
/// 40).
TEST(PoissonInterval, IsThatOfTheTables) {
    struct Row {
        double count, low, high;
    };
    for (const Row& row :
         {Row{0, 0, 3.69}, Row{1, 0.0253, 5.57}, Row{2, 0.242, 7.22}, Row{3, 0.619, 8.77}, Row{5, 1.62, 11.67},
          Row{10, 4.80, 18.39}, Row{20, 12.22, 30.89}, Row{30, 20.24, 42.83}, Row{50, 37.11, 65.92}}) {
        const Interval interval = poisson_interval(row.count);
        EXPECT_NEAR(interval.low, row.low, 0.0051) << row.count;
        EXPECT_NEAR(interval.high, row.high, 0.0051) << row.count;
    }
    EXPECT_NEAR(poisson_interval(0).high, -std::log(0.025), 1e-12);
    EXPECT_NEAR(poisson_interval(1).low, -std::log(0.975), 1e-12);
}

TEST(PoissonInterval, LeavesTheTailsItPromises) {
    for (const double level : {0.8, 0.95, 0.99})
        for (const int n : {1, 2, 7, 40, 300}) {
            const Interval interval = poisson_interval(n, level);
            double below = 0, upto = 0;
            for (int k = 0; k < n; ++k) below += poisson_term(k, interval.low);
            for (int k = 0; k <= n; ++k) upto += poisson_term(k, interval.high);
            EXPECT_NEAR(1 - below, (1 - level) / 2, 1e-10) << n;
            EXPECT_NEAR(upto, (1 - level) / 2, 1e-10) << n;
        }
}

TEST(PoissonInterval, RisesBetweenWholeCounts) {
    Interval before = poisson_interval(0);
    for (double n = 0.1; n < 12; n += 0.1) {
        const Interval now = poisson_interval(n);
        EXPECT_GT(now.low, before.low);
        EXPECT_GT(now.high, before.high);
        EXPECT_LT(now.low, n);
        EXPECT_GT(now.high, n);
        before = now;
    }
}

/// Breslow & Day's counts as the R manual of poisson.test has them: 11 in 800, 21 in 3,011 person-years.
TEST(RateRatio, IsThatOfAWorkedExample) {
    const RateRatio r = rate_ratio({21, 1083 + 1050 + 878}, {11, 800});
    EXPECT_NEAR(r.ratio, 11.0 / 800 / (21.0 / 3011), 1e-12);
    EXPECT_NEAR(r.interval.low, 0.8584264, 1e-6);
    EXPECT_NEAR(r.interval.high, 4.2772659, 1e-6);
}

TEST(RateRatio, LeavesTheTailsItPromises) {
    for (const auto& [a, b] : {std::pair{3, 9}, {12, 5}, {1, 1}, {40, 70}}) {
        const double first = 90, second = 60;
        const RateRatio r = rate_ratio({static_cast<std::uint64_t>(a), first}, {static_cast<std::uint64_t>(b), second});
        const auto share = [&](double ratio) { return ratio * second / (ratio * second + first); };
        double above = 0, upto = 0, observed_above = 0, observed_upto = 0;
        for (int k = b; k <= a + b; ++k)
            above += binomial_term(k, a + b, share(r.interval.low)),
                observed_above += binomial_term(k, a + b, share(1));
        for (int k = 0; k <= b; ++k)
            upto += binomial_term(k, a + b, share(r.interval.high)), observed_upto += binomial_term(k, a + b, share(1));
        EXPECT_NEAR(above, 0.025, 1e-9);
        EXPECT_NEAR(upto, 0.025, 1e-9);
        EXPECT_NEAR(r.p, std::min(1.0, 2 * std::min(observed_above, observed_upto)), 1e-9);
        EXPECT_EQ(r.p<0.05, r.interval.low> 1 || r.interval.high < 1);
    }
}

TEST(RateRatio, KeepsTheDigitsOfASmallP) {
    EXPECT_NEAR(rate_ratio({200, 10}, {0, 10}).p / (2 * std::pow(0.5, 200)), 1, 1e-9);
    EXPECT_NEAR(rate_ratio({0, 10}, {200, 10}).p / (2 * std::pow(0.5, 200)), 1, 1e-9);
}

TEST(RateRatio, OfNothing) {
    const RateRatio fresh = rate_ratio({0, 10}, {6, 10});
    EXPECT_TRUE(std::isinf(fresh.ratio) && std::isinf(fresh.interval.high));
    EXPECT_NEAR(fresh.interval.low, 1 / (std::pow(0.025, -1.0 / 6) - 1), 1e-9);
    EXPECT_NEAR(fresh.p, 2.0 / 64, 1e-12);
    EXPECT_EQ(rate_ratio({6, 10}, {0, 10}).ratio, 0);
    const RateRatio none = rate_ratio({0, 1}, {0, 1});
    EXPECT_TRUE(std::isnan(none.ratio));
    EXPECT_EQ(none.p, 1);
    EXPECT_EQ(none.interval.low, 0);
    EXPECT_TRUE(std::isinf(none.interval.high));
}

TEST(Poisson, RefusesWhatIsNoCountLevelOrExtent) {
    EXPECT_THROW(poisson_interval(-1), Error);
    EXPECT_THROW(poisson_interval(NAN), Error);
    EXPECT_THROW(poisson_interval(1, 1), Error);
    EXPECT_THROW(rate_ratio({1, 0}, {1, 1}), Error);
    EXPECT_THROW(rate_ratio({1, 1}, {1, INFINITY}), Error);
}

} // namespace
} // namespace harmattan::geo
