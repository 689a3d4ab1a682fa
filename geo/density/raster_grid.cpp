#include "geo/density/raster_grid.hpp"

#include "geo/crs_transform.hpp"
#include "geo/error.hpp"
#include "geo/projected_box.hpp"

#include <cmath>
#include <fmt/format.h>

namespace harmattan::geo {

namespace {

Extent<Projected> extent_in(const Field& field, const CrsTransform& transform, const std::string& crs) {
    const Extent<Projected> extent = projected_box(transform, field.extent());
    if (extent.empty())
        throw Error(ErrorKind::usage,
                    fmt::format("the density lies outside of what {} covers; give --extent or another --crs", crs));
    return extent;
}

double two_digits(double value) {
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1);
    return std::round(value / unit) * unit;
}

std::int64_t whole_cells(double length, double step) {
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(length / step - 1e-6)));
}

} // namespace

RasterGrid raster_grid(const Field& field, const RasterRequest& request) {
    const AnalysisGrid nodes = field.grid();
    const bool own_crs = request.crs.empty();
    RasterGrid g;
    g.crs = own_crs ? nodes.crs : request.crs;
    if (own_crs && !request.extent && !request.resolution) {
        g.min_x = nodes.x0 - nodes.step_x / 2, g.max_y = nodes.y0 + nodes.step_y / 2;
        g.step_x = nodes.step_x, g.step_y = nodes.step_y;
        g.columns = nodes.columns, g.rows = nodes.rows;
        return g;
    }
    const CrsTransform transform(g.crs);
    Extent<Projected> e;
    if (request.extent) {
        e = *request.extent;
        if (!(e.min_x < e.max_x && e.min_y < e.max_y && std::isfinite(e.width()) && std::isfinite(e.height())))
            throw Error(ErrorKind::usage,
                        fmt::format("the extent {},{},{},{} is empty; give west,south,east,north in units of {}",
                                    e.min_x, e.min_y, e.max_x, e.max_y, g.crs));
    } else if (own_crs) {
        e = {nodes.x0 - nodes.step_x / 2, nodes.y0 - (static_cast<double>(nodes.rows) - 0.5) * nodes.step_y,
             nodes.x0 + (static_cast<double>(nodes.columns) - 0.5) * nodes.step_x, nodes.y0 + nodes.step_y / 2};
    } else {
        e = extent_in(field, transform, g.crs);
    }
    const double step = request.resolution.value_or(two_digits(field.step_m() / transform.metres_per_unit()));
    if (!(step > 0) || !std::isfinite(step))
        throw Error(
            ErrorKind::usage,
            fmt::format("a resolution of {} is no cell size; give a number above 0 in units of {}", step, g.crs));
    if (!(e.width() / step < 2147483647 && e.height() / step < 2147483647))
        throw Error(ErrorKind::usage,
                    fmt::format("a resolution of {} gives {:.0f} × {:.0f} cells; 2,147,483,647 each way is the "
                                "limit, so take a coarser one",
                                step, e.width() / step, e.height() / step));
    g.min_x = e.min_x, g.max_y = e.max_y;
    g.step_x = g.step_y = step;
    g.columns = whole_cells(e.width(), step), g.rows = whole_cells(e.height(), step);
    return g;
}

} // namespace harmattan::geo
