#include "render/print/block.hpp"

#include <algorithm>
#include <memory>

namespace harmattan::render {

namespace {

struct Part {
    Block block;
    PaperPoint at;
};

void draw_named(const Block& block, const Pen& pen, PaperPoint at) {
    if (!block.name.empty()) pen.canvas().begin_group(block.name);
    block.draw(pen, at);
    if (!block.name.empty()) pen.canvas().end_group();
}

Block of_parts(std::string name, std::vector<Part> parts) {
    Block all{std::move(name), 0, 0, {}};
    for (const Part& part : parts) {
        all.width_mm = std::max(all.width_mm, part.at.x + part.block.width_mm);
        all.height_mm = std::max(all.height_mm, part.at.y + part.block.height_mm);
    }
    all.draw = [parts = std::make_shared<const std::vector<Part>>(std::move(parts))](const Pen& pen, PaperPoint at) {
        for (const Part& part : *parts) draw_named(part.block, pen, {at.x + part.at.x, at.y + part.at.y});
    };
    return all;
}

} // namespace

Block stack(std::string name, std::vector<Block> blocks, double gap_mm) {
    std::vector<Part> parts;
    double y = 0;
    for (Block& block : blocks) {
        const double height = block.height_mm;
        parts.push_back({std::move(block), {0, y}});
        y += height + gap_mm;
    }
    return of_parts(std::move(name), std::move(parts));
}

Block row(std::string name, std::vector<Block> blocks, double gap_mm) {
    std::vector<Part> parts;
    double x = 0;
    for (Block& block : blocks) {
        const double width = block.width_mm;
        parts.push_back({std::move(block), {x, 0}});
        x += width + gap_mm;
    }
    return of_parts(std::move(name), std::move(parts));
}

void put(Sheet& sheet, const Block& block, PaperPoint at) {
    const double px = sheet.px_per_mm, air = 1; // mm: the ink of letters may leave their lines a little
    const PixelExtent box{(at.x - air) * px, (at.y - air) * px, (at.x + block.width_mm + air) * px,
                          (at.y + block.height_mm + air) * px};
    sheet.elements.push_back(
        {block.name, box, [block, at, px](Canvas& canvas, const PixelExtent&) { block.draw(Pen(canvas, px), at); }});
}

} // namespace harmattan::render
