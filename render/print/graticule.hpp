#pragma once
// Ticks and degrees around a map: where meridians meet its upper and lower edge, parallels its left and right one.

#include "render/print/lettering.hpp"
#include "render/print/map_placement.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace harmattan::render {

enum class FrameSide { top, right, bottom, left };

struct GraticuleTick {
    FrameSide side = FrameSide::top;
    double at_mm = 0;   ///< along the side from its left or upper end
    double degrees = 0; ///< longitude at top and bottom, latitude at the sides
};

/// At multiples of one interval (10° to 1′), the finest that gives at most eight to the longer axis.
std::vector<GraticuleTick> graticule_ticks(const MapPlacement& map);
/// "8°W" ("8°O" in French), "12°30′N", "0°".
std::string degree_text(double degrees, bool longitude, std::string_view lang);

/// What ticks and labels need outside of the frame on every side, mm.
double graticule_room(double size_pt);
/// Neatline, ticks and labels; drawn where the map's frame says, whatever place it is put at.
Block graticule_block(const Lettering& lettering, const MapPlacement& map, double size_pt, std::string_view lang);

} // namespace harmattan::render
