#pragma once
// What layers draw on. A canvas knows paths, strokes, discs, text runs, pictures and named groups, not layers, so that
// pixels (RasterCanvas) and page formats can stand behind the same drawing code. Coordinates are global image pixels of
// the view's zoom; colours are plain sRGB. A canvas may be given more than fits: it leaves out what it cannot show.

#include "geo/space.hpp"
#include "render/image.hpp"
#include "styles/color.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace harmattan::render {

using PixelPoint = geo::Point<geo::Pixels>;
using PixelExtent = geo::Extent<geo::Pixels>;

/// A box over a run of a curve's edges, for leaving runs out.
struct Chunk {
    PixelExtent box;
    double start = 0; ///< length of the curve before the run, pixels
};

/// A line or ring of somebody else's points; chunk i holds the edges from point i · chunk_edges on.
/// Points are multiples of 1/256 pixel. A ring repeats its first point at its end.
struct Curve {
    static constexpr std::size_t chunk_edges = 32;
    std::span<const PixelPoint> points;
    std::span<const Chunk> chunks;
    bool closed = false;
};

enum class Cap { butt, round, square };
enum class Join { miter, round, bevel };

struct Stroke {
    double width = 1; ///< image pixels
    Cap cap = Cap::butt;
    Join join = Join::miter;
    double miter_limit = 2;
    std::vector<double> dashes; ///< image pixels, on and off in turn; empty: solid
};

/// A disc with a rim outside of it.
struct Disc {
    double radius = 0;
    styles::Color fill;
    double rim_width = 0;
    styles::Color rim;
    bool operator==(const Disc&) const = default;
};

/// Closed contours of one glyph, filled by the nonzero rule: in ems, origin on the baseline, y down.
struct Outline {
    std::vector<geo::Point<void>> points;
    std::vector<std::uint32_t> contour_end; ///< contour i ends before points[contour_end[i]]
    int font = no_font;      ///< which of the project's font files (see text/fonts.hpp) it was taken out of
    std::uint32_t glyph = 0; ///< its index there

    static constexpr int no_font = -1; ///< of no font: the box that stands for a character no font has
};

/// A glyph set at a place: the outline is scaled by `size_px`, turned by (cosine, sine) and moved to (x, y), image
/// pixels from the run's anchor.
struct PlacedGlyph {
    const Outline* outline = nullptr;
    float x = 0, y = 0, cosine = 1, sine = 0;
    /// Byte of the run's text where the characters it shows begin; several glyphs may share it
    std::uint32_t text_at = 0;
};

struct TextRun {
    std::string_view text; ///< what is written, for canvases that keep text
    std::string_view font; ///< "Noto Sans Bold"
    double size_px = 0;
    std::span<const PlacedGlyph> glyphs;
    double letter_spacing = 0; ///< ems, as the glyphs were set; for canvases whose readers set the text again
};

struct TextLook {
    styles::Color color, halo;
    double halo_width = 0;
};

class Canvas {
public:
    virtual ~Canvas() = default;

    virtual void begin_group(std::string_view) {}
    virtual void end_group() {}
    /// Nothing is drawn outside the box (whole pixels) until end_clip. Clips do not nest.
    virtual void begin_clip(const PixelExtent& box) = 0;
    virtual void end_clip() = 0;

    virtual void paint(styles::Color color) = 0; ///< all of the canvas
    /// All rings as one shape, by the nonzero rule (holes run against their outer rings).
    virtual void fill(std::span<const Curve> rings, styles::Color color) = 0;
    /// All lines as one shape: where they cross or overlap, a translucent colour is not laid twice.
    virtual void stroke(std::span<const Curve> lines, const Stroke& stroke, styles::Color color) = 0;
    virtual void disc(PixelPoint centre, const Disc& disc) = 0;
    virtual void text(PixelPoint anchor, const TextRun& run, const TextLook& look) = 0;
    /// A picture whose north-west pixel is the global pixel (x, y).
    virtual void image(std::int64_t x, std::int64_t y, ImageView picture) = 0;
};

} // namespace harmattan::render
