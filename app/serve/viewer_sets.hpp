#pragma once
// Served sets as the viewer knows them: a set with its frames, where its tiles are, and what it shows.

#include "geo/space.hpp"
#include "styles/json.hpp"
#include "tiles/serve/catalogue.hpp"

#include <span>
#include <string>

namespace harmattan::app {

/// "heat" of "heat@2025-07".
std::string base_of(const std::string& id);
/// What this program wrote into an archive about it; an empty object in archives of others.
styles::Value harmattan_of(const tiles::ServedSet& set);
/// Which set of the program an archive holds, "heat", by its name ("map-heat", "heat@2025-07") or its title ("My map –
/// heat"), which survives another name; else "all".
std::string drawn_set(const tiles::ServedSet& set);
/// site.json's `sets`, in the order of the first of each name; frames ("heat@2025-07") under the set they belong to.
styles::Array viewer_sets(std::span<const tiles::ServedSet> sets);
/// [west, south, east, north]
styles::Value box_json(const geo::LonLatBox& box);

} // namespace harmattan::app
