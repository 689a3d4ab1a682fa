#include "geo/corridors/piece_grid.hpp"

#include "geo/corridors/surface_piece.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace harmattan::geo {

namespace {

constexpr double radians = std::numbers::pi / 180;
constexpr double longest_reach_m = 100'000;
constexpr double longest_piece_m = 10'000;
constexpr double tie_m = 1e-3;      ///< distances this near are equal
constexpr double one_valley_m = 20; ///< nearer along the line than this is one valley: √(2 · reach · tie) and a little
constexpr std::int64_t circle_e7 = 3'600'000'000;
constexpr std::int64_t most_cells = 1'000'000, most_visits = 20'000'000;

/// Where a piece lies; longitudes run on beyond ±180, so that a piece across the antimeridian is one stretch.
struct PieceBox {
    double west = 0, east = 0, south = 0, north = 0;
};

double continued(double lon, double after) { return lon - 360 * std::round((lon - after) / 360); }

} // namespace

struct PieceGrid::Impl {
    double reach_m = 0;
    std::vector<SurfacePiece> pieces;   ///< line by line, along each
    std::vector<std::uint32_t> line;    ///< of each piece
    std::vector<double> lines_before_m; ///< of each piece: length of the lines before its own
    std::vector<double> length_m;       ///< of each line

    // A grid of cells in longitude and latitude, aligned to −180 and −90: columns first_column … first_column + columns
    // − 1, around the circle. Cell c may have its nearest point on the pieces candidates[cell_begin[c], cell_begin[c +
    // 1]).
    std::int64_t cell_e7 = 0, circle_columns = 0;
    std::int64_t first_column = 0, columns = 0, first_row = 0, rows = 0;
    std::vector<std::uint32_t> cell_begin, candidates;

    std::vector<PieceBox> cut(std::span<const MeasuredLine> lines);
    void lay_grid(const std::vector<PieceBox>& boxes);
    void fill_grid(const std::vector<PieceBox>& boxes);

    struct Cells {
        /// Inclusive; columns counted on beyond the circle
        std::int64_t first_column, last_column, first_row, last_row;
    };
    Cells cells_near(const PieceBox& box) const;
    std::int64_t local_column(std::int64_t column) const {
        const std::int64_t c = (column - first_column) % circle_columns;
        return c < 0 ? c + circle_columns : c;
    }
    Vec centre(std::int64_t column, std::int64_t row) const {
        const double cell = static_cast<double>(cell_e7) / 1e7;
        return in_space(
            {(static_cast<double>(column) + 0.5) * cell - 180, (static_cast<double>(row) + 0.5) * cell - 90});
    }
    /// From a cell's centre to its corners at most.
    double cell_radius_m() const { return static_cast<double>(cell_e7) / 1e7 * 111'700 * std::numbers::sqrt2 / 2; }

    /// visit(cell, metres from its centre to piece p) for every cell that the piece's reach may meet
    template <class Visit>
    void visit_cells(std::size_t p, const PieceBox& box, Visit visit) const {
        const Cells near = cells_near(box);
        for (std::int64_t row = near.first_row; row <= near.last_row; ++row)
            for (std::int64_t column = near.first_column; column <= near.last_column; ++column) {
                const std::int64_t local = local_column(column);
                if (local >= columns) continue;
                const double metres = pieces[p].nearest(centre(column, row)).chord_m;
                if (metres <= reach_m + cell_radius_m())
                    visit(static_cast<std::size_t>((row - first_row) * columns + local), metres);
            }
    }
};

std::vector<PieceBox> PieceGrid::Impl::cut(std::span<const MeasuredLine> lines) {
    std::vector<PieceBox> boxes;
    std::vector<PieceEnds> ends;
    double before_m = 0;
    for (std::size_t l = 0; l < lines.size(); ++l) {
        const MeasuredLine& measured = lines[l];
        for (std::size_t i = 0; i + 1 < measured.vertices.size(); ++i)
            cut_geodesic(measured.vertices[i], measured.vertices[i + 1], longest_piece_m, measured.along_m[i], pieces,
                         ends);
        line.resize(pieces.size(), static_cast<std::uint32_t>(l));
        lines_before_m.resize(pieces.size(), before_m);
        length_m.push_back(measured.along_m.empty() ? 0 : measured.along_m.back());
        before_m += length_m.back();
    }
    double lon = ends.empty() ? 0 : ends.front().from.lon;
    for (const PieceEnds& e : ends) {
        const double from = continued(e.from.lon, lon), to = continued(e.to.lon, from);
        boxes.push_back(
            {std::min(from, to), std::max(from, to), std::min(e.from.lat, e.to.lat), std::max(e.from.lat, e.to.lat)});
        lon = to;
    }
    return boxes;
}

PieceGrid::Impl::Cells PieceGrid::Impl::cells_near(const PieceBox& box) const {
    const double cell = static_cast<double>(cell_e7) / 1e7;
    const double up = (reach_m + 1000) / 110'500; // degrees of latitude, and what the geodesic may bulge out of the box
    const double farthest = std::max(std::abs(box.south), std::abs(box.north)) + up;
    const double along = farthest < 89 ? up / std::cos(farthest * radians) : 180;
    const auto row = [&](double lat) {
        return static_cast<std::int64_t>(std::floor((std::clamp(lat, -90.0, 90.0) + 90) / cell));
    };
    Cells cells{static_cast<std::int64_t>(std::floor((box.west - along + 180) / cell)),
                static_cast<std::int64_t>(std::floor((box.east + along + 180) / cell)), row(box.south - up),
                row(box.north + up)};
    if (cells.last_column - cells.first_column >= circle_columns)
        cells.last_column = cells.first_column + circle_columns - 1;
    return cells;
}

void PieceGrid::Impl::lay_grid(const std::vector<PieceBox>& boxes) {
    // The finest of these that is not too many cells or too much to fill; each divides the circle.
    if (boxes.empty()) return;
    for (const std::int64_t size : {500'000, 1'000'000, 2'000'000, 5'000'000, 10'000'000}) {
        cell_e7 = size, circle_columns = circle_e7 / size;
        Cells all = cells_near(boxes.front());
        std::int64_t visits = 0;
        for (const PieceBox& box : boxes) {
            const Cells c = cells_near(box);
            visits += (c.last_column - c.first_column + 1) * (c.last_row - c.first_row + 1);
            all.first_column = std::min(all.first_column, c.first_column),
            all.last_column = std::max(all.last_column, c.last_column);
            all.first_row = std::min(all.first_row, c.first_row), all.last_row = std::max(all.last_row, c.last_row);
        }
        first_column = all.first_column, columns = std::min(all.last_column - all.first_column + 1, circle_columns);
        first_row = all.first_row, rows = all.last_row - all.first_row + 1;
        if (columns * rows <= most_cells && visits <= most_visits) return;
    }
}

void PieceGrid::Impl::fill_grid(const std::vector<PieceBox>& boxes) {
    // A piece farther from a cell's centre than the nearest one by a cell's diameter is never the nearest to a place in
    // it.
    std::vector<float> nearest(static_cast<std::size_t>(columns * rows), INFINITY);
    for (std::size_t p = 0; p < pieces.size(); ++p)
        visit_cells(p, boxes[p], [&](std::size_t cell, double metres) {
            nearest[cell] = std::min(nearest[cell], static_cast<float>(metres));
        });
    const double slack = 2 * cell_radius_m() + 1;
    const auto counts = [&](std::size_t cell, double metres) {
        return metres <= static_cast<double>(nearest[cell]) + slack;
    };
    cell_begin.assign(nearest.size() + 1, 0);
    for (std::size_t p = 0; p < pieces.size(); ++p)
        visit_cells(p, boxes[p],
                    [&](std::size_t cell, double metres) { cell_begin[cell + 1] += counts(cell, metres); });
    for (std::size_t c = 1; c < cell_begin.size(); ++c) cell_begin[c] += cell_begin[c - 1];
    candidates.resize(cell_begin.back());
    std::vector<std::uint32_t> next(cell_begin.begin(), cell_begin.end() - 1);
    for (std::size_t p = 0; p < pieces.size(); ++p)
        visit_cells(p, boxes[p], [&](std::size_t cell, double metres) {
            if (counts(cell, metres)) candidates[next[cell]++] = static_cast<std::uint32_t>(p);
        });
}

PieceGrid::PieceGrid(std::span<const MeasuredLine> lines, double reach_m, const char* what) {
    if (!(reach_m > 0 && reach_m <= longest_reach_m))
        throw Error(ErrorKind::usage, fmt::format("a distance of {} m from a {} cannot be looked for; give 1 to {} km",
                                                  reach_m, what, longest_reach_m / 1000));
    auto impl = std::make_shared<Impl>();
    impl->reach_m = reach_m;
    const std::vector<PieceBox> boxes = impl->cut(lines);
    impl->lay_grid(boxes);
    impl->fill_grid(boxes);
    m_impl = std::move(impl);
}

double PieceGrid::reach_m() const { return m_impl->reach_m; }

LonLatBox PieceGrid::box() const {
    const Impl& g = *m_impl;
    const auto degrees = [&](std::int64_t cells) { return static_cast<double>(cells * g.cell_e7) / 1e7; };
    return {degrees(g.first_column) - 180, degrees(g.first_row) - 90, degrees(g.first_column + g.columns) - 180,
            degrees(g.first_row + g.rows) - 90};
}

std::optional<PieceGrid::Hit> PieceGrid::nearest(LonLatE7 place) const {
    const Impl& g = *m_impl;
    if (g.pieces.empty()) return std::nullopt;
    const std::int64_t row = (place.lat + 900'000'000LL) / g.cell_e7 - g.first_row;
    if (row < 0 || row >= g.rows) return std::nullopt;
    const std::int64_t column = g.local_column((place.lon + 1'800'000'000LL) / g.cell_e7);
    if (column >= g.columns) return std::nullopt;
    const auto cell = static_cast<std::size_t>(row * g.columns + column);
    std::uint32_t i = g.cell_begin[cell];
    const std::uint32_t end = g.cell_begin[cell + 1];
    if (i == end) return std::nullopt;

    const Vec at = in_space(place.degrees());
    double best_m = INFINITY, best_total_m = 0;
    Hit hit;
    for (; i < end; ++i) {
        const std::size_t p = g.candidates[i];
        const SurfacePiece& piece = g.pieces[p];
        const SurfacePiece::Nearest n = piece.nearest(at);
        if (n.chord_m >= best_m) continue;
        const double along_m = piece.along_m + n.share * piece.length_m, total_m = g.lines_before_m[p] + along_m;
        // why: candidates come line by line, so a tie must not take the place of an earlier one, but the next piece of
        // one valley may.
        if (n.chord_m >= best_m - tie_m && total_m - best_total_m > one_valley_m) continue;
        best_m = n.chord_m, best_total_m = total_m;
        hit.line = g.line[p], hit.along_m = along_m;
    }
    hit.distance_m = arc_of(best_m);
    if (hit.distance_m > g.reach_m) return std::nullopt;
    hit.along_m = std::min(hit.along_m, g.length_m[hit.line]);
    return hit;
}

} // namespace harmattan::geo
