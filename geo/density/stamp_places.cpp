#include "geo/density/layer.hpp"

#include <algorithm>
#include <utility>

namespace harmattan::geo {

namespace {

class PlaceStamper {
public:
    PlaceStamper(const Stamp& stamp, const Masses& masses, const LayerGrid& grid, const EqualArea& crs)
        : m_stamp(stamp), m_masses(masses), m_grid(grid), m_rows(grid, crs) {}

    Layer run(Workers& workers);

private:
    Slice slice(std::int64_t row, std::size_t mass) const;
    Run run_of(double centre, double half) const;
    std::pair<std::size_t, std::size_t> masses_near(std::int64_t row) const;
    Runs reach_of(std::int64_t row) const;
    void add(const Slice& s, double centre, Run run, double mass, std::vector<double>& sums) const;
    void stamp_row(std::int64_t row, std::vector<double>& sums) const;

    const Stamp& m_stamp;
    const Masses& m_masses;
    const LayerGrid& m_grid;
    RowTable m_rows;
};

Slice PlaceStamper::slice(std::int64_t row, std::size_t m) const {
    const auto i = static_cast<std::size_t>(row);
    return {m_rows.arc[i] - m_masses.arc[m], m_grid.dx / std::sqrt(m_rows.scale[i] * m_masses.scale[m]),
            (m_rows.bend[i] + m_masses.bend[m]) / 2, (m_rows.curvature[i] + m_masses.curvature[m]) / 2};
}

Run PlaceStamper::run_of(double centre, double half) const {
    return {static_cast<std::int64_t>(std::ceil(centre - half)),
            static_cast<std::int64_t>(std::floor(centre + half)) + 1};
}

std::pair<std::size_t, std::size_t> PlaceStamper::masses_near(std::int64_t row) const {
    const double here = m_rows.arc[static_cast<std::size_t>(row)];
    const auto& arc = m_masses.arc;
    const auto first = std::ranges::lower_bound(arc, here + m_stamp.radius(), std::ranges::greater());
    const auto last = std::ranges::upper_bound(arc, here - m_stamp.radius(), std::ranges::greater());
    return {static_cast<std::size_t>(first - arc.begin()), static_cast<std::size_t>(last - arc.begin())};
}

Runs PlaceStamper::reach_of(std::int64_t row) const {
    Runs runs;
    if (!m_rows.inside(row)) return runs;
    const auto [first, last] = masses_near(row);
    for (std::size_t m = first; m < last; ++m) {
        const Slice s = slice(row, m);
        if (!m_stamp.reaches(s.y2)) continue;
        const double half = s.half_width(m_stamp.radius() * m_stamp.radius());
        add_run(runs, run_of(m_grid.column_of(m_masses.x[m]), half), m_grid.columns, m_grid.wraps);
        if (runs.size() > 4096) tidy(runs);
    }
    tidy(runs);
    return runs;
}

void PlaceStamper::add(const Slice& s, double centre, Run run, double mass, std::vector<double>& sums) const {
    for (std::int64_t turn = m_grid.wraps ? -m_grid.columns : 0; turn <= (m_grid.wraps ? m_grid.columns : 0);
         turn += m_grid.columns)
        m_stamp.add(s, centre + static_cast<double>(turn),
                    static_cast<int>(std::max<std::int64_t>(run.first + turn, 0)),
                    static_cast<int>(std::min(run.last + turn, m_grid.columns)), mass, sums.data());
}

void PlaceStamper::stamp_row(std::int64_t row, std::vector<double>& sums) const {
    const auto [first, last] = masses_near(row);
    for (std::size_t m = first; m < last; ++m) {
        const Slice s = slice(row, m);
        if (!m_stamp.reaches(s.y2)) continue;
        const double centre = m_grid.column_of(m_masses.x[m]), mass = m_masses.mass[m];
        const Run whole = run_of(centre, s.half_width(m_stamp.radius() * m_stamp.radius()));
        if (m_stamp.hole() > 0) {
            const Run hole = run_of(centre, s.half_width(m_stamp.hole() * m_stamp.hole()));
            add(s, centre, {whole.first, hole.first}, mass, sums);
            add(s, centre, {hole.last, whole.last}, mass, sums);
        } else {
            add(s, centre, whole, mass, sums);
        }
    }
}

Layer PlaceStamper::run(Workers& workers) {
    std::vector<std::vector<double>> sums(static_cast<std::size_t>(workers.count()),
                                          std::vector<double>(static_cast<std::size_t>(m_grid.columns)));
    LayerWriter writer(m_grid, m_stamp.hole() > 0 ? Basis::b_spline : Basis::catmull_rom, workers);
    for (std::int64_t top = 0; top < m_grid.rows; top += block_side)
        writer.write_block_row(
            top, [&](std::int64_t row) { return reach_of(row); },
            [&](std::int64_t row, const Runs& wanted, int worker) {
                std::vector<double>& s = sums[static_cast<std::size_t>(worker)];
                stamp_row(row, s);
                writer.write_row(row, wanted, s.data(), 1);
                for (const Run& r : wanted) std::fill(s.begin() + r.first, s.begin() + r.last, 0.0);
            });
    return writer.finish();
}

} // namespace

Layer stamp_places(const Stamp& stamp, const Masses& masses, const LayerGrid& grid, const EqualArea& crs,
                   Workers& workers) {
    return PlaceStamper(stamp, masses, grid, crs).run(workers);
}

} // namespace harmattan::geo
