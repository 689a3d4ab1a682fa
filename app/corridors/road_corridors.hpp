#pragma once
// Corridors that a user names by towns: the shortest way by road through them, or several ways between two.

#include "app/study.hpp"
#include "geo/corridors/road_route.hpp"

#include <string>
#include <vector>

namespace harmattan::app {

/// "Dakar; Kayes;-8.0,12.65" as its places, without the blanks around them. Throws Error bad_config for fewer than two.
std::vector<std::string> places_of_via(const std::string& via);

/// Towns of the region by their names in English, French or their own, the most important of several; or
/// longitude,latitude. Throws Error bad_config as places_of_via and, naming the nearest, for a name that none has.
std::vector<geo::Waypoint> waypoints_of(const geo::Region& region, const std::string& via);

/// A line for each town of --via that has namesakes: which was taken, and where the others are. Throws as waypoints_of.
std::vector<std::string> describe_namesakes(const geo::Region& region, const std::string& via);

/// The job's --via over its --roads as a table of corridors (id, name, from, to): the shortest first. Throws Error
/// usage where no roads are given, and what routing throws.
geo::FeatureTable corridors_by_road(const Study& study);

} // namespace harmattan::app
