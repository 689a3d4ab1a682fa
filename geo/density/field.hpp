#pragma once
// A density field: events per km² on the ground, on a cylindrical equal-area grid, in sparse blocks of float32.
// One Field serves every tile, page and raster of its layer. Shape, kernel and bounds: see build_field.

#include "geo/density/kernel.hpp"
#include "geo/events.hpp"
#include "geo/space.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace harmattan::geo {

struct FieldOptions {
    Kernel kernel = Kernel::gaussian;
    double bandwidth_m = 0;                 ///< σ, metres on the ground; > 0
    bool widen_by_precision = true;         ///< σ of an event = √(σ² + spread_m[precision]²)
    std::size_t memory_bytes = std::size_t{1} << 30;
    int threads = 1;
};

/// What a field will cost before it is built; --dry-run prints it.
struct FieldCost {
    std::uint64_t cells = 0, bytes = 0;
};

/// Immutable after build_field; safe to read from many threads.
class Field {
public:
    struct Impl;
    explicit Field(std::shared_ptr<const Impl> impl);

    double bandwidth_m() const;
    Kernel kernel() const;
    double step_m() const;        ///< grid step, metres of the analysis CRS
    double mass() const;          ///< Σ field × cell area = Σ weights
    double peak() const;          ///< greatest node value, events per km²
    LonLatBox extent() const;     ///< where it may be above zero, degrees

    /// Events per km² at a place (bicubic). Exactly 0 outside the kernel's reach.
    double at(LonLat place) const;

    /// Values for a raster whose columns are evenly spaced meridians (lon = lon0 + i·lon_step, degrees) and whose rows
    /// lie at `lats`: every Web Mercator and geographic view. Row-major into `out` (lats.size() × columns). Returns
    /// false, with `out` untouched, where all of it is zero.
    bool sample(double lon0, double lon_step, std::size_t columns, std::span<const double> lats, std::span<float> out) const;

    /// Area-weighted quantiles of the positive values inside the field (what a colour range is taken from);
    /// `shares` ascending in 0…1.
    std::vector<double> quantiles(std::span<const double> shares) const;

private:
    std::shared_ptr<const Impl> m_impl;
};

FieldCost foretell_field(const Events& events, const FieldOptions& options);

/// Bins the events exactly (integers), smooths in a fixed order, whatever the number of threads.
/// Throws Error bad_config where bandwidth or memory do not allow it (naming both and the next step).
Field build_field(const Events& events, const FieldOptions& options);

} // namespace harmattan::geo
