#include "styles/ramp.hpp"

#include "styles/color_vision.hpp"

#include <gtest/gtest.h>

namespace harmattan::styles {

TEST(Ramp, LightnessOfEveryOneSidedRampIsMonotone) {
    for (const Ramp& ramp : named_ramps()) {
        if (ramp.diverging) continue;
        const double direction = to_oklab(ramp.colors.back()).lightness - to_oklab(ramp.colors.front()).lightness;
        for (std::size_t i = 1; i < Ramp::size; ++i) {
            const double step = to_oklab(ramp.colors[i]).lightness - to_oklab(ramp.colors[i - 1]).lightness;
            EXPECT_GT(step * direction, -1e-6) << ramp.name << " entry " << i;
        }
    }
}

TEST(Ramp, NeighbouringClassesAreToldApartByEveryEye) {
    for (const Ramp& ramp : named_ramps()) {
        // ColorBrewer's ramp is kept as published: its light classes fall to 8.9 for deuteranopes.
        const double least = ramp.name == "YlOrRd" ? 8.9 : 10;
        const std::vector<Color> classes = class_colors(ramp, 5);
        for (std::size_t i = 1; i < classes.size(); ++i) {
            EXPECT_GE(difference_00(classes[i - 1], classes[i]), 10)
                << ramp.name << " classes " << i << " and " << i + 1;
            for (const Dichromacy kind : {Dichromacy::protan, Dichromacy::deutan, Dichromacy::tritan})
                EXPECT_GE(difference_00(simulate(classes[i - 1], kind), simulate(classes[i], kind)), least)
                    << ramp.name << " classes " << i << " and " << i + 1 << " kind " << static_cast<int>(kind);
        }
    }
}

TEST(Ramp, DivergingRampIsLightestInTheMiddleAndTwoHued) {
    const Ramp* ramp = find_ramp("PuOr");
    ASSERT_NE(ramp, nullptr);
    EXPECT_TRUE(ramp->diverging);
    const Color middle = ramp->at(0.5);
    for (const double t : {0.0, 0.25, 0.75, 1.0})
        EXPECT_LT(to_oklab(ramp->at(t)).lightness, to_oklab(middle).lightness);
    for (const Dichromacy kind : {Dichromacy::protan, Dichromacy::deutan, Dichromacy::tritan})
        EXPECT_GE(difference_00(simulate(ramp->at(0.2), kind), simulate(ramp->at(0.8), kind)), 20);
}

TEST(Ramp, PublishedTablesAreMetBetweenTheirTenths) {
    // Entries of matplotlib's tables that are not stops here (64 and 192 of 256).
    const auto near = [](const char* name, std::size_t entry, const char* css) {
        EXPECT_LT(difference_00(find_ramp(name)->colors[entry], parse_color(css).value()), 2) << name << " " << entry;
    };
    near("viridis", 64, "#3b528b");
    near("viridis", 192, "#5ec962");
    near("inferno", 64, "#57106e");
    near("inferno", 192, "#f98e09");
    near("magma", 64, "#51127c");
    near("magma", 192, "#fc8961");
}

TEST(Ramp, FloorFadesInOverATenth) {
    const Ramp ramp = with_faded_floor(*find_ramp("sahel"));
    EXPECT_EQ(ramp.colors[0].a, 0);
    EXPECT_NEAR(ramp.at(0.05).a, 0.5, 0.02);
    EXPECT_EQ(ramp.at(0.1 + 1.0 / 255).a, 1);
    EXPECT_EQ(ramp.colors.back().a, 1);
}

TEST(Ramp, OutsideOfTheRampIsItsEnd) {
    const Ramp& ramp = *find_ramp("viridis");
    EXPECT_EQ(ramp.at(-3), ramp.colors.front());
    EXPECT_EQ(ramp.at(7), ramp.colors.back());
    EXPECT_EQ(ramp.at(std::numeric_limits<double>::quiet_NaN()), ramp.colors.front());
    EXPECT_EQ(find_ramp("rainbow"), nullptr);
}

TEST(GeometricLimits, HaveEqualRatiosAndRoundInnerOnes) {
    EXPECT_EQ(geometric_limits(1, 100'000, 5), (std::vector<double>{1, 10, 100, 1000, 10'000, 100'000}));
    const auto limits = geometric_limits(0.37, 83.1, 5);
    ASSERT_EQ(limits.size(), 6u);
    EXPECT_EQ(limits.front(), 0.37);
    EXPECT_EQ(limits.back(), 83.1);
    EXPECT_EQ(limits[1], 1.1);
    EXPECT_EQ(limits[2], 3.2);
    // Rounding must not make classes fall together.
    const auto narrow = geometric_limits(1.001, 1.005, 4);
    for (std::size_t i = 1; i < narrow.size(); ++i) EXPECT_LT(narrow[i - 1], narrow[i]);
}

} // namespace harmattan::styles
