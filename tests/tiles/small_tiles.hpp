#pragma once
// Small pictures, painters and archives for the tests of this floor: 8 × 8 pixels, so that thousands cost nothing.

#include "geo/tile_id.hpp"
#include "support/temp_folder.hpp"
#include "tiles/archive.hpp"
#include "tiles/painter.hpp"
#include "tiles/plan.hpp"
#include "tiles/render_tiles.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace harmattan::test {

inline constexpr int small_px = 8;
inline const geo::LonLatBox sahel{-17.6, 8.1, 16.1, 25.1};

/// A picture that differs for each `seed`, encoded.
std::vector<std::byte> picture(std::uint64_t seed, render::ImageFormat format = render::ImageFormat::png);

using Tiles = std::map<std::uint64_t, std::vector<std::byte>>; ///< by tile number

tiles::TilesetInfo small_info(const std::string& name = "Incidents");
/// Writes `tiles` as an archive at `output`.
void write_archive(const std::filesystem::path& output, const Tiles& tiles, const tiles::TilesetInfo& info);
/// Reads any archive back.
Tiles read_archive(const std::filesystem::path& path);

/// Tiles of every zoom of `plan`, most different, a third of them equal, some absent.
Tiles some_tiles(const tiles::Plan& plan);

/// Paints like some_tiles; counts how often; can be told to fail or to raise a flag at the nth metatile.
class SmallPainter final : public tiles::Painter {
public:
    explicit SmallPainter(std::string fingerprint = "small 1") : m_fingerprint(std::move(fingerprint)) {}
    void set_fingerprint(std::string fingerprint) { m_fingerprint = std::move(fingerprint); }
    std::vector<tiles::EncodedTile> paint(const tiles::Metatile& metatile, const geo::TileRange& wanted) const override;
    std::string fingerprint() const override { return m_fingerprint; }

    std::function<void(int)> before_painting; ///< gets the number of metatiles begun before
    int begun() const { return m_begun; }

private:
    std::string m_fingerprint;
    mutable std::atomic<int> m_begun{0};
};

/// The files (relative paths) below a folder or the file itself, with their bytes: what "same bytes" means.
std::map<std::string, std::string> contents_of(const std::filesystem::path& path);

} // namespace harmattan::test
