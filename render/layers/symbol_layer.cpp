// Text at points (and inside polygons) and along lines. Every label finds its place once per zoom, on the whole map, in
// a fixed order; pictures draw the labels that meet them. text-field, -font, -size, -color, -opacity, -halo-color,
// -halo-width, -anchor, -variable-anchor, -offset, -radial-offset, -max-width, -line-height, -letter-spacing, -justify,
// -transform, -padding, -max-angle, -allow-overlap, -ignore-placement; symbol-placement, -spacing, -sort-key.
#include "render/layers/layer.hpp"
#include "render/layers/symbol_placing.hpp"

#include <algorithm>
#include <map>

namespace harmattan::render {

namespace {

struct ZoomPlan {
    PixelExtent bounds; ///< labels lie inside: the tiles that the frame meets
    bool is_paper = false;
    std::vector<SymbolCandidate> candidates;
    std::vector<PlacedSymbol> placed;
};

class SymbolLayer final : public Layer {
public:
    using Layer::Layer;

    void prepare(PrepareContext& context) override {
        for (int zoom = context.min_zoom(); zoom <= context.max_zoom(); ++zoom) {
            if (!context.draws(style(), zoom)) continue;
            ZoomPlan& plan = m_plans[zoom];
            plan.bounds = context.plane().label_bounds(zoom);
            plan.is_paper = context.plane().is_paper();
            const std::shared_ptr<const PixelGeometry> geometry = context.geometry(style(), zoom);
            context.each_feature(style(), zoom, [&](std::size_t f, const styles::EvaluationContext& at) {
                SymbolCandidate candidate = read_candidate(context, style(), at, context.scale());
                if (candidate.text.empty() || !(candidate.look.size_px > 0) || !(candidate.look.text.color.a > 0))
                    return;
                find_places(context, style(), zoom, static_cast<std::uint32_t>(f), *geometry, candidate);
                if (!candidate.points.empty() || !candidate.lines.empty())
                    plan.candidates.push_back(std::move(candidate));
            });
            join_equal_lines(plan.candidates);
            std::ranges::stable_sort(plan.candidates, {}, &SymbolCandidate::sort_key);
        }
    }

    void place_labels(int zoom, CollisionGrid& taken) override {
        const auto found = m_plans.find(zoom);
        if (found == m_plans.end()) return;
        ZoomPlan& plan = found->second;
        plan.placed = place_symbols(plan.candidates, plan.bounds, plan.is_paper, taken);
        plan.candidates = {};
    }

    void paint(const View& view, Canvas& canvas) const override {
        const PixelExtent seen = extent_of(view);
        for (const PlacedSymbol& p : m_plans.at(view.zoom).placed)
            if (p.label.ink.meets(seen))
                canvas.text(p.label.anchor,
                            {p.text, p.look.font, p.look.size_px, p.label.glyphs, p.look.letter_spacing}, p.look.text);
    }

    bool varies_in(const View& view) const override {
        const PixelExtent seen = extent_of(view);
        const std::vector<PlacedSymbol>& placed = m_plans.at(view.zoom).placed;
        return std::any_of(placed.begin(), placed.end(),
                           [&](const PlacedSymbol& p) { return p.label.ink.meets(seen); });
    }

    void add_to(Fingerprint& fingerprint) const override {
        for (const auto& [zoom, plan] : m_plans) {
            fingerprint.add(zoom);
            for (const PlacedSymbol& p : plan.placed) {
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
    std::map<int, ZoomPlan> m_plans;
};

} // namespace

std::unique_ptr<Layer> make_symbol_layer(const styles::Layer& style) { return std::make_unique<SymbolLayer>(style); }

} // namespace harmattan::render
