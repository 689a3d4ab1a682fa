// What RFC 9112 and 9110 say of requests, case by case: lines, versions, targets, hosts, fields, lengths. Beside
// serve_protocol_test.cpp some 215 cases, as many as Http11Probe has.

#include "app/request_cases.hpp"
#include "app/small_site.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace harmattan::test {

namespace {

using namespace std::string_literals;

class ServeConformance : public ServesSmallSite {};

std::string line(const std::string& first) { return first + "\r\n" + host + "\r\n"; }
std::string target(const std::string& t) { return line(fmt::format("GET {} HTTP/1.1", t)); }
std::string version(const std::string& v) { return line(fmt::format("GET /health {}", v)); }
std::string to_host(const std::string& value) { return fmt::format("GET /health HTTP/1.1\r\nHost: {}\r\n\r\n", value); }
std::string after(const std::string& bytes) { return bytes + with(""); }

const std::set<int> taken{200}, nothing_there{0, 400, 404}, no_version{0, 400, 505}, not_here{0, 400, 421};
/// A recipient may take these or refuse them.
const std::set<int> either{0, 200, 400};

TEST_F(ServeConformance, RequestLines) { // RFC 9112, 2.2 and 3
    check_requests(port(), {{"tab before the target", line("GET\t/health HTTP/1.1"), {0, 400, 405}},
                            {"tab before the version", line("GET /health\tHTTP/1.1"), {0, 400, 404, 505}},
                            {"two spaces before the target", line("GET  /health HTTP/1.1"), {0, 200, 400, 404, 505}},
                            {"two spaces before the version", line("GET /health  HTTP/1.1"), {0, 200, 400, 404, 505}},
                            {"space after the version", line("GET /health HTTP/1.1 "), {0, 200, 400, 404, 505}},
                            {"a fourth word", line("GET /health HTTP/1.1 more"), {0, 400, 404, 505}},
                            {"CR alone ends the line", "GET /health HTTP/1.1\r" + host + "\r\n", no_version},
                            {"LF alone ends the line", "GET /health HTTP/1.1\n" + host + "\r\n", either},
                            {"LF alone ends all lines", "GET /health HTTP/1.1\nHost: localhost\n\n", either},
                            {"CR CR LF ends the line", "GET /health HTTP/1.1\r\r\n" + host + "\r\n", no_version},
                            {"three empty lines before", after("\r\n\r\n\r\n"), either},
                            {"LF alone before", after("\n"), either},
                            {"a line of spaces before", after("   \r\n"), malformed},
                            {"NUL before", after("\0"s), {0, 400, 405}},
                            {"byte order mark before", after("\xef\xbb\xbf"), {0, 400, 405}},
                            {"a field before", after("X-A: b\r\n"), {0, 400, 405, 505}},
                            {"a response", "HTTP/1.1 200 OK\r\n" + host + "\r\n", {0, 400, 405, 505}},
                            {"nothing but CR LF", "\r\n", malformed},
                            {"nothing but spaces", std::string(100, ' ') + "\r\n\r\n", malformed},
                            {"half a line", "GET /hea", malformed},
                            {"half a head", "GET /health HTTP/1.1\r\nHost: loc", malformed},
                            {"a head without its end", "GET /health HTTP/1.1\r\n" + host, malformed}});
}

TEST_F(ServeConformance, Versions) { // RFC 9112, 2.3; RFC 9110, 2.5
    check_requests(port(), {{"a greater minor version", version("HTTP/1.2"), {0, 200, 400, 505}},
                            {"two digits", version("HTTP/1.10"), no_version},
                            {"HTTP/3", version("HTTP/3"), no_version},
                            {"HTTP/3.0", version("HTTP/3.0"), no_version},
                            {"HTTP/0.9 said", version("HTTP/0.9"), no_version},
                            {"HTTP/1", version("HTTP/1"), no_version},
                            {"HTTP/1.", version("HTTP/1."), no_version},
                            {"HTTP/.1", version("HTTP/.1"), no_version},
                            {"space after the slash", version("HTTP/ 1.1"), {0, 400, 404, 505}},
                            {"space before the slash", version("HTTP /1.1"), {0, 400, 404, 505}},
                            {"space at the point", version("HTTP/1 .1"), {0, 400, 404, 505}},
                            {"no slash", version("HTTP1.1"), no_version},
                            {"letters after", version("HTTP/1.1a"), no_version},
                            {"letters before", version("XHTTP/1.1"), no_version},
                            {"plus", version("HTTP/+1.1"), no_version},
                            {"minus", version("HTTP/-1.1"), no_version},
                            {"hexadecimal", version("HTTP/0x1.1"), no_version},
                            {"HTTPS/1.1", version("HTTPS/1.1"), no_version},
                            {"NUL after", version("HTTP/1.1\0"s), no_version},
                            {"HTTP/1.0 with two Hosts", "GET /health HTTP/1.0\r\n" + host + host + "\r\n", malformed}});
}

TEST_F(ServeConformance, Targets) { // RFC 9112, 3.2; RFC 3986
    check_requests(
        port(), {{"absolute form with a port", target("http://localhost:8080/health"), taken},
                 {"absolute form in capitals", target("HTTP://LOCALHOST/health"), taken},
                 {"absolute form without a path", target("http://localhost"), taken},
                 {"absolute form with an empty host", target("http:///health"), {0, 400, 421}},
                 {"absolute form with a user", target("http://me@localhost/health"), not_here},
                 {"absolute form with a user that is a host", target("http://localhost@evil.test/health"), not_here},
                 {"absolute form with no port", target("http://localhost:/health"), either},
                 {"absolute form with letters for a port", target("http://localhost:x/health"), not_here},
                 {"absolute form of an unknown scheme", target("gopher://localhost/health"), nothing_there},
                 {"absolute form with a backslash", target("http://evil.test\\@localhost/health"), {0, 400, 404, 421}},
                 {"authority form for GET", target("localhost:80"), nothing_there},
                 {"two slashes", target("//health"), nothing_there},
                 {"two slashes and a host", target("//evil.test/health"), nothing_there},
                 {"a dot", target("/./health"), nothing_there},
                 {"dots", target("/a/../health"), nothing_there},
                 {"encoded letters are other letters here", target("/%68ealth"), nothing_there},
                 {"encoded NUL", target("/health%00"), nothing_there},
                 {"half an escape", target("/health%"), nothing_there},
                 {"an escape that is none", target("/health%zz"), nothing_there},
                 {"encoded CR LF", target("/health%0d%0aX-A:%20b"), nothing_there},
                 {"backslashes", target("\\health"), nothing_there},
                 {"a query", target("/health?a=b&c"), taken},
                 {"an empty query", target("/health?"), taken},
                 {"a query with slashes", target("/health?/../a"), taken},
                 {"bytes beyond ASCII", target("/h\xc3\xa9"), nothing_there},
                 {"DEL", target("/health\x7f"), nothing_there},
                 {"vertical tab", target("/health\x0b"), nothing_there},
                 {"an asterisk in a path", target("/*"), nothing_there},
                 {"OPTIONS of a path", line("OPTIONS /health HTTP/1.1"), {200, 204}},
                 {"OPTIONS **", line("OPTIONS ** HTTP/1.1"), nothing_there},
                 {"HEAD *", line("HEAD * HTTP/1.1"), nothing_there}});
}

TEST_F(ServeConformance, Hosts) { // RFC 9112, 3.2; RFC 9110, 7.2
    check_requests(port(), {{"empty", to_host(""), not_here},
                            {"spaces", to_host("   "), not_here},
                            {"a list", to_host("localhost, evil.test"), not_here},
                            {"two words", to_host("localhost evil.test"), not_here},
                            {"a path", to_host("localhost/health"), not_here},
                            {"a user", to_host("me@localhost"), not_here},
                            {"a scheme", to_host("http://localhost"), not_here},
                            {"a port that is empty", to_host("localhost:"), either},
                            {"a port with letters", to_host("localhost:80a"), not_here},
                            {"a negative port", to_host("localhost:-80"), not_here},
                            {"a port of six digits", to_host("localhost:123456"), {0, 200, 400, 421}},
                            {"two ports", to_host("localhost:80:80"), not_here},
                            {"IPv6", to_host("[::1]"), taken},
                            {"IPv6 with a port", to_host("[::1]:8080"), taken},
                            {"half a bracket", to_host("[::1"), not_here},
                            {"percent-encoded", to_host("%6cocalhost"), not_here},
                            {"wildcard", to_host("*"), not_here},
                            {"a subdomain of ours", to_host("localhost.evil.test"), not_here},
                            {"an address as a subdomain", to_host("127.0.0.1.evil.test"), not_here},
                            {"bytes beyond ASCII", to_host("loc\xc3\xa1lhost"), not_here},
                            {"NUL, where libmicrohttpd 0.9.75 takes the value to end",
                             to_host("localhost\0.evil.test"s),
                             {0, 200, 400, 421}},
                            {"2,000 letters", to_host(std::string(2000, 'a')), not_here}});
}

TEST_F(ServeConformance, FieldNamesAreTokens) { // RFC 9110, 5.1 and 5.6.2
    std::vector<RequestCase> cases;
    for (const char c :
         "(),/;<=>?@[\\]{}\" \t\0\x01\x1b\x7f\x80\xff"s) // no token has these; a colon would end the name
        cases.push_back({fmt::format("byte {:#04x} in a name", static_cast<unsigned char>(c)),
                         with(fmt::format("X{}A: b\r\n", c)), malformed});
    for (const char c : "!#$%&'*+-.^_`|~0aZ"s)
        cases.push_back({fmt::format("'{}' in a name", c), with(fmt::format("X{}A: b\r\n", c)), taken});
    check_requests(port(), cases);
}

TEST_F(ServeConformance, FieldValuesHaveNoControls) { // RFC 9110, 5.5
    std::vector<RequestCase> cases{{"tab", with("X-A: b\tc\r\n"), taken}};
    for (int c = 1; c < 0x20; ++c)
        if (c != '\t' && c != '\n' && c != '\r')
            cases.push_back({fmt::format("byte {:#04x} in a value", c),
                             with(fmt::format("X-A: b{}c\r\n", static_cast<char>(c))), malformed});
    cases.push_back({"DEL in a value", with("X-A: b\x7f\r\n"), malformed});
    check_requests(port(), cases);
}

TEST_F(ServeConformance, Lengths) { // RFC 9112, 6
    check_requests(
        port(),
        {{"length +0", with("Content-Length: +0\r\n", hidden), refused},
         {"length -0", with("Content-Length: -0\r\n", hidden), refused},
         {"length 00", with("Content-Length: 00\r\n", hidden), refused},
         {"length 1e1", with("Content-Length: 1e1\r\n", hidden), refused},
         {"length 0b1", with("Content-Length: 0b1\r\n", hidden), refused},
         {"length in quotes", with("Content-Length: \"44\"\r\n", hidden), refused},
         {"length 44;", with("Content-Length: 44;\r\n", hidden), refused},
         {"equal lengths in a list", with("Content-Length: 44, 44\r\n", hidden), refused},
         {"length after a tab", with("Content-Length:\t44\r\n", hidden), refused},
         {"length in capitals", with("CONTENT-LENGTH: 44\r\n", hidden), refused},
         {"length on a folded line", with("Content-Length:\r\n 44\r\n", hidden), refused},
         {"length after a folded line", with("X-A: b\r\n c\r\nContent-Length: 44\r\n", hidden), refused},
         {"length twice, zero both", with("Content-Length: 0\r\nContent-Length: 0\r\n", hidden), refused},
         {"digits of another script", with("Content-Length: \xd9\xa4\xd9\xa4\r\n", hidden), refused},
         {"coding in quotes", with("Transfer-Encoding: \"chunked\"\r\n", hidden), refused},
         {"coding and a comma", with("Transfer-Encoding: chunked,\r\n", "0\r\n\r\n" + hidden), refused},
         {"comma and coding", with("Transfer-Encoding: ,chunked\r\n", "0\r\n\r\n" + hidden), refused},
         {"coding with a parameter", with("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n" + hidden), refused},
         {"coding of nothing", with("Transfer-Encoding:\r\n", hidden), refused},
         {"identity", with("Transfer-Encoding: identity\r\n", hidden), refused},
         {"coding after a NUL", with("Transfer-Encoding: \0chunked\r\n"s, "0\r\n\r\n" + hidden), refused},
         {"name of the length with an underscore is another field", with("Content_Length: 44\r\n") + hidden, taken, 2},
         {"TE is no coding", with("TE: trailers\r\n"), taken},
         {"a trailer is announced", with("Trailer: X-A\r\n"), taken},
         {"something else is expected", with("Expect: the unexpected\r\n"), {200, 417}},
         {"Content-Length named by Connection", with("Connection: Content-Length\r\nContent-Length: 44\r\n", hidden),
          refused}});
}

} // namespace

} // namespace harmattan::test
