// Lines and the edges of polygons: line-color, -opacity, -width, -dasharray (multiples of the width), -cap, -join,
// -miter-limit, -offset, -gap-width, -sort-key. All lines of a look are one shape: crossings show no seams, and a
// translucent colour is not laid twice where lines meet.
#include "render/layers/groups.hpp"
#include "render/layers/layer.hpp"
#include "render/prepare/offset.hpp"
#include "render/raster/stroker.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace harmattan::render {

namespace {

struct LineLook {
    styles::Color color;
    double width = 1; ///< image pixels
    Cap cap = Cap::butt;
    Join join = Join::miter;
    double miter_limit = 2;
    std::vector<double> dashes; ///< image pixels
    double offset = 0, gap = 0; ///< image pixels
    bool operator==(const LineLook&) const = default;

    Stroke stroke() const { return {width, cap, join, miter_limit, dashes}; }
};

struct LineGroup {
    LineLook look;
    std::vector<std::uint32_t> features;
    std::shared_ptr<const PixelGeometry> geometry; ///< the source's, or moved aside
};

struct ZoomPlan {
    std::vector<LineGroup> groups;
};

Cap cap_of(const std::string& name) {
    return name == "round" ? Cap::round : name == "square" ? Cap::square : Cap::butt;
}
Join join_of(const std::string& name) {
    return name == "round" ? Join::round : name == "bevel" ? Join::bevel : Join::miter;
}

class LineLayer final : public Layer {
public:
    using Layer::Layer;

    void prepare(PrepareContext& context) override {
        m_sheet = context.plane().sheet_frame();
        const bool sorted = style().has("line-sort-key");
        for (int zoom = context.min_zoom(); zoom <= context.max_zoom(); ++zoom) {
            if (!context.draws(style(), zoom)) continue;
            std::vector<Styled<LineLook>> features;
            context.each_feature(style(), zoom, [&](std::size_t f, const styles::EvaluationContext& at) {
                const geo::GeometryType type = context.table(style()).type[f];
                if (type != geo::GeometryType::line && type != geo::GeometryType::polygon) return;
                LineLook look = look_of(at, context.scale());
                if (look.color.a > 0 && look.width > 0)
                    features.push_back({std::move(look), static_cast<std::uint32_t>(f),
                                        sorted ? style().number("line-sort-key", at) : 0});
            });
            ZoomPlan plan;
            for (Group<LineLook>& group : group_by_look(std::move(features), sorted))
                add_group(plan, std::move(group), context.geometry(style(), zoom));
            m_plans[zoom] = std::move(plan);
        }
    }

    void paint(const View& view, Canvas& canvas) const override {
        std::vector<Curve> lines;
        for (const LineGroup& group : m_plans.at(view.zoom).groups) {
            const PixelExtent seen = extent_of(view).grown(reach_of(group.look.stroke()));
            lines.clear();
            for (const std::uint32_t f : group.features) {
                if (!group.geometry->extent[f].meets(seen)) continue;
                for (std::uint32_t p = group.geometry->part_begin[f]; p < group.geometry->part_begin[f + 1]; ++p)
                    lines.push_back(group.geometry->curve(p));
            }
            if (!lines.empty()) canvas.stroke(lines, group.look.stroke(), group.look.color);
        }
    }

    bool varies_in(const View& view) const override {
        for (const LineGroup& group : m_plans.at(view.zoom).groups) {
            const PixelExtent seen = extent_of(view).grown(reach_of(group.look.stroke()));
            for (const std::uint32_t f : group.features)
                if (edges_meet(*group.geometry, f, seen)) return true;
        }
        return false;
    }

    void add_to(Fingerprint& fingerprint) const override {
        for (const auto& [zoom, plan] : m_plans) {
            fingerprint.add(zoom);
            for (const LineGroup& group : plan.groups) {
                const LineLook& look = group.look;
                fingerprint.add(styles::to_css(look.color));
                for (const double v : {look.width, look.miter_limit, look.offset, look.gap}) fingerprint.add(v);
                fingerprint.add(look.cap);
                fingerprint.add(look.join);
                fingerprint.add_all(std::span<const double>(look.dashes));
                for (const std::uint32_t f : group.features) add_feature(fingerprint, *group.geometry, f);
            }
        }
    }

    void add_to_legend(Legend& legend, std::string_view lang) const override {
        const std::string label = legend_label(lang);
        if (label.empty()) return;
        for (auto plan = m_plans.rbegin(); plan != m_plans.rend(); ++plan) {
            const auto& groups = plan->second.groups;
            const auto shown = std::ranges::find_if(groups, [&](const LineGroup& group) { return is_seen(group); });
            if (shown == groups.end()) continue;
            const LineLook& look = shown->look;
            LegendEntry entry;
            entry.id = style().id;
            entry.set = set_name(set());
            entry.symbol = LegendSymbol::line;
            entry.label = label;
            entry.color = look.color;
            entry.width_px = look.width;
            entry.dashes = look.dashes;
            show_what_is_left(entry);
            legend.entries.push_back(entry);
            return;
        }
    }

private:
    /// Whether a line of the group runs through the sheet's frame, and not around it.
    bool is_seen(const LineGroup& group) const {
        return !m_sheet || std::ranges::any_of(group.features, [&](std::uint32_t f) {
            return edges_meet(*group.geometry, f, *m_sheet);
        });
    }

    /// A layer that cuts gaps into a line below it ("harmattan:cuts": that line's colour) has its own dashes where the
    /// line is not.
    void show_what_is_left(LegendEntry& entry) const {
        const std::string* cut = style().note("cuts").string();
        const std::optional<styles::Color> color = cut ? styles::parse_color(*cut) : std::nullopt;
        if (!color || entry.dashes.size() != 2) return;
        entry.color = *color;
        std::swap(entry.dashes[0], entry.dashes[1]);
    }

    LineLook look_of(const styles::EvaluationContext& at, double scale) const {
        LineLook look;
        look.color = style().color("line-color", at);
        look.color.a *= static_cast<float>(style().number("line-opacity", at));
        look.width = style().number("line-width", at) * scale;
        look.cap = cap_of(style().text("line-cap", at));
        look.join = join_of(style().text("line-join", at));
        look.miter_limit = style().number("line-miter-limit", at);
        double sum = 0;
        for (const double d : style().numbers("line-dasharray", at)) {
            look.dashes.push_back(std::max(0.0, d) * look.width);
            sum += look.dashes.back();
        }
        if (!(sum > 0)) look.dashes.clear(); // no pattern is a solid line
        look.offset = style().number("line-offset", at) * scale;
        look.gap = style().number("line-gap-width", at) * scale;
        return look;
    }

    static void add_group(ZoomPlan& plan, Group<LineLook>&& group,
                          const std::shared_ptr<const PixelGeometry>& geometry) {
        const double aside = (group.look.gap + group.look.width) / 2;
        if (group.look.gap > 0) {
            for (const double side : {aside, -aside})
                plan.groups.push_back(
                    {group.look, group.features,
                     std::make_shared<PixelGeometry>(move_aside(*geometry, group.features, group.look.offset + side))});
        } else if (group.look.offset != 0) {
            plan.groups.push_back(
                {group.look, group.features,
                 std::make_shared<PixelGeometry>(move_aside(*geometry, group.features, group.look.offset))});
        } else {
            plan.groups.push_back({std::move(group.look), std::move(group.features), geometry});
        }
    }

    std::map<int, ZoomPlan> m_plans;
    std::optional<PixelExtent> m_sheet; ///< what is seen of a sheet
};

} // namespace

std::unique_ptr<Layer> make_line_layer(const styles::Layer& style) { return std::make_unique<LineLayer>(style); }

} // namespace harmattan::render
