#pragma once
// The panels of a strip chart with their axes: names over them, values left, kilometres under them. Part of strip_chart.

#include "render/print/strip_chart.hpp"

#include <cstddef>

namespace harmattan::render {

struct StripMeasures {
    double width_mm = 0, panel_mm = 0, size_pt = 0;
    std::size_t name_rows = 1;        ///< at most; a row that nothing needs is not there
};

Block strip_panels(const Lettering& lettering, const StripChart& chart, const StripMeasures& measures);

/// Height of the block less that of its panels, all rows of names needed.
double height_around_panels(std::size_t panels, const StripMeasures& measures);

} // namespace harmattan::render
