// Archives that change, break or lie while they are served; and what the server touches besides.

#include "app/small_site.hpp"
#include "support/eventually.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <regex>
#include <set>
#include <thread>

namespace harmattan::test {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::string text_of(const std::vector<std::byte>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The same places as `tiles` with other pictures.
Tiles repainted(const Tiles& tiles) {
    Tiles others;
    for (const auto& [number, bytes] : tiles) others[number] = picture(number + 777'000);
    return others;
}

void overwrite(const fs::path& file, std::size_t at, const std::string& bytes) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(static_cast<std::streamoff>(at));
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

TEST(ServeArchives, ReplacedUnderLoadNoTileIsTorn) { // F14
    const SmallSite site;
    const fs::path live = site.folder.path() / "a.pmtiles", staged = site.folder.path() / "next.pmtiles",
                   other = site.folder.path() / "other.pmtiles", first = site.folder.path() / "first.pmtiles";
    const Tiles others = repainted(site.tiles);
    write_archive(other, others, small_info("Other"));
    fs::copy_file(live, first);
    ServedProgram server({"a.pmtiles"}, site.folder.path());

    std::atomic<bool> over{false};
    std::atomic<int> answers{0}, torn{0}, failed{0};
    std::vector<std::jthread> clients;
    for (std::size_t c = 0; c < 4; ++c)
        clients.emplace_back([&, c] {
            HttpConnection connection(server.port());
            auto tile = std::next(site.tiles.begin(), static_cast<std::ptrdiff_t>(c));
            while (!over) {
                if (++tile == site.tiles.end()) tile = site.tiles.begin();
                connection.send(request(tile_path(geo::tile_from_number(tile->first))));
                const auto answer = connection.answer();
                ++answers;
                if (!answer || answer->status != 200) ++failed;
                else if (answer->body != text_of(tile->second) && answer->body != text_of(others.at(tile->first)))
                    ++torn;
            }
        });
    for (int swap = 0; swap < 100 || answers < 500; ++swap) {
        fs::create_hard_link(swap % 2 == 0 ? other : first, staged); // not a copy: a busy disk would be waited for
        fs::rename(staged, live);
        std::this_thread::sleep_for(20ms);
    }
    over = true;
    clients.clear();
    EXPECT_EQ(torn, 0);
    EXPECT_EQ(failed, 0);

    const auto& [number, bytes] = *site.tiles.begin();
    const std::string path = tile_path(geo::tile_from_number(number));
    fs::create_hard_link(other, staged);
    std::optional<HttpAnswer> answer;
    const auto becomes = [&](const std::vector<std::byte>& expected) {
        return eventually([&] { return (answer = get(server.port(), path)) && answer->body == text_of(expected); });
    };
    ASSERT_TRUE(becomes(bytes)) << "the last swap";
    const std::string before = answer->field("ETag");
    fs::rename(staged, live);
    const auto swapped = Clock::now();
    ASSERT_TRUE(becomes(others.at(number)));
    EXPECT_LT(Clock::now() - swapped, 10s); // a second on a machine with nothing else to do
    EXPECT_NE(answer->field("ETag"), before);
}

TEST(ServeArchives, DamagedTileHurtsOnlyItself) { // F15
    const SmallSite site;
    const std::string archive = read_file(site.folder.path() / "a.pmtiles");
    ServedProgram server({"--cache", "0", "a.pmtiles", "c"}, site.folder.path());
    // The first tile that no other has the same bytes as, overwritten in place.
    const auto hurt = std::ranges::find_if(site.tiles, [&](const auto& tile) {
        return std::ranges::count_if(site.tiles, [&](const auto& other) { return other.second == tile.second; }) == 1;
    });
    const std::size_t at = archive.find(text_of(hurt->second));
    ASSERT_NE(at, std::string::npos);
    overwrite(site.folder.path() / "a.pmtiles", at + hurt->second.size() / 2, "damage");
    const std::string in_folder = fmt::format("c/{}.png", geo::to_string(geo::tile_from_number(hurt->first)));
    overwrite(site.folder.path() / in_folder, 20, "damage");
    for (const auto& [number, bytes] : site.tiles)
        for (const char* set : {"a", "c"}) {
            const auto answer = get(server.port(), tile_path(geo::tile_from_number(number), set));
            ASSERT_TRUE(answer);
            EXPECT_EQ(answer->status, number == hurt->first ? 500 : 200) << set << number;
            if (number != hurt->first) { EXPECT_EQ(answer->body, text_of(bytes)); }
            if (number == hurt->first) { EXPECT_EQ(answer->field("Cache-Control"), "no-store"); }
        }
    EXPECT_NE(server.err().find(geo::to_string(geo::tile_from_number(hurt->first))), std::string::npos) << server.err();
}

TEST(ServeArchives, TruncatedAndOverwrittenInPlaceTheServerLives) { // F15
    const SmallSite site;
    const std::vector<std::string> names{"a.pmtiles", "b.mbtiles"};
    std::vector<std::string> whole;
    for (const std::string& name : names) whole.push_back(read_file(site.folder.path() / name));
    ServedProgram server({"--cache", "0", "a.pmtiles", "b.mbtiles"}, site.folder.path());
    for (int round = 0; round < 25; ++round) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            const fs::path path = site.folder.path() / names[i];
            const auto size = whole[i].size();
            switch (round % 4) {
            case 0: fs::resize_file(path, size * static_cast<std::size_t>(round) / 25); break;
            case 1: overwrite(path, size / 2, std::string(size / 4, '\xff')); break;
            case 2: overwrite(path, 0, std::string(std::min<std::size_t>(size, 512), 'x')); break;
            default: overwrite(path, 0, whole[i]);
            }
        }
        HttpConnection connection(server.port());
        for (const char* set : {"a", "b"})
            for (const auto& [number, bytes] : site.tiles) {
                connection.send(request(tile_path(geo::tile_from_number(number), set)));
                const auto answer = connection.answer();
                ASSERT_TRUE(answer) << server.err();
                EXPECT_TRUE(answer->status == 500 || answer->status == 200 || answer->status == 204) << answer->status;
                if (answer->status == 200) { EXPECT_EQ(answer->body, text_of(bytes)) << "a tile is whole or not sent"; }
            }
        for (const char* file : {"/a.pmtiles", "/b.mbtiles"}) {
            HttpConnection download(server.port());
            download.send(request(file, "Range: bytes=0-\r\n"));
            download.answer(false, 50ms); // cut short or whole: the file is not what it was
        }
        ASSERT_TRUE(server.is_running());
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        const fs::path next = site.folder.write("next", whole[i]);
        fs::rename(next, site.folder.path() / names[i]);
    }
    for (const char* set : {"a", "b"}) {
        const auto is_well = [&] {
            const auto answer = get(server.port(), tile_path(geo::tile_from_number(site.tiles.begin()->first), set));
            return answer && answer->status == 200;
        };
        EXPECT_TRUE(eventually(is_well)) << "replaced by a good one it is well again; " << server.err();
    }
}

TEST(ServeArchives, BrokenOneIsNotServedAndDoesNotReplaceAGoodOne) { // F16
    const SmallSite site;
    const fs::path live = site.folder.path() / "a.pmtiles";
    for (const auto& [name, bytes] : std::map<std::string, std::string>{
             {"cut.pmtiles", read_file(live).substr(0, 200)},
             {"head.pmtiles", std::string("PMTiles\x03") + std::string(300, '\xff')},
             {"text.pmtiles", "hello"},
             {"page.mbtiles", std::string("SQLite format 3\0", 16) + std::string(5000, 'x')}}) {
        site.folder.write(name, bytes);
        const ProgramRun run = run_program({"serve", "--listen", "127.0.0.1:0", name}, site.folder.path());
        EXPECT_EQ(run.exit_code, 65) << name << run.err;
        EXPECT_NE(run.err.find(name), std::string::npos) << run.err;
    }
    ServedProgram server({"a.pmtiles"}, site.folder.path());
    const fs::path next = site.folder.write("next", "PMTiles\x03 but broken");
    fs::rename(next, live);
    EXPECT_TRUE(eventually([&] { return server.err().find("the old one stays") != std::string::npos; }))
        << server.err();
    for (const auto& [number, bytes] : site.tiles) {
        const auto answer = get(server.port(), tile_path(geo::tile_from_number(number)));
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->body, text_of(bytes));
    }
    fs::remove(live);
    std::this_thread::sleep_for(600ms);
    const auto gone = get(server.port(), tile_path(geo::tile_from_number(site.tiles.begin()->first)));
    EXPECT_TRUE(gone && gone->status == 200) << "what is open stays open";
}

TEST(ServeArchives, TouchesNoOtherFileAndNoOtherMachine) { // F1, F20
    if (std::system("strace -o /dev/null true >/dev/null 2>&1") != 0)
        GTEST_SKIP() << "needs strace, and leave to use it";
    const SmallSite site;
    const fs::path trace = site.folder.path() / "trace";
    std::size_t started = 0;
    {
        ServedProgram server(site.arguments(), site.folder.path(),
                             {.through = {"strace", "-f", "-o", trace.string(), "-e",
                                          "trace=openat,open,connect,execve,sendto,sendmsg,fork,vfork"}});
        ASSERT_TRUE(get(server.port(), "/health")); // it says where it serves just before it does
        started = read_file(trace).size();
        for (const char* path : {"/secret.txt", "/c/secret.txt", "/../secret.txt", "/c/3/secret.txt", "/a.json", "/",
                                 "/a.pmtiles", "/b.mbtiles", "/c/..%2f..%2fetc/passwd", "/metrics", "/nothing"})
            get(server.port(), path);
        for (const auto& [number, bytes] : site.tiles)
            for (const char* set : {"a", "b", "c"}) get(server.port(), tile_path(geo::tile_from_number(number), set));
        server.signal(SIGTERM);
        EXPECT_EQ(server.wait(60s), 0);
    }
    const std::string all = read_file(trace), served = all.substr(started);
    EXPECT_EQ(all.find("execve("), all.rfind("execve(")) << "its own alone";
    EXPECT_NE(all.find("execve("), std::string::npos);
    EXPECT_EQ(all.find("connect("), std::string::npos);
    // Tiles of a folder are files: those alone are opened, by number.
    static const std::regex opened("open(?:at)?\\([^\"]*\"([^\"]*)\"");
    std::set<std::string> names;
    for (std::sregex_iterator at(served.begin(), served.end(), opened), end; at != end; ++at) names.insert((*at)[1]);
    EXPECT_FALSE(names.empty()) << "the folder's tiles are files";
    for (const std::string& name : names)
        EXPECT_TRUE(std::regex_search(name, std::regex("c/[0-9]+/[0-9]+/[0-9]+\\.png$|[0-9]+/[0-9]+/[0-9]+\\.png$")))
            << name;
}

TEST(ServeArchives, ListensOnThisMachineAlone) { // F19
    const SmallSite site;
    ServedProgram server({"a.pmtiles"}, site.folder.path());
    const std::string port = fmt::format("{:04X}", server.port());
    int seen = 0;
    for (const char* table : {"tcp", "tcp6"}) {
        const std::string sockets = read_file(fmt::format("/proc/self/net/{}", table));
        static const std::regex listening(R"(\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]+:0000 0A)");
        for (std::sregex_iterator at(sockets.begin(), sockets.end(), listening), end; at != end; ++at)
            if ((*at)[2] == port) {
                EXPECT_EQ((*at)[1], "0100007F");
                ++seen;
            }
    }
    EXPECT_EQ(seen, 1);
}

TEST(ServeArchives, PortInUseIsSaidAtOnce) { // F17
    const SmallSite site;
    ServedProgram server({"a.pmtiles"}, site.folder.path());
    const auto start = Clock::now();
    const ProgramRun run =
        run_program({"serve", "--listen", fmt::format("127.0.0.1:{}", server.port()), "a.pmtiles"}, site.folder.path());
    EXPECT_EQ(run.exit_code, 69);
    EXPECT_NE(run.err.find(std::to_string(server.port())), std::string::npos) << run.err;
    EXPECT_EQ(std::ranges::count(run.err, '\n'), 1) << run.err;
    EXPECT_LT(Clock::now() - start, 10s); // a second on a machine with nothing else to do
}

} // namespace

} // namespace harmattan::test
