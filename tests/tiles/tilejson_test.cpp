#include "tiles/tilejson.hpp"

#include "geo/error.hpp"
#include "support/temp_folder.hpp"
#include "tests/tiles/small_tiles.hpp"
#include "tiles/file.hpp"
#include "tiles/metadata.hpp"

#include <gtest/gtest.h>

namespace harmattan::tiles {

namespace {

TEST(TileJson, IsAsItsSpecificationHasIt) {
    EXPECT_EQ(tilejson(on_e7_grid(test::small_info()), joined("https://example.org/a/", "{z}/{x}/{y}.png")), R"({
  "tilejson": "3.0.0",
  "tiles": [
    "https://example.org/a/{z}/{x}/{y}.png"
  ],
  "name": "Incidents",
  "description": "Made up for a test",
  "attribution": "nobody",
  "version": "1.0.0",
  "scheme": "xyz",
  "minzoom": 2,
  "maxzoom": 5,
  "bounds": [
    -17.6,
    8.1,
    16.1,
    25.1
  ],
  "center": [
    -0.75,
    16.7897935,
    2
  ],
  "harmattan": {
    "legend": [
      {
        "label": "1 to 5"
      }
    ],
    "illustrative": true,
    "tile_px": 8
  }
}
)");
}

TEST(TileJson, FolderHoldsALocalOneAndWithABaseUrlAnAbsoluteOne) {
    const test::TempFolder folder;
    TilesetInfo info = test::small_info();
    test::write_archive(folder.path() / "a", {{100, test::picture(1)}}, info);
    EXPECT_NE(test::read_bytes(folder.path() / "a" / "tilejson.local.json").find("\"{z}/{x}/{y}.png\""),
              std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "a" / "tilejson.json"));
    info.base_url = "https://example.org/heat";
    test::write_archive(folder.path() / "b", {{100, test::picture(1)}}, info);
    EXPECT_NE(
        test::read_bytes(folder.path() / "b" / "tilejson.json").find("\"https://example.org/heat/{z}/{x}/{y}.png\""),
        std::string::npos);
}

TEST(Metadata, KeepsTextsThatWouldBreakAFormat) {
    for (const std::string& text : {std::string("</script>"), std::string("]]>"), std::string("a\"b\\c\n\t\x01"),
                                    std::string("\u202Eabc"), std::string(10'000, 'x'), std::string("a\0b", 3)}) {
        TilesetInfo info = test::small_info(text);
        info.description = info.attribution = text;
        const auto facts = parse_metadata(compose_metadata(info, {}));
        ASSERT_TRUE(facts);
        EXPECT_EQ(facts->info.name, text);
        EXPECT_EQ(facts->info.attribution, text);
        EXPECT_EQ(facts->info.description, text);
    }
}

TEST(Metadata, RefusesWhatIsNotUtf8AndWhatIsNotAnObject) {
    EXPECT_THROW(compose_metadata(test::small_info("caf\xe9"), {}), geo::Error);
    TilesetInfo info = test::small_info();
    for (const char* wrong : {"", "[]", "{", "{\"archive\":1}", "{} {}"}) {
        info.harmattan = wrong;
        EXPECT_THROW(compose_metadata(info, {}), geo::Error) << wrong;
    }
    EXPECT_THROW(parse_metadata("[1]"), geo::Error);
    EXPECT_THROW(parse_metadata("{\"harmattan\":{\"archive\":{\"tiles\":\"many\"}}}"), geo::Error);
    const std::string ours = compose_metadata(test::small_info(), {});
    EXPECT_TRUE(parse_metadata(ours));
    for (const char* number : {"1e300", "-1e300", "8.5", "4294967296", "-4294967296", "18446744073709551616", "null"}) {
        std::string other = ours;
        const std::string_view px = "\"tile_px\":";
        other.replace(other.find(px) + px.size(), 1, number);
        EXPECT_THROW(parse_metadata(other), geo::Error) << other;
    }
    EXPECT_FALSE(parse_metadata("{\"name\":\"theirs\"}"));
}

TEST(Metadata, KeepsTheCallersObjectByteForByte) {
    TilesetInfo info = test::small_info();
    info.harmattan = " { \"a\" : 1.50 } \n";
    EXPECT_NE(compose_metadata(info, {}).find("\"harmattan\": { \"a\" : 1.50,\"archive\":{"), std::string::npos);
    info.harmattan = "{}";
    EXPECT_NE(compose_metadata(info, {}).find("\"harmattan\":{\"archive\":{"), std::string::npos);
}

TEST(Seal, IsTheDigestOfAllBeforeIt) {
    const std::string sealed = seal_json("{\"a\": 1}\n");
    EXPECT_TRUE(is_sealed(sealed));
    EXPECT_EQ(sealed.find("{\"a\": 1,\"digest\":\""), 0u);
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        std::string changed = sealed;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        EXPECT_FALSE(is_sealed(changed)) << at;
        EXPECT_FALSE(is_sealed(sealed.substr(0, at))) << at;
    }
}

TEST(Manifest, ListsFilesByPathWithTheirSha256) {
    const test::TempFolder folder;
    std::filesystem::create_directory(folder.path() / "b");
    write_text(folder.path() / "b" / "c.txt", "abc");
    write_text(folder.path() / "a.txt", "");
    write_text(folder.path() / "manifest.json", "itself is not in it");
    const std::vector<ManifestFile> expected{
        {"a.txt", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"b/c.txt", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}};
    EXPECT_EQ(list_files(folder.path()), expected);
    EXPECT_EQ(parse_manifest(manifest(folder.path())), expected);
    EXPECT_THROW(parse_manifest("{}"), geo::Error);
    EXPECT_THROW(parse_manifest(seal_json("{\"files\":[1]}")), geo::Error);
}

TEST(Digest, IsWhatTheirToolsPrint) {
    const std::string_view text = "abc";
    const auto bytes = std::as_bytes(std::span(text));
    EXPECT_EQ(to_hex(digest(bytes)), "06b05ab6733a618578af5f94892f3950"); // xxh128sum
    EXPECT_EQ(md5_hex(bytes), "900150983CD24FB0D6963F7D28E17F72");        // RFC 1321
    EXPECT_EQ(hash_from_hex("06b05ab6733a618578af5f94892f3950"), digest(bytes));
    for (const char* wrong : {"", "06b0", "06B05AB6733A618578AF5F94892F3950", "06b05ab6733a618578af5f94892f395 "})
        EXPECT_FALSE(hash_from_hex(wrong)) << wrong;
    Digester once, twice;
    once.add(bytes);
    twice.add(bytes.first(1)), twice.add(bytes.subspan(1));
    EXPECT_EQ(once.finish(), digest(bytes));
    EXPECT_EQ(twice.finish(), digest(bytes));
}

} // namespace

} // namespace harmattan::tiles
