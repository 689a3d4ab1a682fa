// The examples of docs/serving are taken by the programs they are for.

#include "app/nginx.hpp"
#include "app/program.hpp"
#include "app/tool.hpp"

#include <gtest/gtest.h>

namespace harmattan::test {

TEST(ServingExamples, NginxTakesItsConfiguration) {
    REQUIRE_TOOL("nginx");
    REQUIRE_TOOL("openssl");
    const TemporaryFolder folder;
    run_tool(write_nginx(folder.path(), {free_port(), free_port(), free_port()}) + " -t");
}

TEST(ServingExamples, UnitIsHardened) {
    REQUIRE_TOOL("systemd-analyze");
    // Fails above 1.5; a unit without any of it has 9.6.
    run_tool("systemd-analyze security --offline=true --threshold=15 " HARMATTAN_TEST_SOURCE
             "/docs/serving/harmattan.service");
}

} // namespace harmattan::test
