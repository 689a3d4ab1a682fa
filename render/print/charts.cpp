#include "render/print/charts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::render {

namespace {

constexpr styles::Color ink{0.13f, 0.13f, 0.13f, 1}, soft{0.35f, 0.35f, 0.35f, 1}, grid{0.82f, 0.82f, 0.82f, 1},
    bar_color{0.36f, 0.36f, 0.38f, 1}, white{1, 1, 1, 1};
constexpr std::array<const char*, 12> initials_en{"J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"};

Letters plain(double size_pt) {
    Letters letters;
    letters.size_pt = size_pt;
    return letters;
}

Block heading(const Lettering& lettering, const std::string& text, double width_mm, double size_pt) {
    Letters bold = plain(size_pt);
    bold.bold = true;
    return lettering.set(text, bold, width_mm);
}

void hatch(const Pen& pen, const PaperExtent& box) {
    pen.fill(box, white);
    std::vector<std::vector<PaperPoint>> lines;
    const double step = 0.7, w = box.width(), h = box.height();
    for (double d = step; d < w + h; d += step) { // x + y = d, up to the right
        const double x0 = std::max(0.0, d - h), x1 = std::min(w, d);
        lines.push_back({{box.min_x + x0, box.max_y - (d - x0)}, {box.min_x + x1, box.max_y - (d - x1)}});
    }
    pen.lines(lines, 0.15, bar_color);
    pen.frame(box, 0.15, bar_color);
}

} // namespace

double round_step(double greatest, int most) {
    if (!(greatest > 0)) return 1;
    for (double power = std::pow(10.0, std::floor(std::log10(greatest / most)));; power *= 10)
        for (const double digit : {1.0, 2.0, 5.0})
            if (digit * power * most >= greatest * (1 - 1e-9)) return digit * power;
}

Block month_bars_block(const Lettering& lettering, const MonthBars& chart, double width_mm, double height_mm,
                       double size_pt) {
    const Letters letters = plain(size_pt);
    Block title = heading(lettering, chart.title, width_mm, size_pt);
    Letters note_letters = letters;
    note_letters.color = soft;
    Block note = lettering.set(chart.note, note_letters, width_mm);

    double greatest = 0;
    for (const MonthBar& b : chart.bars) greatest = std::max(greatest, b.value);
    const double step = std::max(1.0, round_step(greatest, 3)), top = std::max(step, std::ceil(greatest / step) * step);
    struct Tick {
        double value;
        Block label;
    };
    std::vector<Tick> ticks;
    double axis = 0;
    for (double v = 0; v <= top + step / 2; v += step) {
        ticks.push_back({v, lettering.set(fmt::format("{:g}", v), letters)});
        axis = std::max(axis, ticks.back().label.width_mm);
    }
    axis += 1;
    const double line = size_pt * mm_per_pt * letters.line_height;
    const double plot_height = std::max(6.0, height_mm - title.height_mm - note.height_mm - 2 * line - 1.5);
    const double slot = (width_mm - axis) / static_cast<double>(std::max<std::size_t>(1, chart.bars.size()));
    // Month initials where they fit; years under their first month shown.
    struct Label {
        double x;
        double row;
        Block block;
    };
    std::vector<Label> labels;
    const double initial = lettering.set("M", letters).width_mm;
    double last_year_end = -1e9;
    for (std::size_t i = 0; i < chart.bars.size(); ++i) {
        const MonthBar& b = chart.bars[i];
        const double middle = axis + (static_cast<double>(i) + 0.5) * slot;
        if (slot >= initial + 0.3) {
            Block block =
                lettering.set(initials_en[static_cast<std::size_t>(b.month - 1)], letters); // the same in French
            labels.push_back({middle - block.width_mm / 2, 0, std::move(block)});
        }
        if (i == 0 || b.month == 1) {
            Block block = lettering.set(fmt::format("{}", b.year), letters);
            const double x = std::min(axis + static_cast<double>(i) * slot + 0.2, width_mm - block.width_mm);
            if (x < last_year_end + 1) continue;
            last_year_end = x + block.width_mm;
            labels.push_back({x, slot >= initial + 0.3 ? 1.0 : 0.0, std::move(block)});
        }
    }
    Block plot{{}, width_mm, plot_height + 2 * line, {}};
    plot.draw = [bars = chart.bars, ticks, labels, axis, slot, top, plot_height, line, width_mm](const Pen& pen,
                                                                                                 PaperPoint at) {
        const double base = at.y + line / 2 + plot_height - line / 2;
        const auto y_of = [&](double v) { return base - v / top * (plot_height - line / 2); };
        for (const Tick& tick : ticks) {
            pen.line({at.x + axis, y_of(tick.value)}, {at.x + width_mm, y_of(tick.value)}, 0.1,
                     tick.value == 0 ? ink : grid);
            tick.label.draw(pen, {at.x + axis - 1 - tick.label.width_mm, y_of(tick.value) - tick.label.height_mm / 2});
        }
        for (std::size_t i = 0; i < bars.size(); ++i) {
            const double left = at.x + axis + (static_cast<double>(i) + 0.1) * slot;
            const PaperExtent box{left, y_of(bars[i].value), left + 0.8 * slot, base};
            if (!(box.height() > 0)) continue;
            if (bars[i].partial) hatch(pen, box);
            else pen.fill(box, bar_color);
        }
        pen.line({at.x + axis, base}, {at.x + width_mm, base}, 0.15, ink);
        for (const Label& label : labels) label.block.draw(pen, {at.x + label.x, base + 0.4 + label.row * line});
    };
    return stack("monthly-bars", {std::move(title), std::move(plot), std::move(note)}, 0.5);
}

Block ranking_block(const Lettering& lettering, const std::string& title, const std::vector<RankingRow>& rows,
                    double width_mm, double size_pt) {
    const Letters letters = plain(size_pt);
    std::vector<Block> parts{heading(lettering, title, width_mm, size_pt)};
    double greatest = 0, figures = 0;
    for (const RankingRow& r : rows)
        greatest = std::max(greatest, r.value), figures = std::max(figures, lettering.set(r.text, letters).width_mm);
    const double names = width_mm * 0.45, bars = width_mm - names - figures - 2;
    for (const RankingRow& r : rows) {
        Block name = lettering.set(r.name, letters, names - 1), value = lettering.set(r.text, letters);
        Block line{{}, width_mm, name.height_mm, {}};
        line.draw = [name, value, names, bars, width_mm, share = greatest > 0 ? r.value / greatest : 0](const Pen& pen,
                                                                                                        PaperPoint at) {
            name.draw(pen, at);
            const double h = std::min(2.0, name.height_mm * 0.6), middle = at.y + name.height_mm / 2;
            if (share > 0)
                pen.fill(PaperExtent{at.x + names, middle - h / 2, at.x + names + bars * share, middle + h / 2},
                         bar_color);
            value.draw(pen, {at.x + width_mm - value.width_mm, middle - value.height_mm / 2});
        };
        parts.push_back(std::move(line));
    }
    return stack("ranking", std::move(parts), 0.4);
}

} // namespace harmattan::render
