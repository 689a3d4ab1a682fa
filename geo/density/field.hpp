#pragma once
// A density field: events per km² on the ground, on cylindrical equal-area grids, in sparse blocks of float32.
// One Field serves every tile, page and raster of its layer. Shape, kernel and bounds: see build_field.
// Events that share a bandwidth (a precision class) have a grid of their own; a value is the sum over the grids.

#include "geo/density/kernel.hpp"
#include "geo/events.hpp"
#include "geo/space.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace harmattan::geo {

struct FieldOptions {
    Kernel kernel = Kernel::gaussian;
    double bandwidth_m = 0;         ///< σ, metres on the ground; 10 m … 1,000 km
    bool widen_by_precision = true; ///< σ of an event = √(σ² + spread_m[precision]²)
    std::size_t memory_bytes = std::size_t{1} << 30;
    int threads = 1;
};

/// What a field will cost before it is built (an upper bound); --dry-run prints it.
struct FieldCost {
    std::uint64_t cells = 0, bytes = 0;
};

/// The nodes of a field's finest grid, cut to where there is something. Node (c, r) lies at
/// (x0 + c·step_x, y0 − r·step_y), metres of `crs`; row 0 is north.
struct AnalysisGrid {
    std::string crs;
    double x0 = 0, y0 = 0, step_x = 0, step_y = 0;
    std::int64_t columns = 0, rows = 0;
};

/// Immutable after build_field; safe to read from many threads.
class Field {
public:
    struct Impl;
    explicit Field(std::shared_ptr<const Impl> impl);

    double bandwidth_m() const;
    Kernel kernel() const;
    double step_m() const;        ///< step of the finest grid, metres of the analysis CRS
    double mass() const;          ///< Σ nodes × cell area: Σ weights to 2 in 10,000
    double peak() const;          ///< greatest node value, events per km²
    double lone_peak() const;     ///< what one event of mean weight and best precision makes by itself, events per km²
    std::uint64_t events() const; ///< events in the field
    std::uint64_t left_out() const;           ///< events within 5° of a pole, which no field covers
    std::vector<double> bandwidths_m() const; ///< distinct σ after widening, ascending
    LonLatBox extent() const;                 ///< where it may be above zero, degrees
    AnalysisGrid grid() const;

    /// Events per km² at a place (bicubic). Exactly 0 outside the kernel's reach; never negative.
    double at(LonLat place) const;

    /// Values for a raster whose columns are evenly spaced meridians (lon = lon0 + i·lon_step, degrees) and whose rows
    /// lie at `lats`: every Web Mercator and geographic view. Row-major into `out` (lats.size() × columns). Returns
    /// false, with `out` untouched, where all of it is zero. Equal to at() within 1e-6 of the value.
    bool sample(double lon0, double lon_step, std::size_t columns, std::span<const double> lats,
                std::span<float> out) const;

    /// The same where columns `xs` meet rows `ys` of the analysis CRS.
    bool sample_mesh(std::span<const double> xs, std::span<const double> ys, std::span<float> out) const;

    Point<Analysis> to_analysis(LonLat place) const;
    LonLat to_lonlat(Point<Analysis> place) const;
    /// Values at places of the analysis CRS; quickest where they lie close together. False, with `out` zero, where all
    /// are.
    bool sample_places(std::span<const Point<Analysis>> places, std::span<float> out) const;

    /// Area-weighted quantiles of the positive values inside the field (what a colour range is taken from);
    /// `shares` ascending in 0…1. Right to 1 in 1,000 of the value.
    std::vector<double> quantiles(std::span<const double> shares) const;

private:
    std::shared_ptr<const Impl> m_impl;
};

FieldCost foretell_field(const Events& events, const FieldOptions& options);

/// Bins the events exactly (integers), smooths in a fixed order: the same bytes for any order of the events and any
/// number of threads.
///
/// Gaussian: quadratic B-spline binning on a grid of δ ≤ σ/6, three separable passes whose widths follow the scale of
/// the row, cubic B-spline sampling; the variance that binning and sampling add is taken off the taps, and what the
/// passes leave beyond 4σ is subtracted. Against geodesic sums (density_oracle_test), σ of 5, 25 and 100 km: within
/// 0.03 % of the peak and 0.4 % pointwise where the density exceeds 1 % of it at latitudes 4 to 27, 0.03 % and 0.6 % at
/// 50 to 65 (σ = 100 km; 0.1 % below). The worst of it lies in a ring of σ/10 around 4σ from a single strong place,
/// where the kernel is cut. Quartic, epanechnikov: stamped at every place's own distance on the ground on a grid of δ ≤
/// σ/12, sampled by Catmull–Rom and cut at 0; quartic within 0.03 % and 0.25 %. Of more than 20,000 places the bins are
/// stamped: 0.06 % and 1.1 %. The epanechnikov's kinked rim is softened over σ/6: within 2 % of one event's peak. Mass:
/// within 0.02 %.
///
/// Throws Error bad_config where bandwidth or memory do not allow it (naming both and the next step), bad_data for a
/// negative or non-finite weight.
Field build_field(const Events& events, const FieldOptions& options);

} // namespace harmattan::geo
