#pragma once
// What layers are prepared with: the scene's input, geometry shared between layers and made when first asked for, and
// features as expressions see them.

#include "render/prepare/pixel_geometry.hpp"
#include "render/prepare/plane.hpp"
#include "render/scene.hpp"
#include "styles/expression.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace harmattan::render {

class LabelPlan;
class Typesetter;

/// A row of a table as an expression sees it.
class TableFeature final : public styles::FeatureView {
public:
    TableFeature(const geo::FeatureTable& table, std::size_t feature) : m_table(table), m_feature(feature) {}
    styles::Value property(std::string_view name) const override;
    geo::GeometryType geometry() const override { return m_table.type[m_feature]; }

private:
    const geo::FeatureTable& m_table;
    std::size_t m_feature;
};

class PrepareContext {
public:
    PrepareContext(const SceneInput& input, Typesetter& typesetter);
    ~PrepareContext();

    const SceneInput& input;
    Typesetter& typesetter;
    int min_zoom() const { return input.min_zoom; }
    int max_zoom() const { return input.max_zoom; }
    double scale() const { return input.scale; }
    const Plane& plane() const { return m_plane; }
    bool draws(const styles::Layer& layer, int zoom) const { return layer.drawn_at(m_plane.style_zoom(zoom)); }

    /// The layer's source. Throws bad_config that names the layer, the source and those that are there.
    const geo::FeatureTable& table(const styles::Layer& layer) const;
    /// Shared: the same object for every layer that draws the source at this zoom.
    std::shared_ptr<const PixelGeometry> geometry(const styles::Layer& layer, int zoom);
    const SourceGeometry& source_geometry(const styles::Layer& layer);

    /// Calls visit(feature, context) for every feature of the layer's source that passes its filter at this zoom, in
    /// order. Nothing where the layer is not drawn at this zoom. Of a sheet, only features that its frame may show: its
    /// legend tells of no others.
    void each_feature(const styles::Layer& layer, int zoom,
                      const std::function<void(std::size_t, const styles::EvaluationContext&)>& visit);

private:
    Plane m_plane;
    std::map<std::string, std::unique_ptr<SourceGeometry>> m_sources;
    std::map<std::pair<std::string, int>, std::shared_ptr<const PixelGeometry>> m_geometry;
};

} // namespace harmattan::render
