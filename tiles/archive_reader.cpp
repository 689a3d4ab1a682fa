#include "tiles/archive_reader.hpp"

#include "geo/error.hpp"
#include "tiles/archive.hpp"
#include "tiles/file.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

ArchiveReader::~ArchiveReader() = default;

void ArchiveReader::each_tile(const std::function<void(geo::TileId, std::span<const std::byte>)>& use) const {
    for (const std::uint64_t number : numbers()) {
        const geo::TileId id = geo::tile_from_number(number);
        const std::optional<std::vector<std::byte>> bytes = tile(id);
        if (!bytes)
            throw Error(ErrorKind::bad_data, fmt::format("tile {} is listed but not there", geo::to_string(id)));
        use(id, *bytes);
    }
}

std::string detect_container(const std::filesystem::path& path) {
    if (std::filesystem::is_directory(path))
        return std::filesystem::is_regular_file(path / "metadata.json") ? "directory" : "";
    const File file = File::open_read(path);
    std::array<std::byte, 16> start{};
    file.read_at(0,
                 std::span(start).first(static_cast<std::size_t>(std::min<std::uint64_t>(start.size(), file.size()))));
    const std::string_view text(reinterpret_cast<const char*>(start.data()), start.size());
    if (text.starts_with("PMTiles")) return "pmtiles";
    if (text == std::string_view("SQLite format 3\0", 16)) return "mbtiles";
    return "";
}

std::unique_ptr<ArchiveReader> open_archive(const std::filesystem::path& path) {
    const std::string container = detect_container(path);
    for (const ArchiveFormat& format : archive_formats())
        if (format.name == container) return format.open(path);
    throw Error(ErrorKind::bad_data,
                fmt::format("{} is no tile archive: neither PMTiles, nor MBTiles, nor a folder with "
                            "metadata.json",
                            path.string()));
}

} // namespace harmattan::tiles
