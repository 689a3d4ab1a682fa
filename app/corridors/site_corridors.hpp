#pragma once
// The corridors of a site: its lines with what is told about each, and the incidents along them. The form stands in
// web/README.md.

#include "app/corridors/corridor_study.hpp"
#include "geo/features.hpp"

#include <string>
#include <vector>

namespace harmattan::app {

/// Lines with id, name, length_km, status and, where some of the way is covered by the data, incidents (rounded),
/// incidents_coarse (those of them that are shares of incidents known only roughly), per_100_km_month. `corridors`: the
/// table that `studies` are of; lines that are no route keep their names.
geo::FeatureTable published_corridors(const Study& study, const geo::FeatureTable& corridors,
                                      const std::vector<CorridorStudy>& studies);

/// JSON: by id the bins, stations and borders of each corridor, in the map's language.
std::string corridor_profiles_json(const Study& study, const std::vector<CorridorStudy>& studies);

} // namespace harmattan::app
