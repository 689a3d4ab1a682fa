#include "styles/color.hpp"

#include <gtest/gtest.h>

namespace harmattan::styles {

namespace {
std::string css(std::string_view text) {
    const auto color = parse_color(text);
    return color ? to_css(*color) : "none";
}
} // namespace

TEST(Color, ReadsNamesWhateverTheirCase) {
    EXPECT_EQ(css("rebeccapurple"), "#663399");
    EXPECT_EQ(css("LightGoldenrodYellow"), "#fafad2");
    EXPECT_EQ(css("aliceblue"), "#f0f8ff");
    EXPECT_EQ(css("yellowgreen"), "#9acd32");
    EXPECT_EQ(css("transparent"), "rgba(0,0,0,0)");
    EXPECT_EQ(css("sand"), "none");
    EXPECT_EQ(css(""), "none");
}

TEST(Color, ReadsHexOfThreeFourSixAndEightDigits) {
    EXPECT_EQ(css("#FC8"), "#ffcc88");
    EXPECT_EQ(css("#ffcc88"), "#ffcc88");
    EXPECT_EQ(parse_color("#fc80")->a, 0);
    EXPECT_FLOAT_EQ(parse_color("#ffcc8880")->a, 128 / 255.0f);
    for (const char* wrong : {"#", "#12", "#12345", "#1234567", "#123456789", "#ggg", "#+12", "ffcc88"})
        EXPECT_EQ(css(wrong), "none") << wrong;
}

TEST(Color, ReadsFunctionsInCommaAndSpaceSyntax) {
    EXPECT_EQ(css("rgb(255, 204, 136)"), "#ffcc88");
    EXPECT_EQ(css("rgb(255 204 136)"), "#ffcc88");
    EXPECT_EQ(css("RGBA( 100% , 80% , 53.3333% , 50% )"), "rgba(255,204,136,0.5)");
    EXPECT_EQ(css("rgb(255 204 136 / .5)"), "rgba(255,204,136,0.5)");
    EXPECT_EQ(css("hsl(120, 100%, 25%)"), "#008000");
    EXPECT_EQ(css("hsl(120deg 100% 25% / 1)"), "#008000");
    EXPECT_EQ(css("hsl(-240 100% 25%)"), "#008000");
    EXPECT_EQ(css("hsl(0.5turn 100% 50%)"), "#00ffff");
    EXPECT_EQ(css("hsla(0, 0%, 50%, 0.25)"), "rgba(128,128,128,0.25)");
}

TEST(Color, ClampsChannelsAsCssSays) {
    EXPECT_EQ(css("rgb(300, -20, 1e9)"), "#ff00ff");
    EXPECT_EQ(css("rgba(0, 0, 0, 7)"), "#000000");
    EXPECT_EQ(css("hsl(0, 150%, 50%)"), "#ff0000");
}

TEST(Color, RefusesWhatIsNearlyAColor) {
    for (const char* wrong : {"rgb(1,2)", "rgb(1,2,3,4,5)", "rgb(1 2, 3)", "rgb(1, 2 3)", "rgb(1,2,3 / 4)",
                              "rgb(1 2 / 3)", "rgb(10%, 2, 3)", "rgb(1px,2,3)", "hsl(1,2,3)", "hsl(1m, 2%, 3%)",
                              "rgb(1,,2)", "rgb(nan,0,0)", "rgb(1,2,3", "rgb 1 2 3", "hwb(1 2% 3%)", "rgb(+ 1,2,3)"})
        EXPECT_EQ(css(wrong), "none") << wrong;
}

TEST(Color, PremultipliesAndRoundsOnce) {
    EXPECT_EQ(to_premultiplied_argb({1, 0, 0, 1}), 0xffff0000u);
    EXPECT_EQ(to_premultiplied_argb({1, 1, 1, 0.5f}), 0x80808080u);
    EXPECT_EQ(to_premultiplied_argb({1, 1, 1, 0}), 0u);
    EXPECT_EQ(to_premultiplied_argb(parse_color("#336699").value()), 0xff336699u);
}

TEST(Color, WrittenAndReadAgainIsTheSame) {
    for (int v = 0; v < 256; v += 5) {
        const Color color{static_cast<float>(v) / 255, static_cast<float>(255 - v) / 255,
                          static_cast<float>(v * 7 % 256) / 255, 1};
        EXPECT_EQ(parse_color(to_css(color)), color);
    }
}

} // namespace harmattan::styles
