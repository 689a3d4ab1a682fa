#include "geo/density/layer.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace harmattan::geo {

namespace {

/// Half a gaussian's taps; 4.75 of its own standard deviations, so that two of them in turn are still a gaussian to 3e-4
/// of the value at 3σ.
constexpr double half_reach = 4.75;
constexpr double km2 = 1e6;

/// Values kept for a few rows at a time: row r lies in slot r mod the number of slots.
class RowRing {
public:
    RowRing(std::size_t slots, std::size_t width, std::size_t pad)
        : m_slots(slots), m_width(width + 2 * pad), m_pad(pad), m_values(slots * m_width), m_runs(slots) {}
    double* row(std::int64_t r) { return m_values.data() + slot(r) * m_width + m_pad; }
    const double* row(std::int64_t r) const { return m_values.data() + slot(r) * m_width + m_pad; }
    Runs& runs(std::int64_t r) { return m_runs[slot(r)]; }
    const Runs& runs(std::int64_t r) const { return m_runs[slot(r)]; }

private:
    std::size_t slot(std::int64_t r) const { return static_cast<std::size_t>(r) % m_slots; }
    std::size_t m_slots, m_width, m_pad;
    std::vector<double> m_values;
    std::vector<Runs> m_runs;
};

/// out[i] = Σ taps[|t|] · in[i + t] for i < count, |t| < taps.size(); the same sum for every element, whatever the run.
void convolve(const double* in, double* out, std::int64_t count, const std::vector<double>& taps) {
    constexpr std::int64_t lanes = 16;
    const auto n = static_cast<std::int64_t>(taps.size());
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        double sum[lanes];
        for (std::int64_t k = 0; k < lanes; ++k) sum[k] = taps[0] * in[i + k];
        for (std::int64_t t = 1; t < n; ++t) {
            const double w = taps[static_cast<std::size_t>(t)];
            const double *left = in + i - t, *right = in + i + t;
            for (std::int64_t k = 0; k < lanes; ++k) sum[k] += w * (left[k] + right[k]);
        }
        std::memcpy(out + i, sum, sizeof sum);
    }
    for (; i < count; ++i) {
        double sum = taps[0] * in[i];
        for (std::int64_t t = 1; t < n; ++t) sum += taps[static_cast<std::size_t>(t)] * (in[i - t] + in[i + t]);
        out[i] = sum;
    }
}

/// Makes both ends of a ring of columns visible beyond the other.
void wrap_pads(double* row, std::int64_t columns, std::int64_t pad) {
    std::copy_n(row + columns - pad, pad, row - pad);
    std::copy_n(row, pad, row + columns);
}

class Smoother {
public:
    Smoother(const Bins& bins, const LayerGrid& grid, const EqualArea& crs, Workers& workers);
    Layer run();

private:
    struct Scratch {
        std::vector<double> row;         ///< padded, zero between uses
        std::vector<std::int64_t> sums;  ///< zero between uses
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
    Layer m_layer;
    RowRing m_ring;                  ///< sources, spread along their rows
    std::vector<Runs> m_source_runs; ///< per row of the ring: where the masses themselves are
    std::vector<double> m_row_mass;
    std::vector<Scratch> m_scratch;
};

std::int64_t widest_taps(const LayerGrid& g, const RowTable& rows) {
    const double scale = *std::ranges::max_element(rows.scale);
    return std::min(g.columns, static_cast<std::int64_t>(half_reach * std::sqrt(0.5) * g.sigma_m * scale / g.dx) + 2);
}

/// Source rows that one block row of output can need.
std::size_t window_rows(const LayerGrid& g, const RowTable& rows, double reach) {
    std::int64_t most = 0;
    for (std::int64_t r = 0; r < g.rows; r += block_side)
        most = std::max(most, rows.within(r + block_side - 1, reach).second - rows.within(r, reach).first);
    return static_cast<std::size_t>(most);
}

Smoother::Smoother(const Bins& bins, const LayerGrid& grid, const EqualArea& crs, Workers& workers)
    : m_bins(bins), m_grid(grid), m_workers(workers), m_rows(grid, crs), m_pad(widest_taps(grid, m_rows)),
      m_reach(support_of(Kernel::gaussian, grid.sigma_m)),
      m_ring(window_rows(grid, m_rows, m_reach), static_cast<std::size_t>(grid.columns), static_cast<std::size_t>(m_pad)),
      m_source_runs(static_cast<std::size_t>(grid.rows)), m_row_mass(static_cast<std::size_t>(grid.rows)),
      m_scratch(static_cast<std::size_t>(workers.count())) {
    m_layer.grid = grid;
    m_layer.basis = Basis::b_spline;
    m_layer.blocks = Layer::Store(static_cast<std::size_t>(grid.columns / block_side),
                                  static_cast<std::size_t>(grid.rows / block_side));
    for (Scratch& s : m_scratch) {
        s.row.assign(static_cast<std::size_t>(grid.columns + 2 * m_pad), 0);
        s.sums.assign(static_cast<std::size_t>(grid.columns), 0);
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
    for (const Run& r : m_ring.runs(row)) std::fill(m_ring.row(row) + r.first, m_ring.row(row) + r.last, 0.0);
    m_ring.runs(row).clear();
    double* masses = s.row.data() + m_pad;
    const Runs runs = m_bins.read_row(row, {masses, static_cast<std::size_t>(m_grid.columns)}, s.sums);
    if (runs.empty()) return;
    if (m_grid.wraps) wrap_pads(masses, m_grid.columns, m_pad);
    taps_of(row, s.taps, false);
    const auto reach = static_cast<std::int64_t>(s.taps.size()) - 1;
    m_ring.runs(row) = grown(runs, reach, m_grid.columns, m_grid.wraps);
    for (const Run& r : m_ring.runs(row)) convolve(masses + r.first, m_ring.row(row) + r.first, r.last - r.first, s.taps);
    for (const Run& r : runs) std::fill(masses + r.first, masses + r.last, 0.0);
    if (m_grid.wraps) {
        std::fill_n(masses - m_pad, m_pad, 0.0);
        std::fill_n(masses + m_grid.columns, m_pad, 0.0);
    }
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
    // density per metre of the map into one per metre on the ground, which is that of the two halves along the rows together.
    s.down.clear();
    for (std::int64_t j = first; j < last; ++j) {
        const double other = m_rows.scale[static_cast<std::size_t>(j)];
        const double step = m_grid.dy * std::sqrt(scale * other);
        const double variance =
            m_grid.sigma_m * m_grid.sigma_m - (binning_variance + b_spline_variance) * step * step;
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

    // Along the row; from mass per step to mass per metre, and the share that lies beyond 4σ.
    const double unit = km2 / m_grid.dx / -std::expm1(-8.0);
    std::vector<double> values;
    const auto by = static_cast<std::size_t>(row / block_side);
    const std::size_t local = static_cast<std::size_t>(row % block_side) * block_side;
    double total = 0;
    for (const Run& run : wanted) {
        values.resize(static_cast<std::size_t>(run.last - run.first));
        convolve(sums + run.first, values.data(), run.last - run.first, s.taps);
        for (std::int64_t c = run.first; c < run.last; ++c) {
            const auto value = static_cast<float>(unit * values[static_cast<std::size_t>(c - run.first)]);
            float* block = m_layer.blocks.find(static_cast<std::size_t>(c / block_side), by);
            block[local + static_cast<std::size_t>(c % block_side)] = value;
            total += static_cast<double>(value);
        }
    }
    m_row_mass[i] = total;
    for (const Run& run : needed) std::fill(sums + run.first, sums + run.last, 0.0);
    if (m_grid.wraps) {
        std::fill_n(sums - m_pad, m_pad, 0.0);
        std::fill_n(sums + m_grid.columns, m_pad, 0.0);
    }
}

Layer Smoother::run() {
    std::int64_t spread = 0; // sources before this row are in the ring, or gone
    std::vector<Runs> wanted(block_side);
    for (std::int64_t top = 0; top < m_grid.rows; top += block_side) {
        const std::int64_t end = m_rows.within(top + block_side - 1, m_reach).second;
        if (end > spread) {
            m_workers.each(static_cast<std::size_t>(end - spread), [&](std::size_t k, int worker) {
                spread_source(spread + static_cast<std::int64_t>(k), m_scratch[static_cast<std::size_t>(worker)]);
            });
            spread = end;
        }
        m_workers.each(block_side, [&](std::size_t k, int) { wanted[k] = reach_of(top + static_cast<std::int64_t>(k)); });
        for (const Runs& runs : wanted)
            for (const Run& r : runs)
                for (std::int64_t bx = r.first / block_side; bx <= (r.last - 1) / block_side; ++bx)
                    m_layer.blocks.make(static_cast<std::size_t>(bx), static_cast<std::size_t>(top / block_side));
        m_workers.each(block_side, [&](std::size_t k, int worker) {
            if (!wanted[k].empty())
                smooth_row(top + static_cast<std::int64_t>(k), wanted[k], m_scratch[static_cast<std::size_t>(worker)]);
        });
    }
    for (const double row : m_row_mass) m_layer.mass += row;
    m_layer.mass *= m_grid.dx * m_grid.dy / km2;
    return std::move(m_layer);
}

/// Rows end a little beyond the events' last latitude, for those who sample there.
constexpr double last_row_latitude = max_field_latitude + 0.2;

} // namespace

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

Layer smooth_gaussian(const Bins& bins, const LayerGrid& grid, const EqualArea& crs, Workers& workers) {
    return Smoother(bins, grid, crs, workers).run();
}

} // namespace harmattan::geo
