#include "render/prepare/pixel_geometry.hpp"

#include <cmath>

namespace harmattan::render {

double round_256(double v) { return std::floor(v * 256 + 0.5) / 256; }

Curve PixelGeometry::curve(std::size_t part) const {
    return {part_points(part), std::span(chunks).subspan(chunk_begin[part], chunk_begin[part + 1] - chunk_begin[part]),
            closed[part]};
}

void PixelGeometry::add_part(std::span<const PixelPoint> part, bool is_closed) {
    double length = 0;
    for (std::size_t begin = 0; begin == 0 || begin + 1 < part.size(); begin += Curve::chunk_edges) {
        Chunk chunk;
        chunk.start = length;
        const std::size_t end = std::min(begin + Curve::chunk_edges, part.size() - 1);
        chunk.box.add(part[begin]);
        for (std::size_t i = begin + 1; i <= end; ++i) {
            chunk.box.add(part[i]);
            const double dx = part[i].x - part[i - 1].x, dy = part[i].y - part[i - 1].y;
            length += std::sqrt(dx * dx + dy * dy);
        }
        chunks.push_back(chunk);
    }
    points.insert(points.end(), part.begin(), part.end());
    point_begin.push_back(static_cast<std::uint32_t>(points.size()));
    chunk_begin.push_back(static_cast<std::uint32_t>(chunks.size()));
    closed.push_back(is_closed);
}

PixelGeometry build_pixel_geometry(const SourceGeometry& source, double world_px) {
    const geo::FeatureTable& table = *source.table;
    PixelGeometry out;
    out.extent.reserve(table.size());
    const float tolerance = static_cast<float>(thinning_px / world_px);
    std::vector<PixelPoint> part;
    for (std::size_t f = 0; f < table.size(); ++f) {
        PixelExtent extent;
        const geo::GeometryType type = table.type[f];
        for (std::size_t p = table.part_begin[f]; p < table.part_begin[f + 1]; ++p) {
            const std::size_t begin = table.vertex_begin[p], end = table.vertex_begin[p + 1];
            part.clear();
            PixelExtent box;
            for (std::size_t k = begin; k < end; ++k) {
                const std::size_t v =
                    type == geo::GeometryType::polygon && source.backwards[p] ? begin + end - 1 - k : k;
                if (type != geo::GeometryType::point && source.tolerance[v] < tolerance) continue;
                const PixelPoint at{round_256(source.at[v].x * world_px), round_256(source.at[v].y * world_px)};
                if (!part.empty() && part.back() == at) continue;
                part.push_back(at);
                box.add(at);
            }
            if (part.empty()) continue;
            if (type == geo::GeometryType::polygon) {
                if (!(part.front() == part.back())) part.push_back(part.front()); // its first vertex was thinned out
                if (part.size() < 4) continue;
            }
            if (type != geo::GeometryType::point && box.width() < thinning_px && box.height() < thinning_px) continue;
            out.add_part(part, type == geo::GeometryType::polygon);
            extent.add({box.min_x, box.min_y});
            extent.add({box.max_x, box.max_y});
        }
        out.part_begin.push_back(static_cast<std::uint32_t>(out.closed.size()));
        out.extent.push_back(extent);
    }
    return out;
}

} // namespace harmattan::render
