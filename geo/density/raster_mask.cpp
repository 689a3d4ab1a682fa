#include "geo/density/raster_mask.hpp"

#include "geo/crs_transform.hpp"
#include "geo/density/intervals.hpp"
#include "geo/projected_box.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace harmattan::geo {

namespace {

constexpr double longest_piece = 0.25; ///< degrees

} // namespace

RasterMask::RasterMask(const FeatureTable& polygons, const RasterGrid& grid) : m_columns(grid.columns) {
    const CrsTransform transform(grid.crs);
    for (std::size_t f = 0; f < polygons.size(); ++f) {
        if (polygons.type[f] != GeometryType::polygon) continue;
        for (std::size_t p = polygons.part_begin[f]; p < polygons.part_begin[f + 1]; ++p) {
            const std::vector<Point<Projected>> ring =
                transform.from_lonlat(densified(polygons.part(p), longest_piece));
            for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
                const Edge e{(ring[i].x - grid.min_x) / grid.step_x - 0.5, (grid.max_y - ring[i].y) / grid.step_y - 0.5,
                             (ring[i + 1].x - grid.min_x) / grid.step_x - 0.5,
                             (grid.max_y - ring[i + 1].y) / grid.step_y - 0.5, static_cast<std::uint32_t>(f)};
                const bool real =
                    std::isfinite(e.x0) && std::isfinite(e.y0) && std::isfinite(e.x1) && std::isfinite(e.y1);
                if (real && std::max(e.y0, e.y1) >= 0 && std::min(e.y0, e.y1) <= static_cast<double>(grid.rows))
                    m_edges.push_back(e);
            }
        }
    }
}

void RasterMask::cut(std::int64_t first, std::int64_t rows, std::span<float> values) const {
    struct Crossing {
        std::int64_t row;
        std::uint32_t feature;
        double x;
    };
    std::vector<Crossing> crossings;
    for (const Edge& e : m_edges) {
        // Rows y with min < y ≤ max, so that a vertex on a row counts once.
        const auto from = std::max(first, static_cast<std::int64_t>(std::floor(std::min(e.y0, e.y1))) + 1);
        const auto to = std::min(first + rows - 1, static_cast<std::int64_t>(std::floor(std::max(e.y0, e.y1))));
        for (std::int64_t r = from; r <= to; ++r)
            crossings.push_back({r, e.feature, e.x0 + (static_cast<double>(r) - e.y0) / (e.y1 - e.y0) * (e.x1 - e.x0)});
    }
    std::ranges::sort(crossings, [](const Crossing& a, const Crossing& b) {
        return a.row != b.row ? a.row < b.row : a.feature != b.feature ? a.feature < b.feature : a.x < b.x;
    });
    const auto columns = static_cast<double>(m_columns);
    auto at = crossings.begin();
    for (std::int64_t r = first; r < first + rows; ++r) {
        Runs inside;
        for (; at != crossings.end() && at->row == r; ++at) {
            const auto next = at + 1;
            if (next == crossings.end() || next->row != r || next->feature != at->feature) continue;
            inside.push_back({static_cast<std::int64_t>(std::ceil(std::clamp(at->x, 0.0, columns))),
                              static_cast<std::int64_t>(std::ceil(std::clamp(next->x, 0.0, columns)))});
            at = next;
        }
        tidy(inside);
        float* row = values.data() + (r - first) * m_columns;
        std::int64_t end = 0;
        for (const Run& run : inside) {
            std::fill(row + end, row + run.first, std::numeric_limits<float>::quiet_NaN());
            end = run.last;
        }
        std::fill(row + end, row + m_columns, std::numeric_limits<float>::quiet_NaN());
    }
}

} // namespace harmattan::geo
