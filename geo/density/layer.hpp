#pragma once
// One layer of a field: the density of the events that share a bandwidth, as coefficients on its grid; and the three
// ways to make one.

#include "geo/density/binning.hpp"
#include "geo/density/blocks.hpp"
#include "geo/density/layout.hpp"
#include "geo/density/profile.hpp"

#include <array>
#include <functional>

namespace harmattan::geo {

class MassRows;

/// How the values between the nodes come from the four nodes on each side; both are bicubic.
enum class Basis {
    /// Uniform cubic B-splines: twice continuously differentiable, never negative, never above the nodes. They spread
    /// what
    /// they interpolate by δ²/3, which the gaussian's taps take off. Within 1e-5 of the peak at δ = σ/6.
    b_spline,
    /// Catmull–Rom: through the nodes, for kernels with a rim. Overshoots below zero there: values are cut at 0.
    catmull_rom,
};

/// Variance that sampling by B-splines adds along each axis, in squared grid steps.
inline constexpr double b_spline_variance = 1.0 / 3;

/// Weights of nodes floor(t) − 1 … floor(t) + 2 for a position between two nodes; `f` = t − floor(t).
inline std::array<double, 4> basis_weights(Basis basis, double f) {
    const double g = 1 - f;
    if (basis == Basis::b_spline)
        return {g * g * g * (1.0 / 6), 2.0 / 3 - f * f * (2 - f) * 0.5, 2.0 / 3 - g * g * (2 - g) * 0.5,
                f * f * f * (1.0 / 6)};
    return {-f * g * g * 0.5, 1 - f * f * (2.5 - 1.5 * f), 1 - g * g * (2.5 - 1.5 * g), -g * f * f * 0.5};
}

struct Layer {
    using Store = SparseBlocks<float, std::size_t{block_side} * block_side>;

    LayerGrid grid;
    Basis basis = Basis::b_spline;
    Store blocks;    ///< events per km²
    double mass = 0; ///< Σ nodes × cell area
};

/// Fills a layer block row by block row: which nodes first, then the blocks they need, then the values.
class LayerWriter {
public:
    LayerWriter(const LayerGrid& grid, Basis basis, Workers& workers);
    /// `reach` names the runs a row needs; `fill` has to pass them to write_row. Both are called for rows top … top +
    /// 31, from any worker.
    void write_block_row(std::int64_t top, const std::function<Runs(std::int64_t row)>& reach,
                         const std::function<void(std::int64_t row, const Runs& wanted, int worker)>& fill);
    /// Values of a whole row, of which the runs are taken, times `factor`.
    void write_row(std::int64_t row, const Runs& runs, const double* values, double factor);
    Layer finish();

private:
    Workers& m_workers;
    Layer m_layer;
    std::vector<Runs> m_wanted;
    std::vector<double> m_row_sum;
};

/// Geometry of the rows that kernels need.
struct RowTable {
    std::vector<double> arc;       ///< ground metres along the meridian
    std::vector<double> scale;     ///< map metres per ground metre along the row
    std::vector<double> bend;      ///< tan²φ / R², m⁻²
    std::vector<double> curvature; ///< 1 / R², m⁻²

    RowTable(const LayerGrid& grid, const EqualArea& crs);
    /// Whether the row lies on the part of the Earth that fields cover.
    bool inside(std::int64_t row) const;
    /// Rows whose arc is within `reach` of row `row`'s: first and last + 1.
    std::pair<std::int64_t, std::int64_t> within(std::int64_t row, double reach) const;
    /// Most rows within `reach` of a block row.
    std::size_t window(double reach) const;
    double widest() const; ///< greatest scale
};

/// Smooths binned masses with a gaussian of grid.sigma_m on the ground, and divides by the share of it within 4σ.
/// Half of the variance goes along the row of the source, all of it along the meridian, half along the row of the
/// output, each by that row's own scale: the product has the geodesic distance's own width to second order, and its
/// fourth-order term along the row is put into the taps. Sums are in double and in a fixed order. Nodes that are
/// farther than 4σ from every mass are 0; what other nodes get from beyond 4σ is subtracted by subtract_rim.
Layer smooth_gaussian(const Bins& bins, const LayerGrid& grid, const EqualArea& crs, Workers& workers);

/// Takes off what the three passes of smooth_gaussian leave beyond 4σ: up to 3.4e-4 of one event's peak each, which
/// adds up to 1 % of the density beside a cluster.
void subtract_rim(Layer& layer, const Layer& rim, Workers& workers);

/// Masses at places of their own, north to south, then west to east.
struct Masses {
    std::vector<double> x, arc, scale, bend, curvature, mass;
};

/// Adds the stamp of every mass to the nodes within its reach, at its distance on the ground.
Layer stamp_places(const Stamp& stamp, const Masses& masses, const LayerGrid& grid, const EqualArea& crs,
                   Workers& workers);
/// The same for masses at the nodes of a grid, row against row.
Layer stamp_nodes(const Stamp& stamp, const MassRows& masses, const EqualArea& crs, Workers& workers);

} // namespace harmattan::geo
