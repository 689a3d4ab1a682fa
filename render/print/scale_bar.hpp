#pragma once
// A scale bar in kilometres (metres on maps of a town), as long on paper as its distance is on the ground along the
// middle of the map: right to 0.01 %, by geodesics.

#include "render/print/lettering.hpp"
#include "render/print/map_placement.hpp"

#include <string_view>

namespace harmattan::render {

struct ScaleBar {
    double ground_m = 0;  ///< of the whole bar: 1, 2 or 5 times a power of ten, nearest to a quarter of the map's width
    double length_mm = 0; ///< on paper
};

/// `widest_mm`: the bar is not longer than this.
ScaleBar scale_bar(const MapPlacement& map, double widest_mm);
/// Four segments with distances above; `with_number`: under it the scale as a number, and "at the centre" where the
/// scale varies by more than 3 % over the map.
Block scale_bar_block(const Lettering& lettering, const MapPlacement& map, double width_mm, double size_pt,
                      std::string_view lang, bool with_number = true);

/// Whether an arrow tells more than the graticule does: north is off the sheet's up by 1° or more at the map's middle,
/// or turns by 10° or more over the map.
bool wants_north_arrow(const MapPlacement& map);
/// True north at the map's middle, and says so.
Block north_arrow_block(const Lettering& lettering, const MapPlacement& map, double height_mm, double size_pt,
                        std::string_view lang);

/// "1:7,500,000", "1:7 500 000" (narrow no-break spaces).
std::string scale_text(double denominator, std::string_view lang);

} // namespace harmattan::render
