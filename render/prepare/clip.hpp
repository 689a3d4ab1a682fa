#pragma once
// Curves cut to a box, in doubles, for canvases whose own numbers end too soon (Cairo's at 2^23) and whose files should
// hold only what is on the sheet. What lies outside the box is left out chunk by chunk, then edge by edge; points that
// are not finite are left out too.

#include "render/canvas.hpp"

#include <span>
#include <vector>

namespace harmattan::render {

/// Points of one's own; a closed path does not repeat its first one. An open path of one point is a line of no length.
struct Path {
    std::vector<PixelPoint> points;
    bool closed = false;
    bool operator==(const Path&) const = default;
};

/// What rings cover inside `box`: every place in it is wound around as often as before, so holes stay holes by the
/// nonzero rule. Edges run along the box's sides where a ring was cut (Sutherland and Hodgman 1974).
std::vector<Path> clip_rings(std::span<const Curve> rings, const PixelExtent& box);

/// The runs of lines inside `box`. A ring that is all inside stays closed; of one that is not, the runs before and
/// after its first point are one. Give a box that is larger than what is seen by the stroke's reach: cut ends have
/// caps. `period`: length of the dash pattern, 0 for a solid line. Dashes begin anew with every run, as they do on a
/// line's first point; runs cut out of a line therefore begin a whole number of periods along it, and the box is taken
/// larger by a period to begin them out of sight. Dashed rings come as open lines from their first point round to it.
std::vector<Path> clip_lines(std::span<const Curve> lines, const PixelExtent& box, double period);

} // namespace harmattan::render
