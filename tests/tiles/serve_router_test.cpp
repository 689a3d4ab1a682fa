// What is answered to which request, without sockets.

#include "geo/error.hpp"
#include "support/temp_folder.hpp"
#include "tests/tiles/small_tiles.hpp"
#include "tiles/serve/archive_source.hpp"
#include "tiles/serve/router.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sys/resource.h>

namespace harmattan::test {

namespace {

using tiles::Method;
using tiles::ReplyPtr;
using tiles::Request;

class ServedRouter : public testing::Test {
protected:
    ServedRouter() : plan({2, 5}, sahel), all(some_tiles(plan)), path(folder.path() / "heat.pmtiles") {
        write_archive(path, all, small_info());
    }

    /// A new one; the one before is gone.
    tiles::Router& router(tiles::RouterOptions options = {}) {
        made.reset();
        const auto source = tiles::open_archive_source("heat", path);
        version = source->version();
        catalogue = std::make_shared<const tiles::Catalogue>(std::vector<tiles::ServedSet>{{"heat", source, nullptr}},
                                                             std::make_shared<tiles::Documents>(),
                                                             tiles::DescribeSets{}, "Map", "http://maps.example.org");
        made = std::make_unique<tiles::Router>(std::move(options), catalogue, metrics);
        return *made;
    }

    static Request get(std::string_view path) {
        Request request;
        request.path = path, request.host = "localhost";
        return request;
    }
    std::string tile_path(std::uint64_t number) const {
        return "/heat/" + geo::to_string(geo::tile_from_number(number)) + ".png";
    }
    /// Lives as long as the test: requests are views.
    const std::string& present() {
        if (m_present.empty()) m_present = tile_path(all.begin()->first);
        return m_present;
    }
    /// Within the plan, without a tile.
    std::string empty() const {
        for (int z = 2; z <= 5; ++z) {
            const geo::TileRange& range = plan.range(z);
            for (std::uint32_t x = range.min_x; x <= range.max_x; ++x)
                for (std::uint32_t y = range.min_y; y <= range.max_y; ++y)
                    if (const std::uint64_t number = geo::tile_number({static_cast<std::uint8_t>(z), x, y});
                        !all.contains(number))
                        return tile_path(number);
        }
        return {};
    }

    TempFolder folder;
    tiles::Plan plan;
    Tiles all;
    std::filesystem::path path;
    std::string version;
    tiles::Metrics metrics;
    std::shared_ptr<const tiles::Catalogue> catalogue;
    std::unique_ptr<tiles::Router> made;

private:
    std::string m_present;
};

} // namespace

TEST_F(ServedRouter, EveryTileOfTheArchiveIsServedWithTheTagOfItsBytes) {
    tiles::Router& served = router();
    for (const auto& [number, bytes] : all) {
        const ReplyPtr reply = served.answer(get(tile_path(number))).reply;
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->status(), 200);
        EXPECT_EQ(reply->size(), bytes.size());
        EXPECT_EQ(reply->field("ETag"), "\"" + tiles::to_hex(tiles::digest(bytes)) + "\"");
        EXPECT_EQ(reply->field("Content-Type"), "image/png");
    }
    EXPECT_EQ(metrics.tiles_fetched, all.size());
    served.answer(get(present()));
    EXPECT_EQ(metrics.tiles_from_cache, 1u);
}

TEST_F(ServedRouter, NoInkWithinTheBoundsIs204AndOutsideIs404) {
    tiles::Router& served = router();
    ASSERT_FALSE(empty().empty());
    EXPECT_EQ(served.answer(get(empty())).reply->status(), 204);
    EXPECT_EQ(served.answer(get("/heat/5/0/0.png")).reply->status(), 404);
    EXPECT_EQ(served.answer(get("/heat/9/250/230.png")).reply->status(), 404);
    EXPECT_EQ(served.answer(get("/cold/5/15/14.png")).reply->status(), 404);
    EXPECT_EQ(served.answer(get("/heat/2/1/1.webp")).reply->status(), 404) << "the archive has PNG";
}

TEST_F(ServedRouter, AnAddressWithTheVersionMayBeKeptForEver) {
    tiles::Router& served = router();
    Request request = get(present());
    EXPECT_EQ(served.answer(request).reply->field("Cache-Control"), "public, max-age=60");
    request.version = version;
    EXPECT_EQ(served.answer(request).reply->field("Cache-Control"), "public, max-age=31536000, immutable");
    request.version = "000000000000";
    EXPECT_EQ(served.answer(request).reply->field("Cache-Control"), "public, max-age=60")
        << "an old address shows what there is now, not for long";
}

TEST_F(ServedRouter, DenseTilesHaveTheVersionOfTheirOwnArchive) {
    const std::filesystem::path dense_path = folder.path() / "dense.pmtiles";
    write_archive(dense_path, {{all.begin()->first, picture(77)}}, small_info("Dense"));
    const tiles::ServedSet set{"heat", tiles::open_archive_source("heat", path),
                               tiles::open_archive_source("heat", dense_path)};
    EXPECT_EQ(tiles::tile_address(set), "heat/{z}/{x}/{y}.png?v=" + set.source->version());
    EXPECT_EQ(tiles::tile_address(set, 2), "heat/{z}/{x}/{y}@2x.png?v=" + set.dense->version());
    tiles::Router served({},
                         std::make_shared<const tiles::Catalogue>(std::vector{set},
                                                                  std::make_shared<tiles::Documents>(),
                                                                  tiles::DescribeSets{}, "Map", "http://localhost"),
                         metrics);
    const std::string dense_tile = "/heat/" + geo::to_string(geo::tile_from_number(all.begin()->first)) + "@2x.png";
    Request request = get(dense_tile);
    request.version = set.source->version();
    EXPECT_EQ(served.answer(request).reply->field("Cache-Control"), "public, max-age=60")
        << "another dense archive may come while that stays";
    request.version = set.dense->version();
    EXPECT_EQ(served.answer(request).reply->field("Cache-Control"), "public, max-age=31536000, immutable");
}

TEST_F(ServedRouter, ATagThatStillHoldsIsAnsweredWithoutABody) {
    tiles::Router& served = router();
    Request request = get(present());
    const std::string tag(served.answer(request).reply->field("ETag"));
    for (const std::string& field : {tag, "\"other\", " + tag, "W/" + tag, std::string("*")}) {
        request.if_none_match = field;
        const ReplyPtr reply = served.answer(request).reply;
        EXPECT_EQ(reply->status(), 304) << field;
        EXPECT_EQ(reply->size(), 0u);
        EXPECT_EQ(reply->field("ETag"), tag);
    }
    request.if_none_match = "\"other\"";
    EXPECT_EQ(served.answer(request).reply->status(), 200);
}

TEST_F(ServedRouter, TheArchiveIsReadByRanges) {
    tiles::Router& served = router();
    Request request = get("/heat.pmtiles");
    const ReplyPtr whole = served.answer(request).reply;
    const std::uint64_t size = std::filesystem::file_size(path);
    EXPECT_EQ(whole->status(), 200);
    EXPECT_EQ(whole->size(), size);
    EXPECT_EQ(whole->field("Accept-Ranges"), "bytes");

    request.range = "bytes=0-126";
    EXPECT_EQ(served.answer(request).reply->status(), 206);
    EXPECT_EQ(served.answer(request).reply->field("Content-Range"), "bytes 0-126/" + std::to_string(size));
    request.range = "bytes=-5";
    EXPECT_EQ(served.answer(request).reply->size(), 5u);
    request.if_range = whole->field("ETag");
    EXPECT_EQ(served.answer(request).reply->status(), 206);
    request.if_range = "\"another\"";
    EXPECT_EQ(served.answer(request).reply->status(), 200);
    request.if_range = {};
    request.method = Method::head;
    EXPECT_EQ(served.answer(request).reply->status(), 200) << "ranges are of GET alone";
    request.method = Method::get;
    request.range = "bytes=999999999-";
    EXPECT_EQ(served.answer(request).reply->status(), 416);
    EXPECT_EQ(served.answer(get("/heat.mbtiles")).reply->status(), 404);
}

TEST_F(ServedRouter, WithoutADescriptorForTheArchiveTheClientComesAgain) {
    tiles::Router& served = router();
    rlimit before{};
    getrlimit(RLIMIT_NOFILE, &before);
    const rlimit none{3, before.rlim_max}; // those open stay so
    setrlimit(RLIMIT_NOFILE, &none);
    const ReplyPtr reply = served.answer(get("/heat.pmtiles")).reply;
    const ReplyPtr tile = served.answer(get(present())).reply;
    setrlimit(RLIMIT_NOFILE, &before);
    EXPECT_EQ(reply->status(), 503);
    EXPECT_EQ(reply->field("Retry-After"), "1");
    EXPECT_EQ(tile->status(), 200) << "its file is open";
    EXPECT_EQ(served.answer(get("/heat.pmtiles")).reply->status(), 200);
}

TEST_F(ServedRouter, WithoutADescriptorATileOfAFolderIsNotDamaged) {
    path = folder.path() / "heat";
    write_archive(path, all, small_info());
    tiles::Router& served = router();
    const Request request = get(present());
    rlimit before{};
    getrlimit(RLIMIT_NOFILE, &before);
    const rlimit none{3, before.rlim_max}; // those open stay so
    setrlimit(RLIMIT_NOFILE, &none);
    const ReplyPtr reply = served.answer(request).reply;
    setrlimit(RLIMIT_NOFILE, &before);
    EXPECT_EQ(reply->status(), 503);
    EXPECT_EQ(reply->field("Retry-After"), "1");
    EXPECT_EQ(metrics.tiles_damaged, 0u);
    EXPECT_EQ(served.answer(request).reply->status(), 200);
}

TEST_F(ServedRouter, PagesOfOtherSitesReadOnlyWhereTheyAreAllowed) {
    Request request = get(present());
    request.origin = "https://news.example";
    EXPECT_EQ(router().answer(request).reply->field("Access-Control-Allow-Origin"), "");

    tiles::Router& listed = router({.hosts = {}, .cors = {"https://news.example", "https://maps.example"}, .say = {}});
    EXPECT_EQ(listed.answer(request).reply->field("Access-Control-Allow-Origin"), "https://news.example");
    EXPECT_EQ(listed.answer(request).reply->field("Vary"), "Origin");
    request.origin = "https://maps.example";
    EXPECT_EQ(listed.answer(request).reply->field("Access-Control-Allow-Origin"), "https://maps.example")
        << "not the cached reply of another";
    request.origin = "https://evil.example";
    EXPECT_EQ(listed.answer(request).reply->field("Access-Control-Allow-Origin"), "");

    request.method = Method::options;
    EXPECT_EQ(listed.answer(request).reply->status(), 204);
    EXPECT_EQ(listed.answer(request).reply->field("Access-Control-Allow-Methods"), "");
    request.origin = "https://news.example";
    EXPECT_EQ(listed.answer(request).reply->field("Access-Control-Allow-Methods"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(
        router({.hosts = {}, .cors = {"*"}, .say = {}}).answer(request).reply->field("Access-Control-Allow-Origin"),
        "*");
}

TEST_F(ServedRouter, WhatNoBrowserSendsAsAnOriginIsRefusedAtTheStart) {
    for (const char* none : {"", "null", "news.example", "https://", "https://news.example/", "https://News.example",
                             "https://news.example/map", "https://*.example", "https://a.example,https://b.example",
                             "https://a.example\r\nX: y"})
        EXPECT_THROW(router({.hosts = {}, .cors = {none}, .say = {}}), geo::Error) << none;
    for (const char* one : {"*", "https://news.example", "http://localhost:5173", "http://[::1]:8080", "app://map"})
        EXPECT_NO_THROW(router({.hosts = {}, .cors = {one}, .say = {}})) << one;
}

TEST_F(ServedRouter, WhatDependsOnEncodingAndOriginSaysSoInOneField) {
    Request request = get("/wmts/1.0.0/WMTSCapabilities.xml");
    request.accept_encoding = "gzip";
    request.origin = "https://news.example";
    tiles::Router& listed = router({.hosts = {}, .cors = {"https://news.example"}, .say = {}});
    const ReplyPtr whole = listed.answer(request).reply;
    EXPECT_EQ(whole->field("Vary"), "Accept-Encoding, Origin");
    const std::string tag(whole->field("ETag"));
    request.if_none_match = tag;
    EXPECT_EQ(listed.answer(request).reply->field("Vary"), "Accept-Encoding, Origin") << "304 too";
    request.if_none_match = {};
    EXPECT_EQ(router({.hosts = {}, .cors = {"*"}, .say = {}}).answer(request).reply->field("Vary"), "Accept-Encoding");
    EXPECT_EQ(router().answer(get(present())).reply->field("Vary"), "");
}

TEST_F(ServedRouter, AForeignHostIsMisdirected) {
    Request request = get(present());
    request.host = "evil.example";
    EXPECT_EQ(router().answer(request).reply->status(), 421);
    request.host = "maps.example.org:8080";
    EXPECT_EQ(router({.hosts = {"maps.example.org"}, .cors = {}, .say = {}}).answer(request).reply->status(), 200);
}

TEST_F(ServedRouter, OtherMethodsAreNamedTheOnesThereAre) {
    Request request = get(present());
    request.method = Method::other;
    const ReplyPtr reply = router().answer(request).reply;
    EXPECT_EQ(reply->status(), 405);
    EXPECT_EQ(reply->field("Allow"), "GET, HEAD, OPTIONS");
}

TEST_F(ServedRouter, ADamagedTileHurtsOnlyItself) {
    const auto source = tiles::open_archive_source("heat", path);
    // A byte within the first tile's picture: PNG's own checksum tells.
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(16384 + 20);
    file.put('\x7f');
    file.close();
    std::vector<std::string> said;
    tiles::Router& served =
        router({.hosts = {}, .cors = {}, .say = [&](const std::string& line) { said.push_back(line); }});
    int hurt = 0;
    for (const auto& [number, bytes] : all) hurt += served.answer(get(tile_path(number))).reply->status() == 500;
    EXPECT_GE(hurt, 1);
    EXPECT_LT(hurt, static_cast<int>(all.size()) / 2) << "equal tiles share their bytes, the others are well";
    EXPECT_EQ(metrics.tiles_damaged, static_cast<std::uint64_t>(hurt));
    EXPECT_EQ(said.size(), 1u) << "at most a line a second";
}

TEST_F(ServedRouter, DocumentsAreTaggedAndPackedForThoseWhoTakeIt) {
    tiles::Router& served = router();
    Request request = get("/heat.json");
    const ReplyPtr plain = served.answer(request).reply;
    EXPECT_EQ(plain->status(), 200);
    EXPECT_EQ(plain->field("Content-Type"), "application/json");
    const std::string capabilities = "/wmts/1.0.0/WMTSCapabilities.xml";
    request = get(capabilities);
    const ReplyPtr whole = served.answer(request).reply;
    request.accept_encoding = "gzip, br";
    const ReplyPtr packed = served.answer(request).reply;
    EXPECT_EQ(packed->field("Content-Encoding"), "gzip");
    EXPECT_EQ(packed->field("Vary"), "Accept-Encoding");
    EXPECT_LT(packed->size(), whole->size());
    EXPECT_NE(packed->field("ETag"), whole->field("ETag"));
}

TEST_F(ServedRouter, HealthTellsThatItIsStopping) {
    tiles::Router& served = router();
    EXPECT_EQ(served.answer(get("/health")).reply->status(), 200);
    served.drain();
    EXPECT_EQ(served.answer(get("/health")).reply->status(), 503);
    EXPECT_EQ(served.answer(get(present())).reply->status(), 200) << "requests under way are answered";
}

TEST_F(ServedRouter, TheRootIsTheLandingPageOfTheApiForThoseWhoAskForJson) {
    tiles::Router& served = router();
    Request request = get("/");
    EXPECT_EQ(served.answer(request).reply->status(), 404) << "no viewer here";
    request.accept = "application/json";
    EXPECT_EQ(served.answer(request).reply->field("Content-Type"), "application/json");
    request.accept = {};
    request.json = true;
    EXPECT_EQ(served.answer(request).reply->status(), 200);
}

} // namespace harmattan::test
