#include "render/layers/prepare_context.hpp"

#include "geo/error.hpp"

#include <fmt/format.h>

namespace harmattan::render {

namespace {

// Style pixels that ink may lie from its feature: half of the widest line, a large circle.
constexpr double ink_reach_px = 24;

} // namespace

styles::Value TableFeature::property(std::string_view name) const {
    const geo::PropertyValue& value = m_table.property(m_feature, name);
    if (const auto* b = std::get_if<bool>(&value)) return *b;
    if (const auto* d = std::get_if<double>(&value)) return *d;
    if (const auto* s = std::get_if<std::string>(&value)) return *s;
    return {};
}

PrepareContext::PrepareContext(const SceneInput& scene, Typesetter& setter)
    : input(scene), typesetter(setter), m_plane(scene) {}
PrepareContext::~PrepareContext() = default;

const geo::FeatureTable& PrepareContext::table(const styles::Layer& layer) const {
    const auto found = input.sources.find(layer.source);
    if (found != input.sources.end()) return found->second;
    std::string known;
    for (const auto& [name, source] : input.sources) known += (known.empty() ? "" : ", ") + name;
    throw geo::Error(geo::ErrorKind::bad_config,
                     fmt::format("layer '{}' draws the source '{}', which is not there; sources here are: {}", layer.id,
                                 layer.source, known.empty() ? "none" : known));
}

const SourceGeometry& PrepareContext::source_geometry(const styles::Layer& layer) {
    auto& made = m_sources[layer.source];
    if (!made)
        made = std::make_unique<SourceGeometry>(
            build_source_geometry(table(layer), m_plane.to_world(table(layer)), m_plane.world_px(max_zoom())));
    return *made;
}

std::shared_ptr<const PixelGeometry> PrepareContext::geometry(const styles::Layer& layer, int zoom) {
    auto& made = m_geometry[{layer.source, zoom}];
    if (!made)
        made = std::make_shared<PixelGeometry>(build_pixel_geometry(source_geometry(layer), m_plane.world_px(zoom)));
    return made;
}

void PrepareContext::each_feature(const styles::Layer& layer, int zoom,
                                  const std::function<void(std::size_t, const styles::EvaluationContext&)>& visit) {
    if (!draws(layer, zoom)) return;
    const geo::FeatureTable& features = table(layer);
    const std::shared_ptr<const PixelGeometry> seen = m_plane.is_paper() ? geometry(layer, zoom) : nullptr;
    const PixelExtent frame =
        m_plane.is_paper() ? m_plane.label_bounds(zoom).grown(ink_reach_px * scale()) : PixelExtent{};
    for (std::size_t f = 0; f < features.size(); ++f) {
        if (seen && !seen->extent[f].meets(frame)) continue;
        const TableFeature feature(features, f);
        styles::EvaluationContext context;
        context.zoom = m_plane.style_zoom(zoom);
        context.feature = &feature;
        if (layer.accepts(context)) visit(f, context);
    }
}

} // namespace harmattan::render
