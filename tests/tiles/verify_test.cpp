// Damage is found: files cut at many places, single bytes changed, tiles swapped, and sound archives pass.

#include "tiles/verify.hpp"

#include "geo/error.hpp"
#include "support/temp_folder.hpp"
#include "tests/tiles/small_tiles.hpp"
#include "tiles/archive.hpp"
#include "tiles/file.hpp"
#include "tiles/sqlite.hpp"
#include "tiles/tilejson.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <random>

namespace harmattan::tiles {

namespace {

namespace fs = std::filesystem;

const VerifyOptions quick{.threads = 1};

void expect_sound(const fs::path& path) {
    const VerifyReport report = verify(path, quick);
    for (const Finding& finding : report.findings)
        ADD_FAILURE() << path << ' ' << finding.where << ": " << finding.what;
}

// Something that is not even recognised as an archive any more is found, too.
bool is_found(const fs::path& path) {
    try {
        return !verify(path, quick).ok();
    } catch (const geo::Error&) { return true; }
}

bool has_finding(const VerifyReport& report, const std::string& part) {
    for (const Finding& finding : report.findings)
        if ((finding.where + ": " + finding.what).find(part) != std::string::npos) return true;
    return false;
}

class Damaged : public testing::TestWithParam<ArchiveFormat> {
protected:
    void SetUp() override {
        test::write_archive(m_output, test::some_tiles(Plan({2, 4}, test::sahel)), test::small_info());
    }

    // Every file of the output.
    std::vector<fs::path> files() const {
        std::vector<fs::path> all;
        for (const auto& [name, bytes] : test::contents_of(m_output))
            all.push_back(name.empty() ? m_output : m_output / name);
        return all;
    }
    static void overwrite(const fs::path& file, const std::string& bytes) {
        std::ofstream(file, std::ios::binary | std::ios::trunc)
            .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }

    test::TempFolder m_folder;
    fs::path m_output = m_folder.path() / ("out" + std::string(GetParam().extension));
};

TEST_P(Damaged, EveryCutIsFound) {
    expect_sound(m_output);
    int cuts = 0, found = 0;
    for (const fs::path& file : files()) {
        const std::string whole = test::read_bytes(file);
        const std::size_t step = std::max<std::size_t>(1, whole.size() / (GetParam().extension.empty() ? 10 : 150));
        for (std::size_t size = 0; size < whole.size(); size += step) {
            overwrite(file, whole.substr(0, size));
            ++cuts;
            if (is_found(m_output)) ++found;
            else ADD_FAILURE() << file << " cut to " << size << " of " << whole.size();
        }
        overwrite(file, whole);
    }
    RecordProperty("cuts", cuts);
    RecordProperty("found", found);
    expect_sound(m_output);
}

TEST_P(Damaged, EveryChangedByteIsFound) {
    std::mt19937 random(3);
    for (const fs::path& file : files()) {
        const std::string whole = test::read_bytes(file);
        // the start densely, then anywhere
        std::vector<std::size_t> places;
        for (std::size_t at = 0; at < std::min<std::size_t>(whole.size(), 160);
             at += GetParam().extension.empty() ? 16 : 1)
            places.push_back(at);
        for (int i = 0; i < (GetParam().extension.empty() ? 10 : 500); ++i) places.push_back(random() % whole.size());
        for (const std::size_t at : places) {
            std::string changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ (1 << random() % 8));
            overwrite(file, changed);
            if (!is_found(m_output)) ADD_FAILURE() << file << " byte " << at << " of " << whole.size();
        }
        overwrite(file, whole);
    }
    expect_sound(m_output);
}

// Two sound pictures of the same length change places; where pages are vouched for, that is made good again.
TEST_P(Damaged, TileInAnothersPlaceIsFound) {
    const auto text = [](const std::vector<std::byte>& bytes) {
        return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    };
    std::string first, second;
    for (const auto& [number, bytes] : test::some_tiles(Plan({2, 4}, test::sahel))) {
        if (first.empty()) first = text(bytes);
        else if (bytes.size() == first.size() && text(bytes) != first) second = text(bytes);
    }
    ASSERT_FALSE(second.empty());
    int swapped = 0;
    for (const fs::path& file : files()) {
        std::string bytes = test::read_bytes(file);
        const std::size_t at_first = bytes.find(first), at_second = bytes.find(second);
        for (const auto& [at, other] : {std::pair(at_first, second), {at_second, first}}) {
            if (at == std::string::npos) continue;
            bytes.replace(at, other.size(), other);
            ++swapped;
        }
        overwrite(file, bytes);
    }
    ASSERT_GE(swapped, 2);
    if (GetParam().name == "mbtiles") {
        File file = File::open_update(m_output);
        write_page_checksums(file);
    }
    const VerifyReport report = verify(m_output);
    EXPECT_TRUE(has_finding(report, "a tile was changed, lost or added"));
    EXPECT_EQ(report.findings.size(), 1u);
}

TEST_P(Damaged, TileThatIsNoPictureIsFound) {
    const std::string junk = "not a picture";
    const fs::path other = m_folder.path() / ("other" + std::string(GetParam().extension));
    const std::span bytes = std::as_bytes(std::span(junk));
    test::write_archive(other, {{100, test::picture(1)}, {101, {bytes.begin(), bytes.end()}}}, test::small_info());
    EXPECT_TRUE(has_finding(verify(other), "its bytes are not png"));
    std::vector<std::byte> cut = test::picture(1);
    cut.resize(cut.size() - 20);
    test::write_archive(m_folder.path() / ("cut" + std::string(GetParam().extension)), {{100, cut}},
                        test::small_info());
    EXPECT_TRUE(
        has_finding(verify(m_folder.path() / ("cut" + std::string(GetParam().extension))), "cannot be decoded"));
}

TEST_P(Damaged, TileOfAnotherSizeIsFound) {
    const render::Image large{16, 16, std::vector<std::uint32_t>(256, 0xff00ff00)};
    const fs::path other = m_folder.path() / ("other" + std::string(GetParam().extension));
    test::write_archive(
        other, {{100, test::picture(1)}, {101, render::encode(render::view_of(large), render::ImageFormat::png)}},
        test::small_info());
    EXPECT_TRUE(has_finding(verify(other), "has 16 × 16 pixels where the others have 8 × 8"));
}

INSTANTIATE_TEST_SUITE_P(Every, Damaged, testing::ValuesIn(archive_formats().begin(), archive_formats().end()),
                         [](const auto& format) { return std::string(format.param.name); });

class Site : public testing::Test {
protected:
    void SetUp() override {
        fs::create_directories(m_site / "tiles");
        test::write_archive(m_site / "tiles" / "heat.pmtiles", test::some_tiles(Plan({2, 4}, test::sahel)),
                            test::small_info());
        test::write_archive(m_site / "tiles" / "points", {{100, test::picture(1)}}, test::small_info());
        write_text(m_site / "index.html", "<!doctype html>");
        write_text(m_site / "manifest.json", manifest(m_site));
    }
    test::TempFolder m_folder;
    fs::path m_site = m_folder.path() / "site";
};

TEST_F(Site, PassesWithTheArchivesInIt) {
    expect_sound(m_site);
    const VerifyReport report = verify(m_site);
    EXPECT_EQ(report.container, "site");
    EXPECT_EQ(report.tiles, test::some_tiles(Plan({2, 4}, test::sahel)).size() + 1);
}

TEST_F(Site, ChangedMissingAndAddedFilesAreFound) {
    write_text(m_site / "index.html", "<!doctype HTML>");
    EXPECT_TRUE(has_finding(verify(m_site), "index.html: has 15 bytes"));
    write_text(m_site / "index.html", "<!doctype html>");
    expect_sound(m_site);
    write_text(m_site / "more.js", "");
    EXPECT_TRUE(has_finding(verify(m_site), "more.js: is there but not in the manifest"));
    fs::remove(m_site / "more.js");
    fs::remove(m_site / "tiles" / "heat.pmtiles");
    EXPECT_TRUE(has_finding(verify(m_site), "tiles/heat.pmtiles: is in the manifest but not there"));
}

TEST_F(Site, ChangedManifestIsFound) {
    const std::string whole = test::read_bytes(m_site / "manifest.json");
    for (std::size_t at = 0; at < whole.size(); at += 13) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        write_text(m_site / "manifest.json", changed);
        EXPECT_TRUE(is_found(m_site)) << at;
    }
}

TEST(Verify, ReportsAtMostAHundredFindingsInFull) {
    VerifyReport report;
    for (int i = 0; i < 150; ++i) report.add("tile", "bad");
    EXPECT_EQ(report.findings.size(), 100u);
    EXPECT_EQ(report.more_findings, 50u);
}

TEST(Verify, SaysWhatItCannotVerify) {
    const test::TempFolder folder;
    EXPECT_THROW(verify(folder.path()), geo::Error);
    EXPECT_THROW(verify(folder.path() / "absent"), geo::Error);
    EXPECT_THROW(verify(folder.write("a.txt", "hello, this is a text")), geo::Error);
}

} // namespace

} // namespace harmattan::tiles
