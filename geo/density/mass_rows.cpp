#include "geo/density/mass_rows.hpp"

#include <utility>

namespace harmattan::geo {

MassRows::MassRows(const Bins& bins, const LayerGrid& grid, bool halved)
    : m_bins(bins), m_from(grid), m_grid(grid), m_halved(halved) {
    if (!halved) return;
    const auto half = [](std::int64_t nodes) { return (nodes / 2 + block_side) / block_side * block_side; };
    m_grid.dx *= 2, m_grid.dy *= 2;
    m_grid.columns = grid.wraps ? grid.columns / 2 : half(grid.columns);
    m_grid.rows = half(grid.rows);
}

MassRows::Scratch MassRows::scratch() const {
    return {std::vector<double>(static_cast<std::size_t>(m_from.columns)),
            std::vector<std::int64_t>(static_cast<std::size_t>(m_from.columns))};
}

Runs MassRows::read(std::int64_t row, std::span<double> out, Scratch& scratch) const {
    if (!m_halved) return m_bins.read_row(row, out, scratch.sums);
    Runs touched;
    for (std::int64_t r = std::max<std::int64_t>(2 * row - 1, 0); r <= 2 * row + 1 && r < m_from.rows; ++r) {
        const double share = r == 2 * row ? 1 : 0.5;
        for (const Run& run : m_bins.read_row(r, scratch.row, scratch.sums)) {
            for (std::int64_t c = run.first; c < run.last; ++c) {
                const double mass = std::exchange(scratch.row[static_cast<std::size_t>(c)], 0) * share / 2;
                const std::int64_t next = (c + 1) / 2 == m_grid.columns ? 0 : (c + 1) / 2;
                out[static_cast<std::size_t>(c / 2)] += mass;
                out[static_cast<std::size_t>(next)] += mass;
            }
            add_run(touched, {run.first / 2, run.last / 2 + 1}, m_grid.columns, m_grid.wraps);
        }
    }
    tidy(touched);
    return touched;
}

} // namespace harmattan::geo
