// HTTP as it should be, and as it should not: forms that smuggle requests, malformed heads, floods, pipelining,
// methods.

#include "app/request_cases.hpp"
#include "app/small_site.hpp"

#include <algorithm>
#include <csignal>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <set>

namespace harmattan::test {

namespace {

class ServeProtocol : public ServesSmallSite {};

const std::set<int> no_method{0, 400, 405, 501}, lenient{0, 200, 400};

// RFC 9112, 6: whatever says that there is a body ends the connection, so that no byte of it is a request.
TEST_F(ServeProtocol, NoBodyPassesForARequest) { // F4, F5
    check_requests(
        port(),
        {{"Content-Length of a GET", with(fmt::format("Content-Length: {}\r\n", hidden.size()), hidden), refused},
         {"Content-Length of a POST", with(fmt::format("Content-Length: {}\r\n", hidden.size()), hidden, "POST"),
          refused},
         {"Content-Length: 5", with("Content-Length: 5\r\n", "hello" + hidden), refused},
         {"chunked", with("Transfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden), refused},
         {"chunked with data",
          with("Transfer-Encoding: chunked\r\n", fmt::format("{:x}\r\n{}\r\n0\r\n\r\n", hidden.size(), hidden)),
          refused},
         {"CL.TE", with("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden), refused},
         {"TE.CL", with("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n" + hidden), refused},
         {"CL: 0 and TE", with("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden), refused},
         {"two equal lengths", with("Content-Length: 5\r\nContent-Length: 5\r\n", "hello" + hidden), refused},
         {"two lengths", with("Content-Length: 0\r\nContent-Length: 44\r\n", hidden), refused},
         {"two lengths, the other way", with("Content-Length: 44\r\nContent-Length: 0\r\n", hidden), refused},
         {"list of lengths", with("Content-Length: 0, 44\r\n", hidden), refused},
         {"negative length", with("Content-Length: -1\r\n", hidden), refused},
         {"signed length", with("Content-Length: +44\r\n", hidden), refused},
         {"length in hex", with("Content-Length: 0x2c\r\n", hidden), refused},
         {"length with letters", with("Content-Length: 44a\r\n", hidden), refused},
         {"length with a space", with("Content-Length: 4 4\r\n", hidden), refused},
         {"length with a point", with("Content-Length: 44.0\r\n", hidden), refused},
         {"length of more than 64 bits", with("Content-Length: 18446744073709551660\r\n", hidden), refused},
         {"length of nothing", with("Content-Length:\r\n", hidden), refused},
         {"length with leading zeros", with("Content-Length: 0044\r\n", hidden), refused},
         {"length before a space and colon", with("Content-Length : 44\r\n", hidden), refused},
         {"coding before a space and colon", with("Transfer-Encoding : chunked\r\n", "0\r\n\r\n" + hidden), refused},
         {"coding with a tab", with("Transfer-Encoding:\tchunked\r\n", "0\r\n\r\n" + hidden), refused},
         {"coding with a vertical tab",
          with("Transfer-Encoding: \x0b"
               "chunked\r\n",
               "0\r\n\r\n" + hidden),
          refused},
         {"unknown coding", with("Transfer-Encoding: xchunked\r\n", hidden), refused},
         {"coding twice", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n" + hidden),
          refused},
         {"codings", with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n" + hidden), refused},
         {"chunked not last", with("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n" + hidden), refused},
         {"coding on a folded line", with("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n" + hidden), refused},
         {"coding in capitals", with("TRANSFER-ENCODING: CHUNKED\r\n", "0\r\n\r\n" + hidden), refused},
         {"coding in HTTP/1.0",
          "GET /health HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden, refused},
         {"chunk of 2^64", with("Transfer-Encoding: chunked\r\n", "10000000000000000\r\n" + hidden), refused},
         {"chunk extension", with("Transfer-Encoding: chunked\r\n", "0;a=\r\n\r\n" + hidden), refused},
         {"a body is expected", with("Expect: 100-continue\r\nContent-Length: 44\r\n", hidden), {0, 400, 413, 417}},
         {"HEAD with a body", with("Content-Length: 44\r\n", hidden, "HEAD"), refused},
         {"large body announced", with("Content-Length: 1000000000000\r\n", "", "PUT"), refused}});
}

TEST_F(ServeProtocol, MalformedHeadsAreRefused) { // F5
    using namespace std::string_literals;
    check_requests(
        port(),
        {{"no Host", "GET /health HTTP/1.1\r\n\r\n", malformed},
         {"two Hosts", "GET /health HTTP/1.1\r\n" + host + host + "\r\n", malformed},
         {"two different Hosts", "GET /health HTTP/1.1\r\n" + host + "Host: evil.test\r\n\r\n", malformed},
         {"space before the colon", with("X-A : b\r\n"), malformed},
         {"Host before a space and colon", "GET /health HTTP/1.1\r\nHost : localhost\r\n\r\n", malformed},
         {"no colon", with("nonsense\r\n"), malformed},
         {"a colon alone in a name", with("X:A: b\r\n"), {200}},
         {"name that is no token", with("X(A: b\r\n"), malformed},
         {"name with a slash", with("X/A: b\r\n"), malformed},
         {"name with a space", with("X A: b\r\n"), malformed},
         {"name beyond ASCII", with("X\xc3\xa9: b\r\n"), malformed},
         {"NUL in a name", with("X\0A: b\r\n"s), malformed},
         {"NUL in a value", with("X-A: b\0c\r\n"s), lenient},
         {"NUL in the target", "GET /hea\0lth HTTP/1.1\r\n"s + host + "\r\n", {0, 400, 404}},
         {"bare CR in a value", with("X-A: b\rX-B: c\r\n"), lenient},
         {"bare CR in the target", "GET /hea\rlth HTTP/1.1\r\n" + host + "\r\n", {0, 400, 404}},
         {"control character in a value", with("X-A: b\x01\r\n"), lenient},
         {"white space before the first field", "GET /health HTTP/1.1\r\n " + host + "\r\n", malformed},
         {"folded line", with("X-A: b\r\n c\r\n"), lenient},
         {"folded Host", "GET /health HTTP/1.1\r\nHost:\r\n evil.test\r\n\r\n", {0, 400, 421}},
         {"Host on the next line", "GET /health HTTP/1.1\r\nHost: localhost\r\n .evil.test\r\n\r\n", {0, 400, 421}},
         {"no target", "GET HTTP/1.1\r\n" + host + "\r\n", {0, 400, 505}},
         {"nothing but a method", "GET\r\n" + host + "\r\n", malformed},
         {"no method", " /health HTTP/1.1\r\n" + host + "\r\n", malformed},
         {"method that is no token", "G@T /health HTTP/1.1\r\n" + host + "\r\n", no_method},
         {"method with a quote", "G\"T /health HTTP/1.1\r\n" + host + "\r\n", no_method},
         {"method in small letters", "get /health HTTP/1.1\r\n" + host + "\r\n", no_method},
         {"method with a colon", "GET: /health HTTP/1.1\r\n" + host + "\r\n", no_method},
         {"target without a slash", "GET health HTTP/1.1\r\n" + host + "\r\n", {0, 400, 404}},
         {"GET *", "GET * HTTP/1.1\r\n" + host + "\r\n", {0, 400, 404}},
         {"CONNECT", "CONNECT localhost:80 HTTP/1.1\r\n" + host + "\r\n", no_method},
         {"fragment", "GET /health#a HTTP/1.1\r\n" + host + "\r\n", {0, 400, 404}},
         {"space in the target", "GET /hea lth HTTP/1.1\r\n" + host + "\r\n", {0, 400, 404, 505}},
         {"HTTP/0.9", "GET /health\r\n", {0, 400, 505}},
         {"HTTP/2.0", "GET /health HTTP/2.0\r\n" + host + "\r\n", {0, 400, 505}},
         {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {0, 400, 405, 505}},
         {"HTTP/9.9", "GET /health HTTP/9.9\r\n" + host + "\r\n", {0, 400, 505}},
         {"HTTP/1.1.1", "GET /health HTTP/1.1.1\r\n" + host + "\r\n", {0, 400, 505}},
         {"HTTP/01.1", "GET /health HTTP/01.1\r\n" + host + "\r\n", {0, 400, 505}},
         {"HTTP/11", "GET /health HTTP/11\r\n" + host + "\r\n", {0, 400, 505}},
         {"HTTP/1,1", "GET /health HTTP/1,1\r\n" + host + "\r\n", {0, 400, 505}},
         {"http/1.1", "GET /health http/1.1\r\n" + host + "\r\n", {0, 400, 505}},
         {"HTTP/", "GET /health HTTP/\r\n" + host + "\r\n", {0, 400, 505}},
         {"other protocol", "GET /health ICAP/1.0\r\n" + host + "\r\n", {0, 400, 505}},
         {"TLS hello", "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03"s + std::string(80, 'x') + "\r\n\r\n", {0, 400, 505}},
         {"nothing but zeros", std::string(4000, '\0') + "\r\n\r\n", {0, 400, 505, 414}}});
}

TEST_F(ServeProtocol, WhatIsAllowedIsTaken) { // F5, F6
    std::string sixty;
    for (int i = 10; i < 70; ++i) sixty += fmt::format("X-{}: {}\r\n", i, std::string(52, 'a'));
    check_requests(
        port(),
        {{"plain", with(""), {200}},
         {"empty line before", "\r\n" + with(""), {200}},
         {"names in any case", "GET /health HTTP/1.1\r\nhOsT: LOCALHOST\r\n\r\n", {200}},
         {"no space after the colon", "GET /health HTTP/1.1\r\nHost:localhost\r\n\r\n", {200}},
         {"spaces around a value", "GET /health HTTP/1.1\r\nHost: \t localhost \t \r\n\r\n", {200}},
         {"an empty field", with("X-A:\r\n"), {200}},
         {"bytes beyond ASCII in a value", with("X-A: \xc3\xa9\r\n"), {200}},
         {"port in Host", "GET /health HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n", {200}},
         {"absolute form", "GET http://localhost/health HTTP/1.1\r\n" + host + "\r\n", {200}},
         {"absolute form goes before Host", "GET http://localhost/health HTTP/1.1\r\nHost: evil.test\r\n\r\n", {200}},
         {"absolute form of another host", "GET http://evil.test/health HTTP/1.1\r\n" + host + "\r\n", {421}},
         {"OPTIONS *", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", {200, 204}},
         {"Upgrade is ignored",
          with("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n"),
          {200}},
         {"length 0", with("Content-Length: 0\r\n"), {200}},
         {"a field of 7 KiB", with("X-A: " + std::string(7 << 10, 'a') + "\r\n"), {200}},
         {"60 fields of 60 bytes", with(sixty), {200}},
         {"two requests", with("") + with(""), {200}, 2},
         {"HTTP/1.0", "GET /health HTTP/1.0\r\n\r\n", {200}},
         {"HTTP/1.0 closes", "GET /health HTTP/1.0\r\n\r\n" + hidden, {200}},
         {"close is obeyed", with("Connection: close\r\n") + hidden, {200}},
         {"close in a list is obeyed", with("Connection: keep-alive, Close\r\n") + hidden, {200}}});
}

TEST_F(ServeProtocol, FloodsOfBytesAreRefused) { // F4
    const std::size_t before = s_server->resident_bytes();
    std::string many;
    for (int i = 0; i < 65; ++i) many += fmt::format("X-{}: a\r\n", i);
    const std::set<int> too_long{414, 431, 0}, too_large{431, 400, 413, 0};
    check_requests(port(), {{"8 KiB of path", request("/" + std::string(8192, 'a')), too_long},
                            {"64 KiB of path", request("/" + std::string(65536, 'a')), too_long},
                            {"1 MiB of path", request("/" + std::string(1 << 20, 'a')), too_long},
                            {"8 KiB of query", request("/health?" + std::string(8192, 'a')), too_long},
                            {"a field of 16 KiB", with("X-A: " + std::string(16384, 'a') + "\r\n"), too_large},
                            {"a name of 16 KiB", with(std::string(16384, 'a') + ": a\r\n"), too_large},
                            {"more than 64 fields", with(many), too_large},
                            {"10,000 fields", with([] {
                                 std::string all;
                                 for (int i = 0; i < 10'000; ++i) all += "A: b\r\n";
                                 return all;
                             }()),
                             too_large},
                            {"cookies of 32 KiB", with("Cookie: " + std::string(32768, 'a') + "\r\n"), too_large},
                            {"a method of 16 KiB", with("", "", std::string(16384, 'A')), {0, 400, 405, 414, 431, 501}},
                            {"1 MiB of empty lines",
                             [] {
                                 std::string all;
                                 for (int i = 0; i < 1 << 19; ++i) all += "\r\n";
                                 return all;
                             }(),
                             {0, 400, 414, 431}}});
    for (int i = 0; i < 30; ++i) statuses(port(), request("/" + std::string(1 << 20, 'a')));
    EXPECT_LT(s_server->resident_bytes(), before + (4 << 20));
}

TEST_F(ServeProtocol, ThousandPipelinedKeepTheirOrder) { // F6
    HttpConnection connection(port());
    std::string all;
    std::vector<const std::vector<std::byte>*> expected;
    for (auto tile = s_site->tiles.begin(); expected.size() < 1000; ++tile) {
        if (tile == s_site->tiles.end()) tile = s_site->tiles.begin();
        all += request(tile_path(geo::tile_from_number(tile->first)));
        expected.push_back(&tile->second);
    }
    ASSERT_TRUE(connection.send(all));
    for (const auto* bytes : expected) {
        const auto answer = connection.answer();
        ASSERT_TRUE(answer);
        ASSERT_EQ(answer->body, std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
    }
}

TEST_F(ServeProtocol, AnEndThatComesTogetherWithARequestIsSeen) { // F6
    HttpConnection connection(port());
    connection.send(request(some_tile()));
    ASSERT_TRUE(connection.answer());
    s_server->signal(SIGSTOP);
    connection.send(request(some_tile()));
    connection.finish();
    s_server->signal(SIGCONT);
    const auto answer = connection.answer();
    EXPECT_TRUE(answer && answer->status == 200);
    EXPECT_TRUE(connection.is_closed_within(std::chrono::seconds(20))) << "an idle one is kept for a minute";
}

/// The head without its date.
std::string undated(const HttpAnswer& answer) {
    const std::string date = "Date: " + answer.field("Date") + "\r\n";
    std::string head = answer.head + "\r\n";
    if (const std::size_t at = head.find(date); at != std::string::npos) head.erase(at, date.size());
    return head;
}

TEST_F(ServeProtocol, HeadIsGetWithoutTheBody) { // F6
    for (const std::string& path : {some_tile(), std::string("/a.json"), std::string("/"), std::string("/a.pmtiles"),
                                    std::string("/b.mbtiles"), std::string("/a/0/0/0.png"), std::string("/nothing")}) {
        const auto whole = get(port(), path), head = ask(port(), request(path, "", "HEAD"), true);
        ASSERT_TRUE(whole && head) << path;
        EXPECT_EQ(undated(*head), undated(*whole)) << path;
    }
    HttpConnection connection(port()); // nothing of a body follows: the next answer begins at once
    connection.send(request(some_tile(), "", "HEAD") + request("/health"));
    ASSERT_TRUE(connection.answer(true));
    const auto next = connection.answer();
    ASSERT_TRUE(next);
    EXPECT_EQ(next->body, "ok\n");
}

TEST_F(ServeProtocol, OtherMethodsAreNotAllowed) { // F6
    for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "MKCOL", "BREW", "GETX", "Get"})
        for (const std::string& path :
             {some_tile(), std::string("/"), std::string("/a.pmtiles"), std::string("/nothing")}) {
            const auto answer = ask(port(), request(path, "", method));
            ASSERT_TRUE(answer) << method;
            EXPECT_EQ(answer->status, 405) << method << path;
            EXPECT_EQ(answer->field("Allow"), "GET, HEAD, OPTIONS") << method << path;
        }
    const auto options = ask(port(), request(some_tile(), "", "OPTIONS"));
    ASSERT_TRUE(options);
    EXPECT_EQ(options->status, 204);
    EXPECT_EQ(options->field("Allow"), "GET, HEAD, OPTIONS");
}

} // namespace

} // namespace harmattan::test
