#pragma once
// What page formats have in common: nothing that cannot be seen is written, numbers are finite, geometry is cut to the
// page or the clip, blocks of a picture come as one. A format says how the pieces that are left are written down.

#include "render/canvas.hpp"
#include "render/prepare/clip.hpp"
#include "render/print/picture_gatherer.hpp"
#include "render/print/text_lines.hpp"

namespace harmattan::render {

class PageCanvas : public Canvas {
public:
    void begin_group(std::string_view name) final;
    void end_group() final;
    void begin_clip(const PixelExtent& box) final;
    void end_clip() final;
    void paint(styles::Color color) final;
    void fill(std::span<const Curve> rings, styles::Color color) final;
    void stroke(std::span<const Curve> lines, const Stroke& stroke, styles::Color color) final;
    void disc(PixelPoint centre, const Disc& disc) final;
    void text(PixelPoint anchor, const TextRun& run, const TextLook& look) final;
    void image(std::int64_t x, std::int64_t y, ImageView picture) final;

protected:
    /// Image pixels; not always whole.
    PageCanvas(double width, double height) : m_page{0, 0, width, height}, m_seen(m_page) {}
    /// Writes the pictures still gathered; to be called when the page is complete.
    void flush();

    /// Filled first, then stroked over the fill's edge; either may be of no alpha.
    struct Circle {
        double radius = 0;
        styles::Color fill;
        double line_width = 0;
        styles::Color line;
    };

    virtual void write_group(std::string_view name) = 0;
    virtual void write_group_end() = 0;
    virtual void write_clip(const PixelExtent& box) = 0;
    virtual void write_clip_end() = 0;
    virtual void write_fill(std::span<const Path> rings, styles::Color color) = 0;
    /// The width is > 0; of dashes there are none, or an even number of finite ones with a sum > 0.
    virtual void write_stroke(std::span<const Path> lines, const Stroke& stroke, styles::Color color) = 0;
    virtual void write_circle(PixelPoint centre, const Circle& circle) = 0;
    virtual void write_text(PixelPoint anchor, const TextRun& run, std::span<const TextLine> lines,
                            const TextLook& look) = 0;
    virtual void write_picture(std::int64_t x, std::int64_t y, ImageView picture) = 0;

private:
    const PixelExtent m_page;
    PixelExtent m_seen; ///< the page, or the clip on it
    PictureGatherer m_pictures;
};

} // namespace harmattan::render
