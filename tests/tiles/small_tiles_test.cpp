#include "tests/tiles/small_tiles.hpp"

#include <cstdlib>
#include <gtest/gtest.h>
#include <unistd.h>

namespace harmattan::test {

namespace {

// why: publishing waits for the disk, and thousands of small outputs would wait long; in memory it is the same calls
[[maybe_unused]] const bool in_memory = access("/dev/shm", W_OK) == 0 && setenv("TMPDIR", "/dev/shm", 1) == 0;

TEST(SmallTiles, PicturesDifferAndDecode) {
    EXPECT_NE(picture(1), picture(2));
    EXPECT_EQ(render::decode(picture(1)).width, small_px);
}

} // namespace

} // namespace harmattan::test
