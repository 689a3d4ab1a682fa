#include "render/print/strip_chart.hpp"

#include "render/print/strip_panels.hpp"
#include "styles/color_space.hpp"

#include <algorithm>

namespace harmattan::render {

namespace {

constexpr styles::Color ink{0.13f, 0.13f, 0.13f, 1}, soft{0.35f, 0.35f, 0.35f, 1};
constexpr styles::Color nearest{0.45f, 0.10f, 0.06f, 1}, farthest{0.93f, 0.72f, 0.63f, 1},
    rough{0.68f, 0.68f, 0.68f, 1};
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
    return {{},
            indent + label.width_mm,
            label.height_mm,
            [label, swatch, indent, em, color](const Pen& pen, PaperPoint at) {
                const double middle = at.y + label.height_mm / 2;
                pen.fill(PaperExtent{at.x, middle - 0.36 * em, at.x + swatch, middle + 0.36 * em}, color);
                label.draw(pen, {at.x + indent, at.y});
            }};
}

bool has_rough(const StripChart& chart) {
    return std::ranges::any_of(chart.panels, [](const StripPanel& panel) {
        return std::ranges::any_of(panel.bins, [](const StripBin& bin) { return bin.rough > 0; });
    });
}

Block key_of(const Lettering& lettering, const StripChart& chart, double size_pt) {
    std::vector<Block> entries{lettering.set(chart.bands_title, letters_of(size_pt, soft))};
    for (std::size_t b = 0; b < chart.bands.size(); ++b)
        entries.push_back(key_entry(lettering, chart.bands[b], strip_band_color(b, chart.bands.size()), size_pt));
    if (has_rough(chart)) entries.push_back(key_entry(lettering, chart.rough_title, rough, size_pt));
    return row("strip-key", std::move(entries), 0.8 * size_pt * mm_per_pt);
}

/// The second at the right end of the line.
Block line_of(Block left, Block right, double width_mm) {
    const double air = width_mm - left.width_mm - right.width_mm;
    return row({}, {std::move(left), std::move(right)}, air);
}

/// What stands over the panels and under them.
struct Frame {
    std::vector<Block> over, under;
    double height_mm() const {
        double sum = 0;
        for (const Block& block : over) sum += block.height_mm;
        for (const Block& block : under) sum += block.height_mm;
        return sum + gap_mm + (under.empty() ? 0 : gap_mm);
    }
};

/// On as few lines as the width allows: title and measure over the panels, the note under them, the key at the right of
/// one of these lines or on one of its own.
Frame frame_of(const Lettering& lettering, const StripChart& chart, double width_mm, double size_pt) {
    const double between = 1.2 * size_pt * mm_per_pt;
    const auto fit = [&](const Block& a, const Block& b) { return a.width_mm + 2 * between + b.width_mm <= width_mm; };
    Block title = lettering.set(chart.title, letters_of(size_pt, ink, true), width_mm),
          measure = lettering.set(chart.measure, letters_of(size_pt), width_mm);
    Block note = lettering.set(chart.note, letters_of(size_pt, soft), width_mm),
          key = key_of(lettering, chart, size_pt);
    Frame frame;
    if (title.width_mm + between + measure.width_mm <= width_mm)
        frame.over.push_back(row({}, {std::move(title), std::move(measure)}, between));
    else frame.over = {std::move(title), std::move(measure)};
    const bool noted = note.height_mm > 0;
    if (Block& last = frame.over.back(); fit(last, key)) last = line_of(std::move(last), std::move(key), width_mm);
    else if (noted && fit(note, key)) note = line_of(std::move(note), std::move(key), width_mm);
    else frame.over.push_back(std::move(key));
    if (noted) frame.under.push_back(std::move(note));
    return frame;
}

Block framed(Frame frame, Block panels) {
    std::vector<Block> parts{stack({}, std::move(frame.over), 0), std::move(panels)};
    for (Block& block : frame.under) parts.push_back(std::move(block));
    return stack("corridor-strip", std::move(parts), gap_mm);
}

} // namespace

styles::Color strip_band_color(std::size_t band, std::size_t bands) {
    const double t = bands > 1 ? static_cast<double>(band) / static_cast<double>(bands - 1) : 0;
    return styles::mix(nearest, farthest, t, styles::MixSpace::oklab);
}

styles::Color strip_rough_color() { return rough; }

Block strip_chart_block(const Lettering& lettering, const StripChart& chart, double width_mm, double height_mm,
                        double size_pt) {
    Frame frame = frame_of(lettering, chart, width_mm, size_pt);
    const double room = height_mm - frame.height_mm() - height_around_panels(chart.panels.size(), size_pt);
    Block panels =
        strip_panels(lettering, chart,
                     {width_mm, std::max(least_panel_mm, room / static_cast<double>(chart.panels.size())), size_pt});
    return framed(std::move(frame), std::move(panels));
}

Block strip_multiples_block(const Lettering& lettering, const StripChart& chart, double width_mm, double panel_mm,
                            double size_pt) {
    return framed(frame_of(lettering, chart, width_mm, size_pt),
                  strip_panels(lettering, chart, {width_mm, panel_mm, size_pt}));
}

} // namespace harmattan::render
