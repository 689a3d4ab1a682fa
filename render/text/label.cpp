#include "render/text/label.hpp"

#include <algorithm>
#include <cmath>

namespace harmattan::render {

namespace {

// What a block's lines take up beyond their distance, ems: capitals and a little air.
constexpr double line_ink = 0.86;

PixelExtent grown(PixelExtent box, double by) { return box.grown(by); }

PlacedGlyph place(const SetGlyph& glyph, double x, double y, double cosine, double sine) {
    return {glyph.outline,
            static_cast<float>(x),
            static_cast<float>(y),
            static_cast<float>(cosine),
            static_cast<float>(sine),
            glyph.text_at};
}

// Where a line of latitude goes in and out of a polygon, from left to right.
std::vector<double> crossings_at(std::span<const Curve> rings, double y) {
    std::vector<double> crossings;
    for (const Curve& ring : rings)
        for (std::size_t k = 1; k < ring.points.size(); ++k) {
            const PixelPoint a = ring.points[k - 1], b = ring.points[k];
            if ((a.y > y) != (b.y > y)) crossings.push_back(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
        }
    std::sort(crossings.begin(), crossings.end());
    return crossings;
}

} // namespace

AnchorShift anchor_shift(std::string_view anchor) {
    AnchorShift shift;
    if (anchor.find("left") != anchor.npos) shift.x = 0.5;
    if (anchor.find("right") != anchor.npos) shift.x = -0.5;
    if (anchor.find("top") != anchor.npos) shift.y = 0.5;
    if (anchor.find("bottom") != anchor.npos) shift.y = -0.5;
    return shift;
}

Label set_at(PixelPoint anchor, const TextBlock& block, AnchorShift shift, double offset_x, double offset_y,
             const LabelMetrics& metrics) {
    const double size = metrics.size_px;
    const double per_line = block.lines > 0 ? block.height / static_cast<double>(block.lines) : 0;
    const double height = block.height - per_line + line_ink;
    Label label;
    label.anchor = {std::floor(anchor.x + (shift.x * block.width + offset_x) * size + 0.5),
                    std::floor(anchor.y + (shift.y * height + offset_y) * size + 0.5)};
    for (const SetGlyph& glyph : block.glyphs)
        label.glyphs.push_back(place(glyph, glyph.x * size, glyph.y * size, 1, 0));
    const PixelExtent ink{label.anchor.x + block.ink.min_x * size, label.anchor.y + block.ink.min_y * size,
                          label.anchor.x + block.ink.max_x * size, label.anchor.y + block.ink.max_y * size};
    label.ink = grown(ink, metrics.halo_px + 1);
    label.boxes.push_back(grown(ink, metrics.halo_px + metrics.padding_px));
    return label;
}

std::optional<Label> set_along(const LabelPath& path, double along, const TextBlock& block, double offset_y,
                               double max_turn, const LabelMetrics& metrics) {
    const double size = metrics.size_px, width = block.width * size;
    const double start = along - width / 2, end = along + width / 2;
    if (start < 0 || end > path.length()) return std::nullopt;
    // Text runs from left to right: along the path, or against it.
    const bool forward = path.at(start).at.x <= path.at(end).at.x;
    const auto place_at = [&](double from_left) {
        LabelPath::Place p = path.at(forward ? start + from_left : end - from_left);
        if (!forward) p.cosine = -p.cosine, p.sine = -p.sine;
        return p;
    };
    Label label;
    label.anchor = path.at(along).at;
    const auto add = [&](const SetGlyph& glyph, const LabelPath::Place& at, double left, double width_px) {
        // The letter's middle stands on the path; its origin lies half its width back, raised to its baseline.
        const double dx = glyph.x * size - left - width_px / 2, dy = (glyph.y + offset_y) * size;
        const double x = at.at.x + dx * at.cosine - dy * at.sine, y = at.at.y + dx * at.sine + dy * at.cosine;
        label.glyphs.push_back(place(glyph, x - label.anchor.x, y - label.anchor.y, at.cosine, at.sine));
        PixelExtent ink;
        for (const auto& p : glyph.outline->points)
            ink.add({x + (p.x * at.cosine - p.y * at.sine) * size, y + (p.x * at.sine + p.y * at.cosine) * size});
        if (ink.empty()) return;
        label.ink.add({ink.min_x - metrics.halo_px - 1, ink.min_y - metrics.halo_px - 1});
        label.ink.add({ink.max_x + metrics.halo_px + 1, ink.max_y + metrics.halo_px + 1});
        label.boxes.push_back(grown(ink, metrics.halo_px + metrics.padding_px));
    };
    if (block.joined) { // one straight piece, where the path is straight enough for it
        if (path.bend(start, end) > max_turn) return std::nullopt;
        const LabelPath::Place middle = place_at(width / 2);
        for (const SetGlyph& glyph : block.glyphs) add(glyph, middle, -width / 2, width);
        return label;
    }
    double x = 0;
    std::optional<LabelPath::Place> before;
    for (const SetGlyph& glyph : block.glyphs) {
        const double advance = glyph.advance * size;
        const LabelPath::Place at = place_at(x + advance / 2);
        if (before && before->cosine * at.cosine + before->sine * at.sine < std::cos(max_turn)) return std::nullopt;
        add(glyph, at, x - width / 2, advance);
        before = at;
        x += advance;
    }
    if (label.boxes.empty()) return std::nullopt;
    return label;
}

std::optional<PixelPoint> place_inside(std::span<const Curve> rings) {
    return place_inside(rings, {-HUGE_VAL, -HUGE_VAL, HUGE_VAL, HUGE_VAL}, 0);
}

std::optional<PixelPoint> place_inside(std::span<const Curve> rings, const PixelExtent& bounds, double width) {
    // The ring with the largest box, and all crossings of lines of latitude through it.
    PixelExtent box;
    for (const Curve& ring : rings) {
        PixelExtent here;
        for (const PixelPoint& p : ring.points) here.add(p);
        here = {std::max(here.min_x, bounds.min_x), std::max(here.min_y, bounds.min_y),
                std::min(here.max_x, bounds.max_x), std::min(here.max_y, bounds.max_y)};
        if (here.empty()) continue;
        if (box.empty() || here.width() * here.height() > box.width() * box.height()) box = here;
    }
    if (box.empty()) return std::nullopt;
    constexpr int lines = 15;
    std::optional<PixelPoint> best;
    double best_room = 0;
    for (int i = 0; i < lines; ++i) {
        const double y = box.min_y + (i + 0.5) / lines * box.height();
        const std::vector<double> crossings = crossings_at(rings, y);
        for (std::size_t k = 1; k < crossings.size(); k += 2) {
            const double left = std::max(crossings[k - 1], bounds.min_x), right = std::min(crossings[k], bounds.max_x);
            if (right - left < width) continue;
            // Room to both sides, and above and below as far as the polygon's middle lines tell.
            const double room = std::min(right - left, 4 * std::min(y - box.min_y, box.max_y - y));
            if (room > best_room) {
                best_room = room;
                best = PixelPoint{(left + right) / 2, y};
            }
        }
    }
    return best;
}

std::vector<PixelPoint> places_inside(std::span<const Curve> rings, const PixelExtent& bounds, double width,
                                      double height, PixelPoint from) {
    PixelExtent box;
    for (const Curve& ring : rings)
        for (const PixelPoint& p : ring.points) box.add(p);
    std::vector<PixelPoint> places;
    const double step = std::max(width / 4, 4.0);
    const double top = std::max(box.min_y, bounds.min_y) + height / 2,
                 bottom = std::min(box.max_y, bounds.max_y) - height / 2;
    for (double y = top; y <= bottom; y += step) {
        const std::vector<double> rows[]{crossings_at(rings, y), crossings_at(rings, y - height / 2),
                                         crossings_at(rings, y + height / 2)};
        const auto holds = [&](const std::vector<double>& crossings, double x) { // from side to side
            for (std::size_t k = 1; k < crossings.size(); k += 2)
                if (crossings[k - 1] <= x - width / 2 && crossings[k] >= x + width / 2) return true;
            return false;
        };
        for (double x = std::max(box.min_x, bounds.min_x) + width / 2;
             x <= std::min(box.max_x, bounds.max_x) - width / 2; x += step)
            if (std::all_of(std::begin(rows), std::end(rows), [&](const auto& row) { return holds(row, x); }))
                places.push_back({x, y});
    }
    std::stable_sort(places.begin(), places.end(), [&](const PixelPoint& a, const PixelPoint& b) {
        return std::hypot(a.x - from.x, a.y - from.y) < std::hypot(b.x - from.x, b.y - from.y);
    });
    return places;
}

} // namespace harmattan::render
