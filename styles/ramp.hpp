#pragma once
// Colour ramps as tables of 256 entries: what a heat picture is painted with and what its legend shows.

#include "styles/style.hpp"

#include <array>

namespace harmattan::styles {

struct Ramp {
    static constexpr std::size_t size = 256;
    std::string name;
    std::array<Color, size> colors; ///< entry i stands for i / 255
    bool diverging = false;         ///< two-sided: the middle is "no change"

    /// Entry nearest to `t` in 0…1; outside it the nearer end.
    const Color& at(double t) const;
};

/// The named ramps: "sahel" (light maps: sand, rust, wine), "ember" (dark maps: glowing), "YlOrRd", "inferno",
/// "magma", "viridis", "cividis", and "PuOr" for change. Made of few stops by even steps of mixing in Oklab; opaque.
const std::vector<Ramp>& named_ramps();
/// Null where there is none of that name (case counts).
const Ramp* find_ramp(std::string_view name);

/// The ramp that a heatmap layer's `heatmap-color` describes, sampled at 256 densities.
Ramp ramp_of(const Layer& heatmap);

/// Alpha rises linearly from 0 at the floor to the ramp's own within the first `share` of it (density.md 4.10).
Ramp with_faded_floor(Ramp ramp, double share = 0.1);

/// The colours of `count` classes, from the middle of each class's part of the ramp; the lowest class of a ramp with a
/// faded floor is then seen as it is on the map.
std::vector<Color> class_colors(const Ramp& ramp, std::size_t count);

/// Limits of `count` classes between `low` and `high`, each the same multiple of the one before: count + 1 numbers.
/// Inner limits are rounded to two significant digits where the classes stay apart. 0 < low < high.
std::vector<double> geometric_limits(double low, double high, std::size_t count);

} // namespace harmattan::styles
