#pragma once
// The elements of an SVG's body, one canvas call a line: groups, paths, circles, text, pictures.
//
// why: a halo is a text of its own under the letters, both in a group that moves as one. paint-order="stroke" would do
// with one text, but Illustrator does not know it and lays the white stroke over the letters.

#include "render/print/page_canvas.hpp"
#include "render/print/xml_text.hpp"

#include <string>
#include <vector>

namespace harmattan::render {

class SvgCanvas final : public PageCanvas {
public:
    /// Width and height of the sheet in image pixels.
    SvgCanvas(double width, double height) : PageCanvas(width, height) {}
    /// What was drawn since it was last taken. Throws geo::Error internal where groups and clips are open.
    std::string take();

private:
    /// An open <g>: where its tag begins and ends in the text, so that one with nothing in it is taken back.
    struct Open {
        std::size_t begin, end;
        bool clip;
    };

    void write_group(std::string_view name) override;
    void write_group_end() override { close(false); }
    void write_clip(const PixelExtent& box) override;
    void write_clip_end() override { close(true); }
    void write_fill(std::span<const Path> rings, styles::Color color) override;
    void write_stroke(std::span<const Path> lines, const Stroke& stroke, styles::Color color) override;
    void write_circle(PixelPoint centre, const Circle& circle) override;
    void write_text(PixelPoint anchor, const TextRun& run, std::span<const TextLine> lines,
                    const TextLook& look) override;
    void write_picture(std::int64_t x, std::int64_t y, ImageView picture) override;

    void close(bool clip);
    void begin_line();
    void add_path(std::span<const Path> paths);

    std::string m_out;
    std::vector<Open> m_open;
    XmlIds m_ids;
};

} // namespace harmattan::render
