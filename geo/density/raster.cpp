#include "geo/density/raster.hpp"

#include "geo/crs_transform.hpp"
#include "geo/density/raster_mask.hpp"
#include "geo/density/workers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace harmattan::geo {

namespace {

constexpr std::int64_t side = 64;          ///< cells a block is wide and high
constexpr std::int64_t coarsest_mesh = 16; ///< cells between the places whose position is known
constexpr double tolerance = 0.002;        ///< steps of the field's grid
constexpr float nodata = std::numeric_limits<float>::quiet_NaN();

/// Positions of a grid's cells in the analysis CRS.
class Positions {
public:
    Positions(const Field& field, const RasterGrid& grid)
        : m_field(field), m_grid(grid), m_transform(grid.crs), m_step(field.step_m()) {}

    /// At cell positions (column, row), where 0 is the middle of the first cell.
    std::vector<Point<Analysis>> at(std::span<const Point<Projected>> cells) const {
        std::vector<Point<Projected>> places(cells.begin(), cells.end());
        for (auto& p : places)
            p = {m_grid.min_x + (p.x + 0.5) * m_grid.step_x, m_grid.max_y - (p.y + 0.5) * m_grid.step_y};
        std::vector<Point<Analysis>> result;
        result.reserve(places.size());
        for (const LonLat& p : m_transform.to_lonlat(places)) {
            result.push_back(is_finite(p) ? m_field.to_analysis(p) : Point<Analysis>{HUGE_VAL, HUGE_VAL});
        }
        return result;
    }

    /// Positions of the cells of block (bx, by), row-major, side × side.
    void block(std::int64_t bx, std::int64_t by, std::vector<Point<Analysis>>& out) const {
        for (std::int64_t mesh = coarsest_mesh; mesh > 1; mesh /= 2)
            if (interpolate(bx * side, by * side, mesh, out)) return;
        std::vector<Point<Projected>> cells;
        for (std::int64_t j = 0; j < side; ++j)
            for (std::int64_t i = 0; i < side; ++i)
                cells.push_back({static_cast<double>(bx * side + i), static_cast<double>(by * side + j)});
        out = at(cells);
    }

private:
    /// False where a mesh this wide is not good enough.
    bool interpolate(std::int64_t left, std::int64_t top, std::int64_t mesh, std::vector<Point<Analysis>>& out) const {
        const std::int64_t n = side / mesh;
        const auto place = [&](double i, double j) {
            return Point<Projected>{static_cast<double>(left) + i * static_cast<double>(mesh),
                                    static_cast<double>(top) + j * static_cast<double>(mesh)};
        };
        std::vector<Point<Projected>> places;
        for (std::int64_t j = 0; j <= n; ++j)
            for (std::int64_t i = 0; i <= n; ++i)
                places.push_back(place(static_cast<double>(i), static_cast<double>(j)));
        for (std::int64_t j = 0; j < n; ++j)
            for (std::int64_t i = 0; i < n; ++i)
                places.push_back(place(static_cast<double>(i) + 0.5, static_cast<double>(j) + 0.5));
        const std::vector<Point<Analysis>> known = at(places);
        const auto node = [&](std::int64_t i, std::int64_t j) {
            return known[static_cast<std::size_t>(j * (n + 1) + i)];
        };
        const auto middle = [&](std::int64_t i, std::int64_t j) {
            return known[static_cast<std::size_t>((n + 1) * (n + 1) + j * n + i)];
        };
        out.resize(static_cast<std::size_t>(side * side));
        for (std::int64_t j = 0; j < n; ++j)
            for (std::int64_t i = 0; i < n; ++i) {
                const auto a = node(i, j), b = node(i + 1, j), c = node(i, j + 1), d = node(i + 1, j + 1),
                           m = middle(i, j);
                const double off =
                    std::max(std::abs((a.x + b.x + c.x + d.x) / 4 - m.x), std::abs((a.y + b.y + c.y + d.y) / 4 - m.y));
                if (!(off <= tolerance * m_step)) return false; // also where something is not finite
                for (std::int64_t v = 0; v < mesh; ++v) {
                    const double t = static_cast<double>(v) / static_cast<double>(mesh);
                    const Point<Analysis> l{a.x + (c.x - a.x) * t, a.y + (c.y - a.y) * t};
                    const Point<Analysis> r{b.x + (d.x - b.x) * t, b.y + (d.y - b.y) * t};
                    Point<Analysis>* row = out.data() + (j * mesh + v) * side + i * mesh;
                    for (std::int64_t u = 0; u < mesh; ++u) {
                        const double s = static_cast<double>(u) / static_cast<double>(mesh);
                        row[u] = {l.x + (r.x - l.x) * s, l.y + (r.y - l.y) * s};
                    }
                }
            }
        return true;
    }

    const Field& m_field;
    const RasterGrid& m_grid;
    CrsTransform m_transform;
    double m_step;
};

} // namespace

struct DensityRaster::Impl {
    Field field;
    RasterGrid grid;
    Workers workers;
    std::vector<Positions> positions; ///< one per worker
    std::optional<RasterMask> mask;
    std::vector<double> xs, ys; ///< of the analysis CRS, where rows and columns are parallels and meridians; else empty

    Impl(Field f, RasterGrid g, const FeatureTable* polygons, int threads)
        : field(std::move(f)), grid(std::move(g)), workers(std::max(1, threads)) {
        for (int i = 0; i < workers.count(); ++i) positions.emplace_back(field, grid);
        if (polygons) mask.emplace(*polygons, grid);
        find_axes();
    }

    void find_axes();
    void read_parallel(std::int64_t first, std::int64_t rows, std::span<float> out);
    void read_blocks(std::int64_t first, std::int64_t rows, std::span<float> out);
};

/// Looks at 17 × 17 cells: if x is the same down each column and y along each row, to 0.1 mm, it is so everywhere.
void DensityRaster::Impl::find_axes() {
    constexpr int n = 16;
    const auto last_column = static_cast<double>(grid.columns - 1), last_row = static_cast<double>(grid.rows - 1);
    std::vector<Point<Projected>> cells;
    for (int j = 0; j <= n; ++j)
        for (int i = 0; i <= n; ++i) cells.push_back({last_column * i / n, last_row * j / n});
    const std::vector<Point<Analysis>> known = positions[0].at(cells);
    for (std::size_t k = 0; k < known.size(); ++k) {
        const Point<Analysis>&across = known[k % (n + 1)], &down = known[k / (n + 1) * (n + 1)];
        if (!(std::abs(known[k].x - across.x) < 1e-4 && std::abs(known[k].y - down.y) < 1e-4)) return;
    }
    cells.clear();
    for (std::int64_t c = 0; c < grid.columns; ++c) cells.push_back({static_cast<double>(c), 0});
    for (std::int64_t r = 0; r < grid.rows; ++r) cells.push_back({0, static_cast<double>(r)});
    const std::vector<Point<Analysis>> axes = positions[0].at(cells);
    for (std::size_t k = 0; k < axes.size(); ++k)
        if (k < static_cast<std::size_t>(grid.columns)) xs.push_back(axes[k].x);
        else ys.push_back(axes[k].y);
}

void DensityRaster::Impl::read_parallel(std::int64_t first, std::int64_t rows, std::span<float> out) {
    constexpr std::int64_t at_once = 32;
    const auto columns = static_cast<std::size_t>(grid.columns);
    workers.each(static_cast<std::size_t>((rows + at_once - 1) / at_once), [&](std::size_t k, int) {
        const std::int64_t top = static_cast<std::int64_t>(k) * at_once, n = std::min(at_once, rows - top);
        const std::span<float> part =
            out.subspan(static_cast<std::size_t>(top) * columns, static_cast<std::size_t>(n) * columns);
        const std::span<const double> y(ys.data() + first + top, static_cast<std::size_t>(n));
        if (!field.sample_mesh(xs, y, part)) std::ranges::fill(part, 0.0f);
    });
}

void DensityRaster::Impl::read_blocks(std::int64_t first, std::int64_t rows, std::span<float> out) {
    const std::int64_t across = (grid.columns + side - 1) / side;
    const std::int64_t top = first / side, bottom = (first + rows - 1) / side;
    workers.each(static_cast<std::size_t>(across * (bottom - top + 1)), [&](std::size_t k, int worker) {
        const std::int64_t bx = static_cast<std::int64_t>(k) % across, by = top + static_cast<std::int64_t>(k) / across;
        std::vector<Point<Analysis>> places;
        positions[static_cast<std::size_t>(worker)].block(bx, by, places);
        std::vector<float> values(places.size());
        field.sample_places(places, values);
        const std::int64_t width = std::min(side, grid.columns - bx * side);
        for (std::int64_t j = 0; j < side; ++j) {
            const std::int64_t r = by * side + j - first;
            if (r < 0 || r >= rows) continue;
            float* to = out.data() + r * grid.columns + bx * side;
            for (std::int64_t i = 0; i < width; ++i) {
                const auto from = static_cast<std::size_t>(j * side + i);
                to[i] = std::isfinite(places[from].x) ? values[from] : nodata;
            }
        }
    });
}

DensityRaster::DensityRaster(Field field, RasterGrid grid, const FeatureTable* mask, int threads)
    : m_impl(std::make_unique<Impl>(std::move(field), std::move(grid), mask, threads)) {}
DensityRaster::~DensityRaster() = default;

const RasterGrid& DensityRaster::grid() const { return m_impl->grid; }
bool DensityRaster::masked() const { return m_impl->mask.has_value(); }

void DensityRaster::read_rows(std::int64_t first, std::int64_t rows, std::span<float> out) {
    if (m_impl->xs.empty()) m_impl->read_blocks(first, rows, out);
    else m_impl->read_parallel(first, rows, out);
    if (m_impl->mask) m_impl->mask->cut(first, rows, out);
}

} // namespace harmattan::geo
