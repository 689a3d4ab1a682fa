// What every container must do, run over the table of containers.

#include "tiles/archive.hpp"

#include "geo/error.hpp"
#include "support/temp_folder.hpp"
#include "tests/tiles/small_tiles.hpp"
#include "tiles/archive_reader.hpp"
#include "tiles/file.hpp"
#include "tiles/metadata.hpp"
#include "tiles/verify.hpp"

#include <csignal>
#include <gtest/gtest.h>
#include <sys/resource.h>

namespace harmattan::tiles {

namespace {

class Container : public testing::TestWithParam<ArchiveFormat> {
protected:
    test::TempFolder m_folder;
    std::filesystem::path m_output = m_folder.path() / ("out" + std::string(GetParam().extension));
    const Plan m_plan{{2, 5}, test::sahel};
    const test::Tiles m_tiles = test::some_tiles(m_plan);
};

TEST_P(Container, GivesBackEveryTileAndNoOther) {
    test::write_archive(m_output, m_tiles, test::small_info());
    EXPECT_EQ(test::read_archive(m_output), m_tiles);
    const auto reader = open_archive(m_output);
    for (const geo::TileRange& range : m_plan.ranges())
        for (std::uint32_t x = range.min_x; x <= range.max_x; ++x)
            for (std::uint32_t y = range.min_y; y <= range.max_y; ++y) {
                const geo::TileId id{range.z, x, y};
                const auto known = m_tiles.find(geo::tile_number(id));
                const auto found = reader->tile(id);
                ASSERT_EQ(found.has_value(), known != m_tiles.end()) << geo::to_string(id);
                if (found) { EXPECT_EQ(*found, known->second); }
            }
    EXPECT_FALSE(reader->tile({9, 3, 3}));
    EXPECT_EQ(test::names_in(m_folder.path()), std::vector<std::string>{m_output.filename().string()});
}

TEST_P(Container, SaysWhatItIs) {
    const TilesetInfo info = on_e7_grid(test::small_info("Incidents – Élévation \"مالي\" </script>"));
    test::write_archive(m_output, m_tiles, info);
    const auto reader = open_archive(m_output);
    EXPECT_EQ(reader->info().container, GetParam().name);
    EXPECT_EQ(reader->info().tile_extension, "png");
    EXPECT_EQ(reader->info().min_zoom, 2);
    EXPECT_EQ(reader->info().max_zoom, 5);
    EXPECT_EQ(reader->info().bounds, info.bounds);
    EXPECT_EQ(reader->info().centre, info.centre);
    const auto facts = parse_metadata(reader->info().metadata);
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->info.name, info.name);
    EXPECT_EQ(facts->info.bounds, info.bounds);
    EXPECT_EQ(facts->info.version, "1.0.0");
    EXPECT_EQ(facts->counts.tiles, m_tiles.size());
    EXPECT_NE(reader->info().metadata.find(R"("legend":[{"label":"1 to 5"}])"), std::string::npos);
}

TEST_P(Container, PassesVerify) {
    test::write_archive(m_output, m_tiles, test::small_info());
    const VerifyReport report = verify(m_output);
    for (const Finding& finding : report.findings) ADD_FAILURE() << finding.where << ": " << finding.what;
    EXPECT_TRUE(report.ours);
    EXPECT_EQ(report.tiles, m_tiles.size());
}

TEST_P(Container, IsTheSameBytesEveryTime) {
    const auto again = m_folder.path() / ("again" + std::string(GetParam().extension));
    test::write_archive(m_output, m_tiles, test::small_info());
    test::write_archive(again, m_tiles, test::small_info());
    EXPECT_EQ(test::contents_of(m_output), test::contents_of(again));
}

TEST_P(Container, NarrowsTheZoomsToThoseWithTiles) {
    test::Tiles deep;
    for (const auto& [number, bytes] : m_tiles)
        if (geo::tile_from_number(number).z == 4) deep[number] = bytes;
    test::write_archive(m_output, deep, test::small_info());
    EXPECT_EQ(open_archive(m_output)->info().min_zoom, 4);
    EXPECT_EQ(open_archive(m_output)->info().max_zoom, 4);
    EXPECT_TRUE(verify(m_output).ok());
}

TEST_P(Container, RefusesToReplaceUnlessForced) {
    test::write_archive(m_output, m_tiles, test::small_info("first"));
    const auto before = test::contents_of(m_output);
    try {
        create_archive(m_output, {});
        ADD_FAILURE() << "taken";
    } catch (const geo::Error& error) {
        EXPECT_EQ(error.kind(), geo::ErrorKind::cannot_create);
        EXPECT_NE(error.line().find("--force"), std::string::npos);
    }
    EXPECT_EQ(test::contents_of(m_output), before);
    const auto archive = create_archive(m_output, {.force = true});
    const std::vector<std::byte> bytes = test::picture(7);
    archive->put({3, 3, 3}, bytes, digest(bytes));
    EXPECT_EQ(test::contents_of(m_output), before) << "before it is finished";
    archive->finish(test::small_info("second"));
    EXPECT_EQ(test::read_archive(m_output), (test::Tiles{{geo::tile_number({3, 3, 3}), bytes}}));
    EXPECT_EQ(test::names_in(m_folder.path()).size(), 1u);
}

TEST_P(Container, LeavesNothingWhenNotFinished) {
    {
        const auto archive = create_archive(m_output, {});
        const std::vector<std::byte> bytes = test::picture(7);
        archive->put({3, 3, 3}, bytes, digest(bytes));
    }
    EXPECT_EQ(test::names_in(m_folder.path()), std::vector<std::string>{});
}

TEST_P(Container, RefusesTilesOutOfOrderTwiceOrEmpty) {
    const auto archive = create_archive(m_output, {});
    const std::vector<std::byte> bytes = test::picture(7);
    archive->put({3, 3, 3}, bytes, digest(bytes));
    EXPECT_THROW(archive->put({3, 3, 3}, bytes, digest(bytes)), geo::Error);
    EXPECT_THROW(archive->put({2, 3, 3}, bytes, digest(bytes)), geo::Error);
    EXPECT_THROW(archive->put({4, 3, 3}, {}, digest({})), geo::Error);
    EXPECT_THROW(create_archive(m_folder.path() / "no folder" / m_output.filename(), {}), geo::Error);
}

// A limit on the size of files stands in for a full disk: the same calls fail in the same way.
TEST_P(Container, FullDiskIsAnErrorAndLeavesNothing) {
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    rlimit old{};
    getrlimit(RLIMIT_FSIZE, &old);
    const bool folder = GetParam().extension.empty();
    int failures = 0;
    for (rlim_t limit = 0; limit < (folder ? 100u : 40'000u); limit += folder ? 20 : 1999) {
        const rlimit small{limit, old.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        try {
            test::write_archive(m_output, m_tiles, test::small_info());
        } catch (const geo::Error& error) {
            ++failures;
            EXPECT_TRUE(error.kind() == geo::ErrorKind::io || error.kind() == geo::ErrorKind::bad_data) << error.line();
            EXPECT_EQ(error.kind(), geo::ErrorKind::io) << limit << ": " << error.line();
        }
        setrlimit(RLIMIT_FSIZE, &old);
        if (std::filesystem::exists(m_output)) {
            EXPECT_TRUE(verify(m_output).ok()) << limit;
            std::filesystem::remove_all(m_output);
        }
        EXPECT_EQ(test::names_in(m_folder.path()), std::vector<std::string>{}) << limit;
    }
    std::signal(SIGXFSZ, ignored);
    EXPECT_GT(failures, 3);
}

INSTANTIATE_TEST_SUITE_P(Every, Container, testing::ValuesIn(archive_formats().begin(), archive_formats().end()),
                         [](const auto& format) { return std::string(format.param.name); });

TEST(Archives, HoldTheSameTilesAndMetadataInEveryContainer) {
    const test::TempFolder folder;
    const test::Tiles tiles = test::some_tiles(Plan({2, 6}, test::sahel));
    std::vector<std::string> metadata;
    for (const ArchiveFormat& format : archive_formats()) {
        const auto output = folder.path() / ("out" + std::string(format.extension));
        test::write_archive(output, tiles, test::small_info());
        EXPECT_EQ(test::read_archive(output), tiles) << format.name;
        std::string text = open_archive(output)->info().metadata;
        if (format.name == "directory") text = text.substr(0, text.rfind(",\"digest\"")) + "}";
        metadata.push_back(text);
    }
    EXPECT_EQ(metadata[0], metadata[1]);
    EXPECT_EQ(metadata[0], metadata[2]);
}

TEST(Archives, WebpTilesGoThrough) {
    const test::TempFolder folder;
    const std::vector<std::byte> bytes = test::picture(3, render::ImageFormat::webp);
    TilesetInfo info = test::small_info();
    info.format = render::ImageFormat::webp;
    for (const ArchiveFormat& format : archive_formats()) {
        const auto output = folder.path() / ("out" + std::string(format.extension));
        test::write_archive(output, {{geo::tile_number({3, 3, 3}), bytes}}, info);
        EXPECT_EQ(open_archive(output)->info().tile_extension, "webp") << format.name;
        const VerifyReport report = verify(output);
        EXPECT_TRUE(report.ok()) << format.name << ": " << (report.ok() ? "" : report.findings[0].what);
    }
}

TEST(Archives, OpenNothingThatIsNone) {
    const test::TempFolder folder;
    EXPECT_THROW(open_archive(folder.path()), geo::Error);
    EXPECT_THROW(open_archive(folder.path() / "absent.pmtiles"), geo::Error);
    EXPECT_THROW(open_archive(folder.write("a.pmtiles", "hello")), geo::Error);
    EXPECT_THROW(open_archive(folder.write("b.pmtiles", "")), geo::Error);
    EXPECT_THROW(open_archive(folder.write("c.pmtiles", "PMTiles\x03")), geo::Error);
    EXPECT_THROW(open_archive(folder.write("d.mbtiles", std::string("SQLite format 3\0", 16))), geo::Error);
    EXPECT_THROW(open_archive("/dev/null"), geo::Error);
}

} // namespace

} // namespace harmattan::tiles
