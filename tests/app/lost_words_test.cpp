// Words on standard error that nobody can read any more, for the disk is full or the reader gone, stop nothing.

#include "app/small_site.hpp"
#include "app/tool.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace harmattan::test {

namespace {

TEST(LostWords, LeaveTheExitCode) {
    EXPECT_EQ(run_tool(HARMATTAN_PROGRAM " verify nothing.pmtiles 2>/dev/full; echo $?"), "66\n");
}

TEST(LostWords, StopNoServer) {
    const SmallSite site;
    const std::string out = run_tool(fmt::format(
        "cd '{}' && mkfifo said && {{ '{}' serve a.pmtiles --listen 127.0.0.1:0 2>said & server=$!; head -n 1 said; "
        "kill -TERM $server; wait $server; echo $?; }}",
        site.folder.path().string(), HARMATTAN_PROGRAM));
    EXPECT_TRUE(out.starts_with("serving ")) << out;
    EXPECT_TRUE(out.ends_with("\n0\n")) << out;
}

} // namespace

} // namespace harmattan::test
