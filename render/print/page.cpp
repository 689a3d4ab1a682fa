#include "render/print/page.hpp"

#include "geo/error.hpp"
#include "render/print/graticule.hpp"
#include "render/print/map_element.hpp"
#include "render/print/page_measures.hpp"
#include "render/print/picture_blocks.hpp"
#include "render/print/scale_bar.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <memory>

namespace harmattan::render {

namespace {

constexpr styles::Color ink{0.13f, 0.13f, 0.13f, 1}, soft{0.35f, 0.35f, 0.35f, 1}, rule{0.5f, 0.5f, 0.5f, 1},
    place_red{0.70f, 0.11f, 0.11f, 1};
[[noreturn]] void refuse(const char* element, double excess_mm, const char* instead) {
    throw geo::Error(geo::ErrorKind::bad_config,
                     fmt::format("the page's {} does not fit: {:.1f} mm too much at the smallest letters; {}", element,
                                 excess_mm, instead));
}

/// Headed columns of small print.
class Footer {
public:
    Footer(const Lettering& lettering, const PageContent& content, const Measures& m, double width)
        : m_lettering(lettering), m_content(content), m_gap(m.gap) {
        const double shares[]{0.27, 0.46, 0.27}, room = width - 2 * m.gap;
        for (std::size_t i = 0; i < 3; ++i) m_width[i] = room * shares[i];
    }

    Block at(double size_pt) const {
        std::vector<Block> columns{
            column("sources", "Sources", paragraphs(m_content.sources, size_pt, m_width[0]), size_pt, m_width[0]),
            column("notes", "Notes", paragraphs(m_content.notes, size_pt, m_width[1]), size_pt, m_width[1]),
            column("document", "Document", pairs(size_pt), size_pt, m_width[2])};
        return row("footer", std::move(columns), m_gap);
    }

private:
    std::vector<Block> paragraphs(const std::vector<std::string>& texts, double size_pt, double width) const {
        Letters letters;
        letters.size_pt = size_pt;
        std::vector<Block> blocks;
        for (const std::string& text : texts) blocks.push_back(m_lettering.set(text, letters, width));
        return blocks;
    }
    std::vector<Block> pairs(double size_pt) const {
        std::vector<Block> blocks;
        Letters label, value;
        label.size_pt = value.size_pt = size_pt;
        label.color = soft;
        double widest = 0;
        for (const auto& [name, text] : m_content.document)
            widest = std::max(widest, m_lettering.set(name, label).width_mm);
        widest = std::min(widest + 1.5, m_width[2] * 0.45);
        for (const auto& [name, text] : m_content.document) {
            Block left = m_lettering.set(name, label, widest - 1);
            left.width_mm = widest;
            blocks.push_back(row({}, {std::move(left), m_lettering.set(text, value, m_width[2] - widest)}, 0));
        }
        return blocks;
    }
    Block column(const char* name, const char* heading, std::vector<Block> lines, double size_pt, double width) const {
        Letters bold;
        bold.size_pt = size_pt;
        bold.bold = true;
        lines.insert(lines.begin(), m_lettering.set(heading, bold, width));
        Block block = stack(name, std::move(lines), size_pt * mm_per_pt * 0.18);
        block.width_mm = width;
        return block;
    }

    const Lettering& m_lettering;
    const PageContent& m_content;
    double m_gap;
    double m_width[3] = {};
};

/// As large as keeps to a height; in the smallest print where none does.
Block fit_height(const std::function<Block(double)>& at_size, double size_pt, double height_mm) {
    for (double pt = size_pt; pt > least_pt; pt -= 0.25)
        if (Block block = at_size(pt); block.height_mm <= height_mm) return block;
    return at_size(least_pt);
}

[[noreturn]] void refuse_legend(double excess_mm) {
    refuse("legend", excess_mm, "leave out a block or take larger paper");
}

class PageLayout {
public:
    PageLayout(const PageContent& content, PaperSize paper, double px_per_mm)
        : m_content(content), m_paper(paper), m_measures(paper),
          m_footer(m_lettering, content, m_measures, paper.width_mm - 2 * m_measures.margin) {
        m_page.sheet = {paper.width_mm, paper.height_mm, px_per_mm, {}};
    }

    Page lay_out() {
        const Measures& m = m_measures;
        const double inner = m_paper.width_mm - 2 * m.margin;
        put_ground(m_page.sheet);
        const Block heading =
            heading_block(m_lettering, {m_content.title, m_content.subtitle, m_content.summary}, m,
                          inner - (m_content.logo.empty() && m_content.access.empty() ? 0 : m.logo_width + m.gap));
        put(m_page.sheet, heading, {m.margin, m.margin * 0.8});
        put_corner(inner);
        const double footer_room = m_paper.height_mm * (m.k < 0.9 ? 0.32 : 0.22);
        const Block footer = fit_height([&](double pt) { return m_footer.at(pt); }, m.note_pt, footer_room);
        if (footer.height_mm > footer_room)
            refuse("small print under the map", footer.height_mm - footer_room,
                   "shorten [page] notes or sources, or take larger paper");
        const double footer_top = m_paper.height_mm - m.margin - footer.height_mm;
        put_rule(footer_top - m.gap * 0.5);
        put(m_page.sheet, footer, {m.margin, footer_top});
        m_top = m.margin * 0.8 + heading.height_mm + m.gap * 0.8;
        m_bottom = footer_top - m.gap;
        if (m_paper.is_landscape()) lay_out_beside();
        else lay_out_below();
        m_page.unknown_glyphs = m_lettering.unknown_glyphs() + m_scene->unknown_glyphs();
        return std::move(m_page);
    }

private:
    void put_rule(double y) {
        const double width = m_paper.width_mm - 2 * m_measures.margin;
        put(m_page.sheet,
            Block{"rule", width, 0.15,
                  [width](const Pen& pen, PaperPoint at) {
                      pen.line(at, {at.x + width, at.y}, 0.15, rule);
                  }},
            {m_measures.margin, y});
    }

    // Logo, access and page number, in the upper right corner.
    void put_corner(double inner) {
        const Measures& m = m_measures;
        Letters letters;
        letters.size_pt = m.note_pt, letters.justify = Justify::right, letters.bold = true;
        const double left = m.margin + inner - m.logo_width;
        double y = m.margin * 0.8;
        if (!m_content.logo.empty()) {
            put(m_page.sheet, logo_block(m_content.logo, m.logo_width, m.logo_height, m_page.sheet.px_per_mm),
                {left, y});
            y += m.logo_height + 0.5 * m.k;
        }
        if (!m_content.access.empty()) {
            Block access = m_lettering.set_in(m_content.access, letters, m.logo_width);
            access.name = "access";
            put(m_page.sheet, access, {left, y});
        }
        if (!m_content.page_number.empty()) {
            put(m_page.sheet, page_number_block(m_lettering, m_content.page_number, m),
                {left, m_paper.height_mm - m.margin * 0.8});
        }
    }

    std::vector<Block> blocks_of(const std::vector<std::function<Block(const Lettering&, double, double)>>& makers,
                                 double width) const {
        std::vector<Block> blocks;
        for (const auto& make : makers) blocks.push_back(make(m_lettering, width, m_measures.note_pt));
        return blocks;
    }

    // Scale, north and the code of the live map: under each other, or the code to the right.
    Block scale_part(double width, bool code_beside) const {
        const double side = m_content.url.empty() ? 0 : 20 * m_measures.k,
                     room = code_beside && side > 0 ? width - side - m_measures.gap : width;
        std::vector<Block> parts{scale_bar_block(m_lettering, m_page.map, room, m_measures.note_pt, m_content.lang)};
        if (wants_north_arrow(m_page.map))
            parts.push_back(
                north_arrow_block(m_lettering, m_page.map, 9 * m_measures.k, m_measures.note_pt, m_content.lang));
        if (side == 0) return stack({}, std::move(parts), 2 * m_measures.k);
        Block code = qr_block(m_lettering, m_content.url, m_content.lang == "fr" ? "Carte en ligne" : "Live map", side,
                              m_measures.note_pt);
        if (!code_beside) {
            parts.push_back(std::move(code));
            return stack({}, std::move(parts), 2 * m_measures.k);
        }
        Block left = stack({}, std::move(parts), 2 * m_measures.k);
        left.width_mm = room;
        return row({}, {std::move(left), std::move(code)}, m_measures.gap);
    }

    Block legend_at(double text_pt, double width, int columns) const {
        const double less = text_pt / m_measures.legend_pt;
        LegendContent content = m_content.legend;
        content.legend = m_page.legend;
        if (m_content.bandwidth_km > 0) {
            content.bandwidth_mm = m_content.bandwidth_km * 1e6 / m_page.map.denominator;
        }
        return legend_block(m_lettering, content,
                            {std::max(least_pt, m_measures.legend_title_pt * less), std::max(least_pt, text_pt),
                             std::max(least_pt, m_measures.note_pt * less), m_page.sheet.px_per_mm},
                            width, columns, m_content.lang);
    }

    void place_scene(const PaperExtent& slot) {
        const double room = graticule_room(m_measures.note_pt);
        MapRequest request = m_content.map;
        request.style_px_mm = m_measures.style_px_mm;
        m_page.map = place_map(request, slot.grown(-room), m_page.sheet.px_per_mm);
        m_scene = std::make_shared<const Scene>(m_content.make_scene(m_page.map.paper, m_page.map.scale));
        m_page.legend = m_scene->legend();
    }

    void put_map() {
        m_page.sheet.elements.push_back(map_element("map", m_scene, m_page.map, 0));
        put(m_page.sheet, graticule_block(m_lettering, m_page.map, m_measures.note_pt, m_content.lang), {0, 0});
    }

    // The surroundings with the map's outline in red, in the shape of their box.
    void put_locator(PaperExtent slot) {
        if (!m_content.make_locator) return;
        MapRequest request;
        request.frame = m_content.locator;
        request.round_scale = false;
        request.style_px_mm = m_measures.style_px_mm;
        const double shape = shape_of(request);
        slot.max_x = std::min(slot.max_x, slot.min_x + slot.height() / shape);
        slot.max_y = std::min(slot.max_y, slot.min_y + slot.width() * shape);
        MapPlacement map = place_map(request, slot, m_page.sheet.px_per_mm);
        m_page.sheet.elements.push_back(map_element(
            "locator", std::make_shared<const Scene>(m_content.make_locator(map.paper, map.scale)), map, 0.15));
        std::vector<geo::LonLat> outline = edge_of(m_page.map);
        const geo::CrsTransform crs(map.crs);
        std::vector<PaperPoint> line;
        for (const geo::Point<geo::Projected>& p : crs.from_lonlat(outline))
            if (std::isfinite(p.x) && std::isfinite(p.y)) {
                const PaperPoint at = map.to_paper(p);
                line.push_back({std::clamp(at.x, map.frame.min_x + 0.3, map.frame.max_x - 0.3),
                                std::clamp(at.y, map.frame.min_y + 0.3, map.frame.max_y - 0.3)});
            }
        put(m_page.sheet,
            Block{"locator-frame", map.frame.width(), map.frame.height(),
                  [line](const Pen& pen, PaperPoint) {
                      pen.line(line, 1.1, {1, 1, 1, 0.8f}), pen.line(line, 0.5, place_red);
                  }},
            {map.frame.min_x, map.frame.min_y});
    }

    static std::vector<geo::LonLat> edge_of(const MapPlacement& map) {
        std::vector<geo::Point<geo::Projected>> edge;
        const auto& e = map.extent;
        constexpr int steps = 32;
        const auto side = [&](double x0, double y0, double x1, double y1) {
            for (int i = 0; i < steps; ++i) edge.push_back({x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps});
        };
        side(e.min_x, e.max_y, e.max_x, e.max_y), side(e.max_x, e.max_y, e.max_x, e.min_y),
            side(e.max_x, e.min_y, e.min_x, e.min_y), side(e.min_x, e.min_y, e.min_x, e.max_y);
        edge.push_back(edge.front());
        return geo::CrsTransform(map.crs).to_lonlat(edge);
    }

    // Landscape: a panel right of the map. Charts stand in the panel where there is room, else in a row under the map;
    // a legend too high for the panel goes into two columns, which take a wider one.
    void lay_out_beside(bool charts_below = false, int columns = 1) {
        const Measures& m = m_measures;
        const double panel = m.panel * (columns == 1 ? 1 : 1.6);
        const double left = m.margin, right = m_paper.width_mm - m.margin, panel_left = right - panel,
                     map_width = panel_left - m.gap - left;
        std::vector<Block> wide = blocks_of(m_content.wide_blocks, map_width), charts;
        if (charts_below) {
            const auto count = static_cast<double>(m_content.panel_blocks.size());
            wide.push_back(
                row({}, blocks_of(m_content.panel_blocks, (map_width - m.gap * (count - 1)) / count), m.gap));
        } else {
            charts = blocks_of(m_content.panel_blocks, panel);
        }
        double map_bottom = m_bottom;
        for (const Block& block : wide) map_bottom -= block.height_mm + m.gap;
        if (map_bottom - m_top < 40 * m.k)
            refuse("map", 40 * m.k - (map_bottom - m_top), "leave out a block or take larger paper");
        place_scene({left, m_top, panel_left - m.gap, map_bottom});

        const double room = graticule_room(m.note_pt), top = m_top + room, bottom = m_bottom - room;
        const Block scale = scale_part(panel, true);
        double height = bottom - top - scale.height_mm - m.gap;
        for (const Block& block : charts) height -= block.height_mm + m.gap;
        // The locator grows and shrinks with the room that the legend leaves; without enough of it, it is left out.
        const double legend_height = legend_at(m.legend_pt, panel, columns).height_mm;
        const bool locates = m_content.make_locator && height - legend_height - m.gap >= 18 * m.k;
        const double for_legend = height - (locates ? 18 * m.k + m.gap : 0);
        if (!charts.empty() && (legend_height > for_legend || (m_content.make_locator && !locates)))
            return lay_out_beside(true, columns);
        const Block legend =
            fit_height([&](double pt) { return legend_at(pt, panel, columns); }, m.legend_pt, for_legend);
        if (legend.height_mm > for_legend && columns == 1) return lay_out_beside(charts_below, 2);
        if (legend.height_mm > for_legend) refuse_legend(legend.height_mm - for_legend);

        put_map();
        double y = map_bottom + m.gap;
        for (const Block& block : wide) put(m_page.sheet, block, {left, y}), y += block.height_mm + m.gap;
        y = top;
        if (locates) {
            const double locator = std::min(46 * m.k, height - legend.height_mm - m.gap);
            put_locator({panel_left, y, right, y + locator});
            y += locator + m.gap;
        }
        put(m_page.sheet, legend, {panel_left, y});
        double up = bottom - scale.height_mm;
        put(m_page.sheet, scale, {panel_left, up});
        for (auto block = charts.rbegin(); block != charts.rend(); ++block)
            up -= block->height_mm + m.gap, put(m_page.sheet, *block, {panel_left, up});
    }

    // Portrait: a panel under the map, as high as its legend needs, between locator and scale; charts in a row under
    // that. A legend too high for that takes the scale's room, and the scale stands under the locator.
    void lay_out_below(bool scale_at_right = true) {
        const Measures& m = m_measures;
        const double left = m.margin, right = m_paper.width_mm - m.margin, inner = right - left;
        const std::vector<Block> wide = blocks_of(m_content.wide_blocks, inner);
        const std::vector<Block> charts = blocks_of(m_content.panel_blocks, (inner - m.gap) / 2);
        double below = 0, charts_height = 0;
        for (const Block& block : wide) below += block.height_mm + m.gap;
        for (const Block& block : charts) charts_height = std::max(charts_height, block.height_mm);
        if (!charts.empty()) below += charts_height + m.gap;
        const double side = 46 * m.k, legend_width = inner - (scale_at_right ? 2 : 1) * (side + m.gap);
        double panel = 50 * m.k;
        for (int pass = 0;; ++pass) {
            const double map_bottom = m_bottom - below - panel - m.gap;
            if (map_bottom - m_top < 60 * m.k && scale_at_right) return lay_out_below(false);
            if (map_bottom - m_top < 60 * m.k)
                refuse("map", 60 * m.k - (map_bottom - m_top), "leave out a block or take larger paper");
            place_scene({left, m_top, right, map_bottom});
            const double needed =
                std::max(legend_at(m.legend_pt, legend_width, 2).height_mm, scale_part(side, false).height_mm);
            if (pass == 2 || (needed <= panel && needed > panel - 8 * m.k))
                break; // the legend changes little with the scale
            panel = std::clamp(needed, 36 * m.k, 75 * m.k);
        }
        const Block legend = fit_height([&](double pt) { return legend_at(pt, legend_width, 2); }, m.legend_pt, panel);
        if (legend.height_mm > panel && scale_at_right) return lay_out_below(false);
        if (legend.height_mm > panel) refuse_legend(legend.height_mm - panel);
        const Block scale = scale_part(side, false);
        const double locator = std::min(scale_at_right ? panel : panel - scale.height_mm - m.gap, side);
        put_map();
        double y = m_bottom - below - panel;
        if (m_content.make_locator && locator >= 18 * m.k) put_locator({left, y, left + side, y + locator});
        put(m_page.sheet, legend, {left + side + m.gap, y});
        put(m_page.sheet, scale,
            {scale_at_right ? right - side : left, scale_at_right ? y : y + panel - scale.height_mm});
        y += panel + m.gap;
        for (const Block& block : wide) put(m_page.sheet, block, {left, y}), y += block.height_mm + m.gap;
        double x = left;
        for (const Block& block : charts) put(m_page.sheet, block, {x, y}), x += (inner + m.gap) / 2;
    }

    const PageContent& m_content;
    PaperSize m_paper;
    Measures m_measures;
    Lettering m_lettering;
    Footer m_footer;
    Page m_page;
    std::shared_ptr<const Scene> m_scene;
    double m_top = 0, m_bottom = 0;
};

} // namespace

WideBlockRoom wide_block_room(PaperSize paper) {
    const Measures m(paper);
    return {paper.width_mm - 2 * m.margin - (paper.is_landscape() ? m.panel + m.gap : 0), m.note_pt};
}

Page lay_out_page(const PageContent& content, PaperSize paper, double px_per_mm) {
    return PageLayout(content, paper, px_per_mm).lay_out();
}

} // namespace harmattan::render
