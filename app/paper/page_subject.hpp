#pragma once
// What a page is about: the whole study, or a unit or corridor of an atlas; where that is and how it is called.

#include "app/study.hpp"

#include <optional>
#include <set>
#include <string>

namespace harmattan::app {

/// What one page is about: the whole study, or a unit or corridor of an atlas.
struct PageSubject {
    geo::LonLatBox frame;
    std::string place;                   ///< "Mali", "Mopti"; may be empty
    std::optional<std::size_t> unit;     ///< of the parts' units: an atlas page
    bool in_atlas = false;               ///< one of many: its title names the place
    std::optional<std::size_t> corridor; ///< of the parts' corridors: an atlas page
    std::string page_number;             ///< "3 / 12"
    geo::LonLatBox locator;              ///< what the locator map shows
};

/// The subject of a lone page.
PageSubject whole_subject(const Study& study);

/// ISO codes of the countries that --region names, or lies in; empty where the frame was not asked for so.
std::set<std::string> asked_countries(const Study& study);

/// "1 May – 31 October 2025": the period asked for, else that of the events; empty where no event has a date.
std::string period_of(const Study& study);

} // namespace harmattan::app
