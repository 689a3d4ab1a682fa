#pragma once
// The months that small multiples and strips are drawn of, one picture each.

#include "app/study.hpp"
#include "geo/series.hpp"

#include <cstddef>
#include <string_view>

namespace harmattan::app {

/// Those of the study's period, at most `most`. Throws Error bad_data where no incident has a date, usage where there
/// are more than can be read; both begin with `what` is drawn of them.
geo::MonthlyCounts shown_months(const Study& study, std::string_view what, std::size_t most);

} // namespace harmattan::app
