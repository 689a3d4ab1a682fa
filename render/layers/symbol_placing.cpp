#include "render/layers/symbol_placing.hpp"

#include "render/text/label_path.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <set>
#include <utility>

namespace harmattan::render {

namespace {

bool inside(const PixelExtent& outer, const PixelExtent& box) {
    return box.min_x >= outer.min_x && box.min_y >= outer.min_y && box.max_x <= outer.max_x && box.max_y <= outer.max_y;
}

LabelMetrics metrics(const SymbolCandidate& c) {
    return {c.look.size_px, c.look.text.halo.a > 0 ? c.look.text.halo_width : 0, c.padding_px};
}

Label set_beside(const SymbolCandidate& c, PixelPoint at, std::size_t anchor) {
    const AnchorShift shift = anchor_shift(c.anchors[anchor]);
    double x = c.offset_x, y = c.offset_y;
    if (c.radial != 0 || c.anchors.size() > 1) { // away from the point, whatever side it is on
        const double both = shift.x != 0 && shift.y != 0 ? 1 / std::numbers::sqrt2 : 1;
        const double away_x = c.radial != 0 ? c.radial * both : std::abs(c.offset_x),
                     away_y = c.radial != 0 ? c.radial * both : std::abs(c.offset_y);
        x = 2 * shift.x * away_x, y = 2 * shift.y * away_y;
    }
    return set_at(at, *c.blocks[anchor], shift, x, y, metrics(c));
}

class SymbolPlacing {
public:
    SymbolPlacing(const PixelExtent& bounds, bool is_paper, CollisionGrid& taken)
        : m_bounds(bounds), m_is_paper(is_paper), m_taken(taken) {}

    void place(const SymbolCandidate& c) {
        if (c.along_line) place_along(c);
        else place_at_points(c);
    }

    std::vector<PlacedSymbol> take() { return std::move(m_placed); }

private:
    // Takes the label's place if nothing is there but what belongs to the point it names.
    bool try_place(const SymbolCandidate& c, PixelPoint at, Label&& label) {
        if (label.glyphs.empty() || !inside(m_bounds, label.ink)) return false;
        if (!c.overlaps && !m_taken.are_free(label.boxes, at)) return false;
        put(c, at, std::move(label));
        return true;
    }

    void put(const SymbolCandidate& c, PixelPoint at, Label&& label) {
        if (!c.ignored)
            for (const PixelExtent& box : label.boxes) m_taken.take(box, CollisionGrid::nobody);
        m_taken.name(at);
        m_placed.push_back({std::move(label), c.text, c.look});
    }

    void place_at_points(const SymbolCandidate& c) {
        if (c.once) { // the middle of an area, then others, before any place beside them
            for (std::size_t i = 0; i < c.anchors.size(); ++i)
                for (const PixelPoint& at : c.points)
                    if (try_place(c, at, set_beside(c, at, i))) return;
            place_over_dots(c, c.points);
            return;
        }
        for (const PixelPoint& at : c.points) {
            bool placed = false;
            if (m_bounds.contains(at) && !m_taken.is_covered(at)) {
                for (std::size_t i = 0; i < c.anchors.size() && !placed; ++i)
                    placed = try_place(c, at, set_beside(c, at, i));
                if (!placed && m_taken.has_dot(at)) placed = place_over_dots(c, {&at, 1});
            }
            if (!placed && m_is_paper) m_taken.cover({{at.x, at.y}}); // no further zoom will tell what this dot is
        }
    }

    // Where dots of lesser places leave no room, over the fewest of them.
    bool place_over_dots(const SymbolCandidate& c, std::span<const PixelPoint> points) {
        struct Best {
            PixelPoint at;
            Label label;
            std::set<std::pair<double, double>> covered;
        };
        std::optional<Best> best;
        for (const PixelPoint& at : points)
            for (std::size_t i = 0; i < c.anchors.size(); ++i) {
                Label label = set_beside(c, at, i);
                if (label.glyphs.empty() || !inside(m_bounds, label.ink)) continue;
                auto covered = m_taken.coverable(label.boxes, at);
                if (covered && (!best || covered->size() < best->covered.size()))
                    best = Best{at, std::move(label), std::move(*covered)};
            }
        if (!best) return false;
        m_taken.cover(best->covered);
        put(c, best->at, std::move(best->label));
        return true;
    }

    void place_along(const SymbolCandidate& c) {
        const double width = c.blocks.front()->width * c.look.size_px;
        const double spacing = std::max(c.spacing_px, width * 1.25);
        std::vector<PixelPoint> middles; // of this text, so that it is not repeated nearby on another line
        for (const std::vector<PixelPoint>& line : c.lines) {
            const LabelPath path(line, c.look.size_px * 1.2);
            const double length = path.length();
            if (length < width * 1.05) continue;
            const double count = std::max(1.0, std::floor(length / spacing)), room = length / count;
            for (double i = 0.5; i < count; i += 1) place_near(c, path, i * room, room, width, spacing, middles);
        }
    }

    // The straightest free place within a third of the room to both sides of `along`.
    void place_near(const SymbolCandidate& c, const LabelPath& path, double along, double room, double width,
                    double spacing, std::vector<PixelPoint>& middles) {
        struct Option {
            double bend, away, at;
        };
        std::vector<Option> options;
        const double step = std::max(2.0, c.look.size_px / 2), reach = room / 3;
        for (double away = 0; away <= reach; away += step)
            for (const double at : {along - away, along + away}) {
                if (at - width / 2 < 0 || at + width / 2 > path.length()) continue;
                options.push_back({path.bend(at - width / 2, at + width / 2), away, at});
                if (away == 0) break;
            }
        std::stable_sort(options.begin(), options.end(),
                         [](const Option& a, const Option& b) { return a.bend < b.bend; });
        constexpr double most = std::numbers::pi / 2; // a name that turns further than this is hard to read
        for (const Option& option : options) {
            if (option.bend > most) return;
            const PixelPoint middle = path.at(option.at).at;
            const bool repeated = std::any_of(middles.begin(), middles.end(), [&](const PixelPoint& m) {
                return std::hypot(m.x - middle.x, m.y - middle.y) < spacing * 0.75;
            });
            if (repeated) continue;
            if (auto label = set_along(path, option.at, *c.blocks.front(), c.offset_y, c.max_turn, metrics(c));
                label && try_place(c, middle, std::move(*label))) {
                middles.push_back(middle);
                return;
            }
        }
    }

    PixelExtent m_bounds;
    bool m_is_paper;
    CollisionGrid& m_taken;
    std::vector<PlacedSymbol> m_placed;
};

} // namespace

std::vector<PlacedSymbol> place_symbols(std::span<const SymbolCandidate> candidates, const PixelExtent& bounds,
                                        bool is_paper, CollisionGrid& taken) {
    SymbolPlacing placing(bounds, is_paper, taken);
    for (const SymbolCandidate& candidate : candidates) placing.place(candidate);
    return placing.take();
}

} // namespace harmattan::render
