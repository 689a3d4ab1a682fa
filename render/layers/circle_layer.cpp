// Points (and vertices) as discs: circle-radius, -color, -opacity, -stroke-width, -stroke-color, -stroke-opacity,
// -sort-key. Without a sort key larger discs are drawn first, so that no small one is hidden.
#include "render/layers/layer.hpp"
#include "render/prepare/point_grid.hpp"
#include "render/text/collision_grid.hpp"

#include <algorithm>
#include <map>

namespace harmattan::render {

namespace {

struct ZoomPlan {
    std::vector<Disc> looks;
    std::vector<PixelPoint> at;      ///< dots in drawing order
    std::vector<std::uint32_t> look; ///< of each dot, into looks
    PointGrid grid;
    double reach = 0;

    std::vector<std::uint32_t> find(const View& view) const { return grid.find(extent_of(view).grown(reach), at); }
};

class CircleLayer final : public Layer {
public:
    using Layer::Layer;

    void prepare(PrepareContext& context) override {
        for (int zoom = context.min_zoom(); zoom <= context.max_zoom(); ++zoom)
            if (context.draws(style(), zoom)) m_plans[zoom] = plan_for(context, zoom);
    }

    // Dots that belong to names (towns) are not to be covered by other names; incidents may be.
    void keep_clear(int zoom, CollisionGrid& taken) const override {
        const auto plan = m_plans.find(zoom);
        if (set() != Set::labels || plan == m_plans.end()) return;
        for (std::size_t i = 0; i < plan->second.at.size(); ++i) {
            const PixelPoint at = plan->second.at[i];
            const Disc& look = plan->second.looks[plan->second.look[i]];
            taken.take(PixelExtent{at.x, at.y, at.x, at.y}.grown(look.radius + look.rim_width), at);
        }
    }

    void drop_covered(int zoom, const CollisionGrid& taken) override {
        const auto found = m_plans.find(zoom);
        if (set() != Set::labels || found == m_plans.end()) return;
        ZoomPlan& plan = found->second;
        std::size_t kept = 0;
        for (std::size_t i = 0; i < plan.at.size(); ++i) {
            if (taken.is_covered(plan.at[i])) continue;
            plan.at[kept] = plan.at[i];
            plan.look[kept++] = plan.look[i];
        }
        if (kept == plan.at.size()) return;
        plan.at.resize(kept);
        plan.look.resize(kept);
        plan.grid = PointGrid(plan.at, 256);
    }

    void paint(const View& view, Canvas& canvas) const override {
        const ZoomPlan& plan = m_plans.at(view.zoom);
        for (const std::uint32_t i : plan.find(view)) canvas.disc(plan.at[i], plan.looks[plan.look[i]]);
    }

    bool varies_in(const View& view) const override { return !m_plans.at(view.zoom).find(view).empty(); }

    void add_to(Fingerprint& fingerprint) const override {
        for (const auto& [zoom, plan] : m_plans) {
            fingerprint.add(zoom);
            for (const Disc& look : plan.looks) {
                fingerprint.add(styles::to_css(look.fill));
                fingerprint.add(styles::to_css(look.rim));
                fingerprint.add(look.radius);
                fingerprint.add(look.rim_width);
            }
            fingerprint.add_all(std::span(plan.at));
            fingerprint.add_all(std::span(plan.look));
        }
    }

    void add_to_legend(Legend& legend, std::string_view lang) const override {
        const std::string label = legend_label(lang);
        if (label.empty()) return;
        for (auto plan = m_plans.rbegin(); plan != m_plans.rend(); ++plan) {
            if (plan->second.at.empty()) continue;
            // The smallest is what one incident looks like.
            const Disc& look = plan->second.looks[plan->second.look.back()];
            LegendEntry entry;
            entry.id = style().id;
            entry.set = set_name(set());
            entry.symbol = LegendSymbol::circle;
            entry.label = label;
            entry.color = look.fill;
            entry.stroke = look.rim;
            entry.size_px = 2 * look.radius;
            entry.width_px = look.rim_width;
            legend.entries.push_back(entry);
            return;
        }
    }

private:
    Disc disc_of(const styles::EvaluationContext& at, double scale) const {
        const float opacity = static_cast<float>(style().number("circle-opacity", at));
        const float rim_opacity = static_cast<float>(style().number("circle-stroke-opacity", at));
        Disc disc;
        disc.radius = std::max(0.0, style().number("circle-radius", at)) * scale;
        disc.fill = style().color("circle-color", at);
        disc.fill.a *= opacity;
        disc.rim_width = std::max(0.0, style().number("circle-stroke-width", at)) * scale;
        disc.rim = style().color("circle-stroke-color", at);
        disc.rim.a *= rim_opacity;
        return disc;
    }

    ZoomPlan plan_for(PrepareContext& context, int zoom) const {
        ZoomPlan plan;
        const bool sorted = style().has("circle-sort-key");
        bool uniform = true;
        for (const char* name : {"circle-radius", "circle-color", "circle-opacity", "circle-stroke-width",
                                 "circle-stroke-color", "circle-stroke-opacity"})
            uniform = uniform && !style().varies_by_feature(name);
        const std::shared_ptr<const PixelGeometry> geometry = context.geometry(style(), zoom);
        struct Entry {
            PixelPoint at;
            std::uint32_t look;
            double key;
        };
        std::vector<Entry> entries;
        context.each_feature(style(), zoom, [&](std::size_t f, const styles::EvaluationContext& at) {
            std::uint32_t look = 0;
            if (!uniform || plan.looks.empty()) {
                const Disc disc = disc_of(at, context.scale());
                const auto known = std::find(plan.looks.begin(), plan.looks.end(), disc);
                look = static_cast<std::uint32_t>(known - plan.looks.begin());
                if (known == plan.looks.end()) {
                    plan.looks.push_back(disc);
                    plan.reach = std::max(plan.reach, disc.radius + disc.rim_width + 2);
                }
            }
            const double key = sorted ? style().number("circle-sort-key", at) : -plan.looks[look].radius;
            for (std::uint32_t p = geometry->part_begin[f]; p < geometry->part_begin[f + 1]; ++p)
                for (const PixelPoint& point : geometry->part_points(p)) entries.push_back({point, look, key});
        });
        std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
        for (const Entry& entry : entries) {
            plan.at.push_back(entry.at);
            plan.look.push_back(entry.look);
        }
        plan.grid = PointGrid(plan.at, 256);
        return plan;
    }

    std::map<int, ZoomPlan> m_plans;
};

} // namespace

std::unique_ptr<Layer> make_circle_layer(const styles::Layer& style) { return std::make_unique<CircleLayer>(style); }

} // namespace harmattan::render
