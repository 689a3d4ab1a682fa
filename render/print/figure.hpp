#pragma once
// A figure for a report: one map or several under one legend, or a chart, with a title, its source and nothing else.
// As wide as asked for; as high as what it shows needs.

#include "render/image.hpp"
#include "render/print/legend_block.hpp"
#include "render/print/lettering.hpp"
#include "render/print/map_placement.hpp"
#include "render/print/sheet.hpp"
#include "render/scene.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace harmattan::render {

enum class LegendPlace { inside, beside, below, none };

/// A map of a figure: prepared for its frame once that is known, or a picture that is drawn already (the tiles' own
/// frame).
struct FigurePanel {
    std::string caption; ///< "May 2025 (n = 103)"; empty: none
    MapRequest map;
    std::function<Scene(const PaperFrame& frame, double scale)> make_scene;
    std::shared_ptr<const Image> picture;
    std::vector<geo::LonLat> incidents; ///< a legend inside the map covers as few of them as may be, …
    std::vector<geo::LonLat> land; ///< … then as little of the land that the map is about: places spread evenly over it
};

struct FigureContent {
    std::string lang = "en";
    std::string title, subtitle;
    std::vector<FigurePanel> panels;
    int columns = 1;
    LegendPlace place = LegendPlace::below;
    LegendContent legend; ///< without entries where panels bring scenes: they come from the first
    double bandwidth_km = 0;
    std::function<Block(const Lettering& lettering, double width_mm, double size_pt)> chart; ///< instead of panels
    std::vector<std::string> lines; ///< under the figure: change between periods, sources
    bool scale_bar = true;
};

struct Figure {
    Sheet sheet;
    std::optional<MapPlacement> map; ///< of the first panel
    Legend legend;
    std::size_t unknown_glyphs = 0;
};

/// `width_mm`: of the figure. Throws geo::Error bad_config where the width leaves no room for a map (naming the width
/// needed) and what making scenes throws.
Figure lay_out_figure(const FigureContent& content, double width_mm, double px_per_mm);

} // namespace harmattan::render
