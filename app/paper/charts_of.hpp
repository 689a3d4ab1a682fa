#pragma once
// The charts of a study: incidents by month, units ranked (a corridor's strip: strip_of): numbers from geo, words by
// language.

#include "app/paper/frame_counts.hpp"
#include "app/paper/page_content.hpp"
#include "render/print/charts.hpp"

namespace harmattan::app {

/// Of the frame's incidents; its note says what is not in the bars: events without a date, or begun outside the period.
/// Throws Error bad_data where none has a date.
render::MonthBars month_bars(const Study& study, const FrameCounts& counts);
/// Units that meet the frame (of the countries it was asked for by) and have incidents, most first.
std::vector<std::size_t> leading_units(const Study& study, const geo::FeatureTable& units, const geo::LonLatBox& frame);
/// The first `most` of them.
std::vector<render::RankingRow> ranking(const Study& study, const geo::FeatureTable& units, const geo::LonLatBox& frame,
                                        std::size_t most);

/// Adds the blocks that the job asks for.
void add_blocks(render::PageContent& content, const Study& study, const std::shared_ptr<const SceneParts>& parts,
                const PageSubject& subject, const FrameCounts& counts);

} // namespace harmattan::app
