// Reads a folder of tiles that DirectoryWriter made; only names that it writes are looked at.

#include "geo/error.hpp"
#include "tiles/containers.hpp"
#include "tiles/file.hpp"
#include "tiles/metadata.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace harmattan::tiles {

namespace fs = std::filesystem;
using geo::Error;
using geo::ErrorKind;

namespace {

// A name that is a number as we write it: digits, no sign, no leading zeros.
std::optional<std::uint32_t> number_of(const std::string& name) {
    std::uint32_t value = 0;
    const auto [end, code] = std::from_chars(name.data(), name.data() + name.size(), value);
    if (code != std::errc() || end != name.data() + name.size() || fmt::format("{}", value) != name)
        return std::nullopt;
    return value;
}

class DirectoryReader final : public ArchiveReader {
public:
    explicit DirectoryReader(const fs::path& path) : m_path(path) {
        m_info.container = "directory";
        m_info.metadata = read_text(path / "metadata.json", max_metadata_bytes);
        const std::optional<ArchiveFacts> facts = parse_metadata(m_info.metadata);
        if (!facts)
            throw Error(ErrorKind::bad_data,
                        fmt::format("{} was not made by this program", (path / "metadata.json").string()));
        m_info.tile_extension = render::extension(facts->info.format);
        m_info.min_zoom = facts->counts.min_zoom, m_info.max_zoom = facts->counts.max_zoom;
        m_info.bounds = facts->info.bounds;
        m_info.centre = facts->info.centre, m_info.centre_zoom = facts->info.centre_zoom;
    }

    std::optional<std::vector<std::byte>> tile(geo::TileId id) const override {
        const fs::path path = m_path / fmt::format("{}.{}", geo::to_string(id), m_info.tile_extension);
        if (!fs::exists(fs::symlink_status(path))) return std::nullopt;
        const File file = File::open_read(path);
        if (file.size() > max_tile_bytes)
            throw Error(ErrorKind::bad_data, fmt::format("{} has more than {} bytes", path.string(), max_tile_bytes));
        return file.read_at(0, static_cast<std::size_t>(file.size()));
    }

    std::vector<std::uint64_t> numbers() const override {
        std::vector<std::uint64_t> all;
        const std::string extension = "." + m_info.tile_extension;
        for (const fs::directory_entry& zoom : fs::directory_iterator(m_path)) {
            const auto z = number_of(zoom.path().filename().string());
            if (!z || *z > geo::max_zoom || !zoom.is_directory()) continue;
            for (const fs::directory_entry& column : fs::directory_iterator(zoom)) {
                const auto x = number_of(column.path().filename().string());
                if (!x || *x >> *z != 0 || !column.is_directory()) continue;
                for (const fs::directory_entry& file : fs::directory_iterator(column)) {
                    const auto y = number_of(file.path().stem().string());
                    if (y && *y >> *z == 0 && file.path().extension() == extension)
                        all.push_back(geo::tile_number({static_cast<std::uint8_t>(*z), *x, *y}));
                }
            }
        }
        std::sort(all.begin(), all.end());
        return all;
    }

private:
    fs::path m_path;
};

} // namespace

std::unique_ptr<ArchiveReader> open_directory(const fs::path& path) { return std::make_unique<DirectoryReader>(path); }

} // namespace harmattan::tiles
