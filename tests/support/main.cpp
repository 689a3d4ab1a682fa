// Every test binary starts as the program does: the Runtime first.
#include "geo/runtime.hpp"

#include <gtest/gtest.h>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    const harmattan::geo::Runtime runtime;
    return RUN_ALL_TESTS();
}
