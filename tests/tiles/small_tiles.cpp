#include "tests/tiles/small_tiles.hpp"

#include "tiles/archive_reader.hpp"
#include "tiles/digest.hpp"

namespace harmattan::test {

namespace fs = std::filesystem;

namespace {

// Of each run of ten tiles: three are equal, one is absent.
std::vector<std::byte> small_tile(geo::TileId id, std::uint64_t number) {
    switch (number % 10) {
    case 3:
    case 4:
    case 8: return picture(id.z);
    case 6: return {};
    default: return picture(number + 1000);
    }
}

} // namespace

std::vector<std::byte> picture(std::uint64_t seed, render::ImageFormat format) {
    render::Image image{small_px, small_px, std::vector<std::uint32_t>(small_px * small_px, 0xff000000)};
    for (std::size_t i = 0; i < 8; ++i)
        image.pixels[9 * i] |= static_cast<std::uint32_t>(seed >> (8 * i) & 0xff) << 8 | 7u;
    return render::encode(render::view_of(image), format);
}

tiles::TilesetInfo small_info(const std::string& name) {
    tiles::TilesetInfo info;
    info.name = name;
    info.description = "Made up for a test";
    info.attribution = "nobody";
    info.tile_px = small_px;
    info.harmattan = R"({"legend":[{"label":"1 to 5"}],"illustrative":true})";
    return describe(info, tiles::Plan({2, 5}, sahel));
}

void write_archive(const fs::path& output, const Tiles& tiles, const tiles::TilesetInfo& info) {
    const auto archive = tiles::create_archive(output, {.format = info.format, .force = false});
    for (const auto& [number, bytes] : tiles) archive->put(geo::tile_from_number(number), bytes, tiles::digest(bytes));
    archive->finish(info);
}

Tiles read_archive(const fs::path& path) {
    Tiles tiles;
    tiles::open_archive(path)->each_tile([&](geo::TileId id, std::span<const std::byte> bytes) {
        tiles[geo::tile_number(id)].assign(bytes.begin(), bytes.end());
    });
    return tiles;
}

Tiles some_tiles(const tiles::Plan& plan) {
    Tiles tiles;
    const SmallPainter painter;
    for (const tiles::Metatile& metatile : plan.metatiles())
        for (tiles::EncodedTile& tile : painter.paint(metatile, plan.range(metatile.z)))
            if (!tile.bytes.empty()) tiles[geo::tile_number(tile.id)] = std::move(tile.bytes);
    return tiles;
}

std::vector<tiles::EncodedTile> SmallPainter::paint(const tiles::Metatile& metatile,
                                                    const geo::TileRange& wanted) const {
    const int begun = m_begun++;
    if (before_painting) before_painting(begun);
    std::vector<tiles::EncodedTile> tiles;
    const std::uint64_t first = metatile.first_number(), count = std::uint64_t{metatile.side()} * metatile.side();
    for (std::uint64_t number = first; number < first + count; ++number) {
        const geo::TileId id = geo::tile_from_number(number);
        if (wanted.contains(id)) tiles.push_back({id, small_tile(id, number)});
    }
    return tiles;
}

std::map<std::string, std::string> contents_of(const fs::path& path) {
    if (!fs::is_directory(path)) return {{"", read_bytes(path)}};
    std::map<std::string, std::string> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path))
        if (entry.is_regular_file()) files[entry.path().lexically_relative(path).string()] = read_bytes(entry.path());
    return files;
}

} // namespace harmattan::test
