#pragma once
// The index of an atlas: names with their incidents and pages in columns, under the overview map and on as many pages
// after it as it takes.

#include "app/job.hpp"
#include "render/print/text_page.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace harmattan::app {

struct AtlasEntry {
    std::string name;
    std::size_t page = 0;
    std::optional<std::uint64_t> incidents;
};

/// How many entries stand on each page of the index: at least one; the first is the overview's, which may hold none.
std::vector<std::size_t> share_out(const std::vector<AtlasEntry>& entries, const render::Heading& heading,
                                   render::PaperSize paper, Language language);

/// Draws these entries in as many columns as the width takes.
std::function<render::Block(const render::Lettering& lettering, double width_mm, double size_pt)>
index_block(std::vector<AtlasEntry> entries, Language language);

} // namespace harmattan::app
