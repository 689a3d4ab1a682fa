#include "geo/density/foretell.hpp"

#include "geo/density/binning.hpp"
#include "geo/density/layer.hpp"

#include <algorithm>
#include <cmath>

namespace harmattan::geo {

namespace {

constexpr std::uint64_t block_nodes = std::uint64_t{block_side} * block_side;
constexpr std::uint64_t block_bytes = block_nodes * sizeof(float);
constexpr std::uint64_t bin_bytes = Bins::stride * Bins::stride * sizeof(std::int64_t);

/// The nodes of a block that are nearest to an event: columns and rows, inclusive.
struct Mark {
    std::int8_t left = block_side, right = -1, top = block_side, bottom = -1;
};
using Marks = SparseBlocks<Mark, 1>;

/// Rows that are held in double while the kernel goes down the columns.
std::uint64_t window_bytes(const LayerGrid& g, const FieldOptions& options) {
    const double reach = support_of(options.kernel, g.sigma_m);
    const double rows = options.kernel == Kernel::gaussian ? 2.2 * reach / g.dy + 2 * block_side : 1;
    return static_cast<std::uint64_t>((rows + 4.0 * options.threads) * 1.2 * static_cast<double>(g.columns)) *
           sizeof(double);
}

/// `scratch` blocks are gone when the field is there: a gaussian's rim.
FieldCost cost_of(std::uint64_t blocks, std::uint64_t scratch, std::uint64_t sources, const LayerGrid& g,
                  const FieldOptions& options) {
    const auto sets = static_cast<std::uint64_t>(std::max(1, options.threads));
    return {blocks * block_nodes,
            (blocks + scratch) * block_bytes + sources * bin_bytes * sets + window_bytes(g, options)};
}

std::vector<Marks> mark_events(const Events& events, const Layout& layout) {
    std::vector<Marks> marks;
    for (const LayerGrid& g : layout.layers)
        marks.emplace_back(static_cast<std::size_t>(g.columns / block_side),
                           static_cast<std::size_t>(g.rows / block_side));
    const EventBounds& b = layout.bounds;
    const LatitudeTable y(layout.crs, b.south_e7, b.north_e7, 0, 1);
    for (std::size_t i = 0; i < events.size(); ++i) {
        const LonLatE7 p = events.at[i];
        if (p.lat < b.south_e7 || p.lat > b.north_e7) continue;
        const auto l = layout.layers.size() > 1
                           ? static_cast<std::size_t>(layout.layer_of[static_cast<std::size_t>(events.precision[i])])
                           : 0;
        const LayerGrid& g = layout.layers[l];
        const double x = relative_lon_e7(p.lon, b.centre_e7) / 1e7 * layout.crs.metres_per_degree();
        const std::int64_t c = std::clamp<std::int64_t>(std::llrint(g.column_of(x)), 0, g.columns - 1);
        const std::int64_t r = std::llrint(g.row_of(y(p.lat)));
        Mark& m = *marks[l].make(static_cast<std::size_t>(c / block_side), static_cast<std::size_t>(r / block_side));
        const auto col = static_cast<std::int8_t>(c % block_side), row = static_cast<std::int8_t>(r % block_side);
        m.left = std::min(m.left, col), m.right = std::max(m.right, col);
        m.top = std::min(m.top, row), m.bottom = std::max(m.bottom, row);
    }
    return marks;
}

std::uint64_t count_reached(const Marks& marks, const LayerGrid& g, const RowTable& rows, double reach) {
    std::uint64_t blocks = 0;
    std::vector<Runs> reached(marks.rows());
    for (std::size_t by = 0; by < marks.rows(); ++by)
        for (std::size_t bx = 0; bx < marks.columns(); ++bx) {
            const Mark* m = marks.find(bx, by);
            if (!m) continue;
            const auto top = static_cast<std::int64_t>(by) * block_side + m->top - 1;
            const auto bottom = static_cast<std::int64_t>(by) * block_side + m->bottom + 1;
            const std::int64_t first = rows.within(std::max<std::int64_t>(top, 0), reach).first;
            const std::int64_t last = rows.within(std::min(bottom, g.rows - 1), reach).second - 1;
            const double scale =
                std::max(rows.scale[static_cast<std::size_t>(first)], rows.scale[static_cast<std::size_t>(last)]);
            const auto by_columns = static_cast<std::int64_t>(std::ceil(reach * scale / g.dx)) + 1;
            const Run run{static_cast<std::int64_t>(bx) * block_side + m->left - by_columns,
                          static_cast<std::int64_t>(bx) * block_side + m->right + by_columns + 1};
            for (std::int64_t row = first / block_side; row <= last / block_side; ++row)
                add_run(reached[static_cast<std::size_t>(row)], run, g.columns, g.wraps);
        }
    for (Runs& runs : reached) {
        for (Run& r : runs) r = {r.first / block_side, (r.last - 1) / block_side + 1};
        tidy(runs);
        for (const Run& r : runs) blocks += static_cast<std::uint64_t>(r.last - r.first);
    }
    return blocks;
}

} // namespace

FieldCost dense_cost(const Layout& layout, const FieldOptions& options) {
    FieldCost sum;
    for (const LayerGrid& g : layout.layers) {
        const auto blocks =
            static_cast<std::uint64_t>(g.columns / block_side) * static_cast<std::uint64_t>(g.rows / block_side);
        const FieldCost c = cost_of(blocks, blocks, blocks, g, options);
        sum.cells += c.cells, sum.bytes += c.bytes;
    }
    return sum;
}

FieldCost sparse_cost(const Events& events, const Layout& layout, const FieldOptions& options) {
    const std::vector<Marks> marks = mark_events(events, layout);
    FieldCost sum;
    for (std::size_t l = 0; l < layout.layers.size(); ++l) {
        const LayerGrid& g = layout.layers[l];
        const RowTable rows(g, layout.crs);
        const std::uint64_t blocks = count_reached(marks[l], g, rows, support_of(options.kernel, g.sigma_m));
        const std::uint64_t rim =
            options.kernel == Kernel::gaussian
                ? count_reached(marks[l], g, rows, Stamp(Profile::gaussian_rim, g.sigma_m).radius())
                : 0;
        const FieldCost c = cost_of(blocks, rim, marks[l].count(), g, options);
        sum.cells += c.cells, sum.bytes += c.bytes;
    }
    return sum;
}

} // namespace harmattan::geo
