#pragma once
// A layer of the style as something that draws. Prepared once for all zooms; then paint is pure and called from many
// threads. A layer type is one .cpp in this folder and a line in make_layer.

#include "render/canvas.hpp"
#include "render/fingerprint.hpp"
#include "render/layers/prepare_context.hpp"
#include "render/legend.hpp"
#include "render/view.hpp"
#include "styles/style.hpp"

#include <memory>
#include <string>

namespace harmattan::render {

class CollisionGrid;

class Layer {
public:
    /// `style` is the scene's and outlives the layer.
    explicit Layer(const styles::Layer& style);
    virtual ~Layer() = default;
    Layer(const Layer&) = delete;
    Layer& operator=(const Layer&) = delete;

    const styles::Layer& style() const { return m_style; }
    Set set() const { return m_set; }
    bool drawn_in(const View& view) const { return view.sets.has(m_set) && m_style.drawn_at(view.style_zoom()); }

    /// For each zoom of the context. Throws geo::Error bad_config.
    virtual void prepare(PrepareContext& context) = 0;
    /// After all layers are prepared: takes places that no label may cover.
    virtual void keep_clear(int, CollisionGrid&) const {}
    /// After that, upper layers first: takes places for labels.
    virtual void place_labels(int, CollisionGrid&) {}
    /// After that: dots that labels cover go.
    virtual void drop_covered(int, const CollisionGrid&) {}
    virtual void paint(const View& view, Canvas& canvas) const = 0;
    /// False only where the layer is sure to give every pixel of the view the same paint (or none).
    virtual bool varies_in(const View& view) const = 0;
    virtual void add_to(Fingerprint& fingerprint) const = 0;
    /// Entries in the language asked for; none where the style names none.
    virtual void add_to_legend(Legend& legend, std::string_view lang) const;

protected:
    /// The metadata's "harmattan:legend" in this language (or as it is, if it is one text); empty where there is none.
    std::string legend_label(std::string_view lang) const;

private:
    const styles::Layer& m_style;
    Set m_set;
};

/// Throws geo::Error bad_config for a set that does not exist.
std::unique_ptr<Layer> make_layer(const styles::Layer& style);

std::string_view set_name(Set set); ///< "base", "heat", …

PixelExtent extent_of(const View& view);
/// Whether an edge (or point) of the feature may lie in the box.
bool edges_meet(const PixelGeometry& geometry, std::uint32_t feature, const PixelExtent& box);
/// All that is drawn of a feature's geometry.
void add_feature(Fingerprint& fingerprint, const PixelGeometry& geometry, std::uint32_t feature);

// One per file of this folder.
std::unique_ptr<Layer> make_background_layer(const styles::Layer& style);
std::unique_ptr<Layer> make_fill_layer(const styles::Layer& style);
std::unique_ptr<Layer> make_line_layer(const styles::Layer& style);
std::unique_ptr<Layer> make_circle_layer(const styles::Layer& style);
std::unique_ptr<Layer> make_symbol_layer(const styles::Layer& style);
std::unique_ptr<Layer> make_heat_layer(const styles::Layer& style);

} // namespace harmattan::render
