#pragma once
// A page of words alone, in the look of the pages around it: an index that goes on.

#include "render/print/page_measures.hpp"

#include <functional>
#include <string>

namespace harmattan::render {

struct TextPage {
    Heading heading;
    std::string page_number;
    std::function<Block(const Lettering& lettering, double width_mm, double size_pt)> body;
};

/// What the body gets under this heading.
struct TextRoom {
    double width_mm = 0, height_mm = 0, size_pt = 0;
};
TextRoom text_room(const Heading& heading, PaperSize paper);

Sheet lay_out_text_page(const TextPage& page, PaperSize paper, double px_per_mm);

} // namespace harmattan::render
