#pragma once
// --where: COLUMN=VALUE, or a MapLibre filter over a row's columns.

#include "geo/read_events.hpp"

#include <string>

namespace harmattan::app {

/// A filter begins with "[": ["all", ["==", ["get", "country"], "Mali"], [">", ["get", "fatalities"], 0]]. Cells that
/// read as numbers are numbers to it, empty ones null. Throws Error bad_config (what is wrong in the filter) or usage.
geo::RowFilter parse_where(const std::string& condition);

} // namespace harmattan::app
