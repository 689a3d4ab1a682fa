#include "render/print/text_page.hpp"

namespace harmattan::render {

namespace {

/// From the paper's upper edge down to the body.
double body_top(const Lettering& lettering, const Heading& heading, const Measures& m, double width_mm) {
    return m.margin * 0.8 + heading_block(lettering, heading, m, width_mm).height_mm + m.gap;
}

} // namespace

TextRoom text_room(const Heading& heading, PaperSize paper) {
    const Measures m(paper);
    const double width = paper.width_mm - 2 * m.margin;
    return {width, paper.height_mm - m.margin - m.gap - body_top({}, heading, m, width), m.note_pt};
}

Sheet lay_out_text_page(const TextPage& page, PaperSize paper, double px_per_mm) {
    const Measures m(paper);
    const Lettering lettering;
    const double width = paper.width_mm - 2 * m.margin;
    Sheet sheet{paper.width_mm, paper.height_mm, px_per_mm, {}};
    put_ground(sheet);
    put(sheet, heading_block(lettering, page.heading, m, width), {m.margin, m.margin * 0.8});
    put(sheet, page.body(lettering, width, m.note_pt), {m.margin, body_top(lettering, page.heading, m, width)});
    put(sheet, page_number_block(lettering, page.page_number, m),
        {m.margin + width - m.logo_width, paper.height_mm - m.margin * 0.8});
    return sheet;
}

} // namespace harmattan::render
