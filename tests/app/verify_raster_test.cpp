// A density raster checked from its bytes: sound as written, found out when a byte is changed or the end is cut off.

#include "app/program.hpp"
#include "geo/density/verify_cog.hpp"
#include "geo/error.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace harmattan::test {

namespace {

bool found_damaged(const std::filesystem::path& file) {
    try {
        return !geo::verify_cog(file).empty();
    } catch (const geo::Error&) { return true; }
}

class VerifyRaster : public testing::Test {
protected:
    VerifyRaster() {
        folder.write("events.csv", "lon,lat\n-4,14\n-4.1,14.2\n-3.6,13.9\n");
        const ProgramRun run =
            run_program({"density", "events.csv", "-o", "d.tif", "--bandwidth-km", "20", "--resolution", "400", "-q"},
                        folder.path());
        EXPECT_EQ(run.exit_code, 0) << run.err;
        bytes = read_file(folder.path() / "d.tif");
    }
    TemporaryFolder folder;
    std::string bytes;
};

} // namespace

TEST_F(VerifyRaster, IsSoundAsWritten) {
    EXPECT_EQ(geo::verify_cog(folder.path() / "d.tif"), std::vector<std::string>());
    EXPECT_EQ(run_program({"verify", "d.tif"}, folder.path()).exit_code, 0);
}

TEST_F(VerifyRaster, FindsEveryTruncation) {
    for (std::size_t length = 10; length < bytes.size(); length += bytes.size() / 40)
        EXPECT_TRUE(found_damaged(folder.write("cut.tif", bytes.substr(0, length)))) << length;
}

TEST_F(VerifyRaster, FindsChangedBytesOfTheCells) {
    // The blocks come last in a COG. Around each stand eight bytes of no meaning to a reader (its size before, its last
    // bytes again behind), which nothing checks: so not every flip can be found.
    int flipped = 0, found = 0;
    for (std::size_t at = bytes.size() / 2; at < bytes.size() - 4; at += bytes.size() / 120, ++flipped) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        found += found_damaged(folder.write("flipped.tif", damaged)) ? 1 : 0;
    }
    EXPECT_GT(flipped, 40);
    EXPECT_GE(found, flipped * 95 / 100);
}

} // namespace harmattan::test
