#include "geo/density/kernel.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace harmattan::geo {
namespace {

class Kernels : public testing::TestWithParam<Kernel> {};

TEST_P(Kernels, HaveUnitMassAndTheStandardDeviationTheyAreAskedFor) {
    const double sigma = 3, h = support_of(GetParam(), sigma);
    double mass = 0, variance = 0;
    constexpr int n = 200'000;
    for (int i = 0; i < n; ++i) {
        const double r = (i + 0.5) * h / n, ring = 2 * M_PI * r * (h / n);
        mass += kernel_density(GetParam(), r, sigma) * ring;
        variance += kernel_density(GetParam(), r, sigma) * r * r / 2 * ring; // along one axis
    }
    EXPECT_NEAR(mass, 1, 1e-9);
    // The gaussian's cut takes 0.27 % off its variance.
    EXPECT_NEAR(variance / 9, 1, GetParam() == Kernel::gaussian ? 0.003 : 1e-9);
}

TEST_P(Kernels, EndAtTheirSupport) {
    const double h = support_of(GetParam(), 2);
    EXPECT_GT(kernel_density(GetParam(), h * 0.999, 2), 0);
    EXPECT_EQ(kernel_density(GetParam(), h * 1.001, 2), 0);
    EXPECT_DOUBLE_EQ(sigma_of_support(GetParam(), h), 2);
}

TEST_P(Kernels, AreFoundByTheirName) { EXPECT_EQ(find_kernel(kernel_name(GetParam())), GetParam()); }

INSTANTIATE_TEST_SUITE_P(All, Kernels, testing::Values(Kernel::gaussian, Kernel::quartic, Kernel::epanechnikov),
                         [](const auto& p) { return std::string(kernel_name(p.param)); });

TEST(Kernel, UnknownNamesAreNone) { EXPECT_EQ(find_kernel("biweight?"), std::nullopt); }

TEST(Kernel, PeaksAreThoseOfTheTextbook) {
    EXPECT_NEAR(kernel_density(Kernel::quartic, 0, 1), 3 / (8 * M_PI), 1e-15);
    EXPECT_NEAR(kernel_density(Kernel::epanechnikov, 0, 1), 2 / (6 * M_PI), 1e-15);
    EXPECT_NEAR(kernel_density(Kernel::gaussian, 0, 1), 1 / (2 * M_PI) / (1 - std::exp(-8)), 1e-15);
}

} // namespace
} // namespace harmattan::geo
