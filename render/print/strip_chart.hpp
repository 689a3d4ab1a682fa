#pragma once
// The strip of a corridor: incidents along its chainage, bands of distance from the route stacked near to far, towns
// and borders over the strip, kilometres under it. One panel, or several (months) under each other on the same scales.
// What it shows comes as numbers and texts; nothing is counted here.

#include "render/print/lettering.hpp"

#include <string>
#include <vector>

namespace harmattan::render {

struct StripBin {
    double from_km = 0, to_km = 0;
    std::vector<double> bands; ///< near to far, in the chart's unit
    double rough = 0;          ///< over them: what is known only roughly, by its share
};

struct StripStation {
    std::string name;
    double at_km = 0;
    bool checkpoint = false; ///< ticked even where its name finds no room
};

struct StripBorder {
    double at_km = 0;
    std::string before, after; ///< codes of the countries
};

struct StripStretch {
    double from_km = 0, to_km = 0;
};

struct StripPanel {
    std::string name, count; ///< "May 2025", "n = 31": left of it; both empty: no such column
    std::vector<StripBin> bins;
};

struct StripChart {
    std::string lang = "en";
    std::string title;              ///< the corridor
    std::string measure;            ///< what is shown, n, unit, period
    std::string bands_title;        ///< before the key: "Distance:"
    std::vector<std::string> bands; ///< near to far: "0–10 km"
    std::string rough_title;        ///< in the key: "known roughly"; where no bin has such a share it is left out
    std::string note;               ///< under the strip: what it cannot show
    double least_top = 3;           ///< the axis reaches as far: one incident alone is no tower
    bool whole_values = true;       ///< on the axis
    double length_km = 0;
    std::vector<StripStation> stations; ///< the most important first: the first ones find room; begin with both ends
    std::vector<StripBorder> borders;
    std::vector<StripStretch> uncovered; ///< where no data is no news: grey, as such countries are on the map
    std::vector<StripPanel> panels;      ///< at least one
};

/// As high as asked for, or higher where texts and a least height of the strip need it.
Block strip_chart_block(const Lettering& lettering, const StripChart& chart, double width_mm, double height_mm,
                        double size_pt);
/// Every panel's strip `panel_mm` high; the block as high as that makes it.
Block strip_multiples_block(const Lettering& lettering, const StripChart& chart, double width_mm, double panel_mm,
                            double size_pt);

/// The colour of band `band` of `bands`, near to far: dark to light in one hue.
styles::Color strip_band_color(std::size_t band, std::size_t bands);
/// Of what is known only roughly: no hue.
styles::Color strip_rough_color();

} // namespace harmattan::render
