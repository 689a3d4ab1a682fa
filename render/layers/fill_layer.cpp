// Polygons: fill-color, fill-opacity, fill-outline-color (one style pixel wide), fill-sort-key. All polygons of a
// colour are one shape, so that no seam shows between neighbours.
#include "render/layers/groups.hpp"
#include "render/layers/layer.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace harmattan::render {

namespace {

struct FillLook {
    styles::Color color;
    std::optional<styles::Color> outline;
    bool operator==(const FillLook&) const = default;
};

struct ZoomPlan {
    std::shared_ptr<const PixelGeometry> geometry;
    std::vector<Group<FillLook>> groups;
};

class FillLayer final : public Layer {
public:
    using Layer::Layer;

    void prepare(PrepareContext& context) override {
        m_scale = context.scale();
        for (int zoom = context.min_zoom(); zoom <= context.max_zoom(); ++zoom) {
            if (!context.draws(style(), zoom)) continue;
            std::vector<Styled<FillLook>> features;
            context.each_feature(style(), zoom, [&](std::size_t f, const styles::EvaluationContext& at) {
                if (context.table(style()).type[f] != geo::GeometryType::polygon) return;
                const float opacity = static_cast<float>(style().number("fill-opacity", at));
                FillLook look;
                look.color = style().color("fill-color", at);
                look.color.a *= opacity;
                if (style().has("fill-outline-color")) {
                    look.outline = style().color("fill-outline-color", at);
                    look.outline->a *= opacity;
                }
                if (look.color.a > 0 || look.outline)
                    features.push_back({look, static_cast<std::uint32_t>(f), style().number("fill-sort-key", at)});
            });
            m_plans[zoom] = {context.geometry(style(), zoom),
                             group_by_look(std::move(features), style().has("fill-sort-key"))};
        }
    }

    void paint(const View& view, Canvas& canvas) const override {
        const ZoomPlan& plan = m_plans.at(view.zoom);
        const PixelExtent seen = extent_of(view).grown(reach());
        std::vector<Curve> rings;
        for (const Group<FillLook>& group : plan.groups) {
            rings.clear();
            for (const std::uint32_t f : group.features) {
                if (!plan.geometry->extent[f].meets(seen)) continue;
                for (std::uint32_t p = plan.geometry->part_begin[f]; p < plan.geometry->part_begin[f + 1]; ++p)
                    rings.push_back(plan.geometry->curve(p));
            }
            if (rings.empty()) continue;
            canvas.fill(rings, group.look.color);
            if (group.look.outline) canvas.stroke(rings, {m_scale, Cap::butt, Join::round, 2, {}}, *group.look.outline);
        }
    }

    bool varies_in(const View& view) const override {
        const ZoomPlan& plan = m_plans.at(view.zoom);
        const PixelExtent seen = extent_of(view).grown(reach());
        for (const Group<FillLook>& group : plan.groups)
            for (const std::uint32_t f : group.features)
                if (edges_meet(*plan.geometry, f, seen)) return true;
        return false;
    }

    void add_to(Fingerprint& fingerprint) const override {
        for (const auto& [zoom, plan] : m_plans) {
            fingerprint.add(zoom);
            for (const Group<FillLook>& group : plan.groups) {
                fingerprint.add(styles::to_css(group.look.color));
                fingerprint.add(group.look.outline ? styles::to_css(*group.look.outline) : "");
                for (const std::uint32_t f : group.features) add_feature(fingerprint, *plan.geometry, f);
            }
        }
    }

    void add_to_legend(Legend& legend, std::string_view lang) const override {
        const std::string label = legend_label(lang);
        if (label.empty()) return;
        for (auto plan = m_plans.rbegin(); plan != m_plans.rend(); ++plan) {
            if (plan->second.groups.empty()) continue;
            const FillLook& look = plan->second.groups.front().look;
            LegendEntry entry;
            entry.id = style().id;
            entry.set = set_name(set());
            entry.label = label;
            entry.color = look.color;
            if (look.outline) entry.stroke = *look.outline, entry.width_px = 1;
            legend.entries.push_back(entry);
            return;
        }
    }

private:
    /// How far ink may lie from a polygon: half of its outline.
    double reach() const { return style().has("fill-outline-color") ? m_scale / 2 + 1 : 1; }

    double m_scale = 1;
    std::map<int, ZoomPlan> m_plans;
};

} // namespace

std::unique_ptr<Layer> make_fill_layer(const styles::Layer& style) { return std::make_unique<FillLayer>(style); }

} // namespace harmattan::render
