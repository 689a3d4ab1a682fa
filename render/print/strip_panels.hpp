#pragma once
// The panels of a strip chart with their axes: names over them, values left, kilometres under them. Part of
// strip_chart.

#include "render/print/strip_chart.hpp"

#include <cstddef>

namespace harmattan::render {

struct StripMeasures {
    double width_mm = 0, panel_mm = 0, size_pt = 0;
};

Block strip_panels(const Lettering& lettering, const StripChart& chart, const StripMeasures& measures);

/// Height of the block less that of its panels.
double height_around_panels(std::size_t panels, double size_pt);

} // namespace harmattan::render
