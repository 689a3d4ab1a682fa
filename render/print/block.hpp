#pragma once
// Something measured and ready to be put on a sheet: text, a legend, a chart. Sizes in millimetres; drawn with its
// north-west corner at the place given. Blocks stand under and beside each other; what they are made of they own.

#include "render/print/pen.hpp"
#include "render/print/sheet.hpp"

#include <functional>
#include <string>
#include <vector>

namespace harmattan::render {

struct Block {
    std::string name; ///< group in SVG; empty: part of the block around it
    double width_mm = 0, height_mm = 0;
    std::function<void(const Pen& pen, PaperPoint north_west)> draw;
};

/// Under each other, `gap_mm` apart, left edges in line.
Block stack(std::string name, std::vector<Block> blocks, double gap_mm);
/// Beside each other, `gap_mm` apart, top edges in line.
Block row(std::string name, std::vector<Block> blocks, double gap_mm);

/// The block as an element of the sheet, its north-west corner at `at`. Blocks of a stack that have names become
/// elements of the names "outer" and groups within.
void put(Sheet& sheet, const Block& block, PaperPoint at);

} // namespace harmattan::render
