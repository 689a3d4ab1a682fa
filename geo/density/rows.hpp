#pragma once
// Rows of doubles that a kernel slides along: a ring of the last few, and the sum of taps.

#include "geo/density/intervals.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace harmattan::geo {

/// Rows kept while a window moves down the grid: row r lies in slot r mod the number of slots. `pad` zeros on both
/// sides.
class RowRing {
public:
    RowRing(std::size_t slots, std::int64_t columns, std::int64_t pad)
        : m_slots(slots), m_width(static_cast<std::size_t>(columns + 2 * pad)), m_pad(static_cast<std::size_t>(pad)),
          m_values(slots * m_width), m_runs(slots) {}

    double* row(std::int64_t r) { return m_values.data() + slot(r) * m_width + m_pad; }
    const double* row(std::int64_t r) const { return m_values.data() + slot(r) * m_width + m_pad; }
    /// Where row r is not zero.
    Runs& runs(std::int64_t r) { return m_runs[slot(r)]; }
    const Runs& runs(std::int64_t r) const { return m_runs[slot(r)]; }

private:
    std::size_t slot(std::int64_t r) const { return static_cast<std::size_t>(r) % m_slots; }
    std::size_t m_slots, m_width, m_pad;
    std::vector<double> m_values;
    std::vector<Runs> m_runs;
};

/// Makes both ends of a ring of columns visible beyond the other; `pad` values on each side of the row.
void wrap_pads(double* row, std::int64_t columns, std::int64_t pad);
/// Zeros in the runs and in the pads.
void clear_row(double* row, const Runs& runs, std::int64_t columns, std::int64_t pad);

/// out[i] += Σ taps[t] · (in[i − t] + in[i + t]) for first ≤ t < taps.size(), with taps[0] · in[i] once. The sums of an
/// element are the same whatever the run it is part of.
void add_convolved(const double* in, double* out, std::int64_t count, std::span<const double> taps,
                   std::int64_t first = 0);

} // namespace harmattan::geo
