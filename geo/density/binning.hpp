#pragma once
// Events onto the nodes of a grid, exactly: integers, so that the order of events and threads cannot change the sums.
// Each event is shared among 3 × 3 nodes by quadratic B-splines. Unlike linear sharing, which spreads an event by
// anything from 0 to δ²/4 according to where it lies between the nodes, they spread every event by the same δ²/4, which
// the kernel then takes off: with δ = σ/6 one event's peak is right to 4e-5 (linear sharing: 4.6e-3). Source: the
// moment properties of B-splines (Unser 1999); linear binning: Wand 1994.

#include "geo/density/blocks.hpp"
#include "geo/density/intervals.hpp"
#include "geo/density/layout.hpp"
#include "geo/density/workers.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace harmattan::geo {

/// Variance that binning adds along each axis, in squared grid steps.
inline constexpr double binning_variance = 1.0 / 4;

/// Weights as integers: an event's weight is its integer × unit.
struct WeightScale {
    double unit = 1;
    bool uniform = true; ///< every event weighs 1
    std::int64_t operator()(float weight) const;
};

/// The power of two that keeps every sum below 2^63 and is at most 4e-12 of the whole weight.
/// Throws Error bad_data for a negative or non-finite weight.
WeightScale weigh(const Events& events);

/// The masses of one layer. Blocks have a rim of one node, so that an event touches one block only.
class Bins {
public:
    static constexpr std::size_t stride = block_side + 2;
    using Store = SparseBlocks<std::int64_t, stride * stride>;

    Bins(const LayerGrid& grid, double unit);

    Store& store() { return m_store; }
    void add(const Bins& other);
    /// Block columns in use per block row, ascending; call once after the last event.
    void close();

    /// The row's masses in events, into `out` (one per column, all zero before). Returns where they are not zero.
    /// `scratch` is as wide as the row and all zero, before and after.
    Runs read_row(std::int64_t row, std::span<double> out, std::span<std::int64_t> scratch) const;
    const std::vector<std::uint32_t>& used(std::int64_t block_row) const {
        return m_used[static_cast<std::size_t>(block_row)];
    }
    std::size_t count_nodes() const { return m_nodes; } ///< with a mass
    double mass() const { return static_cast<double>(m_total) * m_unit; }

private:
    void add_block_row(std::int64_t block_row, std::size_t local, std::span<std::int64_t> sums, Runs& touched) const;

    std::int64_t m_columns, m_rows;
    bool m_wraps;
    double m_unit; ///< events per unit of the integers
    std::int64_t m_total = 0;
    std::size_t m_nodes = 0;
    Store m_store;
    std::vector<std::vector<std::uint32_t>> m_used;
};

/// One Bins per layer of the layout.
std::vector<Bins> bin_events(const Events& events, const Layout& layout, Workers& workers);

} // namespace harmattan::geo
