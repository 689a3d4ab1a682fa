#include "geo/density/field.hpp"

#include "geo/density/field_impl.hpp"
#include "geo/density/foretell.hpp"
#include "geo/density/mass_rows.hpp"
#include "geo/density/masses.hpp"
#include "geo/density/sample.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::geo {

Field::Field(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}

double Field::bandwidth_m() const { return m_impl->options.bandwidth_m; }
Kernel Field::kernel() const { return m_impl->options.kernel; }
double Field::step_m() const { return m_impl->layout.layers.front().dy; }
double Field::peak() const { return m_impl->peak; }
double Field::lone_peak() const { return m_impl->lone_peak; }
std::uint64_t Field::events() const { return m_impl->layout.bounds.events; }
std::uint64_t Field::left_out() const { return m_impl->layout.bounds.left_out; }

double Field::mass() const {
    double sum = 0;
    for (const Layer& l : m_impl->layers) sum += l.mass;
    return sum;
}

std::vector<double> Field::bandwidths_m() const {
    std::vector<double> result;
    for (const LayerGrid& g : m_impl->layout.layers) result.push_back(g.sigma_m);
    return result;
}

LonLatBox Field::extent() const {
    const EqualArea& crs = m_impl->layout.crs;
    const LayerGrid& g = m_impl->layout.layers.back();
    const Extent<Analysis>& e = m_impl->reach;
    if (e.empty()) return {};
    // The coarsest layer's sampling reaches two of its steps beyond its nodes.
    const double south = crs.lat_of(e.min_y - 2 * g.dy), north = crs.lat_of(e.max_y + 2 * g.dy);
    if (g.wraps) return {-180, south, 180, north};
    const auto turned = [](double lon) { return lon < -180 ? lon + 360 : lon > 180 ? lon - 360 : lon; };
    return {turned(crs.lon_of(e.min_x - 2 * g.dx)), south, turned(crs.lon_of(e.max_x + 2 * g.dx)), north};
}

AnalysisGrid Field::grid() const {
    const LayerGrid& g = m_impl->layout.layers.front();
    const Extent<Analysis>& e = m_impl->reach;
    AnalysisGrid result{m_impl->layout.crs.crs(), g.x0, g.y0, g.dx, g.dy, 1, 1};
    if (e.empty()) return result;
    const double left = std::floor(g.column_of(e.min_x)), right = std::ceil(g.column_of(e.max_x));
    const double top = std::floor(g.row_of(e.max_y)), bottom = std::ceil(g.row_of(e.min_y));
    result.x0 += left * g.dx, result.y0 -= top * g.dy;
    result.columns = static_cast<std::int64_t>(right - left) + 1;
    result.rows = static_cast<std::int64_t>(bottom - top) + 1;
    return result;
}

Point<Analysis> Field::to_analysis(LonLat place) const { return m_impl->layout.crs.at(place); }
LonLat Field::to_lonlat(Point<Analysis> place) const { return m_impl->layout.crs.back(place); }

double Field::at(LonLat place) const {
    const Point<Analysis> p = to_analysis(place);
    float value = 0;
    geo::sample_places(m_impl->layers, {&p, 1}, {&value, 1});
    return static_cast<double>(value);
}

bool Field::sample(double lon0, double lon_step, std::size_t columns, std::span<const double> lats,
                   std::span<float> out) const {
    const EqualArea& crs = m_impl->layout.crs;
    std::vector<double> xs(columns), ys(lats.size());
    for (std::size_t i = 0; i < columns; ++i) xs[i] = crs.x_of(lon0 + static_cast<double>(i) * lon_step);
    std::ranges::transform(lats, ys.begin(), [&](double lat) { return crs.y_of(lat); });
    return geo::sample_mesh(m_impl->layers, xs, ys, out);
}

bool Field::sample_mesh(std::span<const double> xs, std::span<const double> ys, std::span<float> out) const {
    return geo::sample_mesh(m_impl->layers, xs, ys, out);
}

bool Field::sample_places(std::span<const Point<Analysis>> places, std::span<float> out) const {
    return geo::sample_places(m_impl->layers, places, out);
}

namespace {

std::string gib(double bytes) { return fmt::format("{:.1f} GiB", bytes / (1 << 30)); }

/// Refuses a field that would not fit, before anything large is made.
void check_memory(const Events& events, const Layout& layout, const FieldOptions& options) {
    if (dense_cost(layout, options).bytes <= options.memory_bytes) return;
    const FieldCost cost = sparse_cost(events, layout, options);
    if (cost.bytes <= options.memory_bytes) return;
    const double factor = std::sqrt(static_cast<double>(cost.bytes) / static_cast<double>(options.memory_bytes));
    throw Error(
        ErrorKind::bad_config,
        fmt::format("the density needs {} at a bandwidth of {} km, and {} are allowed; allow more (--memory) or "
                    "take a bandwidth of {:.0f} km or more",
                    gib(static_cast<double>(cost.bytes)), options.bandwidth_m / 1000,
                    gib(static_cast<double>(options.memory_bytes)),
                    std::ceil(options.bandwidth_m / 1000 * factor * 1.1)));
}

/// So many places are stamped one by one; of more, the bins' nodes are.
constexpr std::size_t few_places = 20'000;

Layer gaussian_layer(const Events& events, const Layout& layout, int l, const Bins& bins, Workers& workers) {
    const LayerGrid& grid = layout.layers[static_cast<std::size_t>(l)];
    const EqualArea& crs = layout.crs;
    const Stamp rim(Profile::gaussian_rim, grid.sigma_m);
    Layer layer = smooth_gaussian(bins, grid, crs, workers);
    if (const auto places = masses_at_places(events, layout, l, few_places))
        subtract_rim(layer, stamp_places(rim, *places, grid, crs, workers), workers);
    else subtract_rim(layer, stamp_nodes(rim, MassRows(bins, grid, true), crs, workers), workers);
    return layer;
}

Layer stamped_layer(const Events& events, const Layout& layout, int l, const Bins& bins, Kernel kernel,
                    Workers& workers) {
    const LayerGrid& grid = layout.layers[static_cast<std::size_t>(l)];
    const Profile profile = kernel == Kernel::quartic ? Profile::quartic : Profile::epanechnikov;
    if (const auto places = masses_at_places(events, layout, l, few_places))
        return stamp_places(Stamp(profile, grid.sigma_m), *places, grid, layout.crs, workers);
    // The bins have spread the events by δ²/4 already, which the kernel then need not do.
    const double sigma = std::sqrt(grid.sigma_m * grid.sigma_m - binning_variance * grid.dy * grid.dy);
    return stamp_nodes(Stamp(profile, sigma), MassRows(bins, grid, false), layout.crs, workers);
}

} // namespace

FieldCost foretell_field(const Events& events, const FieldOptions& options) {
    const Layout layout = lay_out(events, options);
    return sparse_cost(events, layout, options);
}

Field build_field(const Events& events, const FieldOptions& options) {
    auto impl = std::make_shared<Field::Impl>();
    impl->options = options;
    impl->layout = lay_out(events, options);
    const Layout& layout = impl->layout;
    check_memory(events, layout, options);

    Workers workers(std::max(1, options.threads));
    std::vector<Bins> bins = bin_events(events, layout, workers);
    double weight = 0;
    for (std::size_t l = 0; l < layout.layers.size(); ++l) {
        weight += bins[l].mass();
        impl->layers.push_back(
            options.kernel == Kernel::gaussian
                ? gaussian_layer(events, layout, static_cast<int>(l), bins[l], workers)
                : stamped_layer(events, layout, static_cast<int>(l), bins[l], options.kernel, workers));
    }
    if (layout.bounds.events > 0)
        impl->lone_peak = weight / static_cast<double>(layout.bounds.events) *
                          kernel_density(options.kernel, 0, layout.layers.front().sigma_m) * 1e6;
    impl->summarise(workers);
    return Field(std::move(impl));
}

} // namespace harmattan::geo
