#include "tiles/serve/tile_path.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

namespace harmattan::tiles {

namespace {

std::string written(std::string_view path) {
    const auto parsed = parse_tile_path(path);
    if (!parsed) return "no";
    return fmt::format("{} {} {} {}", parsed->set, geo::to_string(parsed->tile), parsed->scale, parsed->extension);
}

TEST(TilePath, FormsThatThereAre) {
    struct Case {
        const char *path, *expected;
    };
    for (const auto& [path, expected] :
         std::vector<Case>{{"/heat/0/0/0.png", "heat 0/0/0 1 png"},
                           {"/heat/9/255/247.webp", "heat 9/255/247 1 webp"},
                           {"/heat/9/255/247@2x.png", "heat 9/255/247 2 png"},
                           {"/heat@2025-07/3/7/7.png", "heat@2025-07 3/7/7 1 png"},
                           {"/heat@2025-07/3/7/7@2x.png", "heat@2025-07 3/7/7 2 png"},
                           {"/a/26/67108863/67108863.pbf", "a 26/67108863/67108863 1 pbf"},
                           {"/9/1/0/1.jpg", "9 1/0/1 1 jpg"},
                           {"/wmts/1/0/1.jpg", "wmts 1/0/1 1 jpg"},
                           {"/collections/1/0/1.jpg", "collections 1/0/1 1 jpg"},
                           {"/wmts/1.0.0/heat/default/WebMercatorQuad/9/247/255.png", "heat 9/255/247 1 png"},
                           {"/wmts/1.0.0/heat/default/WebMercatorQuad512/9/247/255.png", "heat 9/255/247 2 png"},
                           {"/collections/heat/map/tiles/WebMercatorQuad512/9/247/255", "heat 9/255/247 2 "},
                           {"/wmts/1.0.0/wmts/default/WebMercatorQuad/1/1/0.png", "wmts 1/0/1 1 png"},
                           {"/collections/heat/map/tiles/WebMercatorQuad/9/247/255", "heat 9/255/247 1 "},
                           {"/collections/heat@2025-07/map/tiles/WebMercatorQuad/0/0/0", "heat@2025-07 0/0/0 1 "}})
        EXPECT_EQ(written(path), expected) << path;
}

TEST(TilePath, NothingElseIsOne) {
    using namespace std::string_literals;
    for (const std::string& path : std::vector<std::string>{
             ""s, "/"s, "//"s, "heat/0/0/0.png"s, "/heat"s, "/heat/"s, "/heat/0/0"s, "/heat/0/0/0"s, "/heat/0/0/0."s,
             "/heat/0/0/0.png/"s, "/heat/0/0/0.png?a"s, "/heat/0/0/0.png#"s, "/heat/0/0/0.png "s, " /heat/0/0/0.png"s,
             "/heat/0/0/0.png\0"s, "/heat\0/0/0/0.png"s, "/heat/0\0/0/0.png"s, "//heat/0/0/0.png"s, "/heat//0/0/0.png"s,
             "/heat/0//0/0.png"s, "/heat/0/0//0.png"s, "/heat/0/0/0/0.png"s, "/a/heat/0/0/0.png"s,
             // numbers: sign, leading zero, base, point, white space, too large for the zoom, for 32 and for 64 bits
             "/heat/-0/0/0.png"s, "/heat/+0/0/0.png"s, "/heat/0/-1/0.png"s, "/heat/0/0/-1.png"s, "/heat/00/0/0.png"s,
             "/heat/01/0/0.png"s, "/heat/1/00/0.png"s, "/heat/1/01/0.png"s, "/heat/1/0/01.png"s, "/heat/0x1/0/0.png"s,
             "/heat/1/0x1/0.png"s, "/heat/1e0/0/0.png"s, "/heat/1/1e0/0.png"s, "/heat/1.0/0/0.png"s,
             "/heat/1/0.0/0.png"s, "/heat/ 1/0/0.png"s, "/heat/1 /0/0.png"s, "/heat/1/ 0/0.png"s, "/heat/1/0/0 .png"s,
             "/heat/0/1/0.png"s, "/heat/0/0/1.png"s, "/heat/3/8/0.png"s, "/heat/3/0/8.png"s, "/heat/27/0/0.png"s,
             "/heat/31/0/0.png"s, "/heat/32/0/0.png"s, "/heat/64/0/0.png"s, "/heat/255/0/0.png"s, "/heat/256/0/0.png"s,
             "/heat/26/67108864/0.png"s, "/heat/26/4294967296/0.png"s, "/heat/26/4294967295/0.png"s,
             "/heat/26/18446744073709551616/0.png"s, "/heat/26/0/18446744073709551617.png"s,
             "/heat/4294967297/0/0.png"s, "/heat/18446744073709551617/0/0.png"s,
             "/heat/"s + std::string(10'000, '0') + "/0/0.png", "/heat/9/"s + std::string(10'000, '9') + "/0.png",
             "/heat//0/0.png"s, "/heat/0//0.png"s, "/heat/0/0/.png"s, "/heat/a/0/0.png"s, "/heat/0/a/0.png"s,
             "/heat/0/0/a.png"s, "/heat/\xd9\xa1/0/0.png"s,
             // scale
             "/heat/0/0/0@1x.png"s, "/heat/0/0/0@3x.png"s, "/heat/0/0/0@02x.png"s, "/heat/0/0/0@2X.png"s,
             "/heat/0/0/0@2.png"s, "/heat/0/0/0@x.png"s, "/heat/0/0/0@2x@2x.png"s, "/heat/0/0/0@2x"s,
             "/heat/0/0@2x/0.png"s, "/heat/0@2x/0/0.png"s,
             // extension
             "/heat/0/0/0.PNG"s, "/heat/0/0/0.pngpng"s, "/heat/0/0/0.p-g"s, "/heat/0/0/0.png.gz"s, "/heat/0/0/0..png"s,
             "/heat/0/0/0.mp3"s, "/heat/0/0/0.p\xc3\xa9"s,
             // set
             "//0/0/0.png"s, "/_a/0/0/0.png"s, "/-a/0/0/0.png"s, "/./0/0/0.png"s, "/../0/0/0.png"s, "/a.b/0/0/0.png"s,
             "/a b/0/0/0.png"s, "/caf\xc3\xa9/0/0/0.png"s, "/@/0/0/0.png"s, "/a@/0/0/0.png"s, "/@a/0/0/0.png"s,
             "/a@b@c/0/0/0.png"s, "/a@b_c/0/0/0.png"s, "/"s + std::string(65, 'a') + "/0/0/0.png",
             // no decoding, no other separators
             "/heat%2f0/0/0.png"s, "/%68eat/0/0/0.png"s, "/heat/%30/0/0.png"s, "/heat/0/0/0%2epng"s,
             "/heat/0/0/0.%70ng"s, "/heat\\0\\0\\0.png"s, "/heat/0/0/0.png%00"s, "/heat/../heat/0/0/0.png"s,
             "/heat/0/0/0.png%0d%0aX: y"s, "http://localhost/heat/0/0/0.png"s,
             // the long forms
             "/wmts/1.0.0/heat/default/WebMercatorQuad/9/247/255"s,
             "/wmts/1.0.0/heat/default/WebMercatorQuad/9/247/255@2x.png"s,
             "/wmts/1.0.0/heat/default/WebMercatorQuad/09/247/255.png"s,
             "/wmts/1.0.0/heat/default/webmercatorquad/9/247/255.png"s,
             "/wmts/1.0.0/heat/default/WebMercatorQuad256/9/247/255.png"s,
             "/wmts/1.0.0/heat/default/WebMercatorQuad5129/247/255.png"s,
             "/collections/heat/map/tiles/WebMercatorQuad1024/9/247/255"s,
             "/wmts/1.0.0/heat/other/WebMercatorQuad/9/247/255.png"s,
             "/wmts/1.0.1/heat/default/WebMercatorQuad/9/247/255.png"s,
             "/wmts/1.0.0//default/WebMercatorQuad/9/247/255.png"s,
             "/wmts/1.0.0/heat/default/WebMercatorQuad/9/512/255.png"s,
             "/wmts/1.0.0/heat/default/WebMercatorQuad/9/255/512.png"s,
             "/collections/heat/map/tiles/WebMercatorQuad/9/247/255.png"s,
             "/collections/heat/map/tiles/WebMercatorQuad/9/247/255/"s,
             "/collections/heat/map/tiles/WebMercatorQuad/9/247/255@2x"s,
             "/collections/heat/tiles/WebMercatorQuad/9/247/255"s, "/collections//map/tiles/WebMercatorQuad/9/247/255"s,
             "/collections/heat/map/tiles/WebMercatorQuad/9/247"s})
        EXPECT_EQ(written(path), "no") << path;
}

TEST(TilePath, EveryCornerOfEveryZoom) {
    for (int z = 0; z <= geo::max_zoom; ++z) {
        const std::uint32_t last = (std::uint32_t{1} << z) - 1;
        for (const std::uint32_t x : {0u, last})
            for (const std::uint32_t y : {0u, last}) {
                const auto place = fmt::format("{}/{}/{}", z, x, y);
                EXPECT_EQ(written("/s/" + place + ".png"), "s " + place + " 1 png");
            }
        EXPECT_EQ(written(fmt::format("/s/{}/{}/0.png", z, last + 1)), "no");
        EXPECT_EQ(written(fmt::format("/s/{}/0/{}.png", z, last + 1)), "no");
        EXPECT_EQ(written(fmt::format("/wmts/1.0.0/s/default/WebMercatorQuad/{}/{}/0.png", z, last)),
                  fmt::format("s {}/0/{} 1 png", z, last));
        EXPECT_EQ(written(fmt::format("/collections/s/map/tiles/WebMercatorQuad/{}/{}/0", z, last)),
                  fmt::format("s {}/0/{} 1 ", z, last));
    }
}

TEST(TilePath, TakesNumbersAsTheyAreWrittenAndNoOthers) {
    // 5,000 numbers around the limits, each against the same number read as text: canonical and small enough, or
    // refused.
    std::mt19937_64 random(4);
    for (int i = 0; i < 5'000; ++i) {
        const int z = static_cast<int>(random() % 30);
        const std::uint64_t side = std::uint64_t{1} << z;
        const std::uint64_t x = random() % (side + 3), y = (random() >> (random() % 64)) % (2 * side);
        const bool is_tile = z <= geo::max_zoom && x < side && y < side;
        EXPECT_EQ(written(fmt::format("/s/{}/{}/{}.png", z, x, y)),
                  is_tile ? fmt::format("s {}/{}/{} 1 png", z, x, y) : "no");
        EXPECT_EQ(written(fmt::format("/s/{}/{}/{:0{}}.png", z, x, y, std::to_string(y).size() + 1)), "no");
    }
}

TEST(SetName, IsPlain) {
    for (const std::string& name :
         std::vector<std::string>{"a", "Z9", "0", "a_b-c", "heat@2025-07", "a@-", std::string(64, 'x'),
                                  std::string(64, 'x') + "@" + std::string(64, 'y')})
        EXPECT_TRUE(is_set_name(name)) << name;
    for (const std::string& name : std::vector<std::string>{
             std::string(), "_a", "-a", ".", "..", "a/b", "a\\b", std::string("a\0", 2), "a%20", "a b", "a.", "@", "a@",
             "@a", "a@b@c", "a@b_c", "\xc3\xa9", std::string(65, 'x'), "a@" + std::string(65, 'y')})
        EXPECT_FALSE(is_set_name(name)) << name;
}

} // namespace

} // namespace harmattan::tiles
