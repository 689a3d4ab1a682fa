#pragma once
// What part of the scene is drawn, at what size: a box of global pixels of one zoom. A tile, a metatile, a preview and
// a figure in the tiles' frame are such views. The map of a sheet is one too, in the sheet's own pixels: see
// PaperFrame.

#include "geo/mercator.hpp"
#include "geo/space.hpp"

#include <cstdint>
#include <optional>

namespace harmattan::render {

/// The pictures a tile set may hold; a style layer belongs to one by its metadata "harmattan:set".
enum class Set : std::uint8_t { base, heat, corridors, points, labels };
inline constexpr int set_count = 5;

/// A choice of sets, drawn over each other in the style's order.
class Sets {
public:
    constexpr Sets() = default;
    constexpr Sets(Set one) : m_bits(1u << static_cast<unsigned>(one)) {}
    static constexpr Sets all() {
        Sets s;
        s.m_bits = (1u << set_count) - 1;
        return s;
    }
    constexpr bool has(Set set) const { return (m_bits >> static_cast<unsigned>(set)) & 1u; }
    constexpr Sets operator|(Sets other) const {
        Sets s;
        s.m_bits = m_bits | other.m_bits;
        return s;
    }
    constexpr unsigned bits() const { return m_bits; }
    constexpr bool operator==(const Sets&) const = default;

private:
    unsigned m_bits = 0;
};

struct View {
    int zoom = 0;              ///< what expressions see; 0 of a sheet
    int tile_px = 256;         ///< pixels a tile is wide in the image: 256, or 512 at scale 2
    double scale = 1;          ///< image pixels per style pixel: tile_px / 256
    std::int64_t x = 0, y = 0; ///< north-west corner, global image pixels of (zoom, tile_px)
    int width = 0, height = 0; ///< image pixels
    Sets sets = Sets::all();
    std::optional<double> paper_zoom{}; ///< of a sheet, which has no whole zooms (and no tiles): what expressions see

    double style_zoom() const { return paper_zoom.value_or(zoom); }
    geo::TileMatrix matrix() const { return {zoom, tile_px}; }
};

} // namespace harmattan::render
