#pragma once
// One legend for archives that each bring their own.

#include "styles/json.hpp"
#include "tiles/serve/catalogue.hpp"

#include <span>
#include <string>

namespace harmattan::app {

/// legend.json: the entries of all legends, each under every set that draws it.
styles::Value merged_legend(std::span<const tiles::ServedSet> sets, const std::string& title);
/// Frames slide under one legend, so a colour must mean the same in all of them: throws Error bad_data where frames of
/// one set were drawn on different scales.
void require_one_scale(std::span<const tiles::ServedSet> sets);

} // namespace harmattan::app
