#pragma once
// The charts of a study: incidents by month, units ranked (a corridor's strip: strip_of): numbers from geo, words by language.

#include "app/frame_counts.hpp"
#include "app/page_content.hpp"
#include "render/print/charts.hpp"

namespace harmattan::app {

/// Of the frame's incidents; its note says what is not in the bars: events without a date, or begun outside the period.
/// Throws Error bad_data where none has a date.
render::MonthBars month_bars(const Study& study, const FrameCounts& counts);
/// Units that meet the frame (of the countries it was asked for by) and have incidents, most first.
std::vector<std::size_t> leading_units(const Study& study, const geo::FeatureTable& units, const geo::LonLatBox& frame);
/// The first `most` of them.
std::vector<render::RankingRow> ranking(const Study& study, const geo::FeatureTable& units, const geo::LonLatBox& frame, std::size_t most);

/// A line of an atlas's index.
struct AtlasEntry {
    std::string name;
    std::size_t page = 0;
    std::optional<std::uint64_t> incidents;
};
/// The index under (or beside) the overview map, in as many columns as it takes.
void add_index(render::PageContent& content, const Study& study, std::vector<AtlasEntry> entries);

/// Adds the blocks that the job asks for.
void add_blocks(render::PageContent& content, const Study& study, const std::shared_ptr<const SceneParts>& parts, const PageSubject& subject, const FrameCounts& counts);

} // namespace harmattan::app
