#include "render/prepare/plane.hpp"

#include "geo/crs_transform.hpp"
#include "geo/mercator.hpp"
#include "geo/tile_id.hpp"

#include <algorithm>
#include <cmath>

namespace harmattan::render {

namespace {

// World coordinates of what a CRS does not reach: beyond every sheet, and small enough for pixels in integers.
constexpr geo::Point<World> nowhere{1e10, 1e10};

std::vector<geo::Point<World>> paper_world(const PaperFrame& frame, std::span<const geo::LonLat> places) {
    std::vector<geo::Point<World>> world;
    world.reserve(places.size());
    for (const auto& p : geo::CrsTransform(frame.crs).from_lonlat(places))
        world.push_back(is_finite(p) ? geo::Point<World>{p.x - frame.x0, frame.y0 - p.y} : nowhere);
    return world;
}

// Within a line or ring, what is nowhere follows its neighbour: the one before it, or at the start the first that is
// somewhere.
void hold_together(std::span<geo::Point<World>> part) {
    const auto first = std::find_if(part.begin(), part.end(), [](const auto& p) { return !(p == nowhere); });
    if (first == part.end()) return;
    geo::Point<World> last = *first;
    for (geo::Point<World>& p : part) {
        if (p == nowhere) p = last;
        last = p;
    }
}

} // namespace

std::vector<geo::Point<World>> Plane::to_world(const geo::FeatureTable& table) const {
    if (!m_input.paper) return mercator_world(table.vertices);
    std::vector<geo::Point<World>> world = paper_world(*m_input.paper, table.vertices);
    for (std::size_t f = 0; f < table.size(); ++f) {
        if (table.type[f] == geo::GeometryType::point) continue;
        for (std::size_t p = table.part_begin[f]; p < table.part_begin[f + 1]; ++p)
            hold_together(
                std::span(world).subspan(table.vertex_begin[p], table.vertex_begin[p + 1] - table.vertex_begin[p]));
    }
    return world;
}

PixelPoint Plane::to_pixels(geo::LonLat place, int zoom) const {
    const std::span<const geo::LonLat> one(&place, 1);
    const geo::Point<World> at = (m_input.paper ? paper_world(*m_input.paper, one) : mercator_world(one)).front();
    return {at.x * world_px(zoom), at.y * world_px(zoom)};
}

double Plane::world_px(int zoom) const {
    return m_input.paper ? 1 / m_input.paper->units_per_px : geo::TileMatrix(zoom, 256).world_px() * m_input.scale;
}

double Plane::style_zoom(int zoom) const { return m_input.paper ? m_input.paper->style_zoom : zoom; }

std::optional<PixelExtent> Plane::sheet_frame() const {
    if (!m_input.paper) return {};
    const PaperFrame& f = *m_input.paper;
    return PixelExtent{static_cast<double>(f.x), static_cast<double>(f.y), static_cast<double>(f.x + f.width),
                       static_cast<double>(f.y + f.height)};
}

PixelExtent Plane::label_bounds(int zoom) const {
    if (const auto frame = sheet_frame()) return frame->grown(-m_input.paper->label_inset_px);
    const double tile = 256 * m_input.scale;
    const geo::TileRange range = geo::tiles_of(m_input.frame, zoom);
    return {range.min_x * tile, range.min_y * tile, (range.max_x + 1) * tile, (range.max_y + 1) * tile};
}

} // namespace harmattan::render
