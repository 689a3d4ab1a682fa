#include "tiles/serve/entity_tag.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::tiles {

namespace {

using namespace std::string_view_literals;
using Fields = std::vector<std::string_view>;

constexpr std::string_view tag = R"("06b0")";

TEST(EntityTag, NoneMatchNamesIt) {
    for (const std::string_view field :
         Fields{R"("06b0")", " \"06b0\"\t", R"(W/"06b0")", "*", " * ", R"("a", "06b0")", R"("06b0","a")",
                "\"a\",W/\"b\" ,\t\"06b0\" , \"c\"", R"(,"06b0")", R"("06b0",)", R"(, ,,"06b0",,)", R"("a,b", "06b0")",
                R"("", "06b0")", "\"\xc3\xa9\",\"06b0\"", R"("06b0","06b0")", R"("back\slash", "06b0")"})
        EXPECT_TRUE(none_match_names(field, tag)) << field;
    EXPECT_TRUE(none_match_names(R"("")", R"("")"));
}

TEST(EntityTag, NoneMatchDoesNotNameIt) {
    for (const std::string_view field : Fields{"", R"("")", R"(W/"")", R"("a")", R"("a", "b")", R"("06b0x")",
                                               R"("x06b0")", R"("6b0")", R"("06B0")", R"(" 06b0")"})
        EXPECT_FALSE(none_match_names(field, tag)) << field;
}

TEST(EntityTag, MalformedListCountsForNothingWhereverTheTagStands) {
    for (const std::string_view field : Fields{"06b0",
                                               R"("06b0)",
                                               R"(06b0")",
                                               "'06b0'",
                                               R"(w/"06b0")",
                                               R"(W"06b0")",
                                               R"(/"06b0")",
                                               R"(W/ "06b0")",
                                               R"(W/W/"06b0")",
                                               "W/06b0",
                                               R"(*, "06b0")",
                                               R"("06b0", *)",
                                               "**",
                                               R"("*)",
                                               R"("06b0" "06b0")",
                                               R"("06b0""06b0")",
                                               R"("06b0"x)",
                                               R"(x"06b0")",
                                               R"("06b0";q=1)",
                                               R"("a" "06b0")",
                                               R"("06b0", "unclosed)",
                                               R"("06b0", unquoted)",
                                               R"(unquoted, "06b0")",
                                               R"("a b", "06b0")",
                                               "\"a\x7f\", \"06b0\"",
                                               "\"a\x01\", \"06b0\"",
                                               R"("a, "06b0")",
                                               "\"06b0\"\0"sv,
                                               "\"\0\",\"06b0\""sv,
                                               "\"",
                                               "W/",
                                               "W/\"",
                                               R"(""")",
                                               "Thu, 01 Jan 1970 00:00:00 GMT"})
        EXPECT_FALSE(none_match_names(field, tag)) << field;
    EXPECT_FALSE(none_match_names(std::string(8'000, '"'), tag));
    EXPECT_FALSE(none_match_names(std::string(8'000, ','), tag));
}

TEST(EntityTag, IfRangeIsStrong) {
    EXPECT_TRUE(if_range_holds(R"("06b0")", tag));
    EXPECT_TRUE(if_range_holds(R"( "06b0" )", tag));
    for (const std::string_view field :
         Fields{"", R"(W/"06b0")", "*", R"("a")", R"("06b0","06b0")", R"("06b0", "a")", "06b0", R"(06b0")",
                "Sat, 29 Oct 1994 19:43:31 GMT", "Saturday, 29-Oct-94 19:43:31 GMT", "0"})
        EXPECT_FALSE(if_range_holds(field, tag)) << field;
}

} // namespace

} // namespace harmattan::tiles
