// The floors of the house: each includes only itself and what lies below.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace harmattan::app {

TEST(Floors, EachIncludesOnlyFloorsBelow) {
    const std::vector<std::string> floors{"geo", "styles", "render", "tiles", "app"};
    const std::filesystem::path source = HARMATTAN_TEST_SOURCE;
    int seen = 0;
    for (std::size_t floor = 0; floor < floors.size(); ++floor) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(source / floors[floor])) {
            const std::string extension = entry.path().extension().string();
            if (extension != ".hpp" && extension != ".cpp") continue;
            std::ifstream file(entry.path());
            for (std::string line; std::getline(file, line);) {
                if (!line.starts_with("#include \"")) continue;
                const std::string included = line.substr(10, line.find('/') - 10);
                const auto at = std::find(floors.begin(), floors.end(), included);
                ASSERT_NE(at, floors.end()) << entry.path() << ": " << line;
                EXPECT_LE(static_cast<std::size_t>(at - floors.begin()), floor) << entry.path() << ": " << line;
                ++seen;
            }
        }
    }
    EXPECT_GT(seen, 100);
}

} // namespace harmattan::app
