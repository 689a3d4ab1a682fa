#pragma once
// What the legend says beside its symbols: made-up data first, then how the picture came about.

#include "app/scene_of.hpp"

namespace harmattan::app {

void add_notes(render::Legend& legend, const Study& study, const SceneParts& parts);

} // namespace harmattan::app
