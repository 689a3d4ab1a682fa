#pragma once
// The JSON an output carries about itself under the key "harmattan": what was read, how it was estimated, whose data
// it shows. A lone archive or raster can be defended with it.

#include "app/study.hpp"
#include "render/legend.hpp"

#include <string>

namespace harmattan::app {

/// Compact JSON; `legend` may be null (a raster has none).
std::string provenance_json(const Study& study, const render::Legend* legend);

/// The ledger and where its rows came from, as --ledger writes it.
std::string ledger_file_json(const geo::EventImport& incidents);

} // namespace harmattan::app
