// Archives that somebody made to hurt: read or refused, never worse. (Under the sanitizers this is the test of bounds.)

#include "geo/error.hpp"
#include "support/temp_folder.hpp"
#include "tests/tiles/small_tiles.hpp"
#include "tiles/archive_reader.hpp"
#include "tiles/gzip.hpp"
#include "tiles/metadata.hpp"
#include "tiles/pmtiles.hpp"
#include "tiles/sqlite.hpp"
#include "tiles/verify.hpp"

#include <cstring>
#include <ctime>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <random>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace harmattan::tiles {

namespace {

namespace fs = std::filesystem;
using pmtiles::Entry;

// Opens, lists and reads everything; whatever comes but bad_data and the like is a failure.
void read_all(const fs::path& path) {
    try {
        const auto archive = open_archive(path);
        archive->tile({3, 3, 3});
        archive->each_tile([](geo::TileId, std::span<const std::byte>) {});
    } catch (const geo::Error& error) {
        EXPECT_TRUE(error.kind() == geo::ErrorKind::bad_data || error.kind() == geo::ErrorKind::no_input)
            << error.line();
    }
}

TEST(Hostile, MutatedArchivesAreReadOrRefused) {
    const test::TempFolder folder;
    std::mt19937_64 random(5);
    for (const char* name : {"a.pmtiles", "a.mbtiles"}) {
        const fs::path path = folder.path() / name;
        test::write_archive(path, test::some_tiles(Plan({2, 4}, test::sahel)), test::small_info());
        const std::string whole = test::read_bytes(path);
        for (int round = 0; round < 400; ++round) {
            std::string bytes = whole;
            for (std::uint64_t n = 1 + random() % 8; n > 0; --n) {
                const std::size_t at =
                    random() % 3 == 0 ? random() % bytes.size() : random() % std::min<std::size_t>(bytes.size(), 300);
                bytes[at] = static_cast<char>(random() % 4 == 0 ? 0xff : random());
            }
            if (random() % 4 == 0) bytes.resize(random() % bytes.size());
            folder.write(name, bytes);
            read_all(path);
        }
    }
}

TEST(Hostile, DamagedPageOfMbtilesHurtsOnlyItsOwnTiles) {
    const test::TempFolder folder;
    test::Tiles tiles; // each its own page or more
    for (std::uint64_t number = geo::tile_number({3, 0, 0}); tiles.size() < 40; ++number)
        tiles[number] = std::vector<std::byte>(6000, static_cast<std::byte>(number));
    const fs::path path = folder.path() / "a.mbtiles";
    test::write_archive(path, tiles, test::small_info());
    const std::string whole = test::read_bytes(path);
    constexpr std::size_t page = 4096;
    int read_after_an_error = 0;
    for (std::size_t at = page; at < whole.size(); at += page) {
        std::string bytes = whole;
        bytes.replace(at, page, page, '\xff');
        folder.write("a.mbtiles", bytes);
        try {
            const auto archive = open_archive(path);
            bool had_error = false;
            for (const auto& [number, content] : tiles) try {
                    read_after_an_error += archive->tile(geo::tile_from_number(number)) == content && had_error;
                } catch (const geo::Error& error) {
                    EXPECT_EQ(error.kind(), geo::ErrorKind::bad_data);
                    had_error = true;
                }
        } catch (const geo::Error& error) { EXPECT_EQ(error.kind(), geo::ErrorKind::bad_data); } // schema or metadata
    }
    EXPECT_GT(read_after_an_error, 0);
}

// Views and columns that would take minutes: each is refused within the second that opening may take.
TEST(Hostile, MbtilesThatWouldTakeForEverIsRefused) {
    const test::TempFolder folder;
    const fs::path path = folder.path() / "a.mbtiles";
    const std::string tiles =
        "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);";
    const std::string ten = "CREATE TABLE ten (n); INSERT INTO ten VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9);";
    const std::string long_text = "INSERT INTO ten VALUES (CAST(zeroblob(8000000) AS TEXT));";
    for (const auto& [what, sql] : std::vector<std::pair<const char*, std::string>>{
             {"recursion",
              "CREATE VIEW metadata AS WITH RECURSIVE c(name, value) AS (SELECT 1, 1 UNION ALL SELECT name + 1, 1 "
              "FROM c) SELECT name, value FROM c"},
             {"cross join",
              ten + "CREATE VIEW metadata AS SELECT a.n AS name, a.n AS value FROM ten a, ten b, ten c, ten d, ten "
                    "e, ten f, ten g, ten h, ten i, ten j WHERE a.n + b.n + c.n + d.n + e.n + f.n + g.n + h.n + i.n + "
                    "j.n > 90"},
             {"a cross join before each row", ten + "CREATE VIEW metadata AS SELECT a.n AS name, (SELECT count(*) FROM "
                                                    "ten b, ten c, ten d, ten e, ten f WHERE "
                                                    "b.n < a.n + g.n) AS value FROM ten a, ten g, ten h"},
             {"search in long text", ten + "CREATE VIEW metadata AS SELECT 1 AS name, instr(hex(zeroblob(7000000)), "
                                           "hex(zeroblob(3000000)) || '1') AS value"},
             {"pattern",
              ten + "CREATE VIEW metadata AS SELECT 1 AS name, hex(zeroblob(20000)) GLOB '*0*0*0*0*0*0*0*1' AS value"},
             {"generated column",
              "CREATE TABLE metadata (name); INSERT INTO metadata VALUES ('a'); ALTER TABLE metadata ADD COLUMN "
              "value AS (instr(hex(zeroblob(7000000)), hex(zeroblob(3000000)) || '1'));"},
             {"long values", ten + long_text +
                                 "CREATE VIEW metadata AS SELECT a.n AS name, a.n || b.n AS value FROM ten a, ten b, "
                                 "ten c, ten d, ten e, ten f WHERE length(a.n || f.n) = 5"},
         }) {
        {
            Database db = Database::create(path);
            db.execute(tiles + sql);
        }
        const std::clock_t start = std::clock();
        EXPECT_THROW(open_archive(path), geo::Error) << what;
        EXPECT_LT(std::clock() - start, CLOCKS_PER_SEC) << what;
    }
}

TEST(Hostile, ViewsThatTilesetsHaveAreRead) {
    const test::TempFolder folder;
    const fs::path path = folder.path() / "a.mbtiles";
    {
        Database db = Database::create(path);
        db.execute(
            "CREATE TABLE grid (z INTEGER, x INTEGER, y INTEGER, id TEXT); CREATE TABLE data (id TEXT, bytes BLOB);"
            "INSERT INTO grid VALUES (1, 0, 0, 'a'); INSERT INTO data VALUES ('a', 'tile');"
            "CREATE VIEW tiles AS SELECT z AS zoom_level, x AS tile_column, (1 << z) - 1 - y AS tile_row, "
            "coalesce(bytes, '') AS tile_data FROM grid JOIN data USING (id);"
            "CREATE TABLE metadata AS SELECT 'name' AS name, 'theirs' AS value");
    }
    const auto bytes = open_archive(path)->tile({1, 0, 0});
    ASSERT_TRUE(bytes);
    EXPECT_EQ(std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size()), "tile");
}

TEST(Hostile, MetadataThatIsNoNumberIsNoBoundNorZoom) {
    const test::TempFolder folder;
    const fs::path path = folder.path() / "a.mbtiles";
    for (const char* no_number : {"nan", "inf", "-inf", "1e999", "0x5", "", "5,", "five"}) {
        {
            Database db = Database::create(path);
            db.execute(
                "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)");
            db.execute(fmt::format("CREATE TABLE metadata AS SELECT 'bounds' AS name, '1,2,3,{0}' AS value UNION "
                                   "SELECT 'center', '{0},2,3' UNION SELECT 'maxzoom', '3'",
                                   no_number));
        }
        const ArchiveInfo info = open_archive(path)->info();
        EXPECT_EQ(info.bounds, geo::LonLatBox()) << no_number;
        EXPECT_EQ(info.centre.lat, 0) << no_number;
        if (*no_number == '\0') continue; // no row at all is what an absent zoom looks like
        {
            Database db = Database::create(path);
            db.execute(
                "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)");
            db.execute(fmt::format("CREATE TABLE metadata AS SELECT 'minzoom' AS name, '{}' AS value", no_number));
        }
        EXPECT_THROW(open_archive(path), geo::Error) << no_number;
    }
}

// A PMTiles file around `directory`, with a header that fits.
std::string pmtiles_with(const std::vector<std::byte>& directory, const std::vector<std::byte>& leaves,
                         const std::vector<std::byte>& metadata) {
    pmtiles::Header header;
    header.root = {pmtiles::header_bytes, directory.size()};
    header.metadata = {pmtiles::header_bytes + directory.size(), metadata.size()};
    header.leaves = {header.metadata.offset + metadata.size(), leaves.size()};
    header.tiles = {header.leaves.offset + leaves.size(), 10};
    header.internal_compression = pmtiles::Compression::gzip;
    header.tile_compression = pmtiles::Compression::none;
    header.tile_type = pmtiles::TileType::png;
    std::string file;
    const auto append = [&](std::span<const std::byte> bytes) {
        file.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    };
    append(pmtiles::serialise(header));
    append(directory), append(metadata), append(leaves);
    return file + std::string(10, 'x');
}

std::vector<std::byte> packed(const std::vector<pmtiles::Entry>& entries) { return gzip(pmtiles::serialise(entries)); }

std::vector<std::byte> packed_text(const std::string& text) { return gzip(std::as_bytes(std::span(text))); }

void expect_refused(const std::string& file, const std::string& why) {
    const test::TempFolder folder;
    const fs::path path = folder.write("a.pmtiles", file);
    EXPECT_THROW(open_archive(path)->each_tile([](geo::TileId, std::span<const std::byte>) {}), geo::Error) << why;
    EXPECT_FALSE(verify(path).ok()) << why;
}

TEST(Hostile, PmtilesThatClaimsTheImpossibleIsRefused) {
    const auto metadata = packed_text(std::string("{}"));
    expect_refused(pmtiles_with(packed({Entry{5, 0, 10, 0xffffffff}, Entry{std::uint64_t{1} << 40, 0, 10, 0xffffffff}}),
                                {}, metadata),
                   "four billion tiles in a run");
    expect_refused(pmtiles_with(packed({Entry{5, 0, 11, 1}}), {}, metadata), "a tile longer than the section");
    expect_refused(pmtiles_with(packed({Entry{5, 0xfffffffffffffff0, 0x20, 1}}), {}, metadata),
                   "an offset that wraps round");
    expect_refused(pmtiles_with(packed({Entry{5, 0, 10, 0}}), {}, metadata), "a leaf outside its section");
    const auto loop = packed({Entry{5, 0, 10, 0}});
    std::vector<Entry> to_loop{Entry{5, 0, static_cast<std::uint32_t>(loop.size()), 0}};
    expect_refused(pmtiles_with(packed(to_loop), loop, metadata), "a leaf of leaves");
    const auto other = packed({Entry{6, 0, 10, 1}});
    to_loop[0].length = static_cast<std::uint32_t>(other.size());
    expect_refused(pmtiles_with(packed(to_loop), other, metadata), "a leaf that begins elsewhere");
    const auto bomb = packed_text(std::string(20 << 20, ' '));
    expect_refused(pmtiles_with(packed({Entry{5, 0, 10, 1}}), {}, bomb), "metadata that unpacks to 20 MiB");
    expect_refused(pmtiles_with(packed_text(std::string(4 << 20, '\x01')), {}, metadata), "a directory of ones");
    expect_refused(pmtiles_with(packed({Entry{std::uint64_t{1} << 60, 0, 10, 1}}), {}, metadata),
                   "a tile beyond the deepest zoom");
}

// The most entries that a leaf may have, in each of a dozen leaves of some kilobytes: 600 MB if all were kept.
TEST(Hostile, LeavesThatUnpackToMuchDoNotFillTheMemory) {
    constexpr std::uint64_t entries = pmtiles::max_directory_bytes / 4 - 4, leaves = 12;
    std::vector<Entry> leaf(entries), root;
    std::vector<std::byte> section;
    for (std::uint64_t n = 0; n < leaves; ++n) {
        for (std::uint64_t i = 0; i < entries; ++i) leaf[i] = {n * entries + i, i % 10, 1, 1};
        for (std::uint64_t i = 1; i < entries; ++i) leaf[i].offset = leaf[i - 1].offset + 1;
        const auto bytes = packed(leaf);
        root.push_back({n * entries, section.size(), static_cast<std::uint32_t>(bytes.size()), 0});
        section.insert(section.end(), bytes.begin(), bytes.end());
    }
    std::vector<Entry>().swap(leaf);
    const test::TempFolder folder;
    const fs::path path =
        folder.write("a.pmtiles", pmtiles_with(packed(root), section, packed_text(std::string("{}"))));
    const pid_t child = fork(); // whose memory is counted by itself
    ASSERT_GE(child, 0);
    if (child == 0) {
        rusage before{}, after{};
        getrusage(RUSAGE_SELF, &before);
        int answered = 0;
        try {
            const auto archive = open_archive(path);
            for (std::uint64_t n = 0; n < leaves; ++n)
                answered += archive->tile(geo::tile_from_number(n * entries)).has_value();
        } catch (...) { _exit(2); }
        getrusage(RUSAGE_SELF, &after);
        _exit(answered == leaves && after.ru_maxrss - before.ru_maxrss < (256 << 10) ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(Hostile, DeepJsonDoesNotExhaustTheStack) {
    const std::string deep = "{\"harmattan\":" + std::string(100 << 10, '[') + std::string(100 << 10, ']') + "}";
    EXPECT_THROW(parse_metadata(deep), geo::Error);
    EXPECT_THROW(read_texts(deep), geo::Error);
    const auto nested = [](int levels, const std::string& inside) {
        return "{\"a\":" + std::string(static_cast<std::size_t>(levels), '[') + inside +
               std::string(static_cast<std::size_t>(levels), ']') + "}";
    };
    EXPECT_NO_THROW(read_texts(nested(199, "\"[[\\\"[[{{\"")));
    EXPECT_THROW(read_texts(nested(200, "\"]]\\\"]]}}\"")), geo::Error);
    std::string many = "[";
    for (int i = 0; i < 300'000; ++i) many += "{\"a\":1},";
    const std::clock_t begun = std::clock();
    EXPECT_NO_THROW(read_texts("{\"b\":" + many + "1]}"));
    EXPECT_LT(std::clock() - begun, 20 * CLOCKS_PER_SEC) << "many values take time in proportion";
    EXPECT_NO_THROW(read_texts("{\"harmattan\":" + std::string(100, '[') + std::string(100, ']') + "}"));
    const test::TempFolder folder;
    EXPECT_FALSE(
        verify(folder.write("a.pmtiles", pmtiles_with(packed({Entry{5, 0, 10, 1}}), {}, packed_text(deep)))).ok());
}

} // namespace

} // namespace harmattan::tiles
