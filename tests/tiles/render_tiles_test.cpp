// The project's signature: one thread or eight, one run or many, the same bytes.

#include "tiles/render_tiles.hpp"

#include "geo/error.hpp"
#include "support/temp_folder.hpp"
#include "tests/tiles/small_tiles.hpp"
#include "tiles/archive_reader.hpp"
#include "tiles/publish.hpp"
#include "tiles/verify.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <stdexcept>

namespace harmattan::tiles {

namespace {

namespace fs = std::filesystem;

const Plan& plan() {
    static const Plan one({2, 8}, test::sahel);
    return one;
}

// A job of two sets in all containers, in a folder of its own.
class Job {
    test::TempFolder m_folder;

public:
    test::SmallPainter heat{"heat 1"}, points{"points 1"};
    RunOptions options{.threads = 2, .log = m_folder.path() / ".out.log"};

    RunResult run() {
        std::vector<Tileset> sets;
        for (const auto& [name, painter] : {std::pair("heat", &heat), {"points", &points}}) {
            Tileset set{name, "", painter, &plan(), test::small_info(name), {}};
            for (const ArchiveFormat& format : archive_formats())
                set.archives.push_back(create_archive(output(name, format), {}));
            sets.push_back(std::move(set));
        }
        return render_tiles(sets, options);
    }
    fs::path output(const std::string& set, const ArchiveFormat& format) const {
        return m_folder.path() / (set + std::string(format.extension));
    }
    const fs::path& folder() const { return m_folder.path(); }
    std::map<std::string, std::string> contents() const { return test::contents_of(m_folder.path()); }
};

const std::map<std::string, std::string>& fresh() {
    static const std::map<std::string, std::string> contents = [] {
        Job job;
        job.options.threads = 1;
        job.run();
        return job.contents();
    }();
    return contents;
}

TEST(RenderTiles, MakesEveryArchiveAndLeavesNothingElse) {
    Job job;
    std::vector<Progress> told;
    job.options.progress = [&](const Progress& progress) { told.push_back(progress); };
    const RunResult result = job.run();
    EXPECT_EQ(test::names_in(job.folder()), (std::vector<std::string>{"heat", "heat.mbtiles", "heat.pmtiles", "points",
                                                                      "points.mbtiles", "points.pmtiles"}));
    const test::Tiles tiles = test::some_tiles(plan());
    for (const ArchiveFormat& format : archive_formats())
        EXPECT_EQ(test::read_archive(job.output("heat", format)), tiles);
    EXPECT_EQ(result.tiles, 2 * tiles.size());
    EXPECT_EQ(result.tiles + result.empty, 2 * plan().tiles());
    EXPECT_EQ(result.metatiles_drawn, 2 * plan().metatiles().size());
    EXPECT_EQ(result.metatiles_resumed, 0u);
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.back().tiles_done, told.back().tiles_total);
    EXPECT_EQ(told.back().tiles_total, 2 * plan().tiles());
    EXPECT_EQ(told.back().bytes, result.bytes);
    EXPECT_EQ(told.back().set, "points");
}

TEST(RenderTiles, OneThreadOrEightGiveTheSameBytes) {
    for (const int threads : {2, 3, 8}) {
        Job job;
        job.options.threads = threads;
        job.run();
        EXPECT_EQ(job.contents(), fresh()) << threads << " threads";
    }
}

TEST(RenderTiles, ResumedAfterAnErrorAnywhereGivesTheSameBytes) {
    const int steps = static_cast<int>(plan().metatiles().size());
    for (int failing = 0; failing < steps; failing += 5) {
        Job job;
        job.points.before_painting = [&](int begun) {
            if (begun == failing) throw std::runtime_error("struck by lightning");
        };
        EXPECT_THROW(job.run(), std::runtime_error);
        EXPECT_EQ(test::names_in(job.folder()), std::vector<std::string>{".out.log"}) << failing;
        job.points.before_painting = nullptr;
        job.options.resume = true;
        const RunResult result = job.run();
        EXPECT_EQ(job.contents(), fresh()) << failing;
        EXPECT_GE(result.metatiles_resumed, static_cast<std::uint64_t>(steps + failing) - 1)
            << "what was drawn is not drawn again";
        EXPECT_EQ(result.metatiles_resumed + result.metatiles_drawn, 2u * static_cast<std::uint64_t>(steps));
    }
}

TEST(RenderTiles, ResumedAfterAnInterruptGivesTheSameBytes) {
    for (const int at : {0, 1, 7, static_cast<int>(plan().metatiles().size()) - 1}) {
        Job job;
        std::atomic<bool> interrupt{false};
        job.options.interrupt = &interrupt;
        job.heat.before_painting = [&](int begun) {
            if (begun == at) interrupt = true;
        };
        try {
            job.run();
            ADD_FAILURE() << "not interrupted";
        } catch (const geo::Error& error) { EXPECT_EQ(error.kind(), geo::ErrorKind::interrupted); }
        for (const std::string& name : test::names_in(job.folder())) EXPECT_EQ(name, ".out.log");
        interrupt = false;
        job.options.resume = true;
        job.heat.before_painting = nullptr;
        job.run();
        EXPECT_EQ(job.contents(), fresh()) << at;
    }
}

// A killed run leaves a log whose end is torn anywhere.
TEST(RenderTiles, ResumedFromATornLogGivesTheSameBytes) {
    Job first;
    first.points.before_painting = [](int begun) {
        if (begun == 20) throw std::runtime_error("killed");
    };
    EXPECT_THROW(first.run(), std::runtime_error);
    const std::string log = test::read_bytes(first.options.log);
    for (std::size_t cut = 0; cut <= log.size(); cut += log.size() / 7) {
        Job job;
        job.options.resume = true;
        std::ofstream(job.options.log, std::ios::binary).write(log.data(), static_cast<std::streamsize>(cut));
        const RunResult result = job.run();
        EXPECT_EQ(job.contents(), fresh()) << cut;
        if (cut > log.size() / 2) { EXPECT_GT(result.metatiles_resumed, 10u); }
    }
}

TEST(RenderTiles, LogOfOtherInputsIsNotUsed) {
    Job job;
    job.points.set_fingerprint("points of yesterday");
    job.points.before_painting = [](int begun) {
        if (begun == 9) throw std::runtime_error("killed");
    };
    EXPECT_THROW(job.run(), std::runtime_error);
    Job again;
    fs::copy_file(job.options.log, again.options.log);
    again.options.resume = true;
    const RunResult result = again.run();
    EXPECT_EQ(result.metatiles_resumed, plan().metatiles().size()) << "the heat is the same, the points are not";
    EXPECT_EQ(again.contents(), fresh());
}

TEST(RenderTiles, ErrorSaysWhere) {
    Job job;
    job.points.before_painting = [](int begun) {
        if (begun == 3) throw geo::Error(geo::ErrorKind::bad_data, "no such font");
    };
    job.options.threads = 1;
    try {
        job.run();
        ADD_FAILURE() << "no error";
    } catch (const geo::Error& error) {
        EXPECT_EQ(error.line(), "no such font; set points, " + to_string(plan().metatiles()[3]));
    }
}

class BlankPainter final : public Painter {
    std::vector<EncodedTile> paint(const Metatile&, const geo::TileRange&) const override { return {}; }
    std::string fingerprint() const override { return "blank"; }
};

TEST(RenderTiles, SetWithNothingToShowIsOneTransparentTile) {
    const test::TempFolder folder;
    const BlankPainter painter;
    std::vector<Tileset> sets(1);
    sets[0] = {"points", "", &painter, &plan(), test::small_info(), {}};
    for (const ArchiveFormat& format : archive_formats())
        sets[0].archives.push_back(create_archive(folder.path() / ("out" + std::string(format.extension)), {}));
    const RunResult result = render_tiles(sets, {.log = folder.path() / ".log"});
    EXPECT_EQ(result.tiles, 0u);
    for (const ArchiveFormat& format : archive_formats()) {
        const auto output = folder.path() / ("out" + std::string(format.extension));
        const test::Tiles tiles = test::read_archive(output);
        ASSERT_EQ(tiles.size(), 1u);
        for (const std::uint32_t pixel : render::decode(tiles.begin()->second).pixels) EXPECT_EQ(pixel, 0u);
        EXPECT_TRUE(verify(output).ok());
    }
}

} // namespace

} // namespace harmattan::tiles
