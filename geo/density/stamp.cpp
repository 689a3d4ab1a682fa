#include "geo/density/layer.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace harmattan::geo {

namespace {

constexpr double km2 = 1e6;

/// The part of a row that one mass reaches, in columns, and what it needs to know its distance there.
struct Slice {
    double centre; ///< column of the mass
    double half;   ///< columns
    double y2;     ///< squared distance across the rows, m²
    double along, bent; ///< d² = y2 + along · Δcolumn² − bent · Δcolumn⁴
};

/// Columns from the centre to where d² − y2 is `x2`.
double half_width(const Slice& s, double x2) {
    const double u = std::max(0.0, x2) / s.along;
    return std::sqrt(u * (1 + s.bent / s.along * u));
}

/// How far the rim of a gaussian is followed, in σ: what is left beyond is 1.4e-6 of the peak.
constexpr double rim_end = 5.2;
constexpr double cut = 4;

double radius_of(Profile profile, double sigma) {
    switch (profile) {
    case Profile::quartic: return support_of(Kernel::quartic, sigma);
    case Profile::epanechnikov: return support_of(Kernel::epanechnikov, sigma);
    case Profile::gaussian_rim: return rim_end * sigma;
    }
    return 0;
}

/// Events per km² of a mass of 1 where the profile is greatest.
double top_of(Profile profile, double sigma) {
    switch (profile) {
    case Profile::quartic: return kernel_density(Kernel::quartic, 0, sigma) * km2;
    case Profile::epanechnikov: return kernel_density(Kernel::epanechnikov, 0, sigma) * km2;
    case Profile::gaussian_rim: return kernel_density(Kernel::gaussian, cut * sigma, sigma) * km2;
    }
    return 0;
}

class Stamper {
public:
    Stamper(Profile profile, const Masses& masses, const LayerGrid& grid, const EqualArea& crs)
        : m_profile(profile), m_masses(masses), m_grid(grid), m_rows(grid, crs), m_radius(radius_of(profile, grid.sigma_m)) {}

    Layer run(Workers& workers);

private:
    Slice slice(std::int64_t row, std::size_t mass) const;
    Run run_of(const Slice& s) const;
    std::pair<std::size_t, std::size_t> masses_near(std::int64_t row) const;
    Runs reach_of(std::int64_t row) const;
    void stamp_run(const Slice& s, Run run, double mass, std::span<double> sums) const;
    double stamp_row(std::int64_t row, const Runs& wanted, std::vector<double>& sums, Layer::Store& blocks) const;

    Profile m_profile;
    const Masses& m_masses;
    const LayerGrid& m_grid;
    RowTable m_rows;
    double m_radius;
};

Slice Stamper::slice(std::int64_t row, std::size_t m) const {
    const auto i = static_cast<std::size_t>(row);
    const double y = m_rows.arc[i] - m_masses.arc[m];
    const double bend = (m_rows.bend[i] + m_masses.bend[m]) / 2;
    const double curvature = (m_rows.curvature[i] + m_masses.curvature[m]) / 2;
    const double step = m_grid.dx / std::sqrt(m_rows.scale[i] * m_masses.scale[m]);
    Slice s;
    s.y2 = y * y;
    s.centre = m_grid.column_of(m_masses.x[m]);
    // Geodesic on the sphere to the fourth order: d² = X² + Y² + (2X²Y² − X⁴ tan²φ) / 12R².
    s.along = step * step * (1 + y * y * curvature / 6);
    s.bent = step * step * step * step * bend / 12;
    s.half = half_width(s, m_radius * m_radius - s.y2);
    return s;
}

Run Stamper::run_of(const Slice& s) const {
    return {static_cast<std::int64_t>(std::ceil(s.centre - s.half)), static_cast<std::int64_t>(std::floor(s.centre + s.half)) + 1};
}

std::pair<std::size_t, std::size_t> Stamper::masses_near(std::int64_t row) const {
    const double here = m_rows.arc[static_cast<std::size_t>(row)];
    const auto& arc = m_masses.arc;
    const auto first = std::ranges::lower_bound(arc, here + m_radius, std::ranges::greater());
    const auto last = std::ranges::upper_bound(arc, here - m_radius, std::ranges::greater());
    return {static_cast<std::size_t>(first - arc.begin()), static_cast<std::size_t>(last - arc.begin())};
}

Runs Stamper::reach_of(std::int64_t row) const {
    Runs runs;
    if (!m_rows.inside(row)) return runs;
    const auto [first, last] = masses_near(row);
    for (std::size_t m = first; m < last; ++m) {
        add_run(runs, run_of(slice(row, m)), m_grid.columns, m_grid.wraps);
        if (runs.size() > 4096) tidy(runs);
    }
    tidy(runs);
    return runs;
}

void Stamper::stamp_run(const Slice& s, Run run, double mass, std::span<double> sums) const {
    const double per_r2 = 1 / (m_radius * m_radius);
    const double top = mass * top_of(m_profile, m_grid.sigma_m);
    const double a = 1 - s.y2 * per_r2, b = s.along * per_r2, c = s.bent * per_r2;
    // exp(−v) as (1 − v/64)^64 with v = (d² − 16σ²) / 2σ²: off by 0.5 % of the rim's height, which is 3.4e-4 of the peak.
    const double per_v = 1 / (64 * 2 * m_grid.sigma_m * m_grid.sigma_m);
    const double v0 = 1 - (s.y2 - cut * cut * m_grid.sigma_m * m_grid.sigma_m) * per_v;
    const auto turn = static_cast<double>(m_grid.columns);
    for (int shift = m_grid.wraps ? -1 : 0; shift <= (m_grid.wraps ? 1 : 0); ++shift) {
        const double centre = s.centre + shift * turn;
        const auto first = static_cast<int>(std::max<std::int64_t>(run.first + shift * m_grid.columns, 0));
        const auto last = static_cast<int>(std::min(run.last + shift * m_grid.columns, m_grid.columns));
        double* out = sums.data();
        switch (m_profile) {
        case Profile::quartic:
            for (int i = first; i < last; ++i) {
                const double u = (i - centre) * (i - centre), inside = std::max(0.0, a - u * (b - c * u));
                out[i] += top * inside * inside;
            }
            break;
        case Profile::epanechnikov:
            for (int i = first; i < last; ++i) {
                const double u = (i - centre) * (i - centre);
                out[i] += top * std::max(0.0, a - u * (b - c * u));
            }
            break;
        case Profile::gaussian_rim:
            for (int i = first; i < last; ++i) {
                const double u = (i - centre) * (i - centre);
                double p = v0 - u * (s.along - s.bent * u) * per_v;
                p *= p, p *= p, p *= p, p *= p, p *= p, p *= p;
                out[i] += top * p;
            }
            break;
        }
    }
}

double Stamper::stamp_row(std::int64_t row, const Runs& wanted, std::vector<double>& sums, Layer::Store& blocks) const {
    const auto [first, last] = masses_near(row);
    for (std::size_t m = first; m < last; ++m) {
        const Slice s = slice(row, m);
        const Run whole = run_of(s);
        if (m_profile != Profile::gaussian_rim) {
            stamp_run(s, whole, m_masses.mass[m], sums);
            continue;
        }
        const double hole2 = cut * cut * m_grid.sigma_m * m_grid.sigma_m - s.y2;
        if (hole2 < 0) continue; // smooth_gaussian ends at 4σ down the columns
        Slice hole = s;
        hole.half = half_width(s, hole2);
        const Run inner = run_of(hole);
        stamp_run(s, {whole.first, inner.first}, m_masses.mass[m], sums);
        stamp_run(s, {inner.last, whole.last}, m_masses.mass[m], sums);
    }
    double total = 0;
    const auto by = static_cast<std::size_t>(row / block_side);
    const std::size_t local = static_cast<std::size_t>(row % block_side) * block_side;
    for (const Run& run : wanted)
        for (std::int64_t c = run.first; c < run.last; ++c) {
            const auto value = static_cast<float>(std::exchange(sums[static_cast<std::size_t>(c)], 0));
            blocks.find(static_cast<std::size_t>(c / block_side), by)[local + static_cast<std::size_t>(c % block_side)] = value;
            total += static_cast<double>(value);
        }
    return total;
}

Layer Stamper::run(Workers& workers) {
    Layer layer;
    layer.grid = m_grid;
    layer.basis = m_profile == Profile::gaussian_rim ? Basis::b_spline : Basis::catmull_rom;
    layer.blocks = Layer::Store(static_cast<std::size_t>(m_grid.columns / block_side),
                                static_cast<std::size_t>(m_grid.rows / block_side));
    std::vector<double> row_mass(static_cast<std::size_t>(m_grid.rows));
    std::vector<std::vector<double>> sums(static_cast<std::size_t>(workers.count()),
                                          std::vector<double>(static_cast<std::size_t>(m_grid.columns)));
    std::vector<Runs> wanted(block_side);
    for (std::int64_t top = 0; top < m_grid.rows; top += block_side) {
        workers.each(block_side, [&](std::size_t k, int) { wanted[k] = reach_of(top + static_cast<std::int64_t>(k)); });
        for (const Runs& runs : wanted)
            for (const Run& r : runs)
                for (std::int64_t bx = r.first / block_side; bx <= (r.last - 1) / block_side; ++bx)
                    layer.blocks.make(static_cast<std::size_t>(bx), static_cast<std::size_t>(top / block_side));
        workers.each(block_side, [&](std::size_t k, int worker) {
            const std::int64_t row = top + static_cast<std::int64_t>(k);
            if (!wanted[k].empty())
                row_mass[static_cast<std::size_t>(row)] =
                    stamp_row(row, wanted[k], sums[static_cast<std::size_t>(worker)], layer.blocks);
        });
    }
    for (const double m : row_mass) layer.mass += m;
    layer.mass *= m_grid.dx * m_grid.dy / km2;
    return layer;
}

} // namespace

Layer stamp(Profile profile, const Masses& masses, const LayerGrid& grid, const EqualArea& crs, Workers& workers) {
    return Stamper(profile, masses, grid, crs).run(workers);
}

} // namespace harmattan::geo
