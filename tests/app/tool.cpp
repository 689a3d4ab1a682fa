#include "app/tool.hpp"

#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>

namespace harmattan::test {

std::string run_tool(const std::string& command_line) {
    std::FILE* pipe = popen((command_line + " 2>&1").c_str(), "r");
    if (!pipe) {
        ADD_FAILURE() << "cannot run " << command_line;
        return {};
    }
    std::string out;
    char block[4096];
    for (std::size_t n; (n = std::fread(block, 1, sizeof block, pipe)) > 0;) out.append(block, n);
    const int code = pclose(pipe);
    EXPECT_EQ(code, 0) << command_line << "\n" << out;
    return out;
}

bool has_tool(const std::string& name) { return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0; }

} // namespace harmattan::test
