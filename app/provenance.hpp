#pragma once
// The JSON an output carries about itself under the key "harmattan": what was read, how it was estimated, whose data
// it shows. A lone archive or raster can be defended with it.

#include "app/estimate.hpp"
#include "app/scene_of.hpp"
#include "app/study.hpp"
#include "render/legend.hpp"

#include <optional>
#include <string>

namespace harmattan::app {

/// Compact JSON; `legend` may be null (a raster has none). No value of the event table is in it but totals.
std::string provenance_json(const Study& study, const std::optional<Density>& density, const render::Legend* legend);
/// Of an archive of tiles: with legend, and the look of a page around it.
std::string provenance_json(const Study& study, const SceneParts& parts);

/// The ledger with its examples, and where the rows came from: what --ledger writes.
std::string ledger_file_json(const geo::EventImport& incidents);

} // namespace harmattan::app
