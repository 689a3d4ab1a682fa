#pragma once
// The comparison of corridors as text for a terminal, in English as all messages of the program are.

#include "app/corridors/corridor_analysis.hpp"

#include <string>

namespace harmattan::app {

/// The worst sections, the ways to the same end, and what changed between the periods compared; each with what its
/// columns mean.
std::string describe_ranking(const Study& study, const CorridorComparison& comparison);

} // namespace harmattan::app
