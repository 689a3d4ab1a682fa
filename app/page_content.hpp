#pragma once
// What a page says, in English or French: title, summary, sources, notes, the document's data. Rules decide which disclaimers
// stand on it; numbers are the study's.

#include "app/scene_of.hpp"
#include "app/study.hpp"
#include "render/print/page.hpp"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace harmattan::app {

/// What one page is about: the whole study, or a unit or corridor of an atlas.
struct PageSubject {
    geo::LonLatBox frame;
    std::string place;               ///< "Mali", "Mopti"; may be empty
    std::optional<std::size_t> unit; ///< of the parts' units: an atlas page
    bool in_atlas = false;           ///< one of many: its title names the place
    std::optional<std::size_t> corridor; ///< of the parts' corridors: an atlas page
    std::string page_number;         ///< "3 / 12"
    geo::LonLatBox locator;          ///< what the locator map shows
};

/// ISO codes of the countries that --region names, or lies in; empty where the frame was not asked for so.
std::set<std::string> asked_countries(const Study& study);

/// The subject of a lone page.
PageSubject whole_subject(const Study& study);

/// `parts` outlive the content and the page made of it.
render::PageContent page_content(const Study& study, const std::shared_ptr<const SceneParts>& parts, const PageSubject& subject);

/// The user's notes, then those that rules put on a map that shows these boxes: caveats of the data, method, boundaries.
std::vector<std::string> note_lines(const Study& study, const SceneParts& parts, const std::vector<geo::LonLatBox>& seen);

/// The date of making: --created, else SOURCE_DATE_EPOCH, else nothing (never the clock).
std::optional<geo::Day> created_day(const Job& job);

/// "1 May – 31 October 2025": the period asked for, else that of the events; empty where no event has a date.
std::string period_of(const Study& study);

} // namespace harmattan::app
