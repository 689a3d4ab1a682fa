#include "app/paper/atlas_index.hpp"

#include "app/describe.hpp"
#include "render/print/page.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <span>

namespace harmattan::app {

namespace {

constexpr double between_mm = 4, column_mm = 48, number_mm = 7;
constexpr std::size_t most_columns = 6;
constexpr double overview_share = 0.3;     ///< of the paper's height: the map keeps the rest
constexpr double least_sheet_mm2 = 50'000; ///< smaller ones (A5) have no room for an index under their map

render::Block entry_block(const render::Lettering& lettering, const AtlasEntry& entry, Language language,
                          double width_mm, double size_pt) {
    render::Letters letters;
    letters.size_pt = size_pt;
    const std::string text =
        entry.incidents ? fmt::format("{} ({})", entry.name, describe_count(*entry.incidents, language)) : entry.name;
    const render::Block name = lettering.set(text, letters, width_mm - number_mm),
                        page = lettering.set(fmt::format("{}", entry.page), letters);
    return {{}, width_mm, name.height_mm, [name, page, width_mm](const render::Pen& pen, render::PaperPoint at) {
                name.draw(pen, at);
                page.draw(pen, {at.x + width_mm - page.width_mm, at.y});
            }};
}

render::Block columns_of(const render::Lettering& lettering, std::span<const AtlasEntry> entries, Language language,
                         double width_mm, double size_pt) {
    const std::size_t columns =
                          std::clamp<std::size_t>(static_cast<std::size_t>(width_mm / column_mm), 1, most_columns),
                      rows = (entries.size() + columns - 1) / columns;
    const double column = (width_mm - between_mm * static_cast<double>(columns - 1)) / static_cast<double>(columns);
    std::vector<render::Block> stacks;
    for (std::size_t from = 0; from < entries.size(); from += rows) {
        std::vector<render::Block> lines;
        for (const AtlasEntry& entry : entries.subspan(from, std::min(rows, entries.size() - from)))
            lines.push_back(entry_block(lettering, entry, language, column, size_pt));
        stacks.push_back(render::stack({}, std::move(lines), 0));
        stacks.back().width_mm = column;
    }
    render::Letters bold;
    bold.size_pt = size_pt;
    bold.bold = true;
    return render::stack(
        "index", {lettering.set("Pages (incidents)", bold), render::row({}, std::move(stacks), between_mm)}, 0.6);
}

/// The first entries that keep to a height, as many as may be.
std::size_t fitting(std::span<const AtlasEntry> entries, Language language, double width_mm, double height_mm,
                    double size_pt) {
    const render::Lettering lettering;
    std::size_t fits = 0, too_many = entries.size() + 1;
    while (too_many - fits > 1) {
        const std::size_t middle = fits + (too_many - fits) / 2;
        (columns_of(lettering, entries.first(middle), language, width_mm, size_pt).height_mm <= height_mm ? fits
                                                                                                          : too_many) =
            middle;
    }
    return fits;
}

} // namespace

std::vector<std::size_t> share_out(const std::vector<AtlasEntry>& entries, const render::Heading& heading,
                                   render::PaperSize paper, Language language) {
    const render::WideBlockRoom overview = render::wide_block_room(paper);
    const render::TextRoom page = render::text_room(heading, paper);
    std::span<const AtlasEntry> left(entries);
    std::vector<std::size_t> shares{0};
    if (paper.width_mm * paper.height_mm >= least_sheet_mm2)
        shares[0] = fitting(left, language, overview.width_mm, overview_share * paper.height_mm, overview.size_pt);
    for (left = left.subspan(shares.back()); !left.empty(); left = left.subspan(shares.back()))
        shares.push_back(
            std::max<std::size_t>(1, fitting(left, language, page.width_mm, page.height_mm, page.size_pt)));
    return shares;
}

std::function<render::Block(const render::Lettering& lettering, double width_mm, double size_pt)>
index_block(std::vector<AtlasEntry> entries, Language language) {
    return
        [entries = std::move(entries), language](const render::Lettering& lettering, double width_mm, double size_pt) {
            return columns_of(lettering, entries, language, width_mm, size_pt);
        };
}

} // namespace harmattan::app
