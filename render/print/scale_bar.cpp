#include "render/print/scale_bar.hpp"

#include "render/print/numerals.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <numbers>

namespace harmattan::render {

namespace {

constexpr styles::Color ink{0.13f, 0.13f, 0.13f, 1}, white{1, 1, 1, 1};

// Distances of up to three digits, with the language's decimal sign.
std::string distance_text(double v, std::string_view lang) {
    std::string text = v >= 1000 ? grouped(v, lang) : fmt::format("{:g}", v);
    if (lang == "fr")
        for (char& c : text)
            if (c == '.') c = ',';
    return text;
}

} // namespace

std::string scale_text(double denominator, std::string_view lang) {
    return (lang == "fr" ? "1\u202f:\u202f" : "1:") + grouped(denominator, lang);
}

ScaleBar scale_bar(const MapPlacement& map, double widest_mm) {
    const geo::CrsTransform crs(map.crs);
    const auto length_of = [&](double ground_m) { // secant steps from the nominal scale
        double units = ground_m * map.range.nominal;
        for (int i = 0; i < 4; ++i) units *= ground_m / geo::ground_length_m(crs, map.extent, units);
        return units / map.units_per_mm();
    };
    const double quarter_m = map.frame.width() / 4 * map.denominator / 1000;
    ScaleBar best;
    double nearest = std::numeric_limits<double>::infinity();
    for (int power = static_cast<int>(std::floor(std::log10(quarter_m))) - 1; power < std::log10(quarter_m) + 1;
         ++power)
        for (const double digit : {1.0, 2.0, 5.0}) {
            const double ground_m = digit * std::pow(10.0, power);
            const double off = std::abs(std::log(ground_m / quarter_m));
            if (ground_m * 1000 / map.denominator > widest_mm || off >= nearest) continue;
            nearest = off;
            best.ground_m = ground_m;
        }
    best.length_mm = length_of(best.ground_m);
    return best;
}

Block scale_bar_block(const Lettering& lettering, const MapPlacement& map, double width_mm, double size_pt,
                      std::string_view lang, bool with_number) {
    constexpr int segments = 4;
    const double thick = 1.5 * size_pt / 7, gap = 0.7;
    Letters letters;
    letters.size_pt = size_pt;
    const double unit_room = lettering.set("000 km", letters).width_mm;
    const ScaleBar bar = scale_bar(map, width_mm - unit_room);
    const bool in_km = bar.ground_m >= 1000;
    std::vector<std::pair<double, Block>> labels;
    for (const double share : {0.0, 0.5, 1.0}) {
        std::string text = distance_text(bar.ground_m / (in_km ? 1000 : 1) * share, lang);
        const double figures = lettering.set(text, letters).width_mm;
        if (share == 1) text += in_km ? " km" : " m";
        // Figures stand centred over their mark; the unit goes on to the right.
        labels.emplace_back(share * bar.length_mm - figures / 2, lettering.set(text, letters));
    }
    const double left = -labels.front().first, label_height = labels.front().second.height_mm;
    Block block{"scale-bar", width_mm, label_height + gap + thick, {}};
    block.draw = [labels, bar, left, label_height, thick, gap](const Pen& pen, PaperPoint at) {
        const double x = at.x + left, y = at.y + label_height + gap;
        for (const auto& [shift, label] : labels) label.draw(pen, {x + shift, at.y});
        pen.fill(PaperExtent{x, y, x + bar.length_mm, y + thick}, ink);
        const double step = bar.length_mm / segments, rim = 0.2;
        for (int i = 1; i < segments; i += 2)
            pen.fill(
                PaperExtent{x + i * step, y + rim, x + (i + 1) * step - (i + 1 == segments ? rim : 0), y + thick - rim},
                white);
    };
    if (!with_number) {
        block.width_mm = left + labels.back().first + labels.back().second.width_mm;
        return block;
    }
    const bool varies = map.range.greatest / map.range.least > 1.03;
    std::string words = scale_text(map.denominator, lang);
    if (varies) words += lang == "fr" ? " au centre de la carte" : " at the map's centre";
    Letters bold = letters;
    bold.bold = true;
    return stack("scale", {std::move(block), lettering.set(words, bold, width_mm)}, 1.0);
}

bool wants_north_arrow(const MapPlacement& map) {
    const geo::CrsTransform crs(map.crs);
    const geo::Point<geo::Projected> centre{(map.extent.min_x + map.extent.max_x) / 2,
                                            (map.extent.min_y + map.extent.max_y) / 2};
    return std::abs(geo::local_scale(crs, centre).convergence) >= 1 ||
           map.range.max_convergence - map.range.min_convergence >= 10;
}

Block north_arrow_block(const Lettering& lettering, const MapPlacement& map, double height_mm, double size_pt,
                        std::string_view lang) {
    const geo::CrsTransform crs(map.crs);
    const geo::Point<geo::Projected> centre{(map.extent.min_x + map.extent.max_x) / 2,
                                            (map.extent.min_y + map.extent.max_y) / 2};
    const double turn = geo::local_scale(crs, centre).convergence * std::numbers::pi / 180;
    Letters letters;
    letters.size_pt = size_pt;
    Block arrow{"north-arrow", height_mm, height_mm, {}};
    arrow.draw = [turn, height_mm](const Pen& pen, PaperPoint at) {
        const PaperPoint middle{at.x + height_mm / 2, at.y + height_mm / 2};
        const auto place = [&](double x, double y) {
            return PaperPoint{middle.x + (x * std::cos(turn) - y * std::sin(turn)) * height_mm,
                              middle.y + (x * std::sin(turn) + y * std::cos(turn)) * height_mm};
        };
        const std::vector<std::vector<PaperPoint>> left{{place(0, -0.5), place(0, 0.28), place(-0.22, 0.5)}};
        const std::vector<std::vector<PaperPoint>> right{{place(0, -0.5), place(0.22, 0.5), place(0, 0.28)}};
        pen.fill(left, ink);
        std::vector<PaperPoint> outline = right.front();
        outline.push_back(outline.front());
        pen.line(outline, 0.2, ink);
    };
    const std::string words =
        lang == "fr" ? "Nord géographique\nau centre de la carte" : "True north\nat the map's centre";
    return row("north", {std::move(arrow), lettering.set(words, letters)}, 1.5);
}

} // namespace harmattan::render
