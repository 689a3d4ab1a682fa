#pragma once
// What the tests of the server serve, and the server with it.

#include "app/http_client.hpp"
#include "app/served_program.hpp"
#include "tests/tiles/small_tiles.hpp"

#include <cstdint>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace harmattan::test {

/// Tiles of the Sahel, zoom 2 to 5, in three containers called a (PMTiles), b
/// (MBTiles) and c (folder), and a file beside them and one among the folder's tiles that must never be seen.
struct SmallSite {
    static constexpr const char* secret = "SECRET-7f3a91";

    TemporaryFolder folder;
    tiles::Plan plan{{2, 5}, sahel};
    Tiles tiles = some_tiles(plan);

    SmallSite();
    std::vector<std::string> arguments() const { return {"a.pmtiles", "b.mbtiles", "c"}; }
};

/// "/a/z/x/y.png"
std::string tile_path(geo::TileId tile, const std::string& set = "a");

/// A test of the server with the small site; it runs through all of them.
class ServesSmallSite : public testing::Test {
protected:
    static void SetUpTestSuite();
    static void TearDownTestSuite();
    void TearDown() override; ///< it must still be there and well

    static std::uint16_t port() { return s_server->port(); }
    /// The path of a tile that is there.
    static std::string some_tile();
    inline static SmallSite* s_site = nullptr;
    inline static ServedProgram* s_server = nullptr;
};

} // namespace harmattan::test
