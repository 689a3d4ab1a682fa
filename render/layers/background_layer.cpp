#include "render/layers/layer.hpp"

#include <map>

namespace harmattan::render {

namespace {

class BackgroundLayer final : public Layer {
public:
    using Layer::Layer;

    void prepare(PrepareContext& context) override {
        for (int zoom = context.min_zoom(); zoom <= context.max_zoom(); ++zoom) {
            styles::EvaluationContext at;
            at.zoom = context.plane().style_zoom(zoom);
            styles::Color color = style().color("background-color", at);
            color.a *= static_cast<float>(style().number("background-opacity", at));
            m_color[zoom] = color;
        }
    }
    void paint(const View& view, Canvas& canvas) const override { canvas.paint(m_color.at(view.zoom)); }
    bool varies_in(const View&) const override { return false; }
    void add_to(Fingerprint& fingerprint) const override {
        for (const auto& [zoom, color] : m_color) {
            fingerprint.add(zoom);
            fingerprint.add(styles::to_css(color));
        }
    }
    void add_to_legend(Legend& legend, std::string_view lang) const override {
        const std::string label = legend_label(lang);
        if (label.empty() || m_color.empty()) return;
        LegendEntry entry;
        entry.id = style().id;
        entry.set = set_name(set());
        entry.label = label;
        entry.color = m_color.rbegin()->second;
        legend.entries.push_back(entry);
    }

private:
    std::map<int, styles::Color> m_color;
};

} // namespace

std::unique_ptr<Layer> make_background_layer(const styles::Layer& style) {
    return std::make_unique<BackgroundLayer>(style);
}

} // namespace harmattan::render
