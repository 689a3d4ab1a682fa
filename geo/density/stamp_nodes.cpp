#include "geo/density/layer.hpp"
#include "geo/density/mass_rows.hpp"
#include "geo/density/rows.hpp"

#include <algorithm>
#include <utility>

namespace harmattan::geo {

namespace {

/// All masses of a row are at nodes, so that one row of taps serves them all: a convolution for every pair of rows.
class NodeStamper {
public:
    NodeStamper(const Stamp& stamp, const MassRows& masses, const EqualArea& crs, Workers& workers);
    Layer run(Workers& workers);

private:
    struct Scratch {
        MassRows::Scratch masses;
        std::vector<double> padded; ///< sums of a row; zero between uses
        std::vector<double> taps;
    };

    Slice slice(std::int64_t row, std::int64_t source) const;
    void load(std::int64_t row, Scratch& s);
    Runs reach_of(std::int64_t row) const;
    void stamp_row(std::int64_t row, Scratch& s) const;

    const Stamp& m_stamp;
    const MassRows& m_masses;
    const LayerGrid& m_grid;
    RowTable m_rows;
    std::int64_t m_pad;
    RowRing m_ring;
    std::vector<Scratch> m_scratch;
};

std::int64_t length_of(const Runs& runs) {
    std::int64_t sum = 0;
    for (const Run& r : runs) sum += r.last - r.first;
    return sum;
}

/// What one mass gives to both sides of it.
void scatter(double mass, std::span<const double> taps, std::int64_t first, double* out) {
    const auto n = static_cast<std::int64_t>(taps.size());
    for (std::int64_t t = first; t < n; ++t) out[t] += mass * taps[static_cast<std::size_t>(t)];
    for (std::int64_t t = std::max<std::int64_t>(first, 1); t < n; ++t)
        out[-t] += mass * taps[static_cast<std::size_t>(t)];
}

NodeStamper::NodeStamper(const Stamp& stamp, const MassRows& masses, const EqualArea& crs, Workers& workers)
    : m_stamp(stamp), m_masses(masses), m_grid(masses.grid()), m_rows(m_grid, crs),
      m_pad(std::min(m_grid.columns, static_cast<std::int64_t>(stamp.radius() * m_rows.widest() / m_grid.dx) + 3)),
      m_ring(m_rows.window(stamp.radius()), m_grid.columns, m_pad),
      m_scratch(
          static_cast<std::size_t>(workers.count()),
          Scratch{masses.scratch(), std::vector<double>(static_cast<std::size_t>(m_grid.columns + 2 * m_pad)), {}}) {}

Slice NodeStamper::slice(std::int64_t row, std::int64_t source) const {
    const auto i = static_cast<std::size_t>(row), j = static_cast<std::size_t>(source);
    return {m_rows.arc[i] - m_rows.arc[j], m_grid.dx / std::sqrt(m_rows.scale[i] * m_rows.scale[j]),
            (m_rows.bend[i] + m_rows.bend[j]) / 2, (m_rows.curvature[i] + m_rows.curvature[j]) / 2};
}

void NodeStamper::load(std::int64_t row, Scratch& s) {
    double* to = m_ring.row(row);
    clear_row(to, m_ring.runs(row), m_grid.columns, m_pad);
    m_ring.runs(row) = m_masses.read(row, {to, static_cast<std::size_t>(m_grid.columns)}, s.masses);
    if (m_grid.wraps && !m_ring.runs(row).empty()) wrap_pads(to, m_grid.columns, m_pad);
}

Runs NodeStamper::reach_of(std::int64_t row) const {
    Runs all;
    if (!m_rows.inside(row)) return all;
    const auto [first, last] = m_rows.within(row, m_stamp.radius());
    for (std::int64_t j = first; j < last; ++j) {
        const Slice s = slice(row, j);
        if (m_ring.runs(j).empty() || !m_stamp.reaches(s.y2)) continue;
        const auto by = static_cast<std::int64_t>(s.half_width(m_stamp.radius() * m_stamp.radius()));
        for (const Run& r : m_ring.runs(j)) add_run(all, {r.first - by, r.last + by}, m_grid.columns, m_grid.wraps);
    }
    tidy(all);
    return all;
}

void NodeStamper::stamp_row(std::int64_t row, Scratch& scratch) const {
    const auto [first, last] = m_rows.within(row, m_stamp.radius());
    double* sums = scratch.padded.data() + m_pad;
    for (std::int64_t j = first; j < last; ++j) {
        const Slice s = slice(row, j);
        if (m_ring.runs(j).empty() || !m_stamp.reaches(s.y2)) continue;
        const auto end =
            std::min(static_cast<std::int64_t>(s.half_width(m_stamp.radius() * m_stamp.radius())) + 1, m_pad);
        const auto start =
            m_stamp.hole() > 0 ? static_cast<std::int64_t>(s.half_width(m_stamp.hole() * m_stamp.hole())) + 1 : 0;
        if (start >= end) continue;
        scratch.taps.assign(static_cast<std::size_t>(end), 0);
        m_stamp.add(s, 0, static_cast<int>(start), static_cast<int>(end), 1, scratch.taps.data());
        const double* in = m_ring.row(j);
        const Runs &sources = m_ring.runs(j), reached = grown(sources, end - 1, m_grid.columns, m_grid.wraps);
        // Few nodes scatter their taps, many are gathered by them: what is less work.
        if (2 * length_of(sources) < length_of(reached))
            for (const Run& r : sources)
                for (std::int64_t c = r.first; c < r.last; ++c) scatter(in[c], scratch.taps, start, sums + c);
        else
            for (const Run& r : reached)
                add_convolved(in + r.first, sums + r.first, r.last - r.first, scratch.taps, start);
    }
    if (m_grid.wraps)
        for (std::int64_t c = 0; c < m_pad; ++c) {
            sums[m_grid.columns - m_pad + c] += std::exchange(sums[c - m_pad], 0);
            sums[c] += std::exchange(sums[m_grid.columns + c], 0);
        }
}

Layer NodeStamper::run(Workers& workers) {
    LayerWriter writer(m_grid, m_stamp.hole() > 0 ? Basis::b_spline : Basis::catmull_rom, workers);
    std::int64_t loaded = 0;
    for (std::int64_t top = 0; top < m_grid.rows; top += block_side) {
        const std::int64_t end = m_rows.within(top + block_side - 1, m_stamp.radius()).second;
        if (end > loaded)
            workers.each(static_cast<std::size_t>(end - loaded), [&](std::size_t k, int worker) {
                load(loaded + static_cast<std::int64_t>(k), m_scratch[static_cast<std::size_t>(worker)]);
            });
        loaded = std::max(loaded, end);
        writer.write_block_row(
            top, [&](std::int64_t row) { return reach_of(row); },
            [&](std::int64_t row, const Runs& wanted, int worker) {
                Scratch& s = m_scratch[static_cast<std::size_t>(worker)];
                stamp_row(row, s);
                double* sums = s.padded.data() + m_pad;
                writer.write_row(row, wanted, sums, 1);
                clear_row(sums, wanted, m_grid.columns, 0);
            });
    }
    return writer.finish();
}

} // namespace

Layer stamp_nodes(const Stamp& stamp, const MassRows& masses, const EqualArea& crs, Workers& workers) {
    return NodeStamper(stamp, masses, crs, workers).run(workers);
}

} // namespace harmattan::geo
