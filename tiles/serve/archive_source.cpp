#include "tiles/serve/archive_source.hpp"

#include "geo/error.hpp"
#include "tiles/archive_reader.hpp"
#include "tiles/digest.hpp"
#include "tiles/metadata.hpp"
#include "tiles/serve/whole_image.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <sys/stat.h>

namespace harmattan::tiles {

namespace {

namespace fs = std::filesystem;
using geo::Error;
using geo::ErrorKind;

constexpr double mercator_latitude = 85.05112877980659;

FileStamp stamp(const struct stat& s) {
    return {static_cast<std::uint64_t>(s.st_dev), static_cast<std::uint64_t>(s.st_ino),
            static_cast<std::uint64_t>(s.st_size), std::int64_t{s.st_mtim.tv_sec} * 1'000'000'000 + s.st_mtim.tv_nsec};
}

/// Bounds as they may be used; an archive that says none, or nonsense, has tiles anywhere.
geo::LonLatBox sound_bounds(const geo::LonLatBox& b) {
    const bool sound = std::isfinite(b.west) && std::isfinite(b.east) && std::isfinite(b.south) &&
                       std::isfinite(b.north) && b.west < b.east && b.south < b.north;
    if (!sound) return {-180, -mercator_latitude, 180, mercator_latitude};
    return {std::clamp(b.west, -180.0, 180.0), std::clamp(b.south, -mercator_latitude, mercator_latitude),
            std::clamp(b.east, -180.0, 180.0), std::clamp(b.north, -mercator_latitude, mercator_latitude)};
}

ServedLayer layer_of(const std::string& id, const ArchiveInfo& info, const std::optional<ArchiveFacts>& facts) {
    ServedLayer layer{.id = id,
                      .title = id,
                      .description = {},
                      .attribution = {},
                      .extension = info.tile_extension,
                      .media_type = media_type_of_tiles(info.tile_extension),
                      .bounds = sound_bounds(info.bounds),
                      .min_zoom = std::clamp(info.min_zoom, 0, geo::max_zoom),
                      .max_zoom = std::clamp(info.max_zoom, 0, geo::max_zoom)};
    layer.max_zoom = std::max(layer.max_zoom, layer.min_zoom);
    if (facts) {
        layer.title = facts->info.name, layer.description = facts->info.description,
        layer.attribution = facts->info.attribution;
        layer.tile_px = facts->info.tile_px;
    } else {
        const ArchiveTexts texts = read_texts(info.metadata);
        if (!texts.name.empty()) layer.title = texts.name;
        layer.description = texts.description, layer.attribution = texts.attribution;
    }
    return layer;
}

class ArchiveSource final : public TileSource {
public:
    ArchiveSource(ServedLayer layer, std::string version, std::unique_ptr<ArchiveReader> reader,
                  std::optional<ArchiveFile> file)
        : TileSource(std::move(layer), std::move(version), reader->info().metadata), m_reader(std::move(reader)),
          m_file(std::move(file)) {}

    /// Pictures of 512 px are the dense ones, whether they are asked for so or not.
    bool has_scale(int scale) const override { return scale == 1 || layer().tile_px == 256 * scale; }

    Fetched fetch(geo::TileId tile, int) const override {
        std::optional<std::vector<std::byte>> bytes = m_reader->tile(tile);
        if (!bytes || bytes->empty()) return {};
        if (!is_whole_image(*bytes, layer().extension))
            throw Error(ErrorKind::bad_data, fmt::format("tile {} is damaged", geo::to_string(tile)));
        return {.found = Found::tile, .bytes = std::move(*bytes)};
    }

    const ArchiveFile* archive() const override { return m_file ? &*m_file : nullptr; }

private:
    std::unique_ptr<ArchiveReader> m_reader;
    std::optional<ArchiveFile> m_file;
};

/// Of a folder's tiles by its metadata; of a file by its first bytes too, where every container keeps what changes.
std::string digest_of(const FileStamp& stamp, const std::string& metadata, const File* file) {
    Digester digester;
    digester.add(stamp.size), digester.add(static_cast<std::uint64_t>(stamp.changed_ns)), digester.add(metadata);
    if (file) digester.add(file->read_at(0, static_cast<std::size_t>(std::min<std::uint64_t>(stamp.size, 16384))));
    return to_hex(digester.finish());
}

/// What is composed anew with every replaced archive must not take seconds; ours have some ten kilobytes.
constexpr std::size_t most_metadata = std::size_t{4} << 20;

/// Reader, file and stamp, each opened by the name: of one archive only if no other takes the name meanwhile.
std::shared_ptr<const TileSource> open_by_name(const std::string& id, const fs::path& path) {
    std::unique_ptr<ArchiveReader> reader = open_archive(path);
    const ArchiveInfo& info = reader->info();
    if (info.metadata.size() > most_metadata)
        throw Error(ErrorKind::bad_data, fmt::format("{} has {} bytes of metadata; more than {} are not served",
                                                     path.string(), info.metadata.size(), most_metadata));
    const std::optional<FileStamp> at_path = stamp_of(path);
    if (!at_path) throw Error(ErrorKind::no_input, fmt::format("{} has gone while it was opened", path.string()));

    std::optional<ArchiveFile> file;
    if (info.container != "directory") {
        file.emplace();
        file->file = File::open_read(path);
        file->size = file->file.size();
        file->extension = info.container;
        file->media_type = info.container == "pmtiles" ? "application/vnd.pmtiles" : "application/vnd.mbtiles";
    }
    const std::string digest = digest_of(*at_path, info.metadata, file ? &file->file : nullptr);
    if (file) file->etag = fmt::format("\"{}\"", digest);
    std::optional<ArchiveFacts> facts;
    try {
        facts = parse_metadata(info.metadata);
    } catch (Error& error) { throw error.at(path.string()); }
    ServedLayer layer = layer_of(id, info, facts);
    return std::make_shared<ArchiveSource>(std::move(layer), digest.substr(0, 12), std::move(reader), std::move(file));
}

} // namespace

std::optional<FileStamp> stamp_of(const fs::path& archive) {
    struct stat s {};
    if (stat(archive.c_str(), &s) != 0) return std::nullopt;
    if (S_ISDIR(s.st_mode) && stat((archive / "metadata.json").c_str(), &s) != 0) return std::nullopt;
    return stamp(s);
}

std::shared_ptr<const TileSource> open_archive_source(const std::string& id, const fs::path& path) {
    for (int attempt = 0; attempt < 3; ++attempt) {
        const std::optional<FileStamp> before = stamp_of(path);
        std::shared_ptr<const TileSource> source = open_by_name(id, path);
        if (stamp_of(path) == before) return source;
    }
    throw Error(ErrorKind::busy, fmt::format("{} changes while it is opened", path.string()));
}

} // namespace harmattan::tiles
