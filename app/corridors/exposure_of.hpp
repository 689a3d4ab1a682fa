#pragma once
// The traffic that --exposure says a corridor bears.

#include "app/corridors/corridor_study.hpp"
#include "geo/corridors/exposure.hpp"

namespace harmattan::app {

/// A number is that many convoys a month all along. A table (CSV with a header) has the columns from_km, to_km and
/// convoys (a month); with a column corridor (an id or name) its rows are those corridors', without one they are this
/// corridor's. Nothing where the job has no exposure. Throws Error no_input, bad_data with the file and line.
std::optional<geo::Exposure> exposure_of(const Job& job, const CorridorStudy& corridor);

} // namespace harmattan::app
