#pragma once
// From a study to a scene: the style, the features behind each of its sources, the heat fields, the notes of the legend.

#include "app/study.hpp"
#include "render/scene.hpp"

#include <map>
#include <optional>
#include <string>

namespace harmattan::app {

/// What was made for the scene and is published beside the pictures too.
struct SceneParts {
    render::Scene scene;
    std::optional<Density> density; ///< nothing where the style has no heat layer
    geo::FeatureTable units;        ///< first-level units or --boundaries, with the counts as properties
    geo::FeatureTable corridors;
    styles::Style style;
};

SceneParts compose_scene(Study& study);

/// Reads a shipped style by name or a style file.
styles::Style find_style(const std::string& name);

} // namespace harmattan::app
