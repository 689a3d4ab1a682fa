#pragma once
// Whose data a page shows: a line a source, with its licence.

#include "app/scene_of.hpp"
#include "app/study.hpp"

#include <string>
#include <vector>

namespace harmattan::app {

/// In the study's language; layers that the page does not draw are left out.
std::vector<std::string> source_lines(const Study& study, const SceneParts& parts);

} // namespace harmattan::app
