#include "tiles/plan.hpp"

#include "geo/error.hpp"
#include "geo/mercator.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace {

// Metatiles of one zoom, ascending.
std::vector<Metatile> metatiles_of(const geo::TileRange& range) {
    const int k = Metatile{range.z, 0, 0}.side_log2();
    std::vector<std::pair<std::uint64_t, Metatile>> numbered;
    for (std::uint32_t y = range.min_y >> k; y <= range.max_y >> k; ++y)
        for (std::uint32_t x = range.min_x >> k; x <= range.max_x >> k; ++x) {
            const Metatile metatile{range.z, x, y};
            numbered.emplace_back(metatile.first_number(), metatile);
        }
    std::sort(numbered.begin(), numbered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Metatile> metatiles;
    metatiles.reserve(numbered.size());
    for (const auto& [number, metatile] : numbered) metatiles.push_back(metatile);
    return metatiles;
}

void check(Zooms zooms, const geo::LonLatBox& frame) {
    if (zooms.min < 0 || zooms.max > geo::max_zoom || zooms.min > zooms.max)
        throw Error(ErrorKind::usage, fmt::format("zooms {}-{} cannot be made; give a range within 0-{}, such as 3-9",
                                                  zooms.min, zooms.max, geo::max_zoom));
    const auto text = [&] {
        return fmt::format("frame {},{},{},{}", frame.west, frame.south, frame.east, frame.north);
    };
    if (frame.west > frame.east)
        throw Error(ErrorKind::usage, text() + " crosses the antimeridian; make it in two parts");
    if (!(frame.west < frame.east && frame.south < frame.north))
        throw Error(ErrorKind::usage, text() + " has no area; give west,south,east,north in degrees");
    if (!(frame.west >= -180 && frame.east <= 180 && frame.north > -geo::mercator::max_latitude &&
          frame.south < geo::mercator::max_latitude))
        throw Error(ErrorKind::usage, text() + " lies beyond the map (longitude ±180, latitude ±85.05)");
}

} // namespace

Plan::Plan(Zooms zooms, const geo::LonLatBox& frame) : m_zooms(zooms), m_frame(frame) {
    check(zooms, frame);
    m_frame.south = std::max(frame.south, -geo::mercator::max_latitude);
    m_frame.north = std::min(frame.north, geo::mercator::max_latitude);
    for (int z = zooms.min; z <= zooms.max; ++z) {
        m_ranges.push_back(geo::tiles_of(m_frame, z));
        m_tiles += m_ranges.back().count();
    }
    if (m_tiles > max_tiles)
        throw Error(ErrorKind::usage,
                    fmt::format("zooms {}-{} of this frame are {} tiles, more than {}; lower the highest "
                                "zoom or make the frame smaller",
                                zooms.min, zooms.max, m_tiles, max_tiles));
    for (const geo::TileRange& range : m_ranges) {
        const std::vector<Metatile> zoom = metatiles_of(range);
        m_metatiles.insert(m_metatiles.end(), zoom.begin(), zoom.end());
    }
}

geo::LonLat Plan::centre() const {
    const auto sw = geo::to_mercator(geo::LonLat{m_frame.west, m_frame.south});
    const auto ne = geo::to_mercator(geo::LonLat{m_frame.east, m_frame.north});
    return geo::to_lonlat({(sw.x + ne.x) / 2, (sw.y + ne.y) / 2});
}

std::uint64_t Plan::tiles_in(const Metatile& metatile) const {
    const std::optional<geo::TileRange> part = metatile.part_in(range(metatile.z));
    return part ? part->count() : 0;
}

} // namespace harmattan::tiles
