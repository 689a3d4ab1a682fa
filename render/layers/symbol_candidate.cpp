#include "render/layers/symbol_candidate.hpp"

#include "render/text/label.hpp"

#include <algorithm>
#include <map>
#include <numbers>
#include <optional>

namespace harmattan::render {

namespace {

Justify justify_for(const std::string& justify, const std::string& anchor) {
    const std::string& by = justify == "auto" ? anchor : justify;
    return by.find("left") != by.npos ? Justify::left : by.find("right") != by.npos ? Justify::right : Justify::center;
}

} // namespace

SymbolCandidate read_candidate(PrepareContext& context, const styles::Layer& s, const styles::EvaluationContext& at,
                               double scale) {
    SymbolCandidate c;
    c.text = transform_case(s.text("text-field", at), s.text("text-transform", at));
    if (c.text.empty()) return c;
    c.look.size_px = s.number("text-size", at) * scale;
    const std::vector<std::string> fonts = s.texts("text-font", at);
    c.look.font = fonts.empty() ? "Noto Sans" : fonts.front();
    const float opacity = static_cast<float>(s.number("text-opacity", at));
    c.look.text.color = s.color("text-color", at);
    c.look.text.color.a *= opacity;
    c.look.text.halo = s.color("text-halo-color", at);
    c.look.text.halo.a *= opacity;
    c.look.text.halo_width = s.number("text-halo-width", at) * scale;
    c.along_line = s.text("symbol-placement", at) != "point";
    c.anchors = s.texts("text-variable-anchor", at);
    const bool variable = !c.anchors.empty();
    if (!variable) c.anchors = {s.text("text-anchor", at)};
    c.radial = s.number("text-radial-offset", at);
    if (const std::vector<double> offset = s.numbers("text-offset", at); offset.size() == 2)
        c.offset_x = offset[0], c.offset_y = offset[1];
    c.padding_px = s.number("text-padding", at) * scale;
    c.spacing_px = s.number("symbol-spacing", at) * scale;
    c.max_turn = s.number("text-max-angle", at) * std::numbers::pi / 180;
    c.sort_key = s.has("symbol-sort-key") ? s.number("symbol-sort-key", at) : 0;
    c.overlaps = s.boolean("text-allow-overlap", at);
    c.ignored = s.boolean("text-ignore-placement", at);
    TextStyle text{c.text,
                   c.look.font,
                   s.number("text-letter-spacing", at),
                   c.along_line ? 0 : s.number("text-max-width", at),
                   s.number("text-line-height", at),
                   Justify::center};
    const std::string justify = s.text("text-justify", at);
    for (const std::string& anchor : c.anchors) {
        text.justify = justify_for(justify, anchor);
        c.blocks.push_back(&context.typesetter.set(text));
    }
    c.look.letter_spacing = c.blocks.front()->letter_spacing;
    return c;
}

void find_places(PrepareContext& context, const styles::Layer& style, int zoom, std::uint32_t f,
                 const PixelGeometry& geometry, SymbolCandidate& c) {
    const geo::FeatureTable& table = context.table(style);
    const auto parts = [&](auto visit) {
        for (std::uint32_t p = geometry.part_begin[f]; p < geometry.part_begin[f + 1]; ++p) visit(p);
    };
    if (c.along_line) {
        parts([&](std::uint32_t p) {
            const auto points = geometry.part_points(p);
            if (context.plane().is_paper()) {
                for (std::vector<PixelPoint>& piece : pieces_inside(points, context.plane().label_bounds(zoom)))
                    c.lines.push_back(std::move(piece));
            } else {
                c.lines.emplace_back(points.begin(), points.end());
            }
        });
    } else if (table.type[f] == geo::GeometryType::polygon) {
        const auto* lon = std::get_if<double>(&table.property(f, "label_lon"));
        const auto* lat = std::get_if<double>(&table.property(f, "label_lat"));
        std::vector<Curve> rings;
        parts([&](std::uint32_t p) { rings.push_back(geometry.curve(p)); });
        const PixelExtent bounds = context.plane().label_bounds(zoom);
        std::optional<PixelPoint> given;
        if (lon && lat) given = context.plane().to_pixels(geo::LonLat{*lon, *lat}, zoom);
        if (context.plane().is_paper()) { // what is seen of it may be small or full of other names
            const double width = c.blocks.front()->width * c.look.size_px,
                         height = c.blocks.front()->height * c.look.size_px;
            const bool seen = given && bounds.contains(*given);
            if (!seen) given = place_inside(rings, bounds, width);
            if (!given) return;
            c.points = places_inside(rings, bounds, width, height, *given);
            c.points.insert(seen ? c.points.begin() : c.points.end(), *given);
            c.once = true;
        } else if (given || (given = place_inside(rings))) {
            c.points.push_back(*given);
        }
    } else if (table.type[f] == geo::GeometryType::point) {
        parts([&](std::uint32_t p) {
            for (const PixelPoint& at : geometry.part_points(p)) c.points.push_back(at);
        });
    } else {
        parts(
            [&](std::uint32_t p) { c.points.push_back(geometry.part_points(p)[geometry.part_points(p).size() / 2]); });
    }
}

void join_equal_lines(std::vector<SymbolCandidate>& candidates) {
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (!candidates[i].along_line) continue;
        const auto [known, is_new] = first.try_emplace(candidates[i].text, i);
        if (is_new) continue;
        SymbolCandidate& one = candidates[known->second];
        one.sort_key = std::min(one.sort_key, candidates[i].sort_key);
        one.lines.insert(one.lines.end(), candidates[i].lines.begin(), candidates[i].lines.end());
        candidates[i].lines.clear();
    }
    std::erase_if(candidates, [](const SymbolCandidate& c) { return c.along_line && c.lines.empty(); });
    for (SymbolCandidate& c : candidates)
        if (c.along_line) c.lines = join_lines(std::move(c.lines));
}

} // namespace harmattan::render
