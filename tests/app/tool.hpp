#pragma once
// Programs of others that outputs are held against; script/setup installs them. A test skips by name where one is
// missing.

#include <string>

namespace harmattan::test {

/// What the command line prints; fails the test where it does not end with 0.
std::string run_tool(const std::string& command_line);
bool has_tool(const std::string& name);

} // namespace harmattan::test

#define REQUIRE_TOOL(name) \
    if (!harmattan::test::has_tool(name)) GTEST_SKIP() << name << " is not installed"
