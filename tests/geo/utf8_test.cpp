#include "geo/utf8.hpp"

#include <gtest/gtest.h>

using namespace harmattan::geo;

TEST(Utf8, WellFormedTextOfEveryLengthIsAccepted) {
    EXPECT_TRUE(is_valid_utf8(""));
    EXPECT_TRUE(is_valid_utf8("Ségou, Ménaka – أغاديس, 𐎀"));
    EXPECT_TRUE(is_valid_utf8("12345678é12345678"));
    EXPECT_TRUE(is_valid_utf8("\xF4\x8F\xBF\xBF")); // U+10FFFF
}

TEST(Utf8, EveryIllFormedKindIsRefused) {
    for (const char* bad : {"\x80", "\xC0\xAF", "\xC3", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                            "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "S\xE9gou", "12345678\xFF"})
        EXPECT_FALSE(is_valid_utf8(bad)) << to_valid_utf8(bad);
}

TEST(Utf8, RepairKeepsWhatIsGoodAndMarksWhatIsNot) {
    EXPECT_EQ(to_valid_utf8("S\xE9gou"), "S\xEF\xBF\xBDgou");
    EXPECT_EQ(to_valid_utf8("Ségou"), "Ségou");
}

TEST(Utf8, APrefixNeverCutsACharacter) {
    EXPECT_EQ(utf8_prefix("Ségou", 2), "S");
    EXPECT_EQ(utf8_prefix("Ségou", 3), "Sé");
    EXPECT_EQ(utf8_prefix("Ségou", 60), "Ségou");
}
