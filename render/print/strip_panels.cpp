#include "render/print/strip_panels.hpp"

#include "render/print/charts.hpp"
#include "render/print/numerals.hpp"
#include "render/print/strip_labels.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

namespace harmattan::render {

namespace {

constexpr styles::Color ink{0.13f, 0.13f, 0.13f, 1}, soft{0.35f, 0.35f, 0.35f, 1}, grid{0.85f, 0.85f, 0.85f, 1},
    uncovered{0.9f, 0.9f, 0.9f, 1};
constexpr double tick_mm = 0.9, hair_mm = 0.1, thin_mm = 0.15, border_mm = 0.18;

double line_mm(double size_pt) { return size_pt * mm_per_pt * 1.25; }
double names_mm(double size_pt) { return line_mm(size_pt) * 0.94; }
double between_mm(double size_pt) { return line_mm(size_pt) * 0.95; } ///< panels: their numbers do not meet
double foot_mm(double size_pt) { return line_mm(size_pt) + 0.4; }     ///< kilometres

double total(const StripBin& bin) {
    double sum = bin.rough;
    for (const double value : bin.bands) sum += value;
    return sum;
}

struct Value {
    double value = 0;
    Block text;
};

struct Distance {
    double at = 0, left = 0; ///< of the tick; of the text
    Block text;
    bool shown = true;
};

/// Over the strip: a town, or the codes of the countries before and behind a border, both in one text where there is
/// room beside it alone.
struct Name {
    bool border = false;
    Block text, behind, both;
    StripLabel label;
    double left = 0;     ///< once placed
    bool beside = false; ///< `both`, before the border or behind it
};

/// All that is drawn, measured from the block's corner, mm.
struct Panels {
    StripChart chart;
    StripMeasures measures;
    std::vector<Block> titles; ///< of the panels, left of them
    std::vector<Value> values;
    std::vector<Distance> distances;
    std::vector<Name> names;
    double greatest = 1; ///< value at a panel's top
    double left = 0, top = 0, bottom = 0;

    double x_of(double km) const {
        return left + (chart.length_km > 0 ? km / chart.length_km : 0) * (measures.width_mm - left);
    }
    double base_of(std::size_t panel) const {
        const auto p = static_cast<double>(panel);
        return top + (p + 1) * measures.panel_mm + p * between_mm(measures.size_pt);
    }
    double height_of(double value) const { return value / greatest * measures.panel_mm; }

    void draw(const Pen& pen, PaperPoint at) const;

private:
    void draw_grid(const Pen& pen, PaperPoint at) const;
    void draw_bins(const Pen& pen, PaperPoint at, std::size_t panel) const;
    void draw_names(const Pen& pen, PaperPoint at) const;
    void draw_distances(const Pen& pen, PaperPoint at) const;
};

void Panels::draw(const Pen& pen, PaperPoint at) const {
    draw_grid(pen, at);
    for (std::size_t p = 0; p < chart.panels.size(); ++p) {
        draw_bins(pen, at, p);
        titles[p].draw(pen, {at.x, at.y + base_of(p) - (measures.panel_mm + titles[p].height_mm) / 2});
    }
    draw_names(pen, at);
    draw_distances(pen, at);
}

void Panels::draw_grid(const Pen& pen, PaperPoint at) const {
    for (std::size_t p = 0; p < chart.panels.size(); ++p)
        for (const StripStretch& s : chart.uncovered) {
            const double base = at.y + base_of(p);
            pen.fill(PaperExtent{at.x + x_of(s.from_km), base - measures.panel_mm, at.x + x_of(s.to_km), base},
                     uncovered);
        }
    for (std::size_t p = 0; p < chart.panels.size(); ++p)
        for (const Value& v : values) {
            const double y = at.y + base_of(p) - height_of(v.value);
            pen.line({at.x + left, y}, {at.x + measures.width_mm, y}, hair_mm, grid);
            v.text.draw(pen, {at.x + left - 1 - v.text.width_mm, y - v.text.height_mm / 2});
        }
    for (const Name& name : names)
        if (!name.border)
            pen.line({at.x + name.label.at, at.y + top}, {at.x + name.label.at, at.y + bottom}, hair_mm, grid);
}

void Panels::draw_bins(const Pen& pen, PaperPoint at, std::size_t panel) const {
    const double base = at.y + base_of(panel);
    for (const StripBin& bin : chart.panels[panel].bins) {
        const double from = x_of(bin.from_km), to = x_of(bin.to_km), air = 0.06 * (to - from);
        double below = 0;
        const auto add = [&](double value, styles::Color color) {
            if (!(value > 0)) return;
            pen.fill(PaperExtent{at.x + from + air, base - height_of(below + value), at.x + to - air,
                                 base - height_of(below)},
                     color);
            below += value;
        };
        for (std::size_t b = 0; b < bin.bands.size(); ++b) add(bin.bands[b], strip_band_color(b, chart.bands.size()));
        add(bin.rough, strip_rough_color());
    }
    pen.line({at.x + left, base}, {at.x + measures.width_mm, base}, thin_mm, ink);
}

void Panels::draw_names(const Pen& pen, PaperPoint at) const {
    for (const StripBorder& border : chart.borders) {
        const double x = at.x + x_of(border.at_km);
        const PaperPoint ends[]{{x, at.y + top - tick_mm}, {x, at.y + bottom}};
        pen.line(ends, border_mm, soft, {0.8, 0.5});
    }
    for (const StripStation& station : chart.stations)
        if (station.checkpoint)
            pen.line({at.x + x_of(station.at_km), at.y + top - tick_mm}, {at.x + x_of(station.at_km), at.y + top},
                     thin_mm, soft);
    const double row = names_mm(measures.size_pt), foot = at.y + row;
    for (const Name& name : names) {
        const double x = at.x + name.label.at;
        // A border's mark stands between its codes; a town's tick ends under its name.
        pen.line({x, name.border && !name.beside ? foot - row * 0.8 : foot}, {x, at.y + top},
                 name.border ? border_mm : thin_mm, soft);
        if (name.beside) {
            name.both.draw(pen, {at.x + name.left, foot - name.both.height_mm});
            continue;
        }
        name.text.draw(pen, {at.x + name.left, foot - name.text.height_mm});
        if (name.border)
            name.behind.draw(pen, {at.x + name.left + name.label.left_of + name.label.right_of - name.behind.width_mm,
                                   foot - name.behind.height_mm});
    }
}

void Panels::draw_distances(const Pen& pen, PaperPoint at) const {
    for (const Distance& d : distances) {
        pen.line({at.x + d.at, at.y + bottom}, {at.x + d.at, at.y + bottom + 0.7}, thin_mm, ink);
        if (d.shown) d.text.draw(pen, {at.x + d.left, at.y + bottom + 0.4});
    }
}

class PanelsLayout {
public:
    PanelsLayout(const Lettering& lettering, const StripChart& chart, const StripMeasures& measures)
        : m_lettering(lettering) {
        m_panels.chart = chart, m_panels.measures = measures;
        m_letters.size_pt = measures.size_pt, m_letters.color = ink;
    }

    Panels lay_out() {
        set_values(set_titles());
        set_names();
        set_distances();
        Panels& p = m_panels;
        p.top = names_mm(p.measures.size_pt) + tick_mm;
        p.bottom = p.base_of(p.chart.panels.size() - 1);
        return std::move(m_panels);
    }

private:
    double set_titles() {
        Letters name = m_letters, count = m_letters;
        name.bold = true, count.color = soft;
        double widest = 0;
        for (const StripPanel& panel : m_panels.chart.panels) {
            std::vector<Block> lines;
            if (!panel.name.empty()) lines.push_back(m_lettering.set(panel.name, name));
            if (!panel.count.empty()) lines.push_back(m_lettering.set(panel.count, count));
            m_panels.titles.push_back(stack({}, std::move(lines), 0));
            widest = std::max(widest, m_panels.titles.back().width_mm);
        }
        return widest > 0 ? widest + 2 : 0;
    }

    void set_values(double titles_mm) {
        Panels& p = m_panels;
        double greatest = p.chart.least_top, widest = 0;
        for (const StripPanel& panel : p.chart.panels)
            for (const StripBin& bin : panel.bins) greatest = std::max(greatest, total(bin));
        const double lines = p.measures.panel_mm / line_mm(p.measures.size_pt);
        const double step = std::max(p.chart.whole_values ? 1.0 : 0.0, round_step(greatest, lines >= 3   ? 3
                                                                                            : lines >= 2 ? 2
                                                                                                         : 1));
        p.greatest = std::max(step, std::ceil(greatest / step - 1e-9) * step);
        for (double v = 0; v <= p.greatest + step / 2; v += step) {
            p.values.push_back({v, m_lettering.set(on_axis(v, step, p.chart.lang), m_letters)});
            widest = std::max(widest, p.values.back().text.width_mm);
        }
        p.left = titles_mm + widest + 1;
    }

    Name town(const StripStation& station) const {
        Name name;
        name.text = m_lettering.set(station.name, m_letters);
        name.label = {m_panels.x_of(station.at_km), name.text.width_mm / 2, name.text.width_mm / 2, true, 0};
        return name;
    }

    Name border(const StripBorder& at) const {
        Letters codes = m_letters;
        codes.bold = true, codes.color = soft;
        constexpr double air = 0.7;
        Name name;
        name.border = true;
        name.text = m_lettering.set(at.before, codes), name.behind = m_lettering.set(at.after, codes);
        name.both = m_lettering.set(at.before + "–" + at.after, codes);
        name.label = {m_panels.x_of(at.at_km), name.text.width_mm + air, name.behind.width_mm + air, false,
                      name.both.width_mm};
        return name;
    }

    /// The route's ends first, then borders, then what room is left to towns.
    void set_names() {
        Panels& p = m_panels;
        std::vector<Name> wanted;
        const std::size_t ends = std::min<std::size_t>(2, p.chart.stations.size());
        for (std::size_t i = 0; i < ends; ++i) wanted.push_back(town(p.chart.stations[i]));
        for (const StripBorder& b : p.chart.borders) wanted.push_back(border(b));
        for (std::size_t i = ends; i < p.chart.stations.size(); ++i) wanted.push_back(town(p.chart.stations[i]));
        std::vector<StripLabel> labels;
        for (const Name& name : wanted) labels.push_back(name.label);
        for (const PlacedStripLabel& placed :
             place_strip_labels(labels, p.left, p.measures.width_mm, 0.8 * p.measures.size_pt * mm_per_pt)) {
            wanted[placed.label].left = placed.left, wanted[placed.label].beside = placed.beside;
            p.names.push_back(std::move(wanted[placed.label]));
        }
    }

    void set_distances() {
        Panels& p = m_panels;
        const double length = p.chart.length_km, right = p.measures.width_mm,
                     widest = m_lettering.set(grouped(length, p.chart.lang), m_letters).width_mm;
        const int most = std::clamp(static_cast<int>((right - p.left) / (widest * 2.2)), 1, 14);
        const double step = std::max(1.0, round_step(length, most));
        double used = 0;
        for (double km = 0; km <= length * (1 + 1e-9); km += step) {
            Distance d{p.x_of(km), 0, m_lettering.set(grouped(km, p.chart.lang) + (km == 0 ? " km" : ""), m_letters),
                       true};
            d.left = km == 0 ? d.at : std::min(d.at - d.text.width_mm / 2, right - d.text.width_mm);
            d.shown = km == 0 || d.left >= used + 0.8;
            if (d.shown) used = d.left + d.text.width_mm;
            p.distances.push_back(std::move(d));
        }
    }

    const Lettering& m_lettering;
    Letters m_letters;
    Panels m_panels;
};

} // namespace

Block strip_panels(const Lettering& lettering, const StripChart& chart, const StripMeasures& measures) {
    const auto panels = std::make_shared<const Panels>(PanelsLayout(lettering, chart, measures).lay_out());
    return {{}, measures.width_mm, panels->bottom + foot_mm(measures.size_pt), [panels](const Pen& pen, PaperPoint at) {
                panels->draw(pen, at);
            }};
}

double height_around_panels(std::size_t panels, double size_pt) {
    return names_mm(size_pt) + tick_mm + static_cast<double>(panels - 1) * between_mm(size_pt) + foot_mm(size_pt);
}

} // namespace harmattan::render
