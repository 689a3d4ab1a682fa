#include "render/text/french_spacing.hpp"

#include <gtest/gtest.h>

namespace harmattan::render {

TEST(FrenchSpacing, SetsTheSpaceThatEachMarkWants) {
    EXPECT_EQ(french_spacing("Ici ; là ! où ? 53 % : tout"), "Ici\u202f; là\u202f! où\u202f? 53\u202f%\u00a0: tout");
    EXPECT_EQ(french_spacing("le « Nord » : oui"), "le «\u00a0Nord\u00a0»\u00a0: oui");
}

TEST(FrenchSpacing, MendsTheWrongSpaceAndLeavesTheRight) {
    const std::string right = "Ici\u202f; là\u00a0: «\u00a0oui\u00a0»";
    EXPECT_EQ(french_spacing("Ici\u00a0; là\u202f: «\u202foui »"), right);
    EXPECT_EQ(french_spacing(right), right);
}

TEST(FrenchSpacing, PutsNothingWhereThereIsNoSpace) {
    for (const char* text :
         {"https://example.org/?a=b;c", "12:30", "", " ", "a b", "1\u202f000\u00a0km²", "été «", "{:+.0f}"})
        EXPECT_EQ(french_spacing(text), text);
}

} // namespace harmattan::render
