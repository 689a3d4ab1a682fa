#include "geo/corridors/prior_mass.hpp"

#include "geo/density/equal_area.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <tuple>

namespace harmattan::geo {

namespace {

constexpr double radians = std::numbers::pi / 180;
constexpr double most_cells = 2e7;
constexpr double metres_per_degree = 111'195; ///< near enough to choose a step by

/// Degrees of latitude, and of longitude on the equator, that a disc's radius has: by the two radii of curvature at its
/// centre.
struct DiscRadii {
    double lat = 0, equator_lon = 0;
};
DiscRadii radii_of(const SpreadPlace& place, double lat) {
    const double w2 = 1 - wgs84::e2 * std::sin(lat * radians) * std::sin(lat * radians);
    const double across = wgs84::a / std::sqrt(w2), along = across * (1 - wgs84::e2) / w2;
    return {place.radius_m / along / radians, place.radius_m / across / radians};
}

/// √cos of the latitude of a raster's rows and of those around it that discs reach.
class RowCosines {
public:
    template <class RowLat>
    RowCosines(std::span<const SpreadPlace> places, std::int64_t rows, double step_lat, RowLat row_lat) {
        double radius_m = 0;
        for (const SpreadPlace& place : places) radius_m = std::max(radius_m, place.radius_m);
        m_margin = static_cast<std::int64_t>(2 * radius_m / 110'000 / step_lat) +
                   3; // a degree of latitude has 110,574 m and more
        for (std::int64_t row = -m_margin; row < rows + m_margin; ++row) {
            m_root.push_back(std::sqrt(std::max(1e-9, std::cos(row_lat(row) * radians))));
            m_inverse.push_back(1 / m_root.back());
        }
    }
    double root(std::int64_t row) const { return m_root[static_cast<std::size_t>(row + m_margin)]; }
    double inverse(std::int64_t row) const { return m_inverse[static_cast<std::size_t>(row + m_margin)]; }

private:
    std::int64_t m_margin = 0;
    std::vector<double> m_root, m_inverse;
};

/// A row of cells as discs come to cover it: what begins or ends inside a cell, and what changes from a cell on.
class Coverage {
public:
    Coverage(std::int64_t rows, std::int64_t columns)
        : m_columns(columns), m_part(static_cast<std::size_t>(rows * columns)), m_step(m_part.size() + 1) {}

    /// `amount` a column, from x0 to x1 in columns from the row's beginning, not beyond its ends.
    void add(std::int64_t row, double x0, double x1, double amount) {
        if (!(x1 > x0)) return;
        const auto first = static_cast<std::int64_t>(x0), last = std::min(static_cast<std::int64_t>(x1), m_columns - 1);
        const auto at = [&](std::int64_t column) { return static_cast<std::size_t>(row * m_columns + column); };
        if (first == last) {
            m_part[at(first)] += amount * (x1 - x0);
            return;
        }
        m_part[at(first)] += amount * (static_cast<double>(first + 1) - x0);
        m_part[at(last)] += amount * (x1 - static_cast<double>(last));
        m_step[at(first + 1)] += amount, m_step[at(last)] -= amount;
    }

    template <class Visit> // visit(cell, what covers it)
    void each(Visit visit) const {
        double level = 0;
        for (std::size_t cell = 0; cell < m_part.size(); ++cell) {
            if (cell % static_cast<std::size_t>(m_columns) == 0) level = 0;
            level += m_step[cell];
            visit(cell, level + m_part[cell]);
        }
    }

private:
    std::int64_t m_columns;
    std::vector<double> m_part, m_step;
};

} // namespace

bool is_spread(const Events& events, std::size_t event) {
    const Precision p = events.precision[event];
    const auto i = static_cast<std::size_t>(p);
    return p != Precision::place && p != Precision::unstated && i < events.spread_m.size() && events.spread_m[i] > 0;
}

std::vector<SpreadPlace> spread_places(const Events& events, std::span<const std::uint32_t> rows) {
    std::vector<SpreadPlace> all, places;
    for (const std::uint32_t row : rows)
        if (is_spread(events, row))
            all.push_back({events.at[row], 2 * events.spread_m[static_cast<std::size_t>(events.precision[row])], 1,
                           events.weight_of(row)});
    const auto key = [](const SpreadPlace& p) { return std::tuple(p.radius_m, p.at.lat, p.at.lon); };
    std::ranges::stable_sort(all, {}, key);
    for (const SpreadPlace& one : all) {
        if (places.empty() || key(places.back()) != key(one)) places.push_back(one);
        else places.back().events += one.events, places.back().weight += one.weight;
    }
    return places;
}

void PriorRaster::lay(const LonLatBox& box, double step_m) {
    const double low = box.south > 0 ? box.south : box.north < 0 ? -box.north : 0;
    const double widest = std::cos(std::min(low, 89.0) * radians);
    const double cells = (box.north - box.south) * (box.east - box.west) * widest * (metres_per_degree / step_m) *
                         (metres_per_degree / step_m);
    const double step = step_m * std::sqrt(std::max(1.0, cells / most_cells)) / metres_per_degree;
    m_rows = static_cast<std::int64_t>(std::ceil((box.north - box.south) / step));
    m_columns = static_cast<std::int64_t>(std::ceil((box.east - box.west) * widest / step));
    m_south = box.south, m_step_lat = (box.north - box.south) / static_cast<double>(m_rows);
    m_west = box.west, m_step_lon = (box.east - box.west) / static_cast<double>(m_columns);
    m_cell.assign(static_cast<std::size_t>(m_rows * m_columns), m_cells);
}

void PriorRaster::find_used() {
    m_used.assign(static_cast<std::size_t>(m_rows), {});
    for (std::int64_t row = 0; row < m_rows; ++row) {
        const auto begin = m_cell.begin() + row * m_columns, end = begin + m_columns;
        const auto in_cell = [&](std::uint32_t cell) { return cell < m_cells; };
        const auto from = std::find_if(begin, end, in_cell);
        if (from == end) continue;
        const auto to = std::find_if(std::make_reverse_iterator(end), std::make_reverse_iterator(from), in_cell).base();
        m_used[static_cast<std::size_t>(row)] = {from - begin, to - begin};
    }
}

LonLatE7 PriorRaster::centre(std::int64_t column, std::int64_t row) const {
    const double lon = m_west + (static_cast<double>(column) + 0.5) * m_step_lon;
    return {static_cast<std::int32_t>(std::lround((lon - 360 * std::round(lon / 360)) * 1e7)),
            static_cast<std::int32_t>(std::lround(row_lat(row) * 1e7))};
}

bool PriorRaster::misses(std::int64_t first_row, std::int64_t last_row, double from, double to) const {
    for (std::int64_t row = std::max<std::int64_t>(first_row, 0); row <= std::min(last_row, m_rows - 1); ++row)
        if (const Stretch& used = m_used[static_cast<std::size_t>(row)];
            from < static_cast<double>(used.to) && to > static_cast<double>(used.from))
            return false;
    return true;
}

std::vector<double> PriorRaster::mass_of(std::span<const SpreadPlace> places, double SpreadPlace::*mass) const {
    Coverage coverage(m_rows, m_columns);
    const RowCosines cosines(places, m_rows, m_step_lat, [this](std::int64_t row) { return row_lat(row); });
    std::vector<double> halves; // of the disc's chords, columns
    for (const SpreadPlace& place : places) {
        const LonLat centre = place.at.degrees();
        const DiscRadii radius = radii_of(place, centre.lat);
        const auto first = static_cast<std::int64_t>(std::ceil((centre.lat - radius.lat - m_south) / m_step_lat - 0.5));
        const auto last = static_cast<std::int64_t>(std::floor((centre.lat + radius.lat - m_south) / m_step_lat - 0.5));
        if (last < 0 || first >= m_rows) continue;
        const double circle = 360 / m_step_lon, root_centre = std::sqrt(std::max(1e-9, std::cos(centre.lat * radians)));
        const double reach = radius.equator_lon / m_step_lon / root_centre;
        const double widest = std::min(circle / 2, reach * std::max(cosines.inverse(first), cosines.inverse(last)));
        for (const int turn : {-1, 0, 1}) { // where the raster runs on beyond the antimeridian
            const double middle = (centre.lon - m_west) / m_step_lon + turn * circle;
            if (misses(first, last, middle - widest, middle + widest)) continue;
            // All rows of the disc, those beyond the raster too: a share is one of the whole.
            halves.clear();
            double whole = 0;
            for (std::int64_t row = first; row <= last; ++row) {
                const double off = (row_lat(row) - centre.lat) / radius.lat,
                             chord = reach * std::sqrt(std::max(0.0, 1 - off * off));
                halves.push_back(std::min(circle / 2, chord * cosines.inverse(row)));
                whole += 2 * halves.back() * cosines.root(row) * cosines.root(row);
            }
            if (!(whole > 0)) break;
            const double density = place.*mass / whole;
            for (std::int64_t row = std::max<std::int64_t>(first, 0); row <= std::min(last, m_rows - 1); ++row) {
                const double half = halves[static_cast<std::size_t>(row - first)];
                const Stretch& used = m_used[static_cast<std::size_t>(row)];
                coverage.add(row, std::max(middle - half, static_cast<double>(used.from)),
                             std::min(middle + half, static_cast<double>(used.to)),
                             density * cosines.root(row) * cosines.root(row));
            }
        }
    }
    std::vector<double> sums(m_cells);
    coverage.each([&](std::size_t cell, double covered) {
        if (m_cell[cell] < m_cells) sums[m_cell[cell]] += std::max(0.0, covered);
    });
    return sums;
}

CellMass PriorRaster::mass_of(std::span<const SpreadPlace> places) const {
    CellMass mass{mass_of(places, &SpreadPlace::events), {}};
    const bool weighted = std::ranges::any_of(places, [](const SpreadPlace& p) { return p.weight != p.events; });
    mass.weight = weighted ? mass_of(places, &SpreadPlace::weight) : mass.events;
    return mass;
}

} // namespace harmattan::geo
