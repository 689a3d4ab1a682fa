#include "geo/reading/numbers.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <random>

namespace harmattan::geo {

namespace {

std::int64_t e7_of(std::string_view text, Axis axis, bool decimal_comma = false) {
    const std::string padded = std::string(text) + std::string(number_padding, '9');
    return parse_e7(std::string_view(padded).substr(0, text.size()), axis, decimal_comma);
}

} // namespace

TEST(Numbers, SevenPlacesAreKeptExactly) {
    std::mt19937_64 random(7);
    for (int i = 0; i < 200'000; ++i) {
        const auto e7 = static_cast<std::int64_t>(random() % 3'600'000'001) - 1'800'000'000;
        const std::int64_t whole = std::abs(e7) / 10'000'000, places = std::abs(e7) % 10'000'000;
        const std::string text = fmt::format("{}{}.{:07}", e7 < 0 ? "-" : "", whole, places);
        ASSERT_EQ(e7_of(text, Axis::lon), e7) << text;
    }
}

TEST(Numbers, ShortAndLongDecimalsAgreeWithStrtod) {
    std::mt19937_64 random(8);
    for (int i = 0; i < 100'000; ++i) {
        const int places = static_cast<int>(random() % 16);
        const double value = (static_cast<double>(random() >> 11) * 0x1p-53 - 0.5) * 360;
        const std::string text = fmt::format("{:.{}f}", value, places);
        const double expected = std::strtod(text.c_str(), nullptr) * 1e7;
        ASSERT_NEAR(static_cast<double>(e7_of(text, Axis::lon)), expected, 0.5 + 1e-6) << text;
    }
}

TEST(Numbers, WhatIsOneNumberIsRead) {
    const std::pair<const char*, double> good[] = {
        {"12.5", 12.5},     {" 12.5 ", 12.5},
        {"+3", 3},          {"-0.25", -0.25},
        {".5", 0.5},        {"5.", 5},
        {"1e1", 10},        {"1.25E-1", .125},
        {"007", 7},         {"\t8\t", 8},
        {"-0", 0},          {"\u00A0 9 \u00A0", 9},
        {"00012.50", 12.5}, {"12.123456789012345", 12.123456789012345},
    };
    for (const auto& [text, value] : good) {
        const auto parsed = parse_number(text);
        ASSERT_TRUE(parsed) << text;
        EXPECT_DOUBLE_EQ(*parsed, value) << text;
        EXPECT_NEAR(static_cast<double>(e7_of(text, Axis::lat)), value * 1e7, 0.5) << text;
    }
}

TEST(Numbers, WhatIsNotOneNumberIsBad) {
    for (const char* text :
         {"NaN",    "nan",   "inf",  "-inf", "Infinity", "1e400",  "-1e400", "0x10", "1,234.5", "1.234,5", "1 234",
          "12.5.6", "1_000", "12a",  "a12",  "--5",      "+-5",    "-",      "+",    ".",       "e5",      "١٢٫٥",
          "१२",     "12,5",  "#N/A", "NULL", "1/2",      "\"12\"", "12.5;",  "1e",   "N",       "°"}) {
        EXPECT_FALSE(parse_number(text)) << text;
        EXPECT_EQ(e7_of(text, Axis::lat), e7_bad) << text;
    }
    for (const char* text : {"", " ", "\t", "\u00A0"}) {
        EXPECT_FALSE(parse_number(text)) << text;
        EXPECT_EQ(e7_of(text, Axis::lat), e7_empty) << text;
    }
}

TEST(Numbers, ACommaIsADecimalPointWhereCommasDoNotDelimit) {
    EXPECT_EQ(parse_number("12,5", true), 12.5);
    EXPECT_EQ(parse_number("-0,25", true), -0.25);
    EXPECT_EQ(parse_number("12.5", true), 12.5);
    EXPECT_FALSE(parse_number("1,234,5", true));
    EXPECT_FALSE(parse_number("1,234.5", true));
    EXPECT_EQ(e7_of("-3,0106193", Axis::lon, true), -30106193);
}

TEST(Numbers, AnglesWithMarksAreReadToABillionthOfADegree) {
    const double third = 30.0 / 60 + 15.5 / 3600;
    const struct {
        const char* text;
        Axis axis;
        double degrees;
    } good[] = {
        {"13°30'15.5\"N", Axis::lat, 13 + third},
        {"13°30'15.5\"S", Axis::lat, -(13 + third)},
        {"13° 30′ 15.5″ N", Axis::lat, 13 + third},
        {"N 13° 30' 15.5\"", Axis::lat, 13 + third},
        {"W4°12'", Axis::lon, -4.2},
        {"4°12'W", Axis::lon, -4.2},
        {"004° 12.6' W", Axis::lon, -4.21},
        {"-13°30'15.5\"", Axis::lat, -(13 + third)},
        {"13d30m15.5s", Axis::lat, 13 + third},
        {"13:30:15.5", Axis::lat, 13 + third},
        {"-13:30:15.5", Axis::lat, -(13 + third)},
        {"13 30 15.5 N", Axis::lat, 13 + third},
        {"13 30 N", Axis::lat, 13.5},
        {"33.5°", Axis::lat, 33.5},
        {"33.5 N", Axis::lat, 33.5},
        {"12.5 S", Axis::lat, -12.5},
        {"13º30’15,5”N", Axis::lat, 13 + third},
        {"13°30'15.5''N", Axis::lat, 13 + third},
        {"\u22123.25°", Axis::lon, -3.25},
        {"0°00'00\"E", Axis::lon, 0},
    };
    for (const auto& [text, axis, degrees] : good) {
        const auto parsed = parse_degrees(text, axis, true);
        ASSERT_TRUE(parsed) << text;
        EXPECT_NEAR(*parsed, degrees, 1e-9) << text;
    }
}

TEST(Numbers, AnglesThatDoNotSayWhatTheyAreAreBad) {
    for (const char* text :
         {"13°60'00\"N", "13°30'60\"N", "13.5°30'N",     "13°30.5'15\"N", "13 30 15",     "13°-30'N", "-13°30'S",
          "+13°N",       "13°30'15\"E", "13°N30'",       "13°30'15\"X",   "°30'",         "13°''",    "13°15\"N",
          "N",           "NN13",        "13°30'15\"N N", "13O",           "13°30'15\"16", "abc N"})
        EXPECT_FALSE(parse_degrees(text, Axis::lat)) << text;
    EXPECT_FALSE(parse_degrees("4°12'O", Axis::lon)); // ouest, or Ost?
    EXPECT_FALSE(parse_degrees("4°12'N", Axis::lon));
}

TEST(Numbers, CodesBeginWithTheirInteger) {
    EXPECT_EQ(leading_integer("2"), 2);
    EXPECT_EQ(leading_integer("(2) 25 km precision "), 2);
    EXPECT_EQ(leading_integer(" ( 5) Linear feature"), 5);
    EXPECT_EQ(leading_integer("2.0"), 2);
    EXPECT_EQ(leading_integer("12"), 12);
    EXPECT_FALSE(leading_integer(""));
    EXPECT_FALSE(leading_integer("exact"));
    EXPECT_FALSE(leading_integer("123456"));
}

} // namespace harmattan::geo
