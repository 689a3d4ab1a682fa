#pragma once
// From a study to a scene: the style, the features behind each of its sources, the heat field, the legend.

#include "app/corridors/corridor_study.hpp"
#include "app/estimate.hpp"
#include "app/study.hpp"
#include "render/scene.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::app {

/// What was made for the scene and is published beside the pictures too.
struct SceneParts {
    styles::Style style;
    geo::FeatureTable units; ///< first-level units or --boundaries, with the counts as properties
    geo::FeatureTable corridors;
    /// Of those that are routes; empty where the style shows no more of them than their lines
    std::vector<CorridorStudy> corridor_studies;
    std::optional<Density> density;     ///< nothing where the style has no heat layer
    bool has_base = true;               ///< whether the embedded region has a country in the frame
    bool beyond_base = false;           ///< whether the frame reaches beyond the embedded region
    render::SceneInput input;           ///< what scenes of it are prepared from, without frame and zooms
    std::optional<render::Scene> scene; ///< of the job's zooms; nothing where none was asked for
    render::Legend legend;              ///< the scene's, with title and notes
};

/// Whether a layer of the style draws that source.
bool shows(const styles::Style& style, std::string_view source);
/// Whether any corridor is only a schematic line from town to town.
bool any_schematic(const geo::FeatureTable& corridors);

/// All but the scene. `default_style`: where the job names none ("light", "print").
/// `warn` is called with what is left out of the data, and what to do about it.
SceneParts gather_parts(const Study& study, const std::string& default_style,
                        const std::function<void(const std::string&)>& warn);
/// The same for paper: where the embedded region has no country in the frame, its layers are left out, all but the land
/// of the world; `warn` is told of that too, and where the frame reaches beyond the region.
SceneParts gather_paper_parts(const Study& study, const std::string& default_style,
                              const std::function<void(const std::string&)>& warn);
/// A scene for the web's zooms, at so many pixels of the image to one of the style.
render::Scene web_scene(const Study& study, render::SceneInput input, int scale);
/// A scene for a sheet, at so many pixels of the image to one of the style. The land beyond the region is cut to what
/// the frame shows: of all the world, the sheet's projection would draw it over the sea.
render::Scene paper_scene(render::SceneInput input, const render::PaperFrame& frame, double scale);
/// Gives the parts the legend of a scene made of them, with title and notes.
void take_legend(SceneParts& parts, const Study& study, const render::Scene& scene);
/// With the scene for the web's zooms, at the job's scale.
SceneParts compose_scene(const Study& study, const std::function<void(const std::string&)>& warn);

} // namespace harmattan::app
