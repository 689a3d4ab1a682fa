// What a request is answered under: ranges, validators, hosts, origins.

#include "app/small_site.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <utility>

namespace harmattan::test {

namespace {

class ServeConditions : public ServesSmallSite {};

TEST_F(ServeConditions, RangesOfAnArchiveAreItsBytes) { // F12
    const std::string file = read_file(s_site->folder.path() / "a.pmtiles");
    const std::size_t size = file.size();
    struct Range {
        std::string field;
        int status;
        std::size_t from, length;
    };
    std::string many = "bytes=0-0"; // as many as a head takes
    for (int i = 1; i < 600; ++i) many += fmt::format(",{}-{}", i, i);
    for (const auto& [field, status, from, length] :
         std::vector<Range>{{"bytes=0-126", 206, 0, 127},
                            {"bytes=0-16383", 206, 0, std::min<std::size_t>(16384, size)},
                            {"bytes=100-", 206, 100, size - 100},
                            {"bytes=-1", 206, size - 1, 1},
                            {"bytes=-127", 206, size - 127, 127},
                            {"bytes=0-0", 206, 0, 1},
                            {fmt::format("bytes={}-", size - 1), 206, size - 1, 1},
                            {fmt::format("bytes=-{}", size), 206, 0, size},
                            {"bytes=-99999999999999999999", 206, 0, size},
                            {"bytes=0-99999999999999999999", 206, 0, size},
                            {fmt::format("bytes=5-{}", size + 9), 206, 5, size - 5},
                            {fmt::format("bytes={}-", size), 416, 0, 0},
                            {"bytes=99999999999999999999-", 416, 0, 0},
                            {"bytes=18446744073709551615-18446744073709551615", 416, 0, 0},
                            {"bytes=-0", 416, 0, 0},
                            {"bytes=2-1", 200, 0, size},
                            {"bytes=a-b", 200, 0, size},
                            {"items=0-1", 200, 0, size},
                            {"bytes", 200, 0, size},
                            {"bytes=0-0,5-5", 200, 0, size},
                            {"bytes=0-1 2", 200, 0, size},
                            {"bytes=18446744073709551616-18446744073709551617", 416, 0, 0},
                            {many, 200, 0, size}}) {
        const auto answer = get(port(), "/a.pmtiles", "Range: " + field + "\r\n");
        ASSERT_TRUE(answer) << field;
        EXPECT_EQ(answer->status, status) << field;
        if (status == 416) {
            EXPECT_EQ(answer->field("Content-Range"), fmt::format("bytes */{}", size)) << field;
            continue;
        }
        EXPECT_EQ(answer->body, file.substr(from, length)) << field.substr(0, 40);
        EXPECT_EQ(answer->field("Content-Range"),
                  status == 206 ? fmt::format("bytes {}-{}/{}", from, from + length - 1, size) : "")
            << field;
    }
}

TEST_F(ServeConditions, RangeHoldsOnlyOfTheSameArchive) { // F12, F13
    const auto whole = get(port(), "/a.pmtiles");
    ASSERT_TRUE(whole);
    const std::string tag = whole->field("ETag");
    EXPECT_TRUE(tag.starts_with('"'));
    for (const auto& [if_range, status] : std::vector<std::pair<std::string, int>>{{tag, 206},
                                                                                   {fmt::format("W/{}", tag), 200},
                                                                                   {"\"other\"", 200},
                                                                                   {whole->field("Date"), 200},
                                                                                   {"*", 200},
                                                                                   {tag + ", \"a\"", 200}}) {
        const auto answer = get(port(), "/a.pmtiles", "Range: bytes=0-9\r\nIf-Range: " + if_range + "\r\n");
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, status) << if_range;
    }
}

TEST_F(ServeConditions, ValidatorsSaveTheBody) { // F13
    for (const std::string& path : {some_tile(), std::string("/a.json"), std::string("/"), std::string("/a.pmtiles")}) {
        const auto whole = get(port(), path);
        ASSERT_TRUE(whole && whole->status == 200) << path;
        const std::string tag = whole->field("ETag");
        EXPECT_TRUE(tag.size() > 10 && tag.starts_with('"') && tag.ends_with('"')) << path << tag;
        EXPECT_EQ(whole->count("ETag"), 1);
        for (const auto& [field, status] :
             std::vector<std::pair<std::string, int>>{{tag, 304},
                                                      {fmt::format("W/{}", tag), 304},
                                                      {"*", 304},
                                                      {fmt::format("\"a\", {}", tag), 304},
                                                      {"\"a\"", 200},
                                                      {tag.substr(1), 200},
                                                      {tag + "x", 200}}) {
            HttpConnection connection(port());
            connection.send(request(path, "If-None-Match: " + field + "\r\n") + request("/health"));
            const auto answer = connection.answer(status == 304), next = connection.answer();
            ASSERT_TRUE(answer && next) << path << field;
            EXPECT_EQ(answer->status, status) << path << field;
            EXPECT_EQ(answer->field("ETag"), tag) << path << field;
            if (status == 304) {
                EXPECT_TRUE(answer->count("Content-Length") == 0 ||
                            answer->field("Content-Length") == whole->field("Content-Length"))
                    << answer->head;
            }
            EXPECT_EQ(next->body, "ok\n") << "a 304 has no body";
        }
    }
    const auto plain = get(port(), "/index.html"), packed = get(port(), "/index.html", "Accept-Encoding: gzip\r\n");
    ASSERT_TRUE(plain && packed);
    EXPECT_EQ(packed->field("Content-Encoding"), "gzip");
    EXPECT_NE(plain->field("ETag"), packed->field("ETag"));
    for (const auto& answer : {plain, packed})
        EXPECT_NE(answer->field("Vary").find("Accept-Encoding"), std::string::npos);
}

TEST_F(ServeConditions, ForeignHostsAreMisdirected) { // F19
    for (const char* foreign : {"evil.test", "evil.test:80", "localhost.evil.test", "localhost.", "127.0.0.1.evil.test",
                                "a@localhost", "2130706433", "0x7f.1", "[::1].evil.test", ""}) {
        const auto answer = ask(port(), fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", some_tile(), foreign));
        ASSERT_TRUE(answer) << foreign;
        EXPECT_TRUE(answer->status == 421 || answer->status == 400) << foreign << answer->status;
        EXPECT_EQ(answer->body.find("PNG"), std::string::npos) << foreign;
    }
    for (const char* own : {"localhost", "127.0.0.1", "[::1]:8080", "192.0.2.7:1"}) {
        const auto answer = ask(port(), fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", some_tile(), own));
        ASSERT_TRUE(answer && answer->status == 200) << own;
    }
}

TEST_F(ServeConditions, OtherOriginsMayNotReadUntilTheyAreNamed) { // F19
    const auto without = get(port(), some_tile(), "Origin: https://map.example\r\n");
    ASSERT_TRUE(without);
    EXPECT_EQ(without->head.find("Access-Control"), std::string::npos);
    std::vector<std::string> arguments = s_site->arguments();
    arguments.insert(arguments.end(), {"--cors", "https://map.example", "--host", "maps.example.org"});
    const ServedProgram open(arguments, s_site->folder.path());
    for (const char* origin : {"https://map.example", "https://map.example.evil.test", "http://map.example",
                               "https://map.example:444", "null", "https://MAP.example", "https://map.example/"}) {
        const auto answer = get(open.port(), some_tile(), fmt::format("Origin: {}\r\n", origin));
        ASSERT_TRUE(answer);
        const bool named = std::string_view(origin) == "https://map.example";
        EXPECT_EQ(answer->field("Access-Control-Allow-Origin"), named ? origin : "") << origin;
        EXPECT_NE(answer->field("Vary").find("Origin"), std::string::npos) << origin;
        EXPECT_EQ(answer->count("Access-Control-Allow-Credentials"), 0);
    }
    const auto named = ask(open.port(), "GET /health HTTP/1.1\r\nHost: Maps.Example.org:443\r\n\r\n");
    EXPECT_TRUE(named && named->status == 200);
}

} // namespace

} // namespace harmattan::test
