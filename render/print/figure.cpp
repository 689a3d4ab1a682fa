#include "render/print/figure.hpp"

#include "geo/crs_transform.hpp"
#include "geo/error.hpp"
#include "render/print/corner.hpp"
#include "render/print/map_element.hpp"
#include "render/print/scale_bar.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::render {

namespace {

constexpr double title_pt = 10, text_pt = 8, note_pt = 7, least_map_mm = 25,
                 least_scaled_mm = 45, // narrower, a scale bar covers too much
    incident_mm = 1;                   // radius of the circle of a few incidents
constexpr styles::Color soft{0.35f, 0.35f, 0.35f, 1};

class FigureLayout {
public:
    FigureLayout(const FigureContent& content, double width_mm, double px_per_mm)
        : m_content(content), m_width(width_mm) {
        m_figure.sheet = {width_mm, 0, px_per_mm, {}};
        m_bare = content.title.empty() && content.subtitle.empty() && content.lines.empty() &&
                 content.place == LegendPlace::none && content.panels.size() == 1 &&
                 content.panels.front().caption.empty();
        m_margin = m_bare ? 0 : 2;
    }

    Figure lay_out() {
        put_paper();
        m_y = m_margin;
        put_heading();
        if (m_content.chart) put_below(m_content.chart(m_lettering, m_width - 2 * m_margin, note_pt));
        else put_panels();
        std::vector<Block> lines;
        for (const std::string& line : m_content.lines) lines.push_back(letters(line, note_pt, soft, false, ""));
        if (!lines.empty()) put_below(stack("source", std::move(lines), 0.4));
        m_figure.sheet.height_mm = m_y - (m_content.chart || !m_bare ? gap : 0) + m_margin;
        m_figure.unknown_glyphs += m_lettering.unknown_glyphs();
        return std::move(m_figure);
    }

private:
    static constexpr double gap = 2;

    Block letters(const std::string& text, double size_pt, styles::Color color, bool bold, const char* name) const {
        Letters style;
        style.size_pt = size_pt, style.color = color, style.bold = bold;
        Block block = m_lettering.set(text, style, m_width - 2 * m_margin);
        block.name = name;
        return block;
    }

    void put_below(const Block& block) {
        put(m_figure.sheet, block, {m_margin, m_y});
        m_y += block.height_mm + gap;
    }

    // White behind everything; its height is known when all is laid out, so it is drawn as high as a canvas goes.
    void put_paper() {
        const double px = m_figure.sheet.px_per_mm, width = m_width;
        m_figure.sheet.elements.push_back({"paper", {0, 0, width * px, 1e6}, [](Canvas& canvas, const PixelExtent&) {
                                               canvas.paint({1, 1, 1, 1});
                                           }});
    }

    void put_heading() {
        std::vector<Block> lines;
        if (!m_content.title.empty())
            lines.push_back(letters(m_content.title, title_pt, {0.13f, 0.13f, 0.13f, 1}, true, "title"));
        if (!m_content.subtitle.empty()) lines.push_back(letters(m_content.subtitle, text_pt, soft, false, "period"));
        if (!lines.empty()) put_below(stack("heading", std::move(lines), 0.3));
    }

    Block legend_for(double width_mm, int columns) const {
        LegendContent content = m_content.legend;
        if (content.legend.entries.empty()) content.legend = m_figure.legend;
        if (m_content.bandwidth_km > 0 && m_figure.map) {
            content.bandwidth_mm = m_content.bandwidth_km * 1e6 / m_figure.map->denominator;
        }
        return legend_block(m_lettering, content, {text_pt, text_pt, note_pt, m_figure.sheet.px_per_mm}, width_mm,
                            columns, m_content.lang);
    }

    // Maps in rows; all of one size.
    void put_panels() {
        const bool beside = m_content.place == LegendPlace::beside;
        const double side = beside ? std::clamp(m_width * 0.28, 42.0, 60.0) : 0;
        const double room = m_width - 2 * m_margin - (beside ? side + gap : 0);
        const int columns = std::max(1, std::min<int>(m_content.columns, static_cast<int>(m_content.panels.size())));
        const double width = (room - gap * (columns - 1)) / columns;
        if (width < least_map_mm)
            throw geo::Error(geo::ErrorKind::bad_config,
                             fmt::format("a figure {:g} mm wide leaves {:.0f} mm for a map; make it at least {:.0f} mm "
                                         "wide, or take fewer --columns",
                                         m_width, std::max(0.0, width), m_width + (least_map_mm - width) * columns));
        const double top = m_y;
        double x = m_margin, row_height = 0;
        for (std::size_t i = 0; i < m_content.panels.size(); ++i) {
            if (i > 0 && static_cast<int>(i) % columns == 0) m_y += row_height + gap, x = m_margin, row_height = 0;
            row_height = std::max(row_height, put_panel(m_content.panels[i], i, {x, m_y}, width));
            x += width + gap;
        }
        m_y += row_height + (m_bare ? 0 : gap);
        if (beside) {
            const Block legend = legend_for(side, 1);
            put(m_figure.sheet, legend, {m_width - m_margin - side, top});
            m_y = std::max(m_y, top + legend.height_mm + gap);
        }
        if (m_content.place == LegendPlace::below) put_below(legend_for(m_width - 2 * m_margin, m_width < 90 ? 1 : 2));
    }

    double put_panel(const FigurePanel& panel, std::size_t index, PaperPoint at, double width) {
        double caption_height = 0;
        if (!panel.caption.empty()) {
            Letters style;
            style.size_pt = text_pt;
            style.bold = true;
            Block caption = m_lettering.set(panel.caption, style, width);
            caption.name = fmt::format("caption-{}", index + 1);
            put(m_figure.sheet, caption, at);
            caption_height = caption.height_mm + 0.5;
        }
        const std::string name = m_content.panels.size() == 1 ? std::string("map") : fmt::format("map-{}", index + 1);
        if (panel.picture)
            return caption_height + put_picture(*panel.picture, panel.picture, name, {at.x, at.y + caption_height});
        const PaperExtent slot{at.x, at.y + caption_height, at.x + width,
                               at.y + caption_height + width * std::clamp(shape_of(panel.map), 0.3, 1.8)};
        MapPlacement map = place_map(panel.map, slot, m_figure.sheet.px_per_mm);
        const auto prepare = [&] { return std::make_shared<const Scene>(panel.make_scene(map.paper, map.scale)); };
        auto scene = prepare();
        std::vector<Card> cards;
        if (index == 0) {
            m_figure.map = map;
            m_figure.legend = scene->legend();
            cards = cards_on(map, panel);
        }
        if (!cards.empty()) { // once more, with labels that keep clear of what stands on the map
            for (const Card& card : cards) map.paper.kept_clear.push_back(pixels_of(card.extent));
            scene = prepare();
        }
        m_figure.sheet.elements.push_back(map_element(name, scene, map, 0.2));
        m_figure.unknown_glyphs += scene->unknown_glyphs();
        for (const Card& card : cards) put_card(card);
        return caption_height + slot.height();
    }

    double put_picture(const Image& image, std::shared_ptr<const Image> held, const std::string& name, PaperPoint at) {
        const double px = m_figure.sheet.px_per_mm;
        const auto x = static_cast<std::int64_t>(std::llround(at.x * px)),
                   y = static_cast<std::int64_t>(std::llround(at.y * px));
        const PixelExtent box{static_cast<double>(x), static_cast<double>(y), static_cast<double>(x + image.width),
                              static_cast<double>(y + image.height)};
        m_figure.sheet.elements.push_back(
            {name, box, [held, x, y](Canvas& canvas, const PixelExtent&) { canvas.image(x, y, view_of(*held)); }});
        return image.height / px;
    }

    /// What stands on a map, on white.
    struct Card {
        Block block;
        PaperExtent extent;
        double padding;
    };

    void put_card(const Card& card) {
        put(m_figure.sheet,
            Block{card.block.name + "-card", card.extent.width(), card.extent.height(),
                  [card](const Pen& pen, PaperPoint at) {
                      const PaperExtent box{at.x, at.y, at.x + card.extent.width(), at.y + card.extent.height()};
                      pen.fill(box, {1, 1, 1, 1});
                      pen.frame(box, 0.1, {0.7f, 0.7f, 0.7f, 1}); // land may be white too
                      card.block.draw(pen, {at.x + card.padding, at.y + card.padding});
                  }},
            {card.extent.min_x, card.extent.min_y});
    }

    PixelExtent pixels_of(const PaperExtent& e) const {
        const double px = m_figure.sheet.px_per_mm;
        return {e.min_x * px, e.min_y * px, e.max_x * px, e.max_y * px};
    }

    std::vector<Card> cards_on(const MapPlacement& map, const FigurePanel& panel) const {
        std::vector<Card> cards;
        const bool inside = m_content.place == LegendPlace::inside;
        if (inside) cards.push_back(legend_card(map, panel));
        if (m_content.scale_bar && map.frame.width() >= least_scaled_mm)
            cards.push_back(
                scale_card(map, inside && cards.front().extent.min_x < map.frame.min_x + map.frame.width() / 4));
        return cards;
    }

    Card scale_card(const MapPlacement& map, bool at_right) const {
        constexpr double padding = 0.7;
        Block scale =
            scale_bar_block(m_lettering, map, std::min(50.0, map.frame.width() * 0.45), note_pt, m_content.lang, false);
        const PaperPoint size{scale.width_mm + 2 * padding, scale.height_mm + 2 * padding};
        return {std::move(scale), card_in(at_right ? Corner::lower_right : Corner::lower_left, map.frame, size, 1),
                padding};
    }

    static std::vector<PaperPoint> on_paper(const MapPlacement& map, std::span<const geo::LonLat> places) {
        std::vector<PaperPoint> points;
        for (const geo::Point<geo::Projected>& p : geo::CrsTransform(map.crs).from_lonlat(places))
            if (std::isfinite(p.x) && std::isfinite(p.y)) points.push_back(map.to_paper(p));
        return points;
    }

    /// In the corner where it hides least.
    Card legend_card(const MapPlacement& map, const FigurePanel& panel) const {
        constexpr double padding = 1.5;
        Block legend = legend_for(std::min(55.0, map.frame.width() * 0.4), 1);
        const PaperPoint size{legend.width_mm + 2 * padding, legend.height_mm + 2 * padding};
        if (size.y > map.frame.height() - 2)
            throw geo::Error(geo::ErrorKind::bad_config,
                             fmt::format("the legend is {:.1f} mm too high to stand inside the map; put it --legend "
                                         "beside or below, or make the figure wider",
                                         size.y - map.frame.height() + 2));
        const Corner corner =
            least_covering(map.frame, size, 1, on_paper(map, panel.incidents), incident_mm, on_paper(map, panel.land));
        return {std::move(legend), card_in(corner, map.frame, size, 1), padding};
    }

    const FigureContent& m_content;
    double m_width, m_margin = 2, m_y = 0;
    bool m_bare = false;
    Lettering m_lettering;
    Figure m_figure;
};

} // namespace

Figure lay_out_figure(const FigureContent& content, double width_mm, double px_per_mm) {
    return FigureLayout(content, width_mm, px_per_mm).lay_out();
}

} // namespace harmattan::render
