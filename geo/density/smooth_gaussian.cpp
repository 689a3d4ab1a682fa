#include "geo/density/layer.hpp"
#include "geo/density/rows.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace harmattan::geo {

namespace {

/// Half a gaussian's taps; 4.75 of its own standard deviations, so that two of them in turn are still a gaussian to
/// 3e-4 of the value at 3σ.
constexpr double half_reach = 4.75;
constexpr double km2 = 1e6;

class Smoother {
public:
    Smoother(const Bins& bins, const LayerGrid& grid, const EqualArea& crs, Workers& workers);
    Layer run();

private:
    struct Scratch {
        std::vector<double> row;        ///< padded, zero between uses
        std::vector<std::int64_t> sums; ///< zero between uses
        std::vector<double> values;     ///< zero between uses
        std::vector<double> taps, down;
    };

    double half_variance(std::int64_t row) const;
    void taps_of(std::int64_t row, std::vector<double>& taps, bool second) const;
    void spread_source(std::int64_t row, Scratch& s);
    Runs reach_of(std::int64_t row) const;
    void smooth_row(std::int64_t row, const Runs& wanted, Scratch& s);

    const Bins& m_bins;
    const LayerGrid& m_grid;
    Workers& m_workers;
    RowTable m_rows;
    std::int64_t m_pad;
    double m_reach;
    LayerWriter m_writer;
    RowRing m_ring;                  ///< sources, spread along their rows
    std::vector<Runs> m_source_runs; ///< per row: where the masses themselves are
    std::vector<Scratch> m_scratch;
};

std::int64_t widest_taps(const LayerGrid& g, const RowTable& rows) {
    return std::min(g.columns,
                    static_cast<std::int64_t>(half_reach * std::sqrt(0.5) * g.sigma_m * rows.widest() / g.dx) + 2);
}

Smoother::Smoother(const Bins& bins, const LayerGrid& grid, const EqualArea& crs, Workers& workers)
    : m_bins(bins), m_grid(grid), m_workers(workers), m_rows(grid, crs), m_pad(widest_taps(grid, m_rows)),
      m_reach(support_of(Kernel::gaussian, grid.sigma_m)), m_writer(grid, Basis::b_spline, workers),
      m_ring(m_rows.window(m_reach), grid.columns, m_pad), m_source_runs(static_cast<std::size_t>(grid.rows)),
      m_scratch(static_cast<std::size_t>(workers.count())) {
    const auto columns = static_cast<std::size_t>(grid.columns);
    for (Scratch& s : m_scratch) {
        s.row.assign(columns + 2 * static_cast<std::size_t>(m_pad), 0);
        s.sums.assign(columns, 0);
        s.values.assign(columns, 0);
    }
}

/// Map metres²: half of what is left of σ² along the row after binning and sampling.
double Smoother::half_variance(std::int64_t row) const {
    const double sigma = m_grid.sigma_m * m_rows.scale[static_cast<std::size_t>(row)];
    return (sigma * sigma - (binning_variance + b_spline_variance) * m_grid.dx * m_grid.dx) / 2;
}

void Smoother::taps_of(std::int64_t row, std::vector<double>& taps, bool second) const {
    const double variance = half_variance(row);
    const double step = m_grid.dx / std::sqrt(variance);
    const auto n = std::min(m_pad, static_cast<std::int64_t>(half_reach / step) + 1);
    // Along a parallel the geodesic is shorter than the row: d² = X² − X⁴ tan²φ / 12R². As X⁴ in Hermite polynomials of
    // the second half's width this is b (4 He₄ + 12 He₂ + 3) on top of the gaussian.
    const double b = m_rows.bend[static_cast<std::size_t>(row)] * m_grid.sigma_m * m_grid.sigma_m / 24;
    taps.resize(static_cast<std::size_t>(n));
    for (std::int64_t t = 0; t < n; ++t) {
        const double u = static_cast<double>(t) * step, u2 = u * u;
        double value = std::exp(-u2 / 2) * step / std::sqrt(2 * std::numbers::pi);
        if (second) value *= 1 + b * (4 * (u2 * (u2 - 6) + 3) + 12 * (u2 - 1) + 3);
        taps[static_cast<std::size_t>(t)] = value;
    }
}

void Smoother::spread_source(std::int64_t row, Scratch& s) {
    double* spread = m_ring.row(row);
    clear_row(spread, m_ring.runs(row), m_grid.columns, 0);
    m_ring.runs(row).clear();
    double* masses = s.row.data() + m_pad;
    const Runs runs = m_bins.read_row(row, {masses, static_cast<std::size_t>(m_grid.columns)}, s.sums);
    if (runs.empty()) return;
    if (m_grid.wraps) wrap_pads(masses, m_grid.columns, m_pad);
    taps_of(row, s.taps, false);
    m_ring.runs(row) = grown(runs, static_cast<std::int64_t>(s.taps.size()) - 1, m_grid.columns, m_grid.wraps);
    for (const Run& r : m_ring.runs(row)) add_convolved(masses + r.first, spread + r.first, r.last - r.first, s.taps);
    clear_row(masses, runs, m_grid.columns, m_pad);
    m_source_runs[static_cast<std::size_t>(row)] = runs;
}

Runs Smoother::reach_of(std::int64_t row) const {
    Runs all;
    if (!m_rows.inside(row)) return all;
    const auto [first, last] = m_rows.within(row, m_reach);
    const double scale = m_rows.scale[static_cast<std::size_t>(row)];
    for (std::int64_t j = first; j < last; ++j) {
        const Runs& runs = m_source_runs[static_cast<std::size_t>(j)];
        if (runs.empty()) continue;
        const double here = std::sqrt(scale * m_rows.scale[static_cast<std::size_t>(j)]);
        const double y = m_rows.arc[static_cast<std::size_t>(row)] - m_rows.arc[static_cast<std::size_t>(j)];
        const double x = std::sqrt(std::max(0.0, m_reach * m_reach - y * y));
        const auto by = static_cast<std::int64_t>(std::ceil(x * here / m_grid.dx));
        for (const Run& r : runs) add_run(all, {r.first - by, r.last + by}, m_grid.columns, m_grid.wraps);
    }
    tidy(all);
    return all;
}

void Smoother::smooth_row(std::int64_t row, const Runs& wanted, Scratch& s) {
    const auto i = static_cast<std::size_t>(row);
    const auto [first, last] = m_rows.within(row, m_reach);
    const double scale = m_rows.scale[i];

    // Down the columns. Per pair of rows: the gaussian of their distance on the ground, times the scale that turns a
    // density per metre of the map into one per metre on the ground, which is that of the two halves along the rows
    // together.
    s.down.clear();
    for (std::int64_t j = first; j < last; ++j) {
        const double other = m_rows.scale[static_cast<std::size_t>(j)];
        const double step = m_grid.dy * std::sqrt(scale * other);
        const double variance = m_grid.sigma_m * m_grid.sigma_m - (binning_variance + b_spline_variance) * step * step;
        const double d = m_rows.arc[i] - m_rows.arc[static_cast<std::size_t>(j)];
        s.down.push_back(std::exp(-d * d / (2 * variance)) / std::sqrt(2 * std::numbers::pi * variance) *
                         std::sqrt((scale * scale + other * other) / 2));
    }
    taps_of(row, s.taps, true);
    const auto reach = static_cast<std::int64_t>(s.taps.size()) - 1;
    double* sums = s.row.data() + m_pad;
    const Runs needed = grown(wanted, reach, m_grid.columns, m_grid.wraps);
    constexpr std::int64_t lanes = 16;
    for (const Run& run : needed)
        for (std::int64_t c = run.first; c < run.last; c += lanes) {
            const std::int64_t n = std::min(lanes, run.last - c);
            double sum[lanes] = {};
            for (std::int64_t j = first; j < last; ++j) {
                if (m_ring.runs(j).empty()) continue;
                const double w = s.down[static_cast<std::size_t>(j - first)];
                const double* in = m_ring.row(j) + c;
                if (n == lanes)
                    for (std::int64_t k = 0; k < lanes; ++k) sum[k] += w * in[k];
                else
                    for (std::int64_t k = 0; k < n; ++k) sum[k] += w * in[k];
            }
            std::copy_n(sum, n, sums + c);
        }
    if (m_grid.wraps) wrap_pads(sums, m_grid.columns, m_pad);

    for (const Run& run : wanted)
        add_convolved(sums + run.first, s.values.data() + run.first, run.last - run.first, s.taps);
    // From mass per step to mass per metre, over the share of the kernel within 4σ.
    m_writer.write_row(row, wanted, s.values.data(), km2 / m_grid.dx / -std::expm1(-8.0));
    for (const Run& run : wanted) std::fill(s.values.data() + run.first, s.values.data() + run.last, 0.0);
    clear_row(sums, needed, m_grid.columns, m_pad);
}

Layer Smoother::run() {
    std::int64_t spread = 0; // sources before this row are in the ring, or gone
    for (std::int64_t top = 0; top < m_grid.rows; top += block_side) {
        const std::int64_t end = m_rows.within(top + block_side - 1, m_reach).second;
        if (end > spread)
            m_workers.each(static_cast<std::size_t>(end - spread), [&](std::size_t k, int worker) {
                spread_source(spread + static_cast<std::int64_t>(k), m_scratch[static_cast<std::size_t>(worker)]);
            });
        spread = std::max(spread, end);
        m_writer.write_block_row(
            top, [&](std::int64_t row) { return reach_of(row); },
            [&](std::int64_t row, const Runs& wanted, int worker) {
                smooth_row(row, wanted, m_scratch[static_cast<std::size_t>(worker)]);
            });
    }
    return m_writer.finish();
}

} // namespace

Layer smooth_gaussian(const Bins& bins, const LayerGrid& grid, const EqualArea& crs, Workers& workers) {
    return Smoother(bins, grid, crs, workers).run();
}

} // namespace harmattan::geo
