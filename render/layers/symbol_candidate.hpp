#pragma once
// What a symbol layer wants to write for one feature, and where it may stand: the style's values evaluated, in pixels
// of a zoom.

#include "render/layers/prepare_context.hpp"
#include "render/text/typesetter.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace harmattan::render {

struct SymbolLook {
    TextLook text;
    std::string font;
    double size_px = 16;
    double letter_spacing = 0; ///< ems, as the letters are set
};

/// All that placing needs, evaluated for one feature.
struct SymbolCandidate {
    std::string text;
    SymbolLook look;
    std::vector<std::string> anchors;
    std::vector<const TextBlock*> blocks;          ///< one per anchor: they may be justified differently
    double offset_x = 0, offset_y = 0, radial = 0; ///< ems
    double padding_px = 2, spacing_px = 250, max_turn = 0.8;
    double sort_key = 0;
    bool overlaps = false, ignored = false;
    bool along_line = false;
    std::vector<PixelPoint> points;             ///< of point labels
    bool once = false;                          ///< points are alternatives, the best first
    std::vector<std::vector<PixelPoint>> lines; ///< of line labels
};

/// Everything but the places. `scale` is pixels a style pixel; `text` is empty where there is nothing to write.
SymbolCandidate read_candidate(PrepareContext& context, const styles::Layer& style, const styles::EvaluationContext& at,
                               double scale);
/// The points or lines of a feature that the text may name; none where nothing of it is seen.
void find_places(PrepareContext& context, const styles::Layer& style, int zoom, std::uint32_t feature,
                 const PixelGeometry& geometry, SymbolCandidate& candidate);
/// Pieces of one river are one line to its name: the first candidate of a text takes the lines of the others.
void join_equal_lines(std::vector<SymbolCandidate>& candidates);

} // namespace harmattan::render
