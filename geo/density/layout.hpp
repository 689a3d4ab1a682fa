#pragma once
// Where a field's grids lie: which part of the Earth the events cover, the equal-area CRS that suits it, and one grid
// for every distinct bandwidth (events of a coarse precision class have a wider one, so they need a coarser grid).

#include "geo/density/equal_area.hpp"
#include "geo/density/field.hpp"
#include "geo/events.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace harmattan::geo {

/// Beyond this latitude an equal-area cylinder is of no use; events there are left out of a field and counted.
/// Just outside the Mercator square, so that every web tile is covered.
inline constexpr double max_field_latitude = 85.06;

/// The arc of the circle of longitudes, and the band of latitudes, that hold all events within ±max_field_latitude.
struct EventBounds {
    std::uint64_t events = 0, left_out = 0; ///< within, beyond
    std::int32_t south_e7 = 0, north_e7 = 0;
    std::int32_t centre_e7 = 0;            ///< whole degrees, near the middle of the arc
    std::int32_t west_e7 = 0, east_e7 = 0; ///< from the centre, so −180° ≤ west ≤ 0 ≤ east < 180°
};

EventBounds bounds_of(const Events& events);

/// Longitude from `centre_e7`, −1.8e9 … 1.8e9 − 1.
inline std::int32_t relative_lon_e7(std::int32_t lon_e7, std::int32_t centre_e7) {
    std::int64_t d = std::int64_t{lon_e7} - centre_e7;
    if (d < -1'800'000'000) d += 3'600'000'000;
    if (d >= 1'800'000'000) d -= 3'600'000'000;
    return static_cast<std::int32_t>(d);
}

/// Nodes of a layer: column c at x0 + c·dx, row r at y0 − r·dy (row 0 north); both counts are multiples of block_side.
struct LayerGrid {
    double sigma_m = 0;
    double x0 = 0, y0 = 0, dx = 0, dy = 0;
    std::int64_t columns = 0, rows = 0;
    bool wraps = false; ///< the columns go round the Earth

    double column_of(double x) const { return (x - x0) / dx; }
    double row_of(double y) const { return (y0 - y) / dy; }
};

struct Layout {
    EventBounds bounds;
    EqualArea crs{0, 0};
    std::vector<LayerGrid> layers;               ///< by ascending bandwidth
    std::array<int, precision_count> layer_of{}; ///< per Precision value
};

/// How many grid steps a bandwidth has at least, anywhere in the data: 6 for the gaussian, 12 for the others (their
/// rims are not smooth).
int steps_per_bandwidth(Kernel kernel);

/// Throws Error bad_config where the bandwidth does not lie in 10 m … 1,000 km.
Layout lay_out(const Events& events, const FieldOptions& options);

} // namespace harmattan::geo
