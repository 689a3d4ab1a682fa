// What a stranger asks for: files that are not ours to give, tiles that cannot be, fields and markup to be echoed.

#include "app/small_site.hpp"
#include "geo/tile_id.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <random>
#include <regex>
#include <set>

namespace harmattan::test {

namespace {

class ServePaths : public ServesSmallSite {};

/// On one connection as long as it lives.
class Asker {
public:
    explicit Asker(std::uint16_t port) : m_port(port), m_connection(std::in_place, port) {}
    std::optional<HttpAnswer> ask(const std::string& bytes) {
        for (int attempt = 0; attempt < 2; ++attempt) {
            if (m_connection->send(bytes))
                if (auto answer = m_connection->answer()) {
                    if (answer->field("Connection") == "close") m_connection.emplace(m_port);
                    return answer;
                }
            m_connection.emplace(m_port);
        }
        return std::nullopt;
    }

private:
    std::uint16_t m_port;
    std::optional<HttpConnection> m_connection;
};

std::vector<std::string> traversals() {
    std::vector<std::string> urls;
    const std::vector<std::string> dots{
        "..",  "%2e%2e", ".%2e", "%2e.",  "%252e%252e",  "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae",
        "..;", "...",    "....", "..%00", "%uff0e%uff0e"};
    const std::vector<std::string> slashes{"/", "%2f", "\\", "%5c", "%252f", "//", "%c0%af", "/./"};
    for (const std::string& dot : dots)
        for (const std::string& slash : slashes)
            for (const char* before : {"/", "/c/", "/c/3/"}) urls.push_back(before + dot + slash + "secret.txt");
    for (const char* before : {"", "/c", "/a/3/3", "/collections", "/collections/c", "/wmts/1.0.0", "/tileMatrixSets"})
        for (const char* target : {"/secret.txt", "/secret", "//secret.txt", "/%73ecret.txt", "/secret.txt%00.png",
                                   "/../../../../../../etc/passwd", "/etc/passwd", "//etc/passwd", "/%2fetc%2fpasswd",
                                   "/metadata.json", "/a.pmtiles", "/.", "/..", "/proc/self/environ"})
            urls.push_back(std::string(before) + target);
    for (const char* absolute :
         {"http://localhost/secret.txt", "http://localhost/../secret.txt", "http://127.0.0.1/c/secret.txt",
          "file:///etc/passwd", "HTTP://localhost//etc/passwd", "http://localhost", "http://", "http:///secret.txt",
          "ftp://localhost/secret.txt", "/c/3/secret.txt", "/c/3/3/secret.png", "/c/3/3/..%2fsecret.txt"})
        urls.emplace_back(absolute);
    return urls;
}

TEST_F(ServePaths, NoFileButTheArchivesIsGiven) { // F1
    Asker asker(port());
    const std::vector<std::string> urls = traversals();
    EXPECT_GE(urls.size(), 300u);
    for (const std::string& url : urls) {
        const auto answer = asker.ask(request(url));
        ASSERT_TRUE(answer) << url;
        EXPECT_EQ(answer->body.find(SmallSite::secret), std::string::npos) << url;
        EXPECT_EQ(answer->body.find("root:"), std::string::npos) << url;
        const bool archive = url == "/a.pmtiles", front = url == "http://localhost" || url == "http://";
        if (!archive && !front) {
            EXPECT_TRUE(answer->status == 400 || answer->status == 404 || answer->status == 421)
                << url << " " << answer->status;
        }
    }
}

/// What the rules of docs/serving.md say of a path, with a regular expression and big numbers in place of our parser.
int expected_status(const SmallSite& site, const std::string& path) {
    static const std::regex tile(R"(/([abc])/(0|[1-9][0-9]*)/(0|[1-9][0-9]*)/(0|[1-9][0-9]*)\.png)");
    std::smatch parts;
    if (!std::regex_match(path, parts, tile)) return 404;
    const auto number = [](const std::string& digits) {
        return digits.size() > 9 ? std::uint64_t{1} << 40 : std::stoull(digits);
    };
    const std::uint64_t z = number(parts[2]), x = number(parts[3]), y = number(parts[4]);
    if (z > geo::max_zoom || x >= std::uint64_t{1} << z || y >= std::uint64_t{1} << z) return 404;
    const geo::TileId id{static_cast<std::uint8_t>(z), static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)};
    if (site.tiles.contains(geo::tile_number(id))) return 200;
    return z >= 2 && z <= 5 && geo::tiles_of(sahel, id.z).contains(id) ? 204 : 404;
}

TEST_F(ServePaths, EveryTileIsThereAndNothingElse) { // F2, F3
    std::mt19937_64 random(9);
    const std::vector<std::string> odd{"-1",
                                       "+1",
                                       "01",
                                       "0x1",
                                       "1e1",
                                       "1.0",
                                       "",
                                       "4294967296",
                                       "18446744073709551616",
                                       "4294967297",
                                       "31",
                                       "32",
                                       "27",
                                       "99999999999999999999",
                                       "%31",
                                       "١",
                                       "1%00",
                                       "NaN",
                                       "true",
                                       "1/",
                                       "a"};
    const auto digits = [&](std::uint64_t below) {
        return random() % 12 == 0 ? odd[random() % odd.size()] : std::to_string(random() % below);
    };
    std::vector<std::string> paths;
    for (int z = 0; z <= 6; ++z)
        for (std::uint32_t x = 0; x < 1u << z; ++x)
            for (std::uint32_t y = 0; y < 1u << z; ++y)
                if (z < 5 || geo::tiles_of(sahel, z).contains({static_cast<std::uint8_t>(z), x, y}))
                    for (const char* set : {"a", "b", "c"})
                        paths.push_back(fmt::format("/{}/{}/{}/{}.png", set, z, x, y));
    while (paths.size() < 5'000) {
        const std::uint64_t z = random() % 7, side = (1u << z) + 1;
        const char* extension =
            random() % 20 == 0 ? std::vector<const char*>{"jpg", "PNG", "png.png", "@2x.png", "", "webp"}[random() % 6]
                               : "png";
        paths.push_back(fmt::format("/{}/{}/{}/{}.{}", std::string(1, "abcd"[random() % 4]),
                                    random() % 9 == 0 ? digits(30) : std::to_string(z), digits(side), digits(side),
                                    extension));
    }
    Asker asker(port());
    std::map<int, int> seen;
    for (const std::string& path : paths) {
        const auto answer = asker.ask(request(path));
        ASSERT_TRUE(answer) << path;
        const int expected = expected_status(*s_site, path);
        EXPECT_EQ(answer->status, expected) << path;
        EXPECT_EQ(answer->body.empty(), answer->status == 204) << path;
        ++seen[answer->status];
    }
    EXPECT_GT(seen[200], 50);
    EXPECT_GT(seen[204], 5);
    EXPECT_GT(seen[404], 500);
}

TEST_F(ServePaths, TilesAreTheBytesOfTheArchive) {
    Asker asker(port());
    for (const auto& [number, bytes] : s_site->tiles)
        for (const char* set : {"a", "b", "c"}) {
            const auto answer = asker.ask(request(tile_path(geo::tile_from_number(number), set)));
            ASSERT_TRUE(answer);
            EXPECT_EQ(answer->body, std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
            EXPECT_EQ(answer->field("Content-Type"), "image/png");
        }
}

TEST_F(ServePaths, NothingOfARequestBecomesAField) { // F7
    std::vector<std::string> targets;
    for (const char* before :
         {"/", "/a/3/3/3.png", "/a.json?v=", "/?f=", "//evil.test", "/\\evil.test", "/a/", "/wmts/1.0.0/"})
        for (const char* injection :
             {"%0d%0aX-Injected:%201", "%0aX-Injected:%201", "%0dX-Injected:%201", "%E5%98%8A%E5%98%8DX-Injected:%201",
              "%23%0dX-Injected:1", "/..//evil.test/%2e%2e", "%00%0d%0aX-Injected:1", "\\r\\nX-Injected:1"})
            targets.push_back(std::string(before) + injection);
    EXPECT_GE(targets.size(), 60u);
    Asker asker(port());
    for (const std::string& target : targets) {
        const auto answer =
            asker.ask(request(target, "Referer: http://evil.test/%0d%0aX-Injected:1\r\nOrigin: http://evil.test\r\n"));
        ASSERT_TRUE(answer) << target;
        EXPECT_EQ(answer->head.find("njected"), std::string::npos) << target << answer->head;
        EXPECT_EQ(answer->head.find("evil"), std::string::npos) << target << answer->head;
        EXPECT_EQ(answer->count("Location"), 0) << target;
    }
}

TEST_F(ServePaths, NothingOfARequestIsEchoed) { // F8
    const std::string mark = "zq7x";
    const std::vector<std::string> payloads{"<script>zq7x</script>",
                                            "\"><img/src=x/onerror=zq7x>",
                                            "%3Cscript%3Ezq7x%3C/script%3E",
                                            "javascript:zq7x",
                                            "'-zq7x-'",
                                            "{{zq7x}}",
                                            "${zq7x}",
                                            "<!--zq7x-->",
                                            "%22zq7x",
                                            "zq7x%00",
                                            "</title>zq7x",
                                            "]]>zq7x"};
    Asker asker(port());
    int asked = 0;
    for (const char* route : {"/", "/a.json", "/a/3/3/3.png", "/a.pmtiles", "/wmts/1.0.0/WMTSCapabilities.xml",
                              "/collections", "/collections/a", "/conformance", "/api", "/health", "/metrics",
                              "/index.html", "/nothing", "/tileMatrixSets"})
        for (const std::string& payload : payloads)
            for (const std::string& bytes :
                 {request(route + ("/" + payload)), request(route + ("?" + payload)),
                  request(route + ("?v=" + payload)),
                  request(route, "X-Q: " + payload + "\r\nReferer: " + payload + "\r\nUser-Agent: " + payload + "\r\n"),
                  fmt::format("GET {} HTTP/1.1\r\nHost: {}.test\r\n\r\n", route, mark),
                  request(route,
                          "Accept: " + payload + "\r\nIf-None-Match: " + payload + "\r\nRange: " + payload + "\r\n")}) {
                const auto answer = asker.ask(bytes);
                ASSERT_TRUE(answer) << bytes;
                EXPECT_EQ(answer->body.find(mark), std::string::npos) << bytes;
                EXPECT_EQ(answer->head.find(mark), std::string::npos) << bytes << answer->head;
                if (answer->status == 400 && answer->count("Content-Security-Policy") == 0)
                    continue; // libmicrohttpd's own words: text without our fields
                EXPECT_EQ(answer->field("X-Content-Type-Options"), "nosniff") << bytes << answer->head;
                EXPECT_TRUE(answer->field("Content-Security-Policy").starts_with("default-src 'self'")) << bytes;
                ++asked;
            }
    EXPECT_GT(asked, 600);
}

} // namespace

} // namespace harmattan::test
