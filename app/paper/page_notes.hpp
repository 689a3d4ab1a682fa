#pragma once
// The notes on a page: the user's own, and those that rules put there.

#include "app/scene_of.hpp"
#include "app/study.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace harmattan::app {

/// The user's notes, then those that rules put on a map that shows these boxes: caveats of the data, method,
/// boundaries.
std::vector<std::string> note_lines(const Study& study, const SceneParts& parts,
                                    const std::vector<geo::LonLatBox>& seen);

/// The share of incidents that are known only to an area, in whole percent.
std::uint64_t imprecise_percent(const geo::EventSource& source);

} // namespace harmattan::app
