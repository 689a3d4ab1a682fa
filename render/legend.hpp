#pragma once
// The one legend: made with the scene, from the same objects that colour the pixels; written as legend.json, shown by
// the viewer, and drawn on pages and figures later.

#include "styles/color.hpp"

#include <string>
#include <vector>

namespace harmattan::render {

struct LegendTick {
    double value = 0; ///< in the ramp's unit
    double at = 0;    ///< 0…1 along the ramp
    std::string label;
};

/// A heat ramp: `stops` evenly spaced from low to high (by ratio), as seen on white.
struct LegendRamp {
    double low = 0, high = 0;
    std::string unit; ///< "events per 1,000 km²"
    std::vector<styles::Color> stops;
    std::vector<LegendTick> ticks;
    std::string below; ///< "less than 0.2 is not shown"
};

enum class LegendSymbol { circle, line, area, ramp, text };

struct LegendEntry {
    std::string id;  ///< the style layer's
    std::string set; ///< "heat", "points", …
    LegendSymbol symbol = LegendSymbol::area;
    std::string label;
    styles::Color color, stroke;
    double size_px = 0, width_px = 0;
    std::vector<double> dashes;
    std::vector<LegendRamp> ramp; ///< one for a ramp, else empty
};

struct Legend {
    std::string title;
    std::vector<LegendEntry> entries; ///< points, lines, areas, heat: the order they are read in
    std::vector<std::string> notes;   ///< precision mix, "made up", schematic corridors, bandwidth, n
};

std::string to_json(const Legend& legend);

} // namespace harmattan::render
