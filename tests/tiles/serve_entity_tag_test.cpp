#include "tiles/serve/entity_tag.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace harmattan::tiles {

namespace {

constexpr const char* tag = "\"06b05ab6733a6185\"";

TEST(EntityTag, NoneMatchNamesIt) {
    const std::string t = tag;
    for (const std::string& field : std::vector<std::string>{
             t, " " + t + "\t", "W/" + t, "*", " * ", "\"a\", " + t, t + ",\"a\"", "\"a\",W/\"b\" ,\t" + t + " , \"c\"",
             "," + t, t + ",", ", ,," + t + ",,", "\"a,b\", " + t, "\"\", " + t, "\"\xc3\xa9\"," + t, t + "," + t,
             "\"back\\slash\", " + t})
        EXPECT_TRUE(none_match_names(field, tag)) << field;
}

TEST(EntityTag, NoneMatchDoesNotNameIt) {
    const std::string t = tag, bare = t.substr(1, t.size() - 2);
    for (const std::string& field : std::vector<std::string>{
             std::string(), "\"\"", "W/\"\"", "\"a\"", "\"a\", \"b\"", "\"" + bare + "x\"", "\"x" + bare + "\"",
             "\"" + bare.substr(1) + "\"", "\"06B05AB6733A6185\"",
             // malformed: the whole field counts for nothing, wherever the tag stands in it
             bare, "\"" + bare, bare + "\"", "'" + bare + "'", "w/" + t, "W" + t, "/" + t, "W/ " + t, "W/W/" + t,
             "W/" + bare, "*, " + t, t + ", *", "**", "\"*", t + " " + t, t + t, t + "x", "x" + t, t + ";q=1",
             "\"a\" " + t, t + ", \"unclosed", t + ", unquoted", "unquoted, " + t, "\"a b\", " + t, "\"a\x7f\", " + t,
             "\"a\x01\", " + t, "\"a, " + t, t + std::string("\0", 1), std::string("\"") + '\0' + "\"," + t, "\"", "W/",
             "W/\"", "\"\"\"", "Thu, 01 Jan 1970 00:00:00 GMT"})
        EXPECT_FALSE(none_match_names(field, tag)) << field;
    EXPECT_TRUE(none_match_names("\"\"", "\"\""));
    EXPECT_FALSE(none_match_names(std::string(8'000, '"'), tag));
    EXPECT_FALSE(none_match_names(std::string(8'000, ','), tag));
}

TEST(EntityTag, IfRangeIsStrong) {
    const std::string t = tag;
    EXPECT_TRUE(if_range_holds(t, tag));
    EXPECT_TRUE(if_range_holds(" " + t + " ", tag));
    for (const std::string& field : std::vector<std::string>{
             std::string(), "W/" + t, "*", "\"a\"", t + "," + t, t + ", \"a\"", t.substr(1, t.size() - 2), t.substr(1),
             "Sat, 29 Oct 1994 19:43:31 GMT", "Saturday, 29-Oct-94 19:43:31 GMT", "0"})
        EXPECT_FALSE(if_range_holds(field, tag)) << field;
}

} // namespace

} // namespace harmattan::tiles
