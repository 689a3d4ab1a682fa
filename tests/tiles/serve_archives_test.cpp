// Archives that are replaced while they are served.

#include "geo/error.hpp"
#include "support/temp_folder.hpp"
#include "tests/tiles/small_tiles.hpp"
#include "tiles/serve/served_archives.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace harmattan::test {

namespace {

namespace fs = std::filesystem;

class ServedReplaced : public testing::Test {
protected:
    void SetUp() override {
        write_archive(path, old_tiles, small_info("Old"));
        write_archive(next, new_tiles, small_info("New"));
    }
    static std::vector<std::byte> tile(const tiles::ServedArchives& archives) {
        return archives.sets()[0].source->fetch({2, 1, 1}, 1).bytes;
    }

    TempFolder folder;
    fs::path path = folder.path() / "heat.pmtiles", next = folder.path() / "next.pmtiles";
    Tiles old_tiles{{geo::tile_number({2, 1, 1}), picture(1)}}, new_tiles{{geo::tile_number({2, 1, 1}), picture(2)}};
    tiles::Metrics metrics;
    std::vector<std::string> said;
    std::function<void()> take_up = [] {};
    std::function<void(const std::string&)> say = [this](const std::string& line) { said.push_back(line); };
};

} // namespace

TEST_F(ServedReplaced, AnotherThatTakesItsPlaceIsOpened) {
    tiles::ServedArchives archives({{"heat", path}}, metrics);
    EXPECT_EQ(tile(archives), picture(1));
    EXPECT_TRUE(archives.refresh(take_up, say).empty()) << "nothing has changed";
    const std::vector<tiles::ServedSet> before = archives.sets();
    fs::rename(next, path);
    EXPECT_FALSE(archives.refresh(take_up, say).empty());
    EXPECT_EQ(tile(archives), picture(2));
    EXPECT_EQ(before[0].source->fetch({2, 1, 1}, 1).bytes, picture(1)) << "requests under way end with the old one";
    EXPECT_NE(before[0].source->version(), archives.sets()[0].source->version());
    EXPECT_NE(before[0].source->archive()->etag, archives.sets()[0].source->archive()->etag);
    EXPECT_TRUE(archives.refresh(take_up, say).empty());
}

TEST_F(ServedReplaced, OneThatCannotBeOpenedIsToldOfOnceAndTheOldOneStays) {
    tiles::ServedArchives archives({{"heat", path}}, metrics);
    std::ofstream(next, std::ios::trunc) << "PMTiles, but no more";
    fs::rename(next, path);
    EXPECT_TRUE(archives.refresh(take_up, say).empty());
    EXPECT_TRUE(archives.refresh(take_up, say).empty());
    EXPECT_EQ(said.size(), 1u);
    EXPECT_EQ(metrics.archives_refused, 1u);
    EXPECT_EQ(tile(archives), picture(1));
}

TEST_F(ServedReplaced, WhatCannotBeDescribedIsToldOfOnceAndTheOldOnesStay) {
    const fs::path other = folder.path() / "other.pmtiles", other_next = folder.path() / "other_next.pmtiles";
    write_archive(other, old_tiles, small_info("Old"));
    write_archive(other_next, new_tiles, small_info("New"));
    tiles::ServedArchives archives({{"heat", path}, {"other", other}}, metrics);
    fs::rename(next, path);
    take_up = [] { throw geo::Error(geo::ErrorKind::bad_data, "its legend is none"); };
    EXPECT_TRUE(archives.refresh(take_up, say).empty());
    EXPECT_TRUE(archives.refresh(take_up, say).empty());
    ASSERT_EQ(said.size(), 1u);
    EXPECT_NE(said[0].find("its legend is none"), std::string::npos) << said[0];
    EXPECT_NE(said[0].find(path.string()), std::string::npos) << said[0];
    EXPECT_EQ(metrics.archives_refused, 1u);
    EXPECT_EQ(metrics.archives_replaced, 0u);
    EXPECT_EQ(tile(archives), picture(1));

    fs::rename(other_next, other);
    take_up = [&] {
        if (tile(archives) != picture(1)) throw geo::Error(geo::ErrorKind::bad_data, "its legend is none");
    };
    EXPECT_FALSE(archives.refresh(take_up, say).empty());
    EXPECT_EQ(tile(archives), picture(1)) << "the one refused does not hold up the next";
    EXPECT_EQ(archives.sets()[1].source->fetch({2, 1, 1}, 1).bytes, picture(2));
}

TEST_F(ServedReplaced, WhatMayPassIsTriedAgain) {
    tiles::ServedArchives archives({{"heat", path}}, metrics);
    fs::rename(next, path);
    take_up = [] { throw geo::Error(geo::ErrorKind::io, "no file descriptor is left"); };
    EXPECT_TRUE(archives.refresh(take_up, say).empty());
    EXPECT_TRUE(archives.refresh(take_up, say).empty());
    EXPECT_EQ(said.size(), 1u) << "told of once";
    take_up = [] {};
    EXPECT_FALSE(archives.refresh(take_up, say).empty());
    EXPECT_EQ(tile(archives), picture(2));
}

TEST_F(ServedReplaced, OneThatIsRemovedGoesOnBeingServed) {
    tiles::ServedArchives archives({{"heat", path}}, metrics);
    fs::remove(path);
    EXPECT_TRUE(archives.refresh(take_up, say).empty());
    EXPECT_EQ(tile(archives), picture(1));
    EXPECT_TRUE(said.empty());
}

TEST_F(ServedReplaced, AFolderOfTilesIsNoticedByItsMetadata) {
    const fs::path tiles_folder = folder.path() / "heat", other = folder.path() / "other";
    write_archive(tiles_folder, old_tiles, small_info("Old"));
    write_archive(other, new_tiles, small_info("New"));
    tiles::ServedArchives archives({{"heat", tiles_folder}}, metrics);
    EXPECT_EQ(archives.sets()[0].source->archive(), nullptr) << "a folder is no file";
    fs::rename(tiles_folder, folder.path() / "gone");
    fs::rename(other, tiles_folder);
    EXPECT_FALSE(archives.refresh(take_up, say).empty());
    EXPECT_EQ(tile(archives), picture(2));
    EXPECT_EQ(archives.sets()[0].source->layer().title, "New");
}

TEST_F(ServedReplaced, NamesAreCheckedAndTwoxStandsBesideItsSet) {
    EXPECT_THROW(tiles::ServedArchives({{"heat", path}, {"heat", next}}, metrics), geo::Error);
    EXPECT_THROW(tiles::ServedArchives({{"no name", path}}, metrics), geo::Error);
    const tiles::ServedArchives archives({{"heat", path}, {"heat@2x", next}}, metrics);
    ASSERT_EQ(archives.sets().size(), 1u);
    const tiles::ServedSet set = archives.sets()[0];
    EXPECT_EQ(set.at_scale(1)->fetch({2, 1, 1}, 1).bytes, picture(1));
    EXPECT_EQ(set.at_scale(2)->fetch({2, 1, 1}, 2).bytes, picture(2));
}

TEST_F(ServedReplaced, WordsThatChangeAreTakenUpAndSoIsWhatWaitedForThem) {
    const fs::path words = folder.path() / "site.json", more = folder.path() / "more.json";
    const auto write_words = [&](const std::string& text) { std::ofstream(words, std::ios::trunc) << text; };
    write_words("Old");
    tiles::ServedArchives archives({{"heat", path}}, metrics, [&] {
        return fs::exists(words) ? std::vector<fs::path>{words, more} : std::vector<fs::path>{};
    });
    std::string read;
    take_up = [&] {
        std::string text;
        std::ifstream(words) >> text;
        if (text != archives.sets()[0].source->layer().title) throw geo::Error(geo::ErrorKind::bad_data, "half of it");
        read = text;
    };
    EXPECT_TRUE(archives.refresh(take_up, say).empty());

    write_words("Ne"); // a copy under way
    fs::rename(next, path);
    EXPECT_TRUE(archives.refresh(take_up, say).empty());
    EXPECT_TRUE(archives.refresh(take_up, say).empty());
    EXPECT_EQ(said.size(), 1u);
    EXPECT_EQ(tile(archives), picture(1));
    write_words("New");
    EXPECT_EQ(archives.refresh(take_up, say).size(), 1u);
    EXPECT_EQ(read, "New");
    EXPECT_EQ(tile(archives), picture(2));

    write_words("Bad words"); // by themselves
    EXPECT_TRUE(archives.refresh(take_up, say).empty());
    EXPECT_TRUE(archives.refresh(take_up, say).empty());
    EXPECT_EQ(said.size(), 2u);
    EXPECT_NE(said[1].find("half of it"), std::string::npos) << said[1];
    fs::remove(words); // gone for a moment, as while folders are exchanged
    EXPECT_TRUE(archives.refresh(take_up, say).empty());
    EXPECT_EQ(said.size(), 2u);
    write_words("New");
    read.clear();
    EXPECT_EQ(archives.refresh(take_up, say).size(), 1u);
    EXPECT_EQ(read, "New");
    std::ofstream(more) << "one that was not there before";
    EXPECT_EQ(archives.refresh(take_up, say).size(), 1u);
    EXPECT_TRUE(archives.refresh(take_up, say).empty());
}

TEST_F(ServedReplaced, WhatDoesNotGoTogetherIsTriedAgainWithTheNextReplacement) {
    const fs::path other = folder.path() / "points.pmtiles", other_next = folder.path() / "next-points.pmtiles";
    write_archive(other, old_tiles, small_info("Old"));
    write_archive(other_next, new_tiles, small_info("New"));
    tiles::ServedArchives archives({{"heat", path}, {"points", other}}, metrics);
    const auto one_title = [&] {
        const std::vector<tiles::ServedSet> sets = archives.sets();
        if (sets[0].source->layer().title != sets[1].source->layer().title) throw std::runtime_error("two titles");
    };
    fs::rename(next, path);
    EXPECT_TRUE(archives.refresh(one_title, say).empty());
    EXPECT_EQ(archives.sets()[0].source->layer().title, "Old");
    EXPECT_TRUE(archives.refresh(one_title, say).empty());
    fs::rename(other_next, other);
    EXPECT_FALSE(archives.refresh(one_title, say).empty());
    EXPECT_EQ(archives.sets()[0].source->layer().title, "New");
    EXPECT_EQ(archives.sets()[1].source->layer().title, "New");
}

} // namespace harmattan::test
