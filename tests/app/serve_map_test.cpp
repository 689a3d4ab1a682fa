// A map drawn while it is looked at is the map that would be exported, and a site that is served is the site.

#include "app/http_client.hpp"
#include "app/program.hpp"
#include "app/served_program.hpp"
#include "support/eventually.hpp"
#include "tiles/archive_reader.hpp"

#include <csignal>
#include <cstdlib>
#include <gtest/gtest.h>

namespace harmattan::test {

namespace {

/// What a browser asks: the tile's bytes as text, or why there are none.
std::string tile_of(std::uint16_t port, const std::string& path) {
    const std::optional<HttpAnswer> answer = get(port, path);
    if (!answer) return "no answer";
    return answer->status == 200 ? answer->body : "status " + std::to_string(answer->status);
}

/// How many tiles of `archive` the server at `port` answers otherwise. `mark`: "@2x" or nothing.
int differing(std::uint16_t port, const std::filesystem::path& archive, const std::string& set, const std::string& mark,
              const std::string& extension) {
    int wrong = 0, seen = 0;
    tiles::open_archive(archive)->each_tile([&](geo::TileId id, std::span<const std::byte> bytes) {
        const std::string path = "/" + set + "/" + geo::to_string(id) + mark + "." + extension;
        wrong += tile_of(port, path) != std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        ++seen;
    });
    return seen == 0 ? -1 : wrong;
}

class ServeMap : public testing::Test {
protected:
    ServeMap() {
        std::string text = "id,latitude,longitude,date_start,where_prec,country,best\n";
        for (int i = 0; i < 60; ++i)
            text += std::to_string(i) + "," + std::to_string(13.0 + (i * 37 % 100) / 40.0) + "," +
                    std::to_string(-4.5 + (i * 53 % 100) / 30.0) + ",2025-0" + std::to_string(1 + i % 9) + "-11," +
                    std::to_string(1 + i % 5) + ",Mali,1\n";
        folder.write("events.csv", text);
    }
    void export_tiles(std::vector<std::string> more) const {
        std::vector<std::string> line{"tiles", "events.csv", "-z", "3-6", "-q"};
        line.insert(line.end(), more.begin(), more.end());
        ASSERT_EQ(run_program(line, folder.path()).exit_code, 0);
    }
    TemporaryFolder folder;
};

} // namespace

TEST_F(ServeMap, TilesAreThoseOfAnExportAtBothScales) {
    export_tiles({"-o", "map.pmtiles", "--sets", "heat,labels"});
    export_tiles({"-o", "dense.pmtiles", "--sets", "heat,labels", "--scale", "2"});
    ServedProgram served({"events.csv", "--set", "tiles.min_zoom=3", "--set", "tiles.max_zoom=6"}, folder.path());
    EXPECT_EQ(differing(served.port(), folder.path() / "map-heat.pmtiles", "heat", "", "png"), 0);
    EXPECT_EQ(differing(served.port(), folder.path() / "map-labels.pmtiles", "labels", "", "png"), 0);
    EXPECT_EQ(differing(served.port(), folder.path() / "dense-heat.pmtiles", "heat", "@2x", "png"), 0);
    EXPECT_EQ(differing(served.port(), folder.path() / "dense-labels.pmtiles", "labels", "@2x", "png"), 0);
}

TEST_F(ServeMap, WebpIsMadeByAConfinedProcessToo) {
    export_tiles({"-o", "map.pmtiles", "--format", "webp"});
    ServedProgram served({"events.csv", "--set", "tiles.max_zoom=6", "--set", "tiles.format=webp", "--set",
                          "tiles.sets=[\"all\", \"heat\"]"},
                         folder.path());
    EXPECT_EQ(differing(served.port(), folder.path() / "map.pmtiles", "all", "", "webp"), 0);
}

TEST_F(ServeMap, TheViewerFindsWhatAnExportedSiteHas) {
    ServedProgram served({"events.csv"}, folder.path());
    for (const char* path : {"/", "/site.json", "/legend.json", "/derived/units.geojson", "/derived/units.csv",
                             "/derived/corridors.geojson", "/viewer/viewer.js", "/vendor/maplibre-gl.js", "/heat.json",
                             "/heat/legend.json"}) {
        const std::optional<HttpAnswer> answer = get(served.port(), path);
        ASSERT_TRUE(answer) << path;
        EXPECT_EQ(answer->status, 200) << path;
        EXPECT_GT(answer->body.size(), 100u) << path;
    }
}

TEST_F(ServeMap, AnExportedSiteIsServedWithItsWords) {
    export_tiles({"--site", "site", "--title", "Sixty incidents"});
    ServedProgram served({"site"}, folder.path());
    EXPECT_EQ(differing(served.port(), folder.path() / "site/tiles/heat.pmtiles", "heat", "", "png"), 0);
    const std::optional<HttpAnswer> site = get(served.port(), "/site.json"),
                                    units = get(served.port(), "/derived/units.geojson");
    ASSERT_TRUE(site && units);
    EXPECT_NE(site->body.find("Sixty incidents"), std::string::npos);
    EXPECT_NE(site->body.find("heat/{z}/{x}/{y}.png?v="), std::string::npos);
    EXPECT_EQ(units->body, read_file(folder.path() / "site/derived/units.geojson"));
    // Pages made for the folder on another host find its archives and texts where they were.
    EXPECT_EQ(get(served.port(), "/manifest.json")->body, read_file(folder.path() / "site/manifest.json"));
    EXPECT_EQ(get(served.port(), "/tiles/heat.json")->status, 200);
    EXPECT_EQ(get(served.port(), "/tiles/heat.pmtiles")->body, read_file(folder.path() / "site/tiles/heat.pmtiles"));
    EXPECT_EQ(get(served.port(), "/provenance.json")->status, 404) << "what a site does not have";
}

TEST_F(ServeMap, ASiteThatIsExportedAnewIsTakenUpAsAWhole) {
    export_tiles({"--site", "site", "--title", "Sixty incidents"});
    ServedProgram served({"site"}, folder.path());
    const auto title_comes = [&](const std::string& title) {
        return eventually([&] {
            const std::optional<HttpAnswer> site = get(served.port(), "/site.json");
            return site && site->body.find(title) != std::string::npos;
        });
    };
    ASSERT_TRUE(title_comes("Sixty incidents"));
    export_tiles({"--site", "site", "--title", "The same sixty", "--force"});
    EXPECT_TRUE(title_comes("The same sixty")) << served.err();
    EXPECT_EQ(differing(served.port(), folder.path() / "site/tiles/heat.pmtiles", "heat", "", "png"), 0);

    // One whose words are broken is not taken up, and the server lives.
    export_tiles({"--site", "next", "--title", "Broken"});
    folder.write("next/site.json", "{\"title\":");
    std::filesystem::rename(folder.path() / "site", folder.path() / "before");
    std::filesystem::rename(folder.path() / "next", folder.path() / "site");
    EXPECT_TRUE(eventually([&] {
        return served.err().find("cannot be described, so the old one stays: site.json is not JSON") !=
               std::string::npos;
    })) << served.err();
    EXPECT_TRUE(served.is_running());
    EXPECT_TRUE(title_comes("The same sixty"));

    // As where a site is copied file by file over the one that is served: when the last file is whole, it is taken up.
    export_tiles({"--site", "whole", "--title", "Mended"});
    std::filesystem::copy_file(folder.path() / "whole/site.json", folder.path() / "site/site.json",
                               std::filesystem::copy_options::overwrite_existing);
    EXPECT_TRUE(title_comes("Mended")) << served.err();
    EXPECT_EQ(differing(served.port(), folder.path() / "site/tiles/heat.pmtiles", "heat", "", "png"), 0);
}

TEST_F(ServeMap, WordsOfAnotherMapAreNotServedOverTheTiles) {
    namespace fs = std::filesystem;
    export_tiles({"--site", "site", "--title", "As reported"});
    export_tiles({"--site", "next", "--title", "Smoothed", "--bandwidth-km", "40"});
    ServedProgram served({"site"}, folder.path());
    const auto served_text = [&](const std::string& path) {
        return get(served.port(), path).value_or(HttpAnswer()).body;
    };
    const auto put = [&](const fs::path& file) { // by rename, as rsync does
        fs::copy_file(folder.path() / "next" / file, folder.path() / "staged");
        fs::rename(folder.path() / "staged", folder.path() / "site" / file);
    };
    const std::string site = served_text("/site.json"), legend = served_text("/legend.json");
    ASSERT_NE(site.find("As reported"), std::string::npos);
    put("legend.json"), put("site.json");
    EXPECT_TRUE(eventually([&] { return served.err().find("are of different maps") != std::string::npos; }));
    EXPECT_EQ(served_text("/site.json"), site);
    EXPECT_EQ(served_text("/legend.json"), legend);
    const ProgramRun started = run_program({"serve", "--listen", "127.0.0.1:0", "site"}, folder.path());
    EXPECT_EQ(started.exit_code, 65);
    EXPECT_NE(started.err.find("are of different maps"), std::string::npos) << started.err;

    // When the tiles have come too, all of the new map is served.
    for (const char* set : {"base", "heat", "corridors", "points", "labels"})
        put(fs::path("tiles") / (std::string(set) + ".pmtiles"));
    EXPECT_TRUE(eventually([&] { return served_text("/site.json").find("Smoothed") != std::string::npos; }))
        << served.err();
    EXPECT_EQ(served_text("/legend.json"), read_file(folder.path() / "next/legend.json"));
    for (const char* set : {"base", "heat", "corridors", "points", "labels"})
        EXPECT_EQ(
            differing(served.port(), folder.path() / "next/tiles" / (std::string(set) + ".pmtiles"), set, "", "png"), 0)
            << set;
}

TEST_F(ServeMap, ADiskThatFailsWhileAFolderIsReadDoesNotEndIt) {
    if (std::system("strace -o /dev/null true >/dev/null 2>&1") != 0)
        GTEST_SKIP() << "needs strace, and leave to use it";
    export_tiles({"--site", "site"});
    const std::filesystem::path trace = folder.path() / "trace", derived = folder.path() / "site/derived";
    // Each look reads the folder's names, then that there are no more: from the tenth on the second of these fails.
    ServedProgram served({"site"}, folder.path(),
                         {.through = {"strace", "-f", "-o", trace.string(), "-P", derived.string(), "-e",
                                      "trace=getdents64", "-e", "inject=getdents64:error=EIO:when=20+2"}});
    const auto failures = [&] {
        const std::string text = read_file(trace);
        std::size_t count = 0;
        for (std::size_t at = 0; (at = text.find("(INJECTED)", at)) != std::string::npos; ++at) ++count;
        return count;
    };
    EXPECT_TRUE(eventually([&] { return failures() >= 3 || !served.is_running(); }));
    ASSERT_TRUE(served.is_running()) << served.err();
    EXPECT_EQ(get(served.port(), "/site.json").value_or(HttpAnswer()).status, 200);
}

TEST_F(ServeMap, WhatCannotBeServedIsSaidInOneLine) {
    folder.write("two.csv", "a\n");
    const auto exit_code = [&](std::vector<std::string> line) {
        line.insert(line.begin(), "serve");
        const ProgramRun run = run_program(line, folder.path());
        EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
        return run.exit_code;
    };
    EXPECT_EQ(exit_code({}), 64);
    EXPECT_EQ(exit_code({"absent.pmtiles"}), 66);
    EXPECT_EQ(exit_code({"."}), 65);
    EXPECT_EQ(exit_code({"events.csv", "two.csv"}), 64);
    EXPECT_EQ(exit_code({"events.csv", "--listen", "somewhere:80"}), 64);
    EXPECT_EQ(exit_code({"events.csv", "--cache", "much"}), 64);
    EXPECT_EQ(exit_code({"events.csv", "--cors", "https://news.example/"}), 64);
    EXPECT_EQ(exit_code({"=events.csv"}), 64);
    export_tiles({"--site", "site"});
    EXPECT_EQ(exit_code({"site", "--title", "Another"}), 64);
    EXPECT_EQ(exit_code({"site", "--set", "map.title=Another"}), 64);
}

} // namespace harmattan::test
