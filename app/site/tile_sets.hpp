#pragma once
// The sets of tiles that a map is drawn as, by name.

#include "app/job.hpp"
#include "render/scene.hpp"

#include <string>
#include <vector>

namespace harmattan::app {

/// base, heat, corridors, points, labels: bottom to top.
const std::vector<std::string>& set_names();
/// What the job asks for; "all" stands for all of them in one picture. Throws Error bad_config for none, or an unknown
/// one.
std::vector<std::string> asked_sets(const Job& job);
render::Sets sets_of(const std::string& name);

} // namespace harmattan::app
