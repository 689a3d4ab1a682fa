#include "app/paper/atlas_index.hpp"

#include "render/print/page.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <numeric>

namespace harmattan::app {

TEST(AtlasIndex, SharesEveryEntryOutAndOverfillsNoPage) {
    const render::Heading heading{"Incidents in the units of a large region", "Index", {}};
    for (const std::size_t count : {1u, 9u, 80u, 415u, 2000u}) {
        std::vector<AtlasEntry> entries;
        for (std::size_t i = 0; i < count; ++i)
            entries.push_back(
                {i % 7 == 0 ? "A unit whose name is long enough to be wrapped in its column" : "Unit", i, 1234});
        for (const render::PaperSize paper : {render::PaperSize{148, 210}, render::PaperSize{210, 297},
                                              render::PaperSize{297, 210}, render::PaperSize{841, 1189}}) {
            const std::vector<std::size_t> shares = share_out(entries, heading, paper, Language::en);
            EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), std::size_t{0}), count);
            const render::TextRoom room = render::text_room(heading, paper);
            std::size_t from = shares[0];
            for (std::size_t i = 1; i < shares.size(); from += shares[i++]) {
                ASSERT_GT(shares[i], 0u);
                const auto first = entries.begin() + static_cast<std::ptrdiff_t>(from);
                const render::Block block = index_block({first, first + static_cast<std::ptrdiff_t>(shares[i])},
                                                        Language::en)({}, room.width_mm, room.size_pt);
                EXPECT_LE(block.height_mm, room.height_mm);
                EXPECT_LE(block.width_mm, room.width_mm + 0.01);
            }
        }
    }
}

TEST(AtlasIndex, StandsUnderTheMapWhereItIsShort) {
    std::vector<AtlasEntry> entries(9, {"Mopti", 2, 73});
    EXPECT_EQ(share_out(entries, {"Mali", "Index", {}}, {210, 297}, Language::en), std::vector<std::size_t>{9});
    EXPECT_EQ(share_out(entries, {"Mali", "Index", {}}, {148, 210}, Language::en), (std::vector<std::size_t>{0, 9}));
}

} // namespace harmattan::app
