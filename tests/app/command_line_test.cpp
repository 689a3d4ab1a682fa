// The program as a new user meets it: help, wrong words, missing files; one line and a documented code each.

#include "app/program.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace harmattan::test {

namespace {

struct Wrong {
    std::vector<std::string> arguments;
    int code;
    std::string says;
};

void PrintTo(const Wrong& wrong, std::ostream* out) {
    for (const std::string& argument : wrong.arguments) *out << argument << ' ';
}

class WrongLine : public testing::TestWithParam<Wrong> {};

} // namespace

TEST_P(WrongLine, IsOneLineWithAReasonAndACode) {
    const TemporaryFolder folder;
    folder.write("events.csv", "lon,lat\n-4,14\n-4.1,14.2\n");
    folder.write("typo.toml", "[density]\nbandwith_km = 20\n");
    folder.write("type.toml", "[frame]\nbbox = 3\n");
    folder.write("broken.toml", "[map\n");
    folder.write("taken.pmtiles", "somebody's");
    const ProgramRun run = run_program(GetParam().arguments, folder.path());
    EXPECT_EQ(run.exit_code, GetParam().code) << run.err;
    EXPECT_TRUE(run.err.starts_with("error: ")) << run.err;
    EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
    EXPECT_NE(run.err.find(GetParam().says), std::string::npos) << run.err;
    EXPECT_EQ(names_in(folder.path()),
              (std::vector<std::string>{"broken.toml", "events.csv", "taken.pmtiles", "type.toml", "typo.toml"}));
    EXPECT_EQ(read_file(folder.path() / "taken.pmtiles"), "somebody's");
}

INSTANTIATE_TEST_SUITE_P(
    CommandLine, WrongLine,
    testing::Values(Wrong{{"tile"}, 64, "did you mean 'tiles'"},
                    Wrong{{"tiles", "--bandwith-km", "3", "-o", "x.pmtiles"}, 64, "--bandwidth-km"},
                    Wrong{{"tiles", "events.csv"}, 64, "-o"},
                    Wrong{{"tiles", "absent.csv", "-o", "x.pmtiles"}, 66, "absent.csv"},
                    Wrong{{"tiles", "absent.toml", "-o", "x.pmtiles"}, 66, "absent.toml"},
                    Wrong{{"tiles", "typo.toml", "-o", "x.pmtiles"}, 78, "typo.toml:2:"},
                    Wrong{{"tiles", "type.toml", "-o", "x.pmtiles"}, 78, "type.toml:2:"},
                    Wrong{{"tiles", "broken.toml", "-o", "x.pmtiles"}, 78, "broken.toml:1:"},
                    Wrong{{"tiles", "events.csv", "-o", "x.pmtiles", "-z", "9-3"}, 64, "9-3"},
                    Wrong{{"tiles", "events.csv", "-o", "x.pmtiles", "--bandwidth-km", "-5"}, 64, "-5"},
                    Wrong{{"tiles", "events.csv", "-o", "x.pmtiles", "--bbox", "3,2,1"}, 64, "west,south,east,north"},
                    Wrong{{"tiles", "events.csv", "-o", "x.pmtiles", "--style", "none"}, 66, "none"},
                    Wrong{{"tiles", "events.csv", "-o", "x.pmtiles", "--region", "Mallli"}, 78, "Mali"},
                    Wrong{{"tiles", "events.csv", "-o", "x.pmtiles", "--region", " "}, 64, "the region is empty"},
                    Wrong{{"tiles", "events.csv", "-o", "x.pmtiles", "--lon", ""}, 64, "the column of the longitude"},
                    Wrong{{"tiles", "events.csv", "-o", "x.pmtiles", "--sets", "heet"}, 78, "heat"},
                    Wrong{{"tiles", "events.csv", "-o", "x.pmtiles", "--schema", "acledd"}, 64, "acled"},
                    Wrong{{"tiles", "events.csv", "-o", "taken.pmtiles"}, 73, "--force"},
                    Wrong{{"tiles", "events.csv", "-o", "no/such/folder/x.pmtiles"}, 73, "no/such/folder"},
                    Wrong{{"tiles", "/vsicurl/http://example.org/x.csv", "-o", "x.pmtiles"}, 66, "/vsicurl"},
                    Wrong{{"tiles", "http://example.org/x.csv", "-o", "x.pmtiles"}, 66, "http"},
                    Wrong{{"inspect", "."}, 66, "."}, Wrong{{"verify", "events.csv"}, 65, "events.csv"},
                    Wrong{{"verify", "absent.pmtiles"}, 66, "absent.pmtiles"}, Wrong{{"verify"}, 64, "OUT"},
                    Wrong{{"density", "events.csv", "-o", "d.tif", "--crs", "EPSG:nonsense", "--extent", "0,0,1,1",
                           "--resolution", "1000"},
                          64,
                          "EPSG:nonsense"},
                    Wrong{{"tiles", "events.csv", "-o", "x.pmtiles", "--set", "tiles.zoms=3"}, 64, "tiles.zooms"}));

TEST(CommandLine, HelpOfEveryCommandSaysWhatItTakes) {
    const TemporaryFolder folder;
    const ProgramRun top = run_program({"--help"}, folder.path());
    EXPECT_EQ(top.exit_code, 0);
    for (const char* command : {"inspect", "tiles", "density", "verify", "init"}) {
        EXPECT_NE(top.out.find(command), std::string::npos);
        const ProgramRun run = run_program({command, "--help"}, folder.path());
        EXPECT_EQ(run.exit_code, 0) << command;
        EXPECT_NE(run.out.find("Usage: harmattan " + std::string(command)), std::string::npos) << run.out;
        EXPECT_TRUE(run.err.empty()) << run.err;
    }
}

TEST(CommandLine, ForceNeverDestroysWhatIsRead) {
    const TemporaryFolder folder;
    const std::string table = "lon,lat\n-4,14\n-4.1,14.2\n";
    folder.write("events.csv", table);
    for (const std::vector<std::string>& line : std::vector<std::vector<std::string>>{
             {"inspect", "events.csv", "--ledger", "events.csv", "--force"},
             {"init", "events.csv", "-o", "./events.csv", "--force"},
             {"tiles", "events.csv", "-o", "x.pmtiles", "--ledger", "events.csv", "--force"},
             {"density", "events.csv", "-o", "events.csv", "--force"}}) {
        const ProgramRun run = run_program(line, folder.path());
        EXPECT_EQ(run.exit_code, 64) << line.front() << ": " << run.err;
        EXPECT_EQ(read_file(folder.path() / "events.csv"), table) << line.front();
    }
}

TEST(CommandLine, VersionIsPrinted) {
    const TemporaryFolder folder;
    const ProgramRun run = run_program({"--version"}, folder.path());
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_TRUE(run.out.starts_with("harmattan ")) << run.out;
}

TEST(CommandLine, InitWritesAMapFileThatWorksAsItIs) {
    const TemporaryFolder folder;
    folder.write("events.csv", "lon,lat,date\n-4,14,2025-07-01\n-4.1,14.2,2025-07-02\n-3.9,13.8,2025-07-09\n");
    ASSERT_EQ(run_program({"init", "events.csv", "-o", "map.toml"}, folder.path()).exit_code, 0);
    EXPECT_EQ(run_program({"init", "events.csv", "-o", "map.toml"}, folder.path()).exit_code, 73);
    const ProgramRun run = run_program({"tiles", "map.toml", "-o", "map.pmtiles", "-z", "5-6"}, folder.path());
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(names_in(folder.path()), (std::vector<std::string>{"events.csv", "map.pmtiles", "map.toml"}));
}

} // namespace harmattan::test
