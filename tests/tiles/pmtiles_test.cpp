#include "tiles/pmtiles.hpp"

#include "geo/error.hpp"
#include "support/temp_folder.hpp"
#include "tests/tiles/second_pmtiles_reader.hpp"
#include "tests/tiles/small_tiles.hpp"
#include "tiles/archive_reader.hpp"
#include "tiles/gzip.hpp"
#include "tiles/verify.hpp"

#include <cstring>
#include <gtest/gtest.h>
#include <random>
#include <set>

namespace harmattan::tiles {

namespace {

using pmtiles::Entry;

std::vector<std::byte> bytes_of(std::initializer_list<int> values) {
    std::vector<std::byte> bytes;
    for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
    return bytes;
}

// By hand from the specification: count, id deltas, runs, lengths, offsets (0: follows, else offset + 1).
TEST(PmtilesDirectory, IsAsTheSpecificationHasIt) {
    const std::vector<Entry> entries{{5, 0, 300, 1}, {6, 300, 10, 2}, {42, 0, 300, 1}};
    const auto bytes = bytes_of({3, 5, 1, 36, 1, 2, 1, 0xac, 2, 10, 0xac, 2, 1, 0, 1});
    EXPECT_EQ(pmtiles::serialise(entries), bytes);
    EXPECT_EQ(pmtiles::parse_directory(bytes), entries);
}

TEST(PmtilesDirectory, RoundTripsWhateverItHolds) {
    std::mt19937_64 random(1);
    const auto below = [&](std::uint64_t end) { return random() % end; };
    for (int round = 0; round < 300; ++round) {
        std::vector<Entry> entries(1 + below(200));
        std::uint64_t number = 0, end = 0;
        for (Entry& entry : entries) {
            number += below(std::uint64_t{1} << below(41));
            entry = {number, below(2) ? end : below(std::uint64_t{1} << 50),
                     static_cast<std::uint32_t>(1 + below(1u << 30)), static_cast<std::uint32_t>(below(5))};
            number += std::max(entry.run, 1u);
            end = entry.offset + entry.length;
        }
        ASSERT_EQ(pmtiles::parse_directory(pmtiles::serialise(entries)), entries) << "round " << round;
    }
}

TEST(PmtilesDirectory, AnyBytesAreReadOrRefused) {
    std::mt19937_64 random(2);
    const std::vector<std::byte> good =
        pmtiles::serialise(std::vector<Entry>{{5, 0, 300, 1}, {6, 300, 10, 2}, {42, 0, 300, 1}});
    int read = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::vector<std::byte> bytes = good;
        for (std::size_t changes = 1 + random() % 3; changes > 0; --changes)
            bytes[random() % bytes.size()] = static_cast<std::byte>(random());
        bytes.resize(1 + random() % bytes.size());
        try {
            read += !pmtiles::parse_directory(bytes).empty();
        } catch (const geo::Error& error) { ASSERT_EQ(error.kind(), geo::ErrorKind::bad_data); }
    }
    EXPECT_GT(read, 0);
}

TEST(PmtilesDirectory, RefusesWhatCannotBe) {
    for (const auto& [bytes, why] : std::vector<std::pair<std::vector<std::byte>, const char*>>{
             {bytes_of({}), "nothing"},
             {bytes_of({0}), "no entries"},
             {bytes_of({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1}), "2⁶⁴ entries"},
             {bytes_of({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 1, 1, 1}), "more than 64 bits"},
             {bytes_of({1, 5, 1, 10}), "cut before the offset"},
             {bytes_of({1, 5, 1, 10, 0}), "follows nothing"},
             {bytes_of({1, 5, 1, 0, 1}), "no length"},
             {bytes_of({1, 5, 1, 10, 1, 7}), "bytes after the end"},
             {bytes_of({2, 5, 1, 3, 1, 10, 10, 1, 0}), "a run over the next entry"},
             {bytes_of({2, 5, 0, 1, 1, 10, 10, 1, 0}), "a number twice"},
             {bytes_of({1, 5, 0xff, 0xff, 0xff, 0xff, 0x1f, 10, 1}), "a run of more than 32 bits"}})
        EXPECT_THROW(pmtiles::parse_directory(bytes), geo::Error) << why;
}

TEST(PmtilesDirectory, FindsRunsAndLeaves) {
    const std::vector<Entry> entries{{5, 0, 300, 1}, {6, 300, 10, 2}, {42, 0, 300, 0}};
    EXPECT_EQ(pmtiles::find_entry(entries, 4), nullptr);
    EXPECT_EQ(pmtiles::find_entry(entries, 7), &entries[1]);
    EXPECT_EQ(pmtiles::find_entry(entries, 8), nullptr);
    EXPECT_EQ(pmtiles::find_entry(entries, 1000), &entries[2]);
}

TEST(PmtilesHeader, LiesWhereTheSpecificationSays) {
    const test::TempFolder folder;
    const auto output = folder.path() / "a.pmtiles";
    const test::Tiles tiles = test::some_tiles(Plan({2, 5}, test::sahel));
    test::write_archive(output, tiles, test::small_info());
    test::SecondPmtilesReader reader(test::read_bytes(output));
    std::set<Hash128> distinct;
    for (const auto& [number, bytes] : tiles) distinct.insert(digest(bytes));
    EXPECT_EQ(reader.tiles().size(), tiles.size());
    EXPECT_EQ(reader.u64(72), tiles.size());
    EXPECT_EQ(reader.u64(80), reader.entries);
    EXPECT_EQ(reader.u64(88), distinct.size());
    EXPECT_EQ(reader.byte(96), 1) << "clustered";
    EXPECT_EQ(reader.byte(97), 2) << "gzip";
    EXPECT_EQ(reader.byte(98), 1) << "tiles as they are";
    EXPECT_EQ(reader.byte(99), 2) << "png";
    EXPECT_EQ(reader.byte(100), 2);
    EXPECT_EQ(reader.byte(101), 5);
    EXPECT_EQ(reader.i32(102), -176000000);
    EXPECT_EQ(reader.i32(106), 81000000);
    EXPECT_EQ(reader.i32(110), 161000000);
    EXPECT_EQ(reader.i32(114), 251000000);
    EXPECT_EQ(reader.byte(118), 2);
    EXPECT_EQ(reader.i32(119), -7500000);
    // as go-pmtiles' verify wants it: no section at 0, and the padded form of the file's length
    for (const std::size_t offset : {8, 24, 40, 56}) EXPECT_GT(reader.u64(offset), 0u);
    EXPECT_EQ(reader.size(), 16384 + reader.u64(32) + reader.u64(48) + reader.u64(64));
    EXPECT_LE(reader.u64(8) + reader.u64(16), 16384u);
    EXPECT_NE(reader.metadata().find("\"name\":\"Incidents\""), std::string::npos);
}

void expect_same(std::map<std::uint64_t, std::string> found, const test::Tiles& tiles) {
    ASSERT_EQ(found.size(), tiles.size());
    for (const auto& [number, bytes] : tiles)
        ASSERT_EQ(found[number], std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())) << number;
}

TEST(Pmtiles, IsReadByASecondReader) {
    const test::TempFolder folder;
    const auto output = folder.path() / "a.pmtiles";
    const test::Tiles tiles = test::some_tiles(Plan({0, 6}, test::sahel));
    test::write_archive(output, tiles, test::small_info());
    expect_same(test::SecondPmtilesReader(test::read_bytes(output)).tiles(), tiles);
}

TEST(Pmtiles, WithMoreThan50000DifferentTilesHasLeavesAndIsReadByASecondReader) {
    const test::TempFolder folder;
    const auto output = folder.path() / "a.pmtiles";
    test::Tiles tiles;
    for (std::uint64_t i = 0; i < 60'000; ++i) {
        std::vector<std::byte> bytes(9 + i % 5);
        std::memcpy(bytes.data(), &i, sizeof i);
        tiles[30'000 + i + i / 7] = std::move(bytes); // a gap after every seventh
    }
    test::write_archive(output, tiles, test::small_info());
    test::SecondPmtilesReader reader(test::read_bytes(output));
    expect_same(reader.tiles(), tiles);
    EXPECT_GT(reader.leaves, 10u);
    EXPECT_LE(reader.u64(8) + reader.u64(16), 16384u);
    EXPECT_EQ(test::read_archive(output), tiles);
    const auto archive = open_archive(output);
    EXPECT_TRUE(archive->tile(geo::tile_from_number(30'006)));
    EXPECT_FALSE(archive->tile(geo::tile_from_number(30'007)));
    EXPECT_FALSE(archive->tile(geo::tile_from_number(29'999)));
}

// Ten million tiles: the root must still fit.
TEST(Pmtiles, RootFitsForTheLargestPlan) {
    std::vector<Entry> entries;
    entries.reserve(max_tiles);
    std::uint64_t offset = 0;
    for (std::uint64_t i = 0; i < max_tiles; ++i) {
        const auto length = static_cast<std::uint32_t>(100 + (i * 2654435761u >> 7) % 30'000);
        entries.push_back({1'000'000 + i, offset, length, 1});
        offset += length;
    }
    const pmtiles::Directories directories = pmtiles::build_directories(std::span(entries).first(2'000'000));
    EXPECT_LE(directories.root.size(), pmtiles::root_bytes);
    EXPECT_FALSE(directories.leaves.empty());
}

TEST(Pmtiles, EqualNeighboursAreOneEntryAndEqualTilesOneContent) {
    const test::TempFolder folder;
    const auto output = folder.path() / "a.pmtiles";
    const std::vector<std::byte> a = test::picture(1), b = test::picture(2);
    test::write_archive(output, {{100, a}, {101, a}, {102, a}, {103, b}, {104, a}, {106, a}}, test::small_info());
    test::SecondPmtilesReader reader(test::read_bytes(output));
    EXPECT_EQ(reader.tiles().size(), 6u);
    EXPECT_EQ(reader.entries, 4u);
    EXPECT_EQ(reader.u64(88), 2u);
    EXPECT_EQ(reader.u64(64), a.size() + b.size());
}

TEST(Gzip, HasNoTimeAndIsReadByZlib) {
    const std::string text = "harmattan harmattan harmattan";
    const std::vector<std::byte> packed = gzip(std::as_bytes(std::span(text)));
    for (std::size_t i = 4; i < 8; ++i) EXPECT_EQ(packed[i], std::byte{0});
    const std::vector<std::byte> plain = gunzip(packed, 1000);
    EXPECT_EQ(std::string(reinterpret_cast<const char*>(plain.data()), plain.size()), text);
    EXPECT_THROW(gunzip(packed, 10), geo::Error);
    std::vector<std::byte> more = packed;
    more.push_back({});
    EXPECT_THROW(gunzip(more, 1000), geo::Error);
    more.resize(packed.size() - 1);
    EXPECT_THROW(gunzip(more, 1000), geo::Error);
}

TEST(Gzip, TakesNoOtherSizeThanItSays) {
    const std::vector<std::byte> million(1'000'000), packed = gzip(million),
                                                     nothing = gzip({}); // packed nearly as far as it goes
    EXPECT_EQ(gunzip(packed, million.size()), million);
    EXPECT_THROW(gunzip(packed, million.size() - 1), geo::Error);
    EXPECT_TRUE(gunzip(nothing, 0).empty());
    for (const int off : {-1, 1, 1 << 8, 1 << 16, 1 << 24}) {
        std::vector<std::byte> lying = packed;
        const auto size = static_cast<std::uint32_t>(1'000'000 + off);
        for (std::size_t i = 0; i < 4; ++i) lying[lying.size() - 4 + i] = static_cast<std::byte>(size >> 8 * i);
        EXPECT_THROW(gunzip(lying, std::size_t{64} << 20), geo::Error) << off;
    }
    std::vector<std::byte> twice = packed;
    twice.insert(twice.end(), packed.begin(), packed.end());
    EXPECT_THROW(gunzip(twice, 3'000'000), geo::Error);
    for (std::size_t length = 0; length < packed.size(); ++length)
        EXPECT_THROW(gunzip(std::span(packed).first(length), 3'000'000), geo::Error) << length;
}

} // namespace

} // namespace harmattan::tiles
