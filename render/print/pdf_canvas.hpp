#pragma once
// A page as Cairo draws it: paths, text as glyphs with their characters, pictures. The context's user units are image
// pixels; its status is looked at by whoever owns it.

#include "render/print/page_canvas.hpp"
#include "render/print/pdf_fonts.hpp"

namespace harmattan::render {

class PdfCanvas final : public PageCanvas {
public:
    /// Both outlive the canvas. Width and height of the page in image pixels.
    PdfCanvas(cairo_t* cr, PdfFonts& fonts, double width, double height);
    /// To be called when all is drawn.
    void finish() { flush(); }

private:
    void write_group(std::string_view) override {}
    void write_group_end() override {}
    void write_clip(const PixelExtent& box) override;
    void write_clip_end() override;
    void write_fill(std::span<const Path> rings, styles::Color color) override;
    void write_stroke(std::span<const Path> lines, const Stroke& stroke, styles::Color color) override;
    void write_circle(PixelPoint centre, const Circle& circle) override;
    void write_text(PixelPoint anchor, const TextRun& run, std::span<const TextLine> lines,
                    const TextLook& look) override;
    void write_picture(std::int64_t x, std::int64_t y, ImageView picture) override;

    void set_color(styles::Color color);
    void add_path(std::span<const Path> paths);
    void set_font(const TextRun& run, const TextSpan& span);
    void add_outlines(PixelPoint anchor, const TextRun& run, const TextSpan& span);
    void show(PixelPoint anchor, const TextRun& run, const TextSpan& span);

    cairo_t* m_cr;
    PdfFonts& m_fonts;
};

} // namespace harmattan::render
