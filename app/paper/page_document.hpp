#pragma once
// What a page says of itself: projection, paper, dates, producer.

#include "app/study.hpp"
#include "render/print/map_placement.hpp"
#include "render/print/paper_size.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace harmattan::app {

/// Label and value, in the study's language.
std::vector<std::pair<std::string, std::string>> document_lines(const Study& study, const render::MapPlacement& map,
                                                                render::PaperSize paper);

/// The date of making: --created, else SOURCE_DATE_EPOCH, else nothing (never the clock). Throws Error usage.
std::optional<geo::Day> created_day(const Job& job);

} // namespace harmattan::app
