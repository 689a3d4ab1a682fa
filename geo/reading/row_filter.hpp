#pragma once
// Filters as a user writes them on the command line.

#include "geo/read_events.hpp"

#include <string>

namespace harmattan::geo {

/// COLUMN=VALUE: rows whose cell is exactly the value, blanks at its ends apart. Throws Error usage where there is no
/// "=" or no column before it.
RowFilter parse_row_filter(const std::string& condition);

} // namespace harmattan::geo
