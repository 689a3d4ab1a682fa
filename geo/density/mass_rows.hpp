#pragma once
// Binned masses row by row: as they are, or shared out to every second node, which is enough for what is small and
// smooth.

#include "geo/density/binning.hpp"

namespace harmattan::geo {

class MassRows {
public:
    /// `halved`: the rows of a grid of twice the step.
    MassRows(const Bins& bins, const LayerGrid& grid, bool halved);

    const LayerGrid& grid() const { return m_grid; }

    struct Scratch {
        std::vector<double> row;
        std::vector<std::int64_t> sums;
    };
    Scratch scratch() const;
    /// Masses in events into `out` (one per column, all zero before). Returns where they may be above zero; tidy.
    Runs read(std::int64_t row, std::span<double> out, Scratch& scratch) const;

private:
    const Bins& m_bins;
    LayerGrid m_from, m_grid;
    bool m_halved;
};

} // namespace harmattan::geo
