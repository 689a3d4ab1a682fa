#include "app/small_site.hpp"

#include <fmt/format.h>
#include <utility>

namespace harmattan::test {

SmallSite::SmallSite() {
    for (const char* name : {"a.pmtiles", "b.mbtiles", "c"}) write_archive(folder.path() / name, tiles, small_info());
    for (const char* name : {"secret.txt", "c/secret.txt", "c/3/secret.txt"}) folder.write(name, secret);
}

std::string tile_path(geo::TileId tile, const std::string& set) {
    return fmt::format("/{}/{}.png", set, geo::to_string(tile));
}

void ServesSmallSite::SetUpTestSuite() {
    s_site = new SmallSite;
    s_server = new ServedProgram(s_site->arguments(), s_site->folder.path());
}

void ServesSmallSite::TearDownTestSuite() {
    delete std::exchange(s_server, nullptr);
    delete std::exchange(s_site, nullptr);
}

void ServesSmallSite::TearDown() {
    EXPECT_TRUE(s_server->is_running()) << s_server->err();
    const auto answer = get(port(), "/health");
    EXPECT_TRUE(answer && answer->status == 200);
}

std::string ServesSmallSite::some_tile() { return tile_path(geo::tile_from_number(s_site->tiles.begin()->first)); }

} // namespace harmattan::test
