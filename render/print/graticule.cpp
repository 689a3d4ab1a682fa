#include "render/print/graticule.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::render {

namespace {

constexpr double tick_mm = 1.5, tick_width_mm = 0.15, neatline_mm = 0.25;
constexpr styles::Color ink{0.13f, 0.13f, 0.13f, 1};

double interval_for(const geo::LonLatBox& seen) {
    const double span = std::max(seen.east - seen.west, seen.north - seen.south);
    double best = 30;
    for (const double step : {30.0, 10.0, 5.0, 2.0, 1.0, 1.0 / 2, 1.0 / 4, 1.0 / 6, 1.0 / 12, 1.0 / 30, 1.0 / 60})
        if (span / step <= 8.5) best = step;
    return best;
}

// Crossings of multiples of `interval` by the longitude or latitude along one side.
void add_side(std::vector<GraticuleTick>& ticks, const MapPlacement& map, const geo::CrsTransform& crs, FrameSide side,
              double interval) {
    constexpr int steps = 512; // the curve is all but straight between two of them
    const bool across = side == FrameSide::top || side == FrameSide::bottom;
    const double length_mm = across ? map.frame.width() : map.frame.height();
    std::vector<geo::Point<geo::Projected>> places;
    for (int i = 0; i <= steps; ++i) {
        const double t = static_cast<double>(i) / steps;
        if (across)
            places.push_back({map.extent.min_x + t * map.extent.width(),
                              side == FrameSide::top ? map.extent.max_y : map.extent.min_y});
        else
            places.push_back({side == FrameSide::left ? map.extent.min_x : map.extent.max_x,
                              map.extent.max_y - t * map.extent.height()});
    }
    const std::vector<geo::LonLat> found = crs.to_lonlat(places);
    const auto value = [&](int i) {
        return across ? found[static_cast<std::size_t>(i)].lon : found[static_cast<std::size_t>(i)].lat;
    };
    for (int i = 0; i < steps; ++i) {
        const double a = value(i), b = value(i + 1);
        if (!std::isfinite(a) || !std::isfinite(b) || std::abs(a - b) > 90) continue; // beyond the CRS, or across 180°
        const double low = std::min(a, b), high = std::max(a, b);
        for (double k = std::ceil(low / interval); k * interval < high || (k * interval == high && i + 1 == steps);
             k += 1)
            ticks.push_back({side, (i + (k * interval - a) / (b - a)) / steps * length_mm, k * interval});
    }
}

} // namespace

std::string degree_text(double degrees, bool longitude, std::string_view lang) {
    const double minutes = std::round(std::abs(degrees) * 60);
    const int whole = static_cast<int>(minutes / 60), rest = static_cast<int>(minutes) % 60;
    std::string text = fmt::format("{}°", whole);
    if (rest != 0) text += fmt::format("{:02}′", rest);
    if (minutes == 0) return text;
    if (longitude) return text + (degrees > 0 ? "E" : lang == "fr" ? "O" : "W");
    return text + (degrees > 0 ? "N" : "S");
}

std::vector<GraticuleTick> graticule_ticks(const MapPlacement& map) {
    const geo::CrsTransform crs(map.crs);
    const double interval = interval_for(map.seen);
    std::vector<GraticuleTick> ticks;
    for (const FrameSide side : {FrameSide::top, FrameSide::right, FrameSide::bottom, FrameSide::left})
        add_side(ticks, map, crs, side, interval);
    return ticks;
}

double graticule_room(double size_pt) { return tick_mm + 0.4 + size_pt * mm_per_pt * 1.1; }

Block graticule_block(const Lettering& lettering, const MapPlacement& map, double size_pt, std::string_view lang) {
    struct Mark {
        PaperPoint from, to, label_middle;
        Block label;
    };
    std::vector<Mark> marks;
    Letters letters;
    letters.size_pt = size_pt;
    letters.color = {0.25f, 0.25f, 0.25f, 1};
    letters.line_height = 1;
    const PaperExtent& f = map.frame;
    const double away = tick_mm + 0.4 + size_pt * mm_per_pt * 0.5;
    for (const GraticuleTick& tick : graticule_ticks(map)) {
        const bool across = tick.side == FrameSide::top || tick.side == FrameSide::bottom;
        letters.quarter_turns = across ? 0 : 1;
        Mark mark;
        mark.label = lettering.set(degree_text(tick.degrees, across, lang), letters);
        const double half = (across ? mark.label.width_mm : mark.label.height_mm) / 2,
                     length = across ? f.width() : f.height();
        const bool label_fits = tick.at_mm >= half && tick.at_mm <= length - half;
        switch (tick.side) {
        case FrameSide::top:
            mark.from = {f.min_x + tick.at_mm, f.min_y}, mark.to = {mark.from.x, f.min_y - tick_mm},
            mark.label_middle = {mark.from.x, f.min_y - away};
            break;
        case FrameSide::bottom:
            mark.from = {f.min_x + tick.at_mm, f.max_y}, mark.to = {mark.from.x, f.max_y + tick_mm},
            mark.label_middle = {mark.from.x, f.max_y + away};
            break;
        case FrameSide::left:
            mark.from = {f.min_x, f.min_y + tick.at_mm}, mark.to = {f.min_x - tick_mm, mark.from.y},
            mark.label_middle = {f.min_x - away, mark.from.y};
            break;
        case FrameSide::right:
            mark.from = {f.max_x, f.min_y + tick.at_mm}, mark.to = {f.max_x + tick_mm, mark.from.y},
            mark.label_middle = {f.max_x + away, mark.from.y};
            break;
        }
        if (!label_fits) mark.label = {};
        marks.push_back(std::move(mark));
    }
    Block block{"graticule", f.max_x + away * 2, f.max_y + away * 2, {}};
    block.draw = [marks, f](const Pen& pen, PaperPoint) {
        for (const Mark& mark : marks) {
            pen.line(mark.from, mark.to, tick_width_mm, ink);
            if (mark.label.draw)
                mark.label.draw(pen, {mark.label_middle.x - mark.label.width_mm / 2,
                                      mark.label_middle.y - mark.label.height_mm / 2});
        }
        pen.frame(f.grown(neatline_mm / 2), neatline_mm, ink);
    };
    return block;
}

} // namespace harmattan::render
