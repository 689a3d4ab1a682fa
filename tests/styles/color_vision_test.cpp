#include "styles/color_vision.hpp"

#include <gtest/gtest.h>

namespace harmattan::styles {

namespace {
Color color(const char* css) { return parse_color(css).value(); }
} // namespace

// The 34 pairs of Sharma, Wu & Dalal 2005, table 1.
TEST(Difference00, GivesThePublishedPairs) {
    struct Pair {
        Lab a, b;
        double difference;
    };
    const Pair pairs[] = {
        {{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
        {{50, 3.1571, -77.2803}, {50, 0, -82.7485}, 2.8615},
        {{50, 2.8361, -74.0200}, {50, 0, -82.7485}, 3.4412},
        {{50, -1.3802, -84.2814}, {50, 0, -82.7485}, 1.0000},
        {{50, -1.1848, -84.8006}, {50, 0, -82.7485}, 1.0000},
        {{50, -0.9009, -85.5211}, {50, 0, -82.7485}, 1.0000},
        {{50, 0, 0}, {50, -1, 2}, 2.3669},
        {{50, -1, 2}, {50, 0, 0}, 2.3669},
        {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0009}, 7.1792},
        {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0010}, 7.1792},
        {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0011}, 7.2195},
        {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0012}, 7.2195},
        {{50, -0.0010, 2.4900}, {50, 0.0009, -2.4900}, 4.8045},
        {{50, -0.0010, 2.4900}, {50, 0.0010, -2.4900}, 4.8045},
        {{50, -0.0010, 2.4900}, {50, 0.0011, -2.4900}, 4.7461},
        {{50, 2.5, 0}, {50, 0, -2.5}, 4.3065},
        {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
        {{50, 2.5, 0}, {61, -5, 29}, 22.8977},
        {{50, 2.5, 0}, {56, -27, -3}, 31.9030},
        {{50, 2.5, 0}, {58, 24, 15}, 19.4535},
        {{50, 2.5, 0}, {50, 3.1736, 0.5854}, 1.0000},
        {{50, 2.5, 0}, {50, 3.2972, 0}, 1.0000},
        {{50, 2.5, 0}, {50, 1.8634, 0.5757}, 1.0000},
        {{50, 2.5, 0}, {50, 3.2592, 0.3350}, 1.0000},
        {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
        {{63.0109, -31.0961, -5.8663}, {62.8187, -29.7946, -4.0864}, 1.2630},
        {{61.2901, 3.7196, -5.3901}, {61.4292, 2.2480, -4.9620}, 1.8731},
        {{35.0831, -44.1164, 3.7933}, {35.0232, -40.0716, 1.5901}, 1.8645},
        {{22.7233, 20.0904, -46.6940}, {23.0331, 14.9730, -42.5619}, 2.0373},
        {{36.4612, 47.8580, 18.3852}, {36.2715, 50.5065, 21.2231}, 1.4146},
        {{90.8027, -2.0831, 1.4410}, {91.1528, -1.6435, 0.0447}, 1.4441},
        {{90.9257, -0.5406, -0.9208}, {88.6381, -0.8985, -0.7239}, 1.5381},
        {{6.7747, -0.2908, -2.4247}, {5.8714, -0.0985, -2.2286}, 0.6377},
        {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082},
    };
    for (const Pair& pair : pairs)
        EXPECT_NEAR(difference_00(pair.a, pair.b), pair.difference, 5e-5)
            << pair.a.lightness << " " << pair.a.a << " " << pair.a.b;
}

TEST(ContrastRatio, IsThatOfWcag) {
    EXPECT_NEAR(contrast_ratio(color("black"), color("white")), 21, 1e-6);
    EXPECT_NEAR(contrast_ratio(color("#777777"), color("white")), 4.48, 0.005); // the well-known grey just below 4.5
    EXPECT_EQ(contrast_ratio(color("#123456"), color("#123456")), 1);
}

TEST(ColorSpaces, RoundTripWithinAThousandthOfAChannel) {
    for (const char* css : {"#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#336699", "#f6dfae", "#470f27"}) {
        const Color c = color(css);
        for (const Color back : {from_oklab(to_oklab(c)), from_lab(to_lab(c)), from_hcl(to_hcl(c))}) {
            EXPECT_NEAR(back.r, c.r, 1e-3) << css;
            EXPECT_NEAR(back.g, c.g, 1e-3) << css;
            EXPECT_NEAR(back.b, c.b, 1e-3) << css;
        }
    }
}

TEST(ColorSpaces, GiveThePublishedValues) {
    // Oklab of sRGB red (Ottosson's page, as every implementation gives it); CIELAB D50 of it (CSS Color 4, sample
    // code).
    const Oklab red = to_oklab(color("red"));
    EXPECT_NEAR(red.lightness, 0.62796, 1e-4);
    EXPECT_NEAR(red.a, 0.22486, 1e-4);
    EXPECT_NEAR(red.b, 0.12585, 1e-4);
    const Lab lab = to_lab(color("red"));
    EXPECT_NEAR(lab.lightness, 54.29, 0.01);
    EXPECT_NEAR(lab.a, 80.81, 0.02);
    EXPECT_NEAR(lab.b, 69.89, 0.02);
}

TEST(Dichromacy, KeepsGreysAndConfusesWhatItShould) {
    for (const Dichromacy kind : {Dichromacy::protan, Dichromacy::deutan, Dichromacy::tritan})
        for (const char* grey : {"black", "#808080", "white"})
            EXPECT_LT(difference_00(simulate(color(grey), kind), color(grey)), 0.5) << grey;
    // An Ishihara-like pair: far apart for most eyes, near for deuteranopes.
    const Color orange = color("#b05a32"), green = color("#7d7a2e");
    EXPECT_GT(difference_00(orange, green), 25);
    EXPECT_LT(difference_00(simulate(orange, Dichromacy::deutan), simulate(green, Dichromacy::deutan)), 12);
}

} // namespace harmattan::styles
