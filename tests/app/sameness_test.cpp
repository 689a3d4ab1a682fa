// Same in, same out: threads, interruption and container cannot change a byte of a picture.

#include "app/program.hpp"

#include "tiles/archive_reader.hpp"
#include "tiles/digest.hpp"

#include <csignal>
#include <gtest/gtest.h>
#include <map>

namespace harmattan::test {

namespace {

/// A made-up table: a cluster, a stack of coincident events, lone events, every precision class.
std::string table() {
    std::string text = "id,latitude,longitude,date_start,where_prec,country,best\n";
    for (int i = 0; i < 120; ++i)
        text += std::to_string(1000 + i) + "," + std::to_string(13.0 + (i * 37 % 100) / 40.0) + "," +
                std::to_string(-4.5 + (i * 53 % 100) / 30.0) + ",2025-0" + std::to_string(1 + i % 9) + "-1" +
                std::to_string(i % 10) + "," + std::to_string(1 + i % 5) + ",Mali,1\n";
    for (int i = 0; i < 20; ++i) text += std::to_string(2000 + i) + ",14.35,-3.61,2025-02-03,1,Mali,2\n";
    return text;
}

std::map<std::uint64_t, tiles::Hash128> tiles_of(const std::filesystem::path& archive) {
    std::map<std::uint64_t, tiles::Hash128> digests;
    tiles::open_archive(archive)->each_tile([&](geo::TileId id, std::span<const std::byte> bytes) {
        digests[geo::tile_number(id)] = tiles::digest(bytes);
    });
    return digests;
}

class Sameness : public testing::Test {
protected:
    Sameness() { folder.write("events.csv", table()); }
    ProgramRun tiles(std::vector<std::string> more) const {
        std::vector<std::string> line{"tiles", "events.csv", "-z", "4-8", "-q"};
        line.insert(line.end(), more.begin(), more.end());
        return run_program(line, folder.path());
    }
    std::string bytes(const std::string& name) const { return read_file(folder.path() / name); }
    TemporaryFolder folder;
};

} // namespace

TEST_F(Sameness, OneThreadOrEight) {
    ASSERT_EQ(tiles({"-o", "one.pmtiles", "--threads", "1"}).exit_code, 0);
    ASSERT_EQ(tiles({"-o", "eight.pmtiles", "--threads", "8"}).exit_code, 0);
    EXPECT_FALSE(bytes("one.pmtiles").empty());
    EXPECT_EQ(bytes("one.pmtiles"), bytes("eight.pmtiles"));
}

TEST_F(Sameness, EveryContainerHoldsTheSameTiles) {
    ASSERT_EQ(tiles({"-o", "a.pmtiles"}).exit_code, 0);
    ASSERT_EQ(tiles({"-o", "a.mbtiles"}).exit_code, 0);
    ASSERT_EQ(tiles({"-o", "a"}).exit_code, 0);
    const auto pmtiles = tiles_of(folder.path() / "a.pmtiles");
    EXPECT_GT(pmtiles.size(), 20u);
    EXPECT_EQ(pmtiles, tiles_of(folder.path() / "a.mbtiles"));
    EXPECT_EQ(pmtiles, tiles_of(folder.path() / "a"));
    for (const char* name : {"a.pmtiles", "a.mbtiles", "a"})
        EXPECT_EQ(run_program({"verify", name}, folder.path()).exit_code, 0) << name;
}

TEST_F(Sameness, AKilledRunLeavesNothingAndIsTakenUpAgain) {
    ASSERT_EQ(tiles({"-o", "whole.pmtiles"}).exit_code, 0);
    int cut_short = 0;
    for (const int after_ms : {60, 150, 300, 600, 1000}) {
        const ProgramRun killed =
            run_program_and_signal({"tiles", "events.csv", "-z", "4-8", "-q", "-o", "cut.pmtiles", "--threads", "1"},
                                   folder.path(), SIGKILL, after_ms);
        if (killed.exit_code == 0) break;
        ++cut_short;
        EXPECT_FALSE(std::filesystem::exists(folder.path() / "cut.pmtiles"));
        ASSERT_EQ(tiles({"-o", "cut.pmtiles", "--resume"}).exit_code, 0);
        EXPECT_EQ(bytes("whole.pmtiles"), bytes("cut.pmtiles")) << "killed after " << after_ms << " ms";
        std::filesystem::remove(folder.path() / "cut.pmtiles");
    }
    EXPECT_GT(cut_short, 0);
}

TEST_F(Sameness, CtrlCEndsWithItsCodeAndNothingAtTheFinalPath) {
    const ProgramRun stopped =
        run_program_and_signal({"tiles", "events.csv", "-z", "4-11", "-q", "-o", "long.pmtiles", "--threads", "1"},
                               folder.path(), SIGINT, 400);
    EXPECT_EQ(stopped.exit_code, 130) << stopped.err;
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "long.pmtiles"));
}

TEST_F(Sameness, TheFrameNeverChangesTheEstimate) {
    ASSERT_EQ(tiles({"-o", "wide.pmtiles", "--bbox=-12,8,4,20"}).exit_code, 0);
    ASSERT_EQ(tiles({"-o", "narrow.pmtiles", "--bbox=-5.5,12,-2,15", "--sets", "heat"}).exit_code, 0);
    ASSERT_EQ(tiles({"-o", "wide.pmtiles", "--bbox=-12,8,4,20", "--sets", "heat"}).exit_code, 0);
    const auto wide = tiles_of(folder.path() / "wide-heat.pmtiles"),
               narrow = tiles_of(folder.path() / "narrow-heat.pmtiles");
    ASSERT_GT(narrow.size(), 10u);
    for (const auto& [number, digest] : narrow) {
        const auto same = wide.find(number);
        ASSERT_NE(same, wide.end());
        EXPECT_EQ(same->second, digest) << "tile " << geo::to_string(geo::tile_from_number(number));
    }
}

} // namespace harmattan::test
