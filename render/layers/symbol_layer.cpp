// Text at points (and inside polygons) and along lines. Every label finds its place once per zoom, on the whole map, in
// a fixed order; pictures draw the labels that meet them. text-field, -font, -size, -color, -opacity, -halo-color,
// -halo-width, -anchor, -variable-anchor, -offset, -radial-offset, -max-width, -line-height, -letter-spacing, -justify,
// -transform, -padding, -max-angle, -allow-overlap, -ignore-placement; symbol-placement, -spacing, -sort-key.
#include "render/layers/layer.hpp"
#include "render/text/collision_grid.hpp"
#include "render/text/label.hpp"
#include "render/text/typesetter.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace harmattan::render {

namespace {

struct SymbolLook {
    TextLook text;
    std::string font;
    double size_px = 16;
    double letter_spacing = 0; ///< ems, as the letters are set
};

/// All that placing needs, evaluated for one feature.
struct Candidate {
    std::string text;
    SymbolLook look;
    std::vector<std::string> anchors;
    std::vector<const TextBlock*> blocks; ///< one per anchor: they may be justified differently
    double offset_x = 0, offset_y = 0, radial = 0; ///< ems
    double padding_px = 2, spacing_px = 250, max_turn = 0.8;
    double sort_key = 0;
    bool overlaps = false, ignored = false;
    bool along_line = false;
    std::vector<PixelPoint> points;              ///< of point labels
    std::vector<std::vector<PixelPoint>> lines;  ///< of line labels
};

struct Placed {
    Label label;
    std::string text;
    SymbolLook look;
};

struct ZoomPlan {
    PixelExtent bounds; ///< labels lie inside: the tiles that the frame meets
    std::vector<Candidate> candidates;
    std::vector<Placed> placed;
};

class SymbolLayer final : public Layer {
public:
    using Layer::Layer;

    void prepare(PrepareContext& context) override {
        m_scale = context.scale();
        for (int zoom = context.min_zoom(); zoom <= context.max_zoom(); ++zoom) {
            if (!context.draws(style(), zoom)) continue;
            ZoomPlan& plan = m_plans[zoom];
            plan.bounds = context.plane().label_bounds(zoom);
            const std::shared_ptr<const PixelGeometry> geometry = context.geometry(style(), zoom);
            context.each_feature(style(), zoom, [&](std::size_t f, const styles::EvaluationContext& at) {
                Candidate candidate = read(context, at);
                if (candidate.text.empty() || !(candidate.look.size_px > 0) || !(candidate.look.text.color.a > 0)) return;
                find_places(context, zoom, static_cast<std::uint32_t>(f), *geometry, candidate);
                if (!candidate.points.empty() || !candidate.lines.empty()) plan.candidates.push_back(std::move(candidate));
            });
            join_equal_lines(plan.candidates);
            std::stable_sort(plan.candidates.begin(), plan.candidates.end(), [](const Candidate& a, const Candidate& b) { return a.sort_key < b.sort_key; });
        }
    }

    void place_labels(int zoom, CollisionGrid& taken) override {
        const auto found = m_plans.find(zoom);
        if (found == m_plans.end()) return;
        ZoomPlan& plan = found->second;
        for (const Candidate& c : plan.candidates) {
            if (c.along_line)
                place_along(plan, c, taken);
            else
                place_at_points(plan, c, taken);
        }
        plan.candidates = {};
    }

    void paint(const View& view, Canvas& canvas) const override {
        const PixelExtent seen = extent_of(view);
        for (const Placed& p : m_plans.at(view.zoom).placed)
            if (p.label.ink.meets(seen))
                canvas.text(p.label.anchor, {p.text, p.look.font, p.look.size_px, p.label.glyphs, p.look.letter_spacing}, p.look.text);
    }

    bool varies_in(const View& view) const override {
        const PixelExtent seen = extent_of(view);
        const std::vector<Placed>& placed = m_plans.at(view.zoom).placed;
        return std::any_of(placed.begin(), placed.end(), [&](const Placed& p) { return p.label.ink.meets(seen); });
    }

    void add_to(Fingerprint& fingerprint) const override {
        for (const auto& [zoom, plan] : m_plans) {
            fingerprint.add(zoom);
            for (const Placed& p : plan.placed) {
                fingerprint.add(p.text);
                fingerprint.add(p.look.size_px);
                fingerprint.add(styles::to_css(p.look.text.color));
                fingerprint.add(styles::to_css(p.look.text.halo));
                fingerprint.add(p.look.text.halo_width);
                fingerprint.add(p.label.anchor.x);
                fingerprint.add(p.label.anchor.y);
                for (const PlacedGlyph& g : p.label.glyphs) {
                    for (const float v : {g.x, g.y, g.cosine, g.sine}) fingerprint.add(v);
                    fingerprint.add_all(std::span(g.outline->points));
                }
            }
        }
    }

private:
    Candidate read(PrepareContext& context, const styles::EvaluationContext& at) const {
        const styles::Layer& s = style();
        Candidate c;
        c.text = transform_case(s.text("text-field", at), s.text("text-transform", at));
        if (c.text.empty()) return c;
        c.look.size_px = s.number("text-size", at) * m_scale;
        const std::vector<std::string> fonts = s.texts("text-font", at);
        c.look.font = fonts.empty() ? "Noto Sans" : fonts.front();
        const float opacity = static_cast<float>(s.number("text-opacity", at));
        c.look.text.color = s.color("text-color", at);
        c.look.text.color.a *= opacity;
        c.look.text.halo = s.color("text-halo-color", at);
        c.look.text.halo.a *= opacity;
        c.look.text.halo_width = s.number("text-halo-width", at) * m_scale;
        c.along_line = s.text("symbol-placement", at) != "point";
        c.anchors = s.texts("text-variable-anchor", at);
        const bool variable = !c.anchors.empty();
        if (!variable) c.anchors = {s.text("text-anchor", at)};
        c.radial = s.number("text-radial-offset", at);
        if (const std::vector<double> offset = s.numbers("text-offset", at); offset.size() == 2) c.offset_x = offset[0], c.offset_y = offset[1];
        c.padding_px = s.number("text-padding", at) * m_scale;
        c.spacing_px = s.number("symbol-spacing", at) * m_scale;
        c.max_turn = s.number("text-max-angle", at) * std::numbers::pi / 180;
        c.sort_key = s.has("symbol-sort-key") ? s.number("symbol-sort-key", at) : 0;
        c.overlaps = s.boolean("text-allow-overlap", at);
        c.ignored = s.boolean("text-ignore-placement", at);
        TextStyle text{c.text, c.look.font, s.number("text-letter-spacing", at), c.along_line ? 0 : s.number("text-max-width", at),
                       s.number("text-line-height", at), Justify::center};
        const std::string justify = s.text("text-justify", at);
        for (const std::string& anchor : c.anchors) {
            text.justify = justify_for(justify, anchor);
            c.blocks.push_back(&context.typesetter.set(text));
        }
        c.look.letter_spacing = c.blocks.front()->letter_spacing;
        return c;
    }

    static Justify justify_for(const std::string& justify, const std::string& anchor) {
        const std::string& by = justify == "auto" ? anchor : justify;
        return by.find("left") != by.npos ? Justify::left : by.find("right") != by.npos ? Justify::right : Justify::center;
    }

    void find_places(PrepareContext& context, int zoom, std::uint32_t f, const PixelGeometry& geometry, Candidate& c) const {
        const geo::FeatureTable& table = context.table(style());
        const auto parts = [&](auto visit) {
            for (std::uint32_t p = geometry.part_begin[f]; p < geometry.part_begin[f + 1]; ++p) visit(p);
        };
        if (c.along_line) {
            parts([&](std::uint32_t p) {
                const auto points = geometry.part_points(p);
                if (context.plane().is_paper()) {
                    for (std::vector<PixelPoint>& piece : pieces_inside(points, context.plane().label_bounds(zoom))) c.lines.push_back(std::move(piece));
                } else {
                    c.lines.emplace_back(points.begin(), points.end());
                }
            });
        } else if (table.type[f] == geo::GeometryType::polygon) {
            const auto* lon = std::get_if<double>(&table.property(f, "label_lon"));
            const auto* lat = std::get_if<double>(&table.property(f, "label_lat"));
            std::vector<Curve> rings;
            parts([&](std::uint32_t p) { rings.push_back(geometry.curve(p)); });
            const PixelExtent bounds = context.plane().label_bounds(zoom);
            std::optional<PixelPoint> given;
            if (lon && lat) given = context.plane().to_pixels(geo::LonLat{*lon, *lat}, zoom);
            if (given && !(context.plane().is_paper() && !bounds.contains(*given))) {
                c.points.push_back(*given);
            } else if (const auto at = context.plane().is_paper() ? place_inside(rings, bounds, c.blocks.front()->width * c.look.size_px) : place_inside(rings)) {
                c.points.push_back(*at);
            }
        } else if (table.type[f] == geo::GeometryType::point) {
            parts([&](std::uint32_t p) {
                for (const PixelPoint& at : geometry.part_points(p)) c.points.push_back(at);
            });
        } else {
            parts([&](std::uint32_t p) { c.points.push_back(geometry.part_points(p)[geometry.part_points(p).size() / 2]); });
        }
    }

    // Pieces of one river are one line to its name: the first feature of a text takes the lines of the others.
    static void join_equal_lines(std::vector<Candidate>& candidates) {
        std::map<std::string, std::size_t> first;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (!candidates[i].along_line) continue;
            const auto [known, is_new] = first.try_emplace(candidates[i].text, i);
            if (is_new) continue;
            Candidate& one = candidates[known->second];
            one.sort_key = std::min(one.sort_key, candidates[i].sort_key);
            one.lines.insert(one.lines.end(), candidates[i].lines.begin(), candidates[i].lines.end());
            candidates[i].lines.clear();
        }
        std::erase_if(candidates, [](const Candidate& c) { return c.along_line && c.lines.empty(); });
        for (Candidate& c : candidates)
            if (c.along_line) c.lines = join_lines(std::move(c.lines));
    }

    static bool inside(const PixelExtent& outer, const PixelExtent& box) {
        return box.min_x >= outer.min_x && box.min_y >= outer.min_y && box.max_x <= outer.max_x && box.max_y <= outer.max_y;
    }

    // Takes the label's place if nothing is there but what belongs to the point it names.
    static bool try_place(ZoomPlan& plan, const Candidate& c, PixelPoint at, Label&& label, CollisionGrid& taken) {
        if (label.glyphs.empty() || !inside(plan.bounds, label.ink)) return false;
        if (!c.overlaps && !taken.are_free(label.boxes, at)) return false;
        if (!c.ignored)
            for (const PixelExtent& box : label.boxes) taken.take(box, CollisionGrid::nobody);
        plan.placed.push_back({std::move(label), c.text, c.look});
        return true;
    }

    static LabelMetrics metrics(const Candidate& c) {
        return {c.look.size_px, c.look.text.halo.a > 0 ? c.look.text.halo_width : 0, c.padding_px};
    }

    static void place_at_points(ZoomPlan& plan, const Candidate& c, CollisionGrid& taken) {
        for (const PixelPoint& at : c.points) {
            if (!plan.bounds.contains(at)) continue;
            for (std::size_t i = 0; i < c.anchors.size(); ++i) {
                const AnchorShift shift = anchor_shift(c.anchors[i]);
                double x = c.offset_x, y = c.offset_y;
                if (c.radial != 0 || c.anchors.size() > 1) { // away from the point, whatever side it is on
                    const double both = shift.x != 0 && shift.y != 0 ? 1 / std::numbers::sqrt2 : 1;
                    const double away_x = c.radial != 0 ? c.radial * both : std::abs(c.offset_x), away_y = c.radial != 0 ? c.radial * both : std::abs(c.offset_y);
                    x = 2 * shift.x * away_x, y = 2 * shift.y * away_y;
                }
                if (try_place(plan, c, at, set_at(at, *c.blocks[i], shift, x, y, metrics(c)), taken)) break;
            }
        }
    }

    static void place_along(ZoomPlan& plan, const Candidate& c, CollisionGrid& taken) {
        const double width = c.blocks.front()->width * c.look.size_px;
        const double spacing = std::max(c.spacing_px, width * 1.25);
        std::vector<PixelPoint> middles; // of this text, so that it is not repeated nearby on another line
        for (const std::vector<PixelPoint>& line : c.lines) {
            const LabelPath path(line, c.look.size_px * 1.2);
            const double length = path.length();
            if (length < width * 1.05) continue;
            const double count = std::max(1.0, std::floor(length / spacing)), room = length / count;
            for (double i = 0.5; i < count; i += 1) place_near(plan, c, path, i * room, room, width, spacing, middles, taken);
        }
    }

    // The straightest free place within a third of the room to both sides of `along`.
    static void place_near(ZoomPlan& plan, const Candidate& c, const LabelPath& path, double along, double room, double width, double spacing,
                           std::vector<PixelPoint>& middles, CollisionGrid& taken) {
        struct Option { double bend, away, at; };
        std::vector<Option> options;
        const double step = std::max(2.0, c.look.size_px / 2), reach = room / 3;
        for (double away = 0; away <= reach; away += step)
            for (const double at : {along - away, along + away}) {
                if (at - width / 2 < 0 || at + width / 2 > path.length()) continue;
                options.push_back({path.bend(at - width / 2, at + width / 2), away, at});
                if (away == 0) break;
            }
        std::stable_sort(options.begin(), options.end(), [](const Option& a, const Option& b) { return a.bend < b.bend; });
        constexpr double most = std::numbers::pi / 2; // a name that turns further than this is hard to read
        for (const Option& option : options) {
            if (option.bend > most) return;
            const PixelPoint middle = path.at(option.at).at;
            const bool repeated = std::any_of(middles.begin(), middles.end(), [&](const PixelPoint& m) {
                return std::hypot(m.x - middle.x, m.y - middle.y) < spacing * 0.75;
            });
            if (repeated) continue;
            if (auto label = set_along(path, option.at, *c.blocks.front(), c.offset_y, c.max_turn, metrics(c)); label && try_place(plan, c, middle, std::move(*label), taken)) {
                middles.push_back(middle);
                return;
            }
        }
    }

    double m_scale = 1;
    std::map<int, ZoomPlan> m_plans;
};

} // namespace

std::unique_ptr<Layer> make_symbol_layer(const styles::Layer& style) { return std::make_unique<SymbolLayer>(style); }

} // namespace harmattan::render
