#include "geo/fold_name.hpp"

#include <gtest/gtest.h>

using harmattan::geo::fold_name;

TEST(FoldName, SpellingsOfOneNameMeet) {
    for (const char* name : {"Côte d’Ivoire", "cote d'ivoire", "COTE-D-IVOIRE", " Côte  d'Ivoire "})
        EXPECT_EQ(fold_name(name), "cote d ivoire") << name;
    EXPECT_EQ(fold_name("Ségou"), fold_name("Se\u0301gou"));
    EXPECT_EQ(fold_name("Guinée-Bissau"), "guinee bissau");
    EXPECT_EQ(fold_name("Œuvre Ždral Ngaoundéré"), "oeuvre zdral ngaoundere");
    EXPECT_EQ(fold_name("ML0502"), "ml0502");
}

TEST(FoldName, OtherScriptsStayAsTheyAre) { EXPECT_EQ(fold_name("تمبكتو"), "تمبكتو"); }

TEST(FoldName, DifferentNamesStayDifferent) {
    EXPECT_NE(fold_name("Niger"), fold_name("Nigeria"));
    EXPECT_NE(fold_name("Guinée"), fold_name("Guyane"));
}
