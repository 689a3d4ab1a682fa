#include "geo/density/layer.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace harmattan::geo {

namespace {

constexpr double km2 = 1e6;

/// Rows end a little beyond the events' last latitude, for those who sample there.
constexpr double last_row_latitude = max_field_latitude + 0.2;

} // namespace

LayerWriter::LayerWriter(const LayerGrid& grid, Basis basis, Workers& workers)
    : m_workers(workers), m_wanted(block_side), m_row_sum(static_cast<std::size_t>(grid.rows)) {
    m_layer.grid = grid;
    m_layer.basis = basis;
    m_layer.blocks = Layer::Store(static_cast<std::size_t>(grid.columns / block_side),
                                  static_cast<std::size_t>(grid.rows / block_side));
}

void LayerWriter::write_block_row(std::int64_t top, const std::function<Runs(std::int64_t)>& reach,
                                  const std::function<void(std::int64_t, const Runs&, int)>& fill) {
    m_workers.each(block_side, [&](std::size_t k, int) { m_wanted[k] = reach(top + static_cast<std::int64_t>(k)); });
    for (const Runs& runs : m_wanted)
        for (const Run& r : runs)
            for (std::int64_t bx = r.first / block_side; bx <= (r.last - 1) / block_side; ++bx)
                m_layer.blocks.make(static_cast<std::size_t>(bx), static_cast<std::size_t>(top / block_side));
    m_workers.each(block_side, [&](std::size_t k, int worker) {
        if (!m_wanted[k].empty()) fill(top + static_cast<std::int64_t>(k), m_wanted[k], worker);
    });
}

void LayerWriter::write_row(std::int64_t row, const Runs& runs, const double* values, double factor) {
    const auto by = static_cast<std::size_t>(row / block_side);
    const std::size_t local = static_cast<std::size_t>(row % block_side) * block_side;
    double sum = 0;
    for (const Run& run : runs)
        for (std::int64_t c = run.first; c < run.last;) {
            float* block = m_layer.blocks.find(static_cast<std::size_t>(c / block_side), by) + local;
            for (const std::int64_t end = std::min(run.last, (c / block_side + 1) * block_side); c < end; ++c) {
                const auto value = static_cast<float>(factor * values[c]);
                block[c % block_side] = value;
                sum += static_cast<double>(value);
            }
        }
    m_row_sum[static_cast<std::size_t>(row)] = sum;
}

Layer LayerWriter::finish() {
    for (const double sum : m_row_sum) m_layer.mass += sum;
    m_layer.mass *= m_layer.grid.dx * m_layer.grid.dy / km2;
    return std::move(m_layer);
}

RowTable::RowTable(const LayerGrid& grid, const EqualArea& crs) {
    const double top = crs.y_of(90) * (1 - 1e-12);
    for (std::int64_t r = 0; r < grid.rows; ++r) {
        const double y = std::clamp(grid.y0 - static_cast<double>(r) * grid.dy, -top, top);
        arc.push_back(meridian_arc(crs.lat_of(y)));
        const double lat = std::clamp(crs.lat_of(y), -last_row_latitude, last_row_latitude);
        const double tangent = std::tan(lat * std::numbers::pi / 180);
        scale.push_back(crs.scale_at(lat));
        curvature.push_back(1 / curvature_product(lat));
        bend.push_back(tangent * tangent * curvature.back());
    }
}

bool RowTable::inside(std::int64_t row) const {
    return std::abs(arc[static_cast<std::size_t>(row)]) <= meridian_arc(last_row_latitude);
}

std::pair<std::int64_t, std::int64_t> RowTable::within(std::int64_t row, double reach) const {
    const double here = arc[static_cast<std::size_t>(row)];
    const auto first = std::ranges::lower_bound(arc, here + reach, std::ranges::greater());
    const auto last = std::ranges::upper_bound(arc, here - reach, std::ranges::greater());
    return {first - arc.begin(), last - arc.begin()};
}

std::size_t RowTable::window(double reach) const {
    std::int64_t most = 0;
    for (std::int64_t r = 0; r < static_cast<std::int64_t>(arc.size()); r += block_side)
        most = std::max(most, within(r + block_side - 1, reach).second - within(r, reach).first);
    return static_cast<std::size_t>(most);
}

double RowTable::widest() const { return *std::ranges::max_element(scale); }

} // namespace harmattan::geo
