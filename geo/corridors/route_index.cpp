#include "geo/corridors/route_index.hpp"

#include "geo/density/equal_area.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace harmattan::geo {

namespace {

constexpr double radians = std::numbers::pi / 180;
constexpr double longest_reach_m = 100'000;
constexpr double longest_piece_m = 10'000;
constexpr double earth_radius_m = 6'371'009;
constexpr double tie_m = 1e-3;      ///< distances this near are equal
constexpr double one_valley_m = 20; ///< nearer along the route than this is one valley: √(2 · reach · tie) and a little
constexpr std::int64_t circle_e7 = 3'600'000'000;

/// Earth-centred metres: x towards 0° E on the equator, z towards the north pole.
struct Vec {
    double x = 0, y = 0, z = 0;
};
Vec operator+(Vec a, Vec b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
Vec operator-(Vec a, Vec b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
Vec operator*(double k, Vec a) { return {k * a.x, k * a.y, k * a.z}; }
double dot(Vec a, Vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }

Vec in_space(LonLat p) {
    const double sin_lat = std::sin(p.lat * radians), cos_lat = std::cos(p.lat * radians);
    const double n = wgs84::a / std::sqrt(1 - wgs84::e2 * sin_lat * sin_lat);
    return {n * cos_lat * std::cos(p.lon * radians), n * cos_lat * std::sin(p.lon * radians), n * (1 - wgs84::e2) * sin_lat};
}

/// A stretch of the route: the chord from `from`, bent by the sagitta of its geodesic to the parabola through its middle
/// (off by less than a micrometre at 10 km).
struct Piece {
    Vec from, chord, sagitta;
    double per_square = 0; ///< 1 / |chord|²
    double chainage_m = 0, length_m = 0;

    struct Nearest {
        double share = 0, chord_m = 0;
    };
    Nearest nearest(Vec p) const {
        const double t = std::clamp(dot(p - from, chord) * per_square, 0.0, 1.0);
        const Vec gap = p - (from + t * chord + 4 * t * (1 - t) * sagitta);
        return {t, std::sqrt(dot(gap, gap))};
    }
};

/// Where a piece lies; longitudes run on beyond ±180, so that a piece across the antimeridian is one stretch.
struct PieceBox {
    double west = 0, east = 0, south = 0, north = 0;
};

/// Along the geodesic from its chord, on a sphere: at 100 km the ellipsoid differs by less than a centimetre.
double arc_of(double chord_m) { return chord_m + chord_m * chord_m * chord_m / (24 * earth_radius_m * earth_radius_m); }

double continued(double lon, double after) { return lon - 360 * std::round((lon - after) / 360); }

} // namespace

struct RouteIndex::Impl {
    double reach_m = 0, length_m = 0;
    bool schematic = false;
    std::vector<Piece> pieces; ///< by chainage

    // A grid of cells in longitude and latitude, aligned to −180 and −90: columns first_column … first_column + columns − 1,
    // around the circle. Cell c may have its nearest point on the pieces candidates[cell_begin[c], cell_begin[c + 1]).
    std::int64_t cell_e7 = 0, circle_columns = 0;
    std::int64_t first_column = 0, columns = 0, first_row = 0, rows = 0;
    std::vector<std::uint32_t> cell_begin, candidates;

    std::vector<PieceBox> cut(const Route& route);
    void lay_grid(const std::vector<PieceBox>& boxes);
    void fill_grid(const std::vector<PieceBox>& boxes);

    struct Cells {
        std::int64_t first_column, last_column, first_row, last_row; ///< inclusive; columns counted on beyond the circle
    };
    Cells cells_near(const PieceBox& box) const;
    std::int64_t local_column(std::int64_t column) const {
        const std::int64_t c = (column - first_column) % circle_columns;
        return c < 0 ? c + circle_columns : c;
    }
    Vec centre(std::int64_t column, std::int64_t row) const {
        const double cell = static_cast<double>(cell_e7) / 1e7;
        return in_space({(static_cast<double>(column) + 0.5) * cell - 180, (static_cast<double>(row) + 0.5) * cell - 90});
    }
    /// From a cell's centre to its corners at most.
    double cell_radius_m() const { return static_cast<double>(cell_e7) / 1e7 * 111'700 * std::numbers::sqrt2 / 2; }

    template <class Visit> // visit(cell, metres from its centre to piece p) for every cell that the piece's reach may meet
    void visit_cells(std::size_t p, const PieceBox& box, Visit visit) const {
        const Cells near = cells_near(box);
        for (std::int64_t row = near.first_row; row <= near.last_row; ++row)
            for (std::int64_t column = near.first_column; column <= near.last_column; ++column) {
                const std::int64_t local = local_column(column);
                if (local >= columns) continue;
                const double metres = pieces[p].nearest(centre(column, row)).chord_m;
                if (metres <= reach_m + cell_radius_m()) visit(static_cast<std::size_t>((row - first_row) * columns + local), metres);
            }
    }
};

std::vector<PieceBox> RouteIndex::Impl::cut(const Route& route) {
    std::vector<PieceBox> boxes;
    double lon = route.vertices.front().lon;
    for (std::size_t i = 0; i + 1 < route.vertices.size(); ++i) {
        const LonLat from = route.vertices[i];
        const GeodesicCourse course = geodesic_course(from, route.vertices[i + 1]);
        const auto count = static_cast<int>(std::ceil(course.length_m / longest_piece_m));
        const double each = course.length_m / count;
        LonLat a = from;
        for (int k = 0; k < count; ++k) {
            const LonLat middle = geodesic_place(from, course.azimuth, each * (k + 0.5));
            const LonLat b = k + 1 == count ? route.vertices[i + 1] : geodesic_place(from, course.azimuth, each * (k + 1));
            Piece piece;
            piece.from = in_space(a), piece.chord = in_space(b) - piece.from;
            piece.sagitta = in_space(middle) - (piece.from + 0.5 * piece.chord);
            piece.per_square = 1 / dot(piece.chord, piece.chord);
            piece.chainage_m = route.chainage_m[i] + each * k, piece.length_m = each;
            pieces.push_back(piece);
            const double west = lon, east = continued(b.lon, lon);
            lon = east;
            boxes.push_back({std::min(west, east), std::max(west, east), std::min(a.lat, b.lat), std::max(a.lat, b.lat)});
            a = b;
        }
    }
    return boxes;
}

RouteIndex::Impl::Cells RouteIndex::Impl::cells_near(const PieceBox& box) const {
    const double cell = static_cast<double>(cell_e7) / 1e7;
    const double up = (reach_m + 1000) / 110'500; // degrees of latitude, and what the geodesic may bulge out of the box
    const double farthest = std::max(std::abs(box.south), std::abs(box.north)) + up;
    const double along = farthest < 89 ? up / std::cos(farthest * radians) : 180;
    const auto row = [&](double lat) { return static_cast<std::int64_t>(std::floor((std::clamp(lat, -90.0, 90.0) + 90) / cell)); };
    Cells cells{static_cast<std::int64_t>(std::floor((box.west - along + 180) / cell)),
                static_cast<std::int64_t>(std::floor((box.east + along + 180) / cell)), row(box.south - up), row(box.north + up)};
    if (cells.last_column - cells.first_column >= circle_columns) cells.last_column = cells.first_column + circle_columns - 1;
    return cells;
}

void RouteIndex::Impl::lay_grid(const std::vector<PieceBox>& boxes) {
    // The finest of these with at most a million cells; each divides the circle.
    for (const std::int64_t size : {500'000, 1'000'000, 2'000'000, 5'000'000, 10'000'000}) {
        cell_e7 = size, circle_columns = circle_e7 / size;
        Cells all = cells_near(boxes.front());
        for (const PieceBox& box : boxes) {
            const Cells c = cells_near(box);
            all.first_column = std::min(all.first_column, c.first_column), all.last_column = std::max(all.last_column, c.last_column);
            all.first_row = std::min(all.first_row, c.first_row), all.last_row = std::max(all.last_row, c.last_row);
        }
        first_column = all.first_column, columns = std::min(all.last_column - all.first_column + 1, circle_columns);
        first_row = all.first_row, rows = all.last_row - all.first_row + 1;
        if (columns * rows <= 1'000'000) return;
    }
}

void RouteIndex::Impl::fill_grid(const std::vector<PieceBox>& boxes) {
    // A piece farther from a cell's centre than the nearest one by a cell's diameter is never the nearest to a place in it.
    std::vector<float> nearest(static_cast<std::size_t>(columns * rows), INFINITY);
    for (std::size_t p = 0; p < pieces.size(); ++p)
        visit_cells(p, boxes[p], [&](std::size_t cell, double metres) {
            nearest[cell] = std::min(nearest[cell], static_cast<float>(metres));
        });
    const double slack = 2 * cell_radius_m() + 1;
    const auto counts = [&](std::size_t cell, double metres) { return metres <= static_cast<double>(nearest[cell]) + slack; };
    cell_begin.assign(nearest.size() + 1, 0);
    for (std::size_t p = 0; p < pieces.size(); ++p)
        visit_cells(p, boxes[p], [&](std::size_t cell, double metres) { cell_begin[cell + 1] += counts(cell, metres); });
    for (std::size_t c = 1; c < cell_begin.size(); ++c) cell_begin[c] += cell_begin[c - 1];
    candidates.resize(cell_begin.back());
    std::vector<std::uint32_t> next(cell_begin.begin(), cell_begin.end() - 1);
    for (std::size_t p = 0; p < pieces.size(); ++p)
        visit_cells(p, boxes[p], [&](std::size_t cell, double metres) {
            if (counts(cell, metres)) candidates[next[cell]++] = static_cast<std::uint32_t>(p);
        });
}

RouteIndex::RouteIndex(const Route& route, double reach_m) {
    if (!(reach_m > 0 && reach_m <= longest_reach_m))
        throw Error(ErrorKind::usage, fmt::format("a distance of {} m from a corridor cannot be looked for; give 1 to {} km", reach_m,
                                                  longest_reach_m / 1000));
    auto impl = std::make_shared<Impl>();
    impl->reach_m = reach_m, impl->length_m = route.length_m(), impl->schematic = route.schematic;
    const std::vector<PieceBox> boxes = impl->cut(route);
    impl->lay_grid(boxes);
    impl->fill_grid(boxes);
    m_impl = std::move(impl);
}

double RouteIndex::length_m() const { return m_impl->length_m; }
double RouteIndex::reach_m() const { return m_impl->reach_m; }
LonLatBox RouteIndex::box() const {
    const Impl& g = *m_impl;
    const auto degrees = [&](std::int64_t cells) { return static_cast<double>(cells * g.cell_e7) / 1e7; };
    return {degrees(g.first_column) - 180, degrees(g.first_row) - 90, degrees(g.first_column + g.columns) - 180, degrees(g.first_row + g.rows) - 90};
}
bool RouteIndex::schematic() const { return m_impl->schematic; }

std::optional<RoutePosition> RouteIndex::nearest(LonLatE7 place) const {
    const Impl& g = *m_impl;
    const std::int64_t row = (place.lat + 900'000'000LL) / g.cell_e7 - g.first_row;
    if (row < 0 || row >= g.rows) return std::nullopt;
    const std::int64_t column = g.local_column((place.lon + 1'800'000'000LL) / g.cell_e7);
    if (column >= g.columns) return std::nullopt;
    const auto cell = static_cast<std::size_t>(row * g.columns + column);
    std::uint32_t i = g.cell_begin[cell];
    const std::uint32_t end = g.cell_begin[cell + 1];
    if (i == end) return std::nullopt;

    const Vec at = in_space(place.degrees());
    double best_m = INFINITY, chainage_m = 0;
    for (; i < end; ++i) {
        const Piece& piece = g.pieces[g.candidates[i]];
        const Piece::Nearest n = piece.nearest(at);
        if (n.chord_m >= best_m) continue;
        const double along_m = piece.chainage_m + n.share * piece.length_m;
        // why: candidates come by chainage, so a tie must not take the place of an earlier one, but the next piece of one valley may.
        if (n.chord_m >= best_m - tie_m && along_m - chainage_m > one_valley_m) continue;
        best_m = n.chord_m, chainage_m = along_m;
    }
    const double distance_m = arc_of(best_m);
    if (distance_m > g.reach_m) return std::nullopt;
    return RoutePosition{std::min(chainage_m, g.length_m), distance_m};
}

std::vector<EventOnRoute> events_near(const RouteIndex& index, const Events& events) {
    std::vector<EventOnRoute> near;
    for (std::size_t i = 0; i < events.size(); ++i)
        if (const std::optional<RoutePosition> at = index.nearest(events.at[i])) near.push_back({static_cast<std::uint32_t>(i), *at});
    return near;
}

} // namespace harmattan::geo
