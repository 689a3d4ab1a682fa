#pragma once
// The legend on paper: the scene's own Legend, drawn in its order and its colours.

#include "render/legend.hpp"
#include "render/print/lettering.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::render {

/// How well the events' places are known: a bar of shares under the ramp.
struct PrecisionShare {
    std::string label;
    std::uint64_t events = 0;
};

struct LegendContent {
    Legend legend;                         ///< with its sizes in image pixels of the scene
    std::string ramp_note;                 ///< under the ramp's title: the period
    std::optional<double> bandwidth_mm;    ///< σ at the map's scale: drawn as a circle where that is not too large
    std::string bandwidth_label;           ///< "Bandwidth σ 20 km"
    std::string precision_title;           ///< over the bar of shares
    std::vector<PrecisionShare> precision; ///< best known first; empty: no bar
    std::vector<std::string> lines;        ///< n, newest event, what is counted and not drawn
};

struct LegendLook {
    double title_pt = 9, text_pt = 8, note_pt = 7;
    double px_per_mm = 1; ///< image pixels of the scene per mm
};

/// In one or two columns of equal width: symbols, then the ramp; precision and lines where there is room.
Block legend_block(const Lettering& lettering, const LegendContent& content, const LegendLook& look, double width_mm,
                   int columns, std::string_view lang);
/// The ramp alone, for figures: title, colours, ticks.
Block ramp_block(const Lettering& lettering, const LegendEntry& entry, const LegendLook& look, double width_mm,
                 const std::string& note = {});

} // namespace harmattan::render
