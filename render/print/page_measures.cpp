#include "render/print/page_measures.hpp"

#include <utility>
#include <vector>

namespace harmattan::render {

Block heading_block(const Lettering& lettering, const Heading& heading, const Measures& m, double width_mm) {
    Letters title, subtitle, summary;
    title.size_pt = m.title_pt, title.bold = true, title.line_height = 1.15;
    subtitle.size_pt = m.subtitle_pt, subtitle.color = {0.35f, 0.35f, 0.35f, 1}, subtitle.line_height = 1.2;
    summary.size_pt = m.summary_pt, summary.line_height = 1.3;
    for (double pt = m.title_pt; pt > m.title_pt * 0.7 && lettering.set(heading.title, title).width_mm > width_mm;
         pt -= 0.5)
        title.size_pt = pt;
    std::vector<Block> lines;
    const auto add = [&](const char* name, const std::string& text, const Letters& letters) {
        if (text.empty()) return;
        Block block = lettering.set(text, letters, width_mm);
        block.name = name;
        lines.push_back(std::move(block));
    };
    add("title", heading.title, title);
    add("period", heading.subtitle, subtitle);
    add("summary", heading.summary, summary);
    return stack("heading", std::move(lines), 0.5 * m.k);
}

Block page_number_block(const Lettering& lettering, const std::string& number, const Measures& m) {
    Letters letters;
    letters.size_pt = m.note_pt, letters.justify = Justify::right;
    Block block = lettering.set_in(number, letters, m.logo_width);
    block.name = "page-number";
    return block;
}

void put_ground(Sheet& sheet) {
    const PaperExtent all{0, 0, sheet.width_mm, sheet.height_mm};
    const double px = sheet.px_per_mm;
    sheet.elements.push_back(
        {"paper", {0, 0, all.max_x * px, all.max_y * px}, [all, px](Canvas& canvas, const PixelExtent&) {
             Pen(canvas, px).fill(all, {1, 1, 1, 1});
         }});
}

} // namespace harmattan::render
