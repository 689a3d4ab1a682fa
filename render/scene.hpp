#pragma once
// The scene: everything that depends on all of the data, done once, immutable, shared by all threads. Drawing is the
// pure function paint(scene, view): a tile, a page and a served request are views of the same scene.

#include "geo/density/field.hpp"
#include "geo/events.hpp"
#include "geo/features.hpp"
#include "render/image.hpp"
#include "render/legend.hpp"
#include "render/paper_frame.hpp"
#include "render/view.hpp"
#include "styles/style.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace harmattan::render {

class Canvas;

/// A density layer's values and the range its colours stand for: heatmap-density 0 is `low`, 1 is `high`, by equal
/// ratios in between (events per km²).
struct HeatInput {
    geo::Field field;
    double low = 0, high = 0;
};

struct SceneInput {
    styles::Style style;
    std::map<std::string, geo::FeatureTable> sources; ///< by the style's source names; events as coincident symbols too
    std::map<std::string, HeatInput> heat;            ///< by layer id
    /// Polygons heat is masked to in pictures (land of the covered countries); none: unmasked.
    std::optional<geo::FeatureTable> heat_mask;
    geo::LonLatBox frame;            ///< what is drawn; labels are placed for this box
    std::optional<PaperFrame> paper; ///< of a sheet, instead of `frame` and zooms
    int min_zoom = 0, max_zoom = 0;
    double scale = 1;        ///< image pixels per style pixel
    std::string lang = "en"; ///< of the legend: "en" or "fr"
};

class Scene {
public:
    struct Impl;
    explicit Scene(std::shared_ptr<const Impl> impl);

    const Legend& legend() const;
    /// What the picture of this view depends on, as text: equal fingerprints, equal pictures.
    std::string fingerprint() const;
    /// Characters of labels that no font of the project's has; drawn as boxes.
    std::size_t unknown_glyphs() const;
    /// Whether the view holds nothing but one colour, known without drawing it.
    std::optional<std::uint32_t> known_uniform(const View& view) const;
    const Impl& impl() const { return *m_impl; }

private:
    std::shared_ptr<const Impl> m_impl;
};

/// Throws geo::Error bad_config (a layer names a source that is not there, a font is missing).
Scene prepare_scene(SceneInput input);

/// Pure; called from many threads. The image's pixels are transparent where nothing is drawn. A view needs no margin:
/// ink of features outside of it is in the picture, and any part of a picture equals the picture of that part.
/// The view's zoom must be one of the scene's, its tile size 256 · scale (of a sheet: as view_of(PaperFrame) has it).
Image paint(const Scene& scene, const View& view);
/// The same into an image that is used again.
void paint(const Scene& scene, const View& view, Image& into);
/// The same on any canvas, in the view's pixels; each layer in a group of its name.
void paint(const Scene& scene, const View& view, Canvas& canvas);

} // namespace harmattan::render
