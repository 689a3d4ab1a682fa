#include "geo/admin_index.hpp"

#include "geo/orientation.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace harmattan::geo {

namespace {

struct Edge {
    double ax, ay, bx, by;
    std::uint32_t unit;

    double min_x() const { return std::min(ax, bx); }
    double max_x() const { return std::max(ax, bx); }
    double min_y() const { return std::min(ay, by); }
    double max_y() const { return std::max(ay, by); }
    /// Half-open in y, so that a vertex on the ray counts once for the two edges that meet there.
    bool straddles(double y) const { return (ay > y) != (by > y); }
    double x_at(double y) const { return ax + (bx - ax) * ((y - ay) / (by - ay)); }
};

/// The units met an odd number of times. Few at a time where polygons tile, so a short list without allocation does.
class OddUnits {
public:
    void toggle(std::uint32_t unit) {
        for (std::size_t i = 0; i < m_count; ++i)
            if (m_few[i] == unit) {
                m_few[i] = m_few[--m_count];
                return;
            }
        if (const auto found = std::find(m_more.begin(), m_more.end(), unit); found != m_more.end())
            m_more.erase(found);
        else if (m_count < m_few.size()) m_few[m_count++] = unit;
        else m_more.push_back(unit);
    }
    std::uint32_t lowest() const {
        std::uint32_t least = no_unit;
        for (std::size_t i = 0; i < m_count; ++i) least = std::min(least, m_few[i]);
        for (const std::uint32_t unit : m_more) least = std::min(least, unit);
        return least;
    }

private:
    std::array<std::uint32_t, 16> m_few;
    std::size_t m_count = 0;
    std::vector<std::uint32_t> m_more;
};

constexpr std::uint32_t mixed = no_unit - 1; // a cell that an edge may touch: ask the row

} // namespace

struct AdminIndex::Impl {
    Extent<LonLat> box;
    int rows = 1, columns = 1;
    double row_scale = 0, column_scale = 0;
    std::vector<std::uint32_t> row_begin;
    std::vector<Edge> edges;          ///< by row; within a row the one that reaches furthest east first
    std::vector<std::uint32_t> cells; ///< by row: a unit, no_unit or mixed

    int row(double y) const { return std::min(static_cast<int>((y - box.min_y) * row_scale), rows - 1); }
    int column(double x) const { return std::min(static_cast<int>((x - box.min_x) * column_scale), columns - 1); }
    std::size_t place_of(int r, int c) const {
        return static_cast<std::size_t>(r) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(c);
    }
    std::span<const Edge> edges_of(int r) const {
        const auto i = static_cast<std::size_t>(r);
        return std::span(edges).subspan(row_begin[i], row_begin[i + 1] - row_begin[i]);
    }

    void sort_into_rows(const std::vector<Edge>& all);
    void mark_mixed(int r);
    void fill_pure(int r);
    std::uint32_t unit_at(LonLat place) const;
    std::uint32_t unit_by_ray(double x, double y, int r) const;
};

void AdminIndex::Impl::sort_into_rows(const std::vector<Edge>& all) {
    row_begin.assign(static_cast<std::size_t>(rows) + 1, 0);
    for (const Edge& e : all)
        for (int r = row(e.min_y()), last = row(e.max_y()); r <= last; ++r)
            ++row_begin[static_cast<std::size_t>(r) + 1];
    for (std::size_t r = 1; r < row_begin.size(); ++r) row_begin[r] += row_begin[r - 1];
    edges.resize(row_begin.back());
    std::vector<std::uint32_t> next(row_begin.begin(), row_begin.end() - 1);
    for (const Edge& e : all)
        for (int r = row(e.min_y()), last = row(e.max_y()); r <= last; ++r)
            edges[next[static_cast<std::size_t>(r)]++] = e;
    for (std::size_t r = 0; r + 1 < row_begin.size(); ++r)
        std::sort(edges.begin() + row_begin[r], edges.begin() + row_begin[r + 1],
                  [](const Edge& a, const Edge& b) { return a.max_x() > b.max_x(); });
}

void AdminIndex::Impl::mark_mixed(int r) {
    const double south = box.min_y + r / row_scale, north = box.min_y + (r + 1) / row_scale;
    for (const Edge& e : edges_of(r)) {
        double west = e.min_x(), east = e.max_x();
        if (e.min_y() < south && e.max_y() > north) { // passes through: only its stretch within the row
            const double at_south = e.x_at(south), at_north = e.x_at(north);
            west = std::max(west, std::min(at_south, at_north)), east = std::min(east, std::max(at_south, at_north));
        }
        // a column more on each side: rounding of rows and crossings is far smaller
        const int first = std::max(column(west) - 1, 0), last = std::min(column(east) + 1, columns - 1);
        for (int c = first; c <= last; ++c) cells[place_of(r, c)] = mixed;
    }
}

/// Cells that no edge touches lie wholly in or out: walks the row's middle line from west to east.
void AdminIndex::Impl::fill_pure(int r) {
    struct Crossing {
        double x;
        std::uint32_t unit;
    };
    const double y = box.min_y + (r + 0.5) / row_scale;
    std::vector<Crossing> crossings;
    for (const Edge& e : edges_of(r))
        if (e.straddles(y)) crossings.push_back({e.x_at(y), e.unit});
    std::sort(crossings.begin(), crossings.end(), [](const Crossing& a, const Crossing& b) { return a.x < b.x; });
    OddUnits inside;
    std::size_t passed = 0;
    for (int c = 0; c < columns; ++c) {
        if (cells[place_of(r, c)] == mixed) continue;
        const double middle = box.min_x + (c + 0.5) / column_scale;
        for (; passed < crossings.size() && crossings[passed].x < middle; ++passed)
            inside.toggle(crossings[passed].unit);
        cells[place_of(r, c)] = inside.lowest();
    }
}

std::uint32_t AdminIndex::Impl::unit_by_ray(double x, double y, int r) const {
    OddUnits inside;
    std::uint32_t on_boundary = no_unit;
    for (const Edge& e : edges_of(r)) { // a ray to the east
        if (e.max_x() < x) break;
        if (y < e.min_y() || y > e.max_y()) continue;
        if (e.min_x() > x) {
            if (e.straddles(y)) inside.toggle(e.unit);
            continue;
        }
        const int side = orientation(e.ax, e.ay, e.bx, e.by, x, y);
        if (side == 0) on_boundary = std::min(on_boundary, e.unit);
        else if (e.straddles(y) && (side > 0) == (e.by > e.ay)) inside.toggle(e.unit);
    }
    return std::min(inside.lowest(), on_boundary);
}

std::uint32_t AdminIndex::Impl::unit_at(LonLat place) const {
    if (!box.contains({place.lon, place.lat})) return no_unit;
    const int r = row(place.lat);
    const std::uint32_t known = cells[place_of(r, column(place.lon))];
    return known == mixed ? unit_by_ray(place.lon, place.lat, r) : known;
}

AdminIndex::AdminIndex(const FeatureTable& units) {
    auto impl = std::make_shared<Impl>();
    std::vector<Edge> all;
    for (std::size_t f = 0; f < units.size(); ++f) {
        if (units.type[f] != GeometryType::polygon) continue;
        for (std::size_t p = units.part_begin[f]; p < units.part_begin[f + 1]; ++p) {
            const std::span<const LonLat> ring = units.part(p);
            for (std::size_t i = 1; i < ring.size(); ++i) {
                all.push_back(
                    {ring[i - 1].lon, ring[i - 1].lat, ring[i].lon, ring[i].lat, static_cast<std::uint32_t>(f)});
                impl->box.add({ring[i].lon, ring[i].lat});
            }
        }
    }
    constexpr int most = 2048;
    const int side = static_cast<int>(4 * std::sqrt(static_cast<double>(all.size())));
    impl->rows = impl->columns = std::clamp(side, 1, most);
    impl->row_scale = impl->box.height() > 0 ? impl->rows / impl->box.height() : 1;
    impl->column_scale = impl->box.width() > 0 ? impl->columns / impl->box.width() : 1;
    impl->sort_into_rows(all);
    impl->cells.assign(static_cast<std::size_t>(impl->rows) * static_cast<std::size_t>(impl->columns), no_unit);
    for (int r = 0; r < impl->rows; ++r) {
        impl->mark_mixed(r);
        impl->fill_pure(r);
    }
    m_impl = std::move(impl);
}

std::optional<std::size_t> AdminIndex::unit_at(LonLat place) const {
    const std::uint32_t unit = m_impl->unit_at(place);
    if (unit == no_unit) return std::nullopt;
    return unit;
}

std::vector<std::uint32_t> AdminIndex::units_of(std::span<const LonLatE7> places) const {
    std::vector<std::uint32_t> units(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) units[i] = m_impl->unit_at(places[i].degrees());
    return units;
}

} // namespace harmattan::geo
