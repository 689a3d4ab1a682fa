#pragma once
// The incidents that a page, a figure or a report is about: those in the units of --region, else those in the box it
// was asked for. What is said of a place is counted there, never in the whole table.

#include "app/scene_of.hpp"
#include "app/study.hpp"

#include <string>

namespace harmattan::app {

struct FrameCounts {
    geo::Events events;
    geo::FeatureTable units; ///< the parts' units, counted anew: a frame may hold a part of a unit
    bool all = false;        ///< these are all that were drawn
    std::string where; ///< " in Mali", " in 9°W–3°W, 11°N–15°N" (French: " (Mali)"); empty where it is all of them
};

/// `frame`: the study's own, or a box of an atlas page. `place`: what the units of --region are called.
FrameCounts frame_counts(const Study& study, const SceneParts& parts, const geo::LonLatBox& frame,
                         const std::string& place);

} // namespace harmattan::app
