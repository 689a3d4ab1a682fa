#pragma once
// Which tiles a job makes: those of a range of zooms that meet a frame, as metatiles in archive order (ascending tile
// number). A plan knows places and counts; it knows nothing of pictures.

#include "geo/space.hpp"
#include "geo/tile_id.hpp"
#include "tiles/metatile.hpp"

#include <cstdint>
#include <vector>

namespace harmattan::tiles {

/// Most tiles one job may make.
inline constexpr std::uint64_t max_tiles = 10'000'000;

struct Zooms {
    int min = 0, max = 0; ///< both included
    bool operator==(const Zooms&) const = default;
};

class Plan {
public:
    /// Throws usage: zooms out of order or beyond geo::max_zoom, a frame without area, beyond the Mercator square or
    /// across the antimeridian, or more than max_tiles tiles (the message has the count).
    Plan(Zooms zooms, const geo::LonLatBox& frame);

    Zooms zooms() const { return m_zooms; }
    const geo::LonLatBox& frame() const { return m_frame; }
    geo::LonLat centre() const; ///< of the frame, in the middle of the picture (the Mercator map), not of the degrees
    const std::vector<geo::TileRange>& ranges() const { return m_ranges; } ///< one a zoom, ascending
    const geo::TileRange& range(int zoom) const { return m_ranges[static_cast<std::size_t>(zoom - m_zooms.min)]; }
    const std::vector<Metatile>& metatiles() const { return m_metatiles; } ///< ascending first_number()
    std::uint64_t tiles() const { return m_tiles; }
    /// Tiles of the plan in `metatile`.
    std::uint64_t tiles_in(const Metatile& metatile) const;

private:
    Zooms m_zooms;
    geo::LonLatBox m_frame;
    std::vector<geo::TileRange> m_ranges;
    std::vector<Metatile> m_metatiles;
    std::uint64_t m_tiles = 0;
};

} // namespace harmattan::tiles
