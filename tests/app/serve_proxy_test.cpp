// The server behind nginx as docs/serving/nginx.conf sets it up: what a reader on the internet sees.

#include "app/nginx.hpp"
#include "app/program.hpp"
#include "app/served_program.hpp"
#include "app/tool.hpp"

#include <csignal>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <optional>

namespace harmattan::test {

namespace {

class ServeProxy : public testing::Test {
protected:
    void SetUp() override {
        REQUIRE_TOOL("nginx");
        REQUIRE_TOOL("openssl");
        REQUIRE_TOOL("curl");
        const ProgramRun run = run_program({"tiles", "-z", "4-5", "-o", "demo.pmtiles", "-q"}, folder.path());
        ASSERT_EQ(run.exit_code, 0) << run.err;
        server.emplace(std::vector<std::string>{"demo.pmtiles", "--host", "maps.example.org", "--base-url",
                                                "https://maps.example.org"},
                       folder.path());
        ports = {free_port(), free_port(), server->port()};
        nginx.emplace(write_nginx(folder.path(), ports));
        run_tool(curl("--retry 60 --retry-delay 1 --retry-max-time 60 --retry-connrefused -o /dev/null", "/demo.json"));
    }

    std::string curl(const std::string& options, const std::string& path) const {
        return fmt::format(
            "curl -sk --max-time 60 --resolve maps.example.org:{0}:127.0.0.1 {1} 'https://maps.example.org:{0}{2}'",
            ports.tls, options, path);
    }
    std::string direct(const std::string& path) const {
        return fmt::format("http://127.0.0.1:{}{}", server->port(), path);
    }
    std::string status(const std::string& options, const std::string& path) const {
        return run_tool(curl("-o /dev/null -w '%{http_code}' " + options, path));
    }
    /// What the server itself has counted under `name`.
    std::string count(const std::string& name) const {
        return run_tool(fmt::format("curl -s {} | grep '^{} ' | cut -d' ' -f2", direct("/metrics"), name));
    }

    TemporaryFolder folder;
    NginxPorts ports;
    std::optional<ServedProgram> server;
    std::optional<Nginx> nginx;
};

const std::string tile = "/demo/5/15/14.png";

TEST_F(ServeProxy, TilesComeThroughAndOnceOnly) {
    EXPECT_EQ(run_tool(curl("-w '%{http_version}' -o through.png --output-dir " + folder.path().string(), tile)), "2");
    run_tool(fmt::format("curl -s -o {}/direct.png {}", folder.path().string(), direct(tile)));
    EXPECT_EQ(read_file(folder.path() / "through.png").substr(1, 3), "PNG");
    EXPECT_EQ(read_file(folder.path() / "through.png"), read_file(folder.path() / "direct.png"));
    const std::string before = count("harmattan_tiles_from_cache_total");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(status("", tile), "200");
    EXPECT_EQ(count("harmattan_tiles_from_cache_total"), before) << "nginx has it";
    const std::string tag = run_tool(curl("-I", tile) + " | grep -i '^etag:' | cut -d' ' -f2 | tr -d '\\r\\n'");
    EXPECT_EQ(tag.front(), '"') << "the strong tag is kept";
    EXPECT_EQ(status("-H 'If-None-Match: " + tag + "'", tile), "304");
    EXPECT_EQ(status("", "/demo/5/0/0.png"), "404");
}

TEST_F(ServeProxy, DocumentsNameTheAddressThatReadersSee) {
    EXPECT_NE(run_tool(curl("", "/demo.json")).find("https://maps.example.org/demo/{z}/{x}/{y}.png"),
              std::string::npos);
    EXPECT_NE(run_tool(curl("--compressed", "/wmts/1.0.0/WMTSCapabilities.xml"))
                  .find("https://maps.example.org/wmts/1.0.0/demo/"),
              std::string::npos);
}

TEST_F(ServeProxy, ArchiveIsReadByRanges) {
    EXPECT_EQ(status("-H 'Range: bytes=0-6'", "/demo.pmtiles"), "206");
    EXPECT_EQ(run_tool(curl("-H 'Range: bytes=0-6'", "/demo.pmtiles")), "PMTiles");
    EXPECT_TRUE(!std::filesystem::exists(folder.path() / "cache") ||
                run_tool("grep -rl PMTiles " + (folder.path() / "cache").string() + " || true").empty())
        << "nginx keeps no archive";
}

TEST_F(ServeProxy, InsideAffairsAndOtherNamesStayInside) {
    EXPECT_EQ(status("", "/metrics"), "404");
    EXPECT_EQ(status("", "/health"), "404");
    EXPECT_NE(std::system(
                  fmt::format("curl -sk --max-time 60 --resolve other.example:{0}:127.0.0.1 https://other.example:{0}/",
                              ports.tls)
                      .c_str()),
              0);
    EXPECT_EQ(run_tool(fmt::format("curl -s -o /dev/null -w '%{{http_code}} %{{redirect_url}}' -H 'Host: "
                                   "maps.example.org' http://127.0.0.1:{}/a",
                                   ports.plain)),
              "301 https://maps.example.org/a");
    EXPECT_EQ(status("-X POST -d body", tile), "405");
    EXPECT_NE(run_tool(curl("-I", tile)).find("strict-transport-security"), std::string::npos);
}

// libmicrohttpd 0.9.75 takes a field without a name for the end of a head, so what follows is a request to it. A proxy
// must not hand such a thing on: nginx drops the field, and answers once.
TEST_F(ServeProxy, WhatTheServerReadsWronglyNginxDoesNotHandOn) {
    const std::string before = count("harmattan_tiles_fetched_total");
    for (const char* odd : {": b", ":", ":b: c"}) {
        const std::string head = fmt::format("GET /demo.json HTTP/1.1\\r\\nHost: maps.example.org\\r\\n{}\\r\\nGET {} "
                                             "HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
                                             odd, tile);
        const std::string answers =
            run_tool(fmt::format("printf '{}' | openssl s_client -quiet -connect 127.0.0.1:{} -servername "
                                 "maps.example.org 2>/dev/null | grep -ac '^HTTP/1.1 ' || true",
                                 head, ports.tls));
        EXPECT_EQ(answers.substr(0, 1), "1") << odd;
    }
    EXPECT_EQ(count("harmattan_tiles_fetched_total"), before) << "the second request did not come through";
}

TEST_F(ServeProxy, WhatNginxKeepsOutlivesTheServer) {
    EXPECT_EQ(status("", tile), "200");
    server->signal(SIGTERM);
    EXPECT_EQ(server->wait(std::chrono::seconds(60)), 0);
    EXPECT_EQ(status("", tile), "200");
    EXPECT_EQ(status("", "/demo/5/15/13.png"), "502");
}

} // namespace

} // namespace harmattan::test
