#pragma once
// The legend of a heat layer: its colours as seen on white, and round numbers along it.

#include "render/color_scale.hpp"
#include "render/legend.hpp"

#include <span>
#include <string_view>

namespace harmattan::render {

/// `colors`: one per step of the scale. Densities are told in events per 1,000 km².
LegendRamp heat_ramp(const ColorScale& scale, std::span<const styles::Color> colors, std::string_view lang);

/// Round numbers between low and high, 0 < low < high: the finest series (from 1-1.5-2-3-4-5-7 over 1-2-5 to powers of
/// ten) that gives at most seven; powers of ten where all give more.
std::vector<double> round_ticks(double low, double high);

} // namespace harmattan::render
