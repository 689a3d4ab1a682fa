#include "tiles/log.hpp"

#include "geo/error.hpp"
#include "support/temp_folder.hpp"
#include "tests/tiles/small_tiles.hpp"

#include <gtest/gtest.h>

namespace harmattan::tiles {

namespace {

class Log : public testing::Test {
protected:
    test::TempFolder m_folder;
    std::filesystem::path m_path = m_folder.path() / ".map.log";

    static Hash128 key(std::uint64_t i) { return {i, 7}; }
    static MetatileRecord record(std::uint64_t i) {
        std::vector<EncodedTile> tiles;
        for (std::uint64_t k = 0; k < i % 4; ++k)
            tiles.push_back({geo::tile_from_number(1000 + 64 * i + k), test::picture(i + k)});
        return MetatileRecord(key(i), tiles);
    }
    void write(std::uint64_t count) {
        TileLog log(m_path, false);
        for (std::uint64_t i = 0; i < count; ++i) log.append(record(i));
    }
    // How many of `count` records are found again.
    std::uint64_t found(std::uint64_t count) {
        TileLog log(m_path, true);
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto there = log.next(key(i));
            if (!there) return i;
            EXPECT_TRUE(std::ranges::equal(there->bytes(), record(i).bytes()));
        }
        return count;
    }
};

TEST_F(Log, RecordsComeBackAsTheyWere) {
    write(10);
    TileLog log(m_path, true);
    for (std::uint64_t i = 0; i < 10; ++i) {
        const auto there = log.next(key(i));
        ASSERT_TRUE(there);
        EXPECT_EQ(there->count(), i % 4);
        std::uint64_t k = 0;
        there->each([&](const MetatileRecord::Tile& tile) {
            const std::vector<std::byte> bytes = test::picture(i + k);
            EXPECT_EQ(tile.number, 1000 + 64 * i + k++);
            EXPECT_EQ(tile.hash, digest(bytes));
            EXPECT_TRUE(std::ranges::equal(tile.bytes, bytes));
        });
    }
    EXPECT_FALSE(log.next(key(10)));
}

TEST_F(Log, CutAnywhereGivesTheWholeRecordsBefore) {
    write(6);
    const std::string whole = test::read_bytes(m_path);
    std::vector<std::size_t> ends{18}; // of the file's magic
    for (std::uint64_t i = 0; i < 6; ++i) ends.push_back(ends.back() + record(i).bytes().size());
    ASSERT_EQ(ends.back(), whole.size());
    for (std::size_t cut = 0; cut < whole.size(); cut += 7) {
        m_folder.write(".map.log", whole.substr(0, cut));
        std::uint64_t expected = 0;
        while (expected < 6 && ends[expected + 1] <= cut) ++expected;
        ASSERT_EQ(found(6), expected) << cut;
    }
}

TEST_F(Log, ChangedByteEndsItThere) {
    write(6);
    const std::string whole = test::read_bytes(m_path);
    for (std::size_t at = 18; at < whole.size(); at += 5) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        m_folder.write(".map.log", changed);
        ASSERT_LT(found(6), 6u) << at;
    }
}

TEST_F(Log, GoesOnAfterATornEnd) {
    write(4);
    std::filesystem::resize_file(m_path, std::filesystem::file_size(m_path) - 3);
    {
        TileLog log(m_path, true);
        for (std::uint64_t i = 0; i < 3; ++i) ASSERT_TRUE(log.next(key(i)));
        ASSERT_FALSE(log.next(key(3)));
        log.append(record(3));
    }
    EXPECT_EQ(found(4), 4u);
}

TEST_F(Log, RecordsOfOtherInputsAreCutOff) {
    write(4);
    {
        TileLog log(m_path, true);
        ASSERT_TRUE(log.next(key(0)));
        ASSERT_FALSE(log.next(key(9)));
        EXPECT_FALSE(log.next(key(1))) << "nothing fits after one that does not";
    }
    EXPECT_EQ(found(4), 1u);
}

TEST_F(Log, WithoutResumeBeginsAnew) {
    write(4);
    write(1);
    EXPECT_EQ(found(4), 1u);
}

TEST_F(Log, FileOfSomethingElseIsBegunAnew) {
    m_folder.write(".map.log", "a diary, longer than the magic of a log");
    EXPECT_EQ(found(1), 0u);
}

TEST_F(Log, EmptyOneLeavesNoFile) {
    { TileLog log(m_path, false); }
    EXPECT_FALSE(std::filesystem::exists(m_path));
}

TEST_F(Log, RefusesTilesOutOfOrder) {
    const std::vector<EncodedTile> wrong{{geo::tile_from_number(9), test::picture(1)},
                                         {geo::tile_from_number(8), test::picture(1)}};
    EXPECT_THROW(MetatileRecord(key(0), wrong), geo::Error);
    const std::vector<EncodedTile> empty{{geo::tile_from_number(9), {}}};
    EXPECT_THROW(MetatileRecord(key(0), empty), geo::Error);
}

} // namespace

} // namespace harmattan::tiles
