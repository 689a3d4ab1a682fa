#pragma once
// How much of the events whose place is known only roughly lies where along a route. Such an event may have been
// anywhere in a disc about its coordinates, whose radius is twice the standard deviation of its precision class: the
// disc of "within 25 km" has one of 12.5 km, which is what the density widens its kernel by. It counts in a place by
// the share of the disc that lies there, so that its shares along a route and beyond it add up to the event.

#include "geo/corridors/route_index.hpp"
#include "geo/events.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace harmattan::geo {

/// A class that has a spread and is worse than a place; a named place (or one that nothing is said of) counts at its
/// coordinates.
bool is_spread(const Events& events, std::size_t event);

/// Spread events of one class and place.
struct SpreadPlace {
    LonLatE7 at;
    double radius_m = 0; ///< of the disc
    double events = 0, weight = 0;
};
/// Those among the rows of `events`, each place once; by radius and place.
std::vector<SpreadPlace> spread_places(const Events& events, std::span<const std::uint32_t> rows);

/// What lies in each cell: `events` their number, `weight` their weight.
struct CellMass {
    std::vector<double> events, weight;
};

/// The surroundings of a route as a raster of ground cells (rows of about `step_m`), each of which belongs to one of
/// `cells` numbered stretches (bins by bands) or to none. Immutable. A disc's share in a stretch is exact along the
/// rows and by the midpoint rule across them: within 1 % of the event for each stretch (0.8 % measured), 0.5 % for all
/// of them together (0.4 % measured) (prior_mass_test measures both against geodesics).
class PriorRaster {
public:
    /// `step_m`: half of the narrowest stretch or less, and no more than 2 km. `cell_of`: of the nearest point of the
    /// route, less than `cells`; `cells` itself: none.
    template <class CellOf>
    PriorRaster(const RouteIndex& index, double step_m, std::uint32_t cells, CellOf cell_of) : m_cells(cells) {
        lay(index.box(), step_m);
        for (std::int64_t row = 0; row < m_rows; ++row)
            for (std::int64_t column = 0; column < m_columns; ++column)
                if (const auto at = index.nearest(centre(column, row)))
                    m_cell[static_cast<std::size_t>(row * m_columns + column)] = cell_of(*at);
        find_used();
    }

    CellMass mass_of(std::span<const SpreadPlace> places) const;

private:
    std::vector<double> mass_of(std::span<const SpreadPlace> places, double SpreadPlace::*mass) const;
    struct Stretch {
        std::int64_t from = 0, to = 0; ///< columns; to exclusive
    };

    void lay(const LonLatBox& box, double step_m);
    void find_used();
    /// Whether no row has a cell that belongs to a stretch between these columns.
    bool misses(std::int64_t first_row, std::int64_t last_row, double from, double to) const;
    LonLatE7 centre(std::int64_t column, std::int64_t row) const;
    double row_lat(std::int64_t row) const { return m_south + (static_cast<double>(row) + 0.5) * m_step_lat; }

    std::uint32_t m_cells = 0;
    double m_west = 0, m_south = 0, m_step_lon = 0, m_step_lat = 0; ///< degrees
    std::int64_t m_columns = 0, m_rows = 0;
    std::vector<std::uint32_t> m_cell; ///< by row and column; m_cells: none
    std::vector<Stretch> m_used;       ///< by row: where cells belong to a stretch
};

} // namespace harmattan::geo
