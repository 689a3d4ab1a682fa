#include "render/print/map_placement.hpp"

#include "geo/error.hpp"
#include "geo/mercator.hpp"
#include "geo/projected_box.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace harmattan::render {

namespace {

constexpr double label_inset_mm = 1.5; // text is never nearer to a frame

// The web zoom at which a style pixel is as many metres on the ground as here; the least, where none is (at a pole).
double zoom_of(double ground_m_per_style_px, double latitude) {
    const double at_zero = 2 * geo::mercator::half_world_m / 256 * std::cos(latitude * std::numbers::pi / 180);
    return std::max(0.0, std::log2(at_zero / ground_m_per_style_px));
}

} // namespace

double round_denominator(double at_least) {
    const double power = std::pow(10.0, std::floor(std::log10(at_least)));
    for (const double digits : {1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5, 8.0})
        if (digits * power >= at_least * (1 - 1e-9)) return digits * power;
    return 10 * power;
}

double shape_of(const MapRequest& request) {
    const geo::CrsTransform crs(request.crs.empty() ? geo::fit_equal_area(request.frame).proj : request.crs);
    const geo::Extent<geo::Projected> box = geo::projected_box(crs, request.frame);
    return box.empty() ? 1 : box.height() / box.width();
}

PaperPoint MapPlacement::to_paper(geo::Point<geo::Projected> p) const {
    return {(p.x - paper.x0) / units_per_mm(), (paper.y0 - p.y) / units_per_mm()};
}

Georeference MapPlacement::georeference() const {
    const PixelExtent box{static_cast<double>(paper.x), static_cast<double>(paper.y),
                          static_cast<double>(paper.x + paper.width), static_cast<double>(paper.y + paper.height)};
    return {crs, box, paper.x0, paper.y0, paper.units_per_px};
}

MapPlacement place_map(const MapRequest& request, const PaperExtent& slot, double px_per_mm) {
    MapPlacement map;
    map.px_per_mm = px_per_mm;
    map.crs = request.crs;
    if (request.crs.empty()) {
        map.fitted = geo::fit_equal_area(request.frame);
        map.crs = map.fitted->proj;
    }
    const geo::CrsTransform crs(map.crs);
    const geo::Extent<geo::Projected> wanted = geo::projected_box(crs, request.frame);
    const geo::Point<geo::Projected> centre{(wanted.min_x + wanted.max_x) / 2, (wanted.min_y + wanted.max_y) / 2};
    const geo::LocalScale local = geo::local_scale(crs, centre);
    const double nominal = std::sqrt(local.area); // CRS units per ground metre
    if (wanted.empty() || !std::isfinite(nominal) || !(nominal > 0))
        throw geo::Error(
            geo::ErrorKind::usage,
            fmt::format("the projection '{}' does not reach the map's frame; choose another --crs", map.crs));

    PaperFrame& paper = map.paper;
    paper.crs = map.crs;
    paper.x = std::llround(slot.min_x * px_per_mm), paper.y = std::llround(slot.min_y * px_per_mm);
    paper.width = static_cast<int>(std::llround(slot.max_x * px_per_mm) - paper.x);
    paper.height = static_cast<int>(std::llround(slot.max_y * px_per_mm) - paper.y);
    map.frame = {static_cast<double>(paper.x) / px_per_mm, static_cast<double>(paper.y) / px_per_mm,
                 static_cast<double>(paper.x + paper.width) / px_per_mm,
                 static_cast<double>(paper.y + paper.height) / px_per_mm};
    const double fitting =
        std::max(wanted.width() / map.frame.width(), wanted.height() / map.frame.height()) * 1000 / nominal;
    map.denominator = request.denominator.value_or(request.round_scale ? round_denominator(fitting) : fitting);
    const double ground_m_per_mm = map.denominator / 1000;
    paper.units_per_px = ground_m_per_mm * nominal / px_per_mm;
    paper.x0 = centre.x - (static_cast<double>(paper.x) + paper.width / 2.0) * paper.units_per_px;
    paper.y0 = centre.y + (static_cast<double>(paper.y) + paper.height / 2.0) * paper.units_per_px;
    paper.label_inset_px = label_inset_mm * px_per_mm;
    paper.style_zoom = zoom_of(ground_m_per_mm * request.style_px_mm, crs.to_lonlat(centre).lat);
    map.scale = request.style_px_mm * px_per_mm;
    map.extent = {centre.x - paper.width / 2.0 * paper.units_per_px, centre.y - paper.height / 2.0 * paper.units_per_px,
                  centre.x + paper.width / 2.0 * paper.units_per_px,
                  centre.y + paper.height / 2.0 * paper.units_per_px};
    map.range = geo::scale_range(crs, map.extent);
    map.seen = geo::lonlat_box(crs, map.extent);
    return map;
}

} // namespace harmattan::render
