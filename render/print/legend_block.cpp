#include "render/print/legend_block.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace harmattan::render {

namespace {

constexpr styles::Color ink{0.13f, 0.13f, 0.13f, 1}, soft{0.35f, 0.35f, 0.35f, 1};
constexpr double symbol_mm = 8;         ///< room of a symbol, left of its label
constexpr double largest_circle_mm = 6; ///< radius of the bandwidth's circle beside letters of 8 pt

// Greys for how well places are known, best first: printed apart, and none of a heat ramp's colours.
constexpr styles::Color precision_colors[]{{0.20f, 0.20f, 0.20f, 1}, {0.45f, 0.45f, 0.45f, 1},
                                           {0.65f, 0.65f, 0.65f, 1}, {0.80f, 0.80f, 0.80f, 1},
                                           {0.90f, 0.90f, 0.90f, 1}, {0.95f, 0.95f, 0.95f, 1}};

Block symbol(const LegendEntry& e, double height_mm, double px_per_mm) {
    Block block{{}, symbol_mm, height_mm, {}};
    block.draw = [e, height_mm, px_per_mm](const Pen& pen, PaperPoint at) {
        const double middle = at.y + height_mm / 2, width = e.width_px / px_per_mm;
        switch (e.symbol) {
        case LegendSymbol::circle:
            pen.disc({at.x + symbol_mm / 2 - 0.5, middle},
                     std::max(0.6, std::min(e.size_px / px_per_mm, height_mm) / 2), e.color, std::min(width, 0.2),
                     e.stroke);
            break;
        case LegendSymbol::line: {
            const PaperPoint ends[]{{at.x, middle}, {at.x + symbol_mm - 1, middle}};
            std::vector<double> dashes;
            for (const double d : e.dashes) dashes.push_back(d / px_per_mm);
            pen.line(ends, std::max(width, 0.1), e.color, dashes);
            break;
        }
        case LegendSymbol::area: {
            const double half = std::min(1.7, height_mm * 0.4);
            const PaperExtent box{at.x, middle - half, at.x + symbol_mm - 1, middle + half};
            pen.fill(box, e.color);
            pen.frame(box, 0.12, {0.6f, 0.6f, 0.6f, 1});
            break;
        }
        default: break;
        }
    };
    return block;
}

Block entry_block(const Lettering& lettering, const LegendEntry& e, const LegendLook& look, double width_mm) {
    Letters letters;
    letters.size_pt = look.text_pt;
    letters.line_height = 1.2;
    Block label = lettering.set(e.label, letters, width_mm - symbol_mm);
    const double line = look.text_pt * mm_per_pt * letters.line_height;
    Block mark = symbol(e, line, look.px_per_mm);
    return row({}, {std::move(mark), std::move(label)}, 0);
}

Block bandwidth_block(const Lettering& lettering, const LegendContent& content, const LegendLook& look, double width_mm,
                      std::string_view lang) {
    Letters letters;
    letters.size_pt = look.note_pt;
    const double radius = *content.bandwidth_mm, room = 2 * radius + 1.5;
    if (radius > std::min(largest_circle_mm * look.text_pt / 8, 0.12 * width_mm))
        return lettering.set(content.bandwidth_label + ".", letters, width_mm);
    Block circle{{}, room, std::max(2 * radius, look.note_pt * mm_per_pt * letters.line_height), {}};
    circle.draw = [radius, h = circle.height_mm](const Pen& pen, PaperPoint at) {
        pen.disc({at.x + radius, at.y + h / 2}, radius - 0.15, {0, 0, 0, 0}, 0.15, ink);
    };
    Block label = lettering.set(content.bandwidth_label + (lang == "fr" ? ", à l'échelle" : ", to scale"), letters,
                                width_mm - room);
    const double down = std::max(0.0, (circle.height_mm - label.height_mm) / 2);
    Block lowered{{}, label.width_mm, label.height_mm + down, [label, down](const Pen& pen, PaperPoint at) {
                      label.draw(pen, {at.x, at.y + down});
                  }};
    return row({}, {std::move(circle), std::move(lowered)}, 0.5);
}

std::string percent(std::uint64_t part, std::uint64_t whole, std::string_view lang) {
    const double share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    const std::string space = lang == "fr" ? "\u202f" : "";
    return share > 0 && share < 1 ? fmt::format("< 1{}%", space) : fmt::format("{:.0f}{}%", share, space);
}

Block precision_block(const Lettering& lettering, const LegendContent& content, const LegendLook& look, double width_mm,
                      std::string_view lang) {
    Letters letters;
    letters.size_pt = look.note_pt;
    const std::uint64_t total =
        std::accumulate(content.precision.begin(), content.precision.end(), std::uint64_t{0},
                        [](std::uint64_t sum, const PrecisionShare& s) { return sum + s.events; });
    Block bar{{}, width_mm, 2.4, {}};
    bar.draw = [shares = content.precision, total, width_mm](const Pen& pen, PaperPoint at) {
        double x = at.x;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            const double w = width_mm * static_cast<double>(shares[i].events) / static_cast<double>(total);
            pen.fill(PaperExtent{x, at.y, x + w, at.y + 2.4}, precision_colors[std::min<std::size_t>(i, 5)]);
            x += w;
        }
        pen.frame({at.x, at.y, at.x + width_mm, at.y + 2.4}, 0.12, soft);
    };
    std::vector<Block> parts{lettering.set(content.precision_title, letters, width_mm), std::move(bar)};
    for (std::size_t i = 0; i < content.precision.size(); ++i) {
        const PrecisionShare& share = content.precision[i];
        Block swatch{{}, 3, look.note_pt * mm_per_pt * letters.line_height, {}};
        swatch.draw = [i, h = swatch.height_mm](const Pen& pen, PaperPoint at) {
            const PaperExtent box{at.x, at.y + h / 2 - 0.9, at.x + 1.8, at.y + h / 2 + 0.9};
            pen.fill(box, precision_colors[std::min<std::size_t>(i, 5)]);
            pen.frame(box, 0.12, soft);
        };
        parts.push_back(
            row({},
                {std::move(swatch), lettering.set(fmt::format("{} {}", percent(share.events, total, lang), share.label),
                                                  letters, width_mm - 3)},
                0));
    }
    return stack("precision", std::move(parts), 0.6);
}

} // namespace

Block ramp_block(const Lettering& lettering, const LegendEntry& entry, const LegendLook& look, double width_mm,
                 const std::string& note) {
    const LegendRamp& ramp = entry.ramp.front();
    Letters bold, small;
    bold.size_pt = look.text_pt;
    bold.bold = true;
    bold.line_height = 1.2;
    small.size_pt = look.note_pt;
    const double bar_mm = 3.6, tick_mm = 0.9;
    std::vector<std::pair<double, Block>> ticks;
    double last_end = -1e9, label_height = 0;
    for (const LegendTick& tick : ramp.ticks) {
        Block label = lettering.set(tick.label, small);
        const double x = tick.at * width_mm, left = std::clamp(x - label.width_mm / 2, 0.0, width_mm - label.width_mm);
        label_height = std::max(label_height, label.height_mm);
        if (left < last_end + 0.8) label = {}; // the tick stays
        else last_end = left + label.width_mm;
        ticks.emplace_back(x, std::move(label));
    }
    Block bar{"ramp", width_mm, bar_mm + tick_mm + label_height, {}};
    bar.draw = [stops = ramp.stops, ticks, width_mm, bar_mm, tick_mm](const Pen& pen, PaperPoint at) {
        const double step = width_mm / static_cast<double>(stops.size());
        // From each colour on to the end, so that no hairline shows between two.
        for (std::size_t i = 0; i < stops.size(); ++i)
            pen.fill(PaperExtent{at.x + static_cast<double>(i) * step, at.y, at.x + width_mm, at.y + bar_mm}, stops[i]);
        pen.frame({at.x, at.y, at.x + width_mm, at.y + bar_mm}, 0.12, soft);
        for (const auto& [x, label] : ticks) {
            pen.line({at.x + x, at.y + bar_mm}, {at.x + x, at.y + bar_mm + tick_mm}, 0.15, ink);
            if (label.draw)
                label.draw(pen, {at.x + std::clamp(x - label.width_mm / 2, 0.0, width_mm - label.width_mm),
                                 at.y + bar_mm + tick_mm});
        }
    };
    std::vector<Block> parts{lettering.set(fmt::format("{}, {}", entry.label, ramp.unit), bold, width_mm)};
    if (!note.empty()) parts.push_back(lettering.set(note, small, width_mm));
    parts.push_back(std::move(bar));
    small.color = soft;
    parts.push_back(lettering.set(ramp.below, small, width_mm));
    return stack("density-legend", std::move(parts), 0.7);
}

Block legend_block(const Lettering& lettering, const LegendContent& content, const LegendLook& look, double width_mm,
                   int columns, std::string_view lang) {
    const double between = 4, column = (width_mm - between * (columns - 1)) / columns;
    Letters title, note;
    title.size_pt = look.title_pt;
    title.bold = true;
    note.size_pt = look.note_pt;
    std::vector<Block> entries, density;
    for (const LegendEntry& e : content.legend.entries) {
        if (e.symbol == LegendSymbol::ramp)
            density.push_back(ramp_block(lettering, e, look, column, content.ramp_note));
        else if (e.symbol != LegendSymbol::text) entries.push_back(entry_block(lettering, e, look, column));
    }
    if (content.bandwidth_mm) density.push_back(bandwidth_block(lettering, content, look, column, lang));
    Block symbols = stack({}, std::move(entries), 0.7), ramp = stack({}, std::move(density), 1.4);
    std::vector<Block> more;
    if (!content.precision.empty()) more.push_back(precision_block(lettering, content, look, column, lang));
    for (const std::string& line : content.lines) more.push_back(lettering.set(line, note, column));
    for (Block& block : more) { // what the two columns share goes where there is room
        Block& shorter = columns > 1 && symbols.height_mm < ramp.height_mm ? symbols : ramp;
        shorter = stack({}, {std::move(shorter), std::move(block)}, shorter.height_mm > 0 ? 1.4 : 0);
    }
    Block heading = lettering.set(lang == "fr" ? "Légende" : "Legend", title);
    symbols.width_mm = column; // so that the second column stands where it should
    Block body = columns > 1 ? row({}, {std::move(symbols), std::move(ramp)}, between)
                             : stack({}, {std::move(symbols), std::move(ramp)}, 2.2);
    return stack("legend", {std::move(heading), std::move(body)}, 1.2);
}

} // namespace harmattan::render
