#include "render/print/strip_chart.hpp"

#include "render/print/strip_panels.hpp"
#include "styles/color_space.hpp"

#include <algorithm>

namespace harmattan::render {

namespace {

constexpr styles::Color ink{0.13f, 0.13f, 0.13f, 1}, soft{0.35f, 0.35f, 0.35f, 1};
constexpr styles::Color nearest{0.45f, 0.10f, 0.06f, 1}, farthest{0.93f, 0.72f, 0.63f, 1};
constexpr double gap_mm = 0.6, least_panel_mm = 9;

Letters letters_of(double size_pt, styles::Color color = ink, bool bold = false) {
    Letters letters;
    letters.size_pt = size_pt;
    letters.color = color;
    letters.bold = bold;
    return letters;
}

Block key_entry(const Lettering& lettering, const std::string& text, styles::Color color, double size_pt) {
    const double em = size_pt * mm_per_pt, swatch = 1.1 * em, indent = 1.45 * em;
    const Block label = lettering.set(text, letters_of(size_pt));
    return {{}, indent + label.width_mm, label.height_mm, [label, swatch, indent, em, color](const Pen& pen, PaperPoint at) {
                const double middle = at.y + label.height_mm / 2;
                pen.fill(PaperExtent{at.x, middle - 0.36 * em, at.x + swatch, middle + 0.36 * em}, color);
                label.draw(pen, {at.x + indent, at.y});
            }};
}

Block key_of(const Lettering& lettering, const StripChart& chart, double size_pt) {
    std::vector<Block> entries{lettering.set(chart.bands_title, letters_of(size_pt, soft))};
    for (std::size_t b = 0; b < chart.bands.size(); ++b) entries.push_back(key_entry(lettering, chart.bands[b], strip_band_color(b, chart.bands.size()), size_pt));
    return row("strip-key", std::move(entries), 0.8 * size_pt * mm_per_pt);
}

Block pushed_right(Block block, double width_mm) {
    const double shift = width_mm - block.width_mm;
    return row({}, {Block{{}, shift, 0, [](const Pen&, PaperPoint) {}}, std::move(block)}, 0);
}

/// Title, measure and key, on as few lines as the width allows; the key at the right of the last one where it does not
/// stand alone.
Block heading(const Lettering& lettering, const StripChart& chart, double width_mm, double size_pt) {
    const double between = 1.2 * size_pt * mm_per_pt;
    Block title = lettering.set(chart.title, letters_of(size_pt, ink, true), width_mm), measure = lettering.set(chart.measure, letters_of(size_pt), width_mm);
    Block key = key_of(lettering, chart, size_pt);
    const double words = title.width_mm + between + measure.width_mm;
    if (words + 2 * between + key.width_mm <= width_mm) return row({}, {std::move(title), std::move(measure), pushed_right(std::move(key), width_mm - words - between)}, between);
    if (words <= width_mm) return stack({}, {row({}, {std::move(title), std::move(measure)}, between), std::move(key)}, 0);
    const double used = measure.width_mm + between;
    if (used + between + key.width_mm > width_mm) return stack({}, {std::move(title), std::move(measure), std::move(key)}, 0);
    return stack({}, {std::move(title), row({}, {std::move(measure), pushed_right(std::move(key), width_mm - used)}, between)}, 0);
}

struct Frame {
    Block heading, note;
    double height_mm() const { return heading.height_mm + gap_mm + (note.height_mm > 0 ? gap_mm + note.height_mm : 0); }
};

Frame frame_of(const Lettering& lettering, const StripChart& chart, double width_mm, double size_pt) {
    return {heading(lettering, chart, width_mm, size_pt), lettering.set(chart.note, letters_of(size_pt, soft), width_mm)};
}

Block framed(Frame frame, Block panels) {
    std::vector<Block> parts{std::move(frame.heading), std::move(panels)};
    if (frame.note.height_mm > 0) parts.push_back(std::move(frame.note));
    return stack("corridor-strip", std::move(parts), gap_mm);
}

} // namespace

styles::Color strip_band_color(std::size_t band, std::size_t bands) {
    const double t = bands > 1 ? static_cast<double>(band) / static_cast<double>(bands - 1) : 0;
    return styles::mix(nearest, farthest, t, styles::MixSpace::oklab);
}

Block strip_chart_block(const Lettering& lettering, const StripChart& chart, double width_mm, double height_mm, double size_pt) {
    Frame frame = frame_of(lettering, chart, width_mm, size_pt);
    StripMeasures measures{width_mm, 0, size_pt, 2};
    const double panels = static_cast<double>(chart.panels.size());
    const auto room = [&] { return (height_mm - frame.height_mm() - height_around_panels(chart.panels.size(), measures)) / panels; };
    if (room() < least_panel_mm) measures.name_rows = 1;
    measures.panel_mm = std::max(least_panel_mm, room());
    Block strips = strip_panels(lettering, chart, measures);
    if (const double left_over = height_mm - frame.height_mm() - strips.height_mm; left_over > 0.01) { // names took one row
        measures.panel_mm += left_over / panels;
        strips = strip_panels(lettering, chart, measures);
    }
    return framed(std::move(frame), std::move(strips));
}

Block strip_multiples_block(const Lettering& lettering, const StripChart& chart, double width_mm, double panel_mm, double size_pt) {
    return framed(frame_of(lettering, chart, width_mm, size_pt), strip_panels(lettering, chart, {width_mm, panel_mm, size_pt, 2}));
}

} // namespace harmattan::render
