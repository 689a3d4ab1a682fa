#include "render/print/write_svg.hpp"

#include "render/print/svg_canvas.hpp"
#include "render/print/svg_text.hpp"

#include <fmt/format.h>

namespace harmattan::render {

void write_svg(const Sheet& sheet, const SvgInfo& info, const ByteSink& sink) {
    const auto number = [](double value) {
        std::string out;
        append_hundredths(out, value);
        return out;
    };
    const auto put = [&](const std::string& text) { sink(std::as_bytes(std::span(text))); };
    const PixelExtent page{0, 0, sheet.width_mm * sheet.px_per_mm, sheet.height_mm * sheet.px_per_mm};
    put(fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" version="1.1" width="{}mm" height="{}mm" viewBox="0 0 {} {}" font-family="{}">
)",
                    number(sheet.width_mm), number(sheet.height_mm), number(page.max_x), number(page.max_y),
                    svg_font_families));
    if (!info.title.empty()) put("  <title>" + to_xml(info.title) + "</title>\n");
    if (!info.description.empty()) put("  <desc>" + to_xml(info.description) + "</desc>\n");
    SvgCanvas canvas(page.max_x, page.max_y);
    paint(sheet, canvas, page);
    put(canvas.take());
    put("</svg>\n");
}

} // namespace harmattan::render
