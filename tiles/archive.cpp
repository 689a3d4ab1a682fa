#include "tiles/archive.hpp"

#include "geo/error.hpp"
#include "tiles/archive_reader.hpp"
#include "tiles/containers.hpp"
#include "tiles/metadata.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace {

constexpr std::array<ArchiveFormat, 3> formats{{
    {"pmtiles", ".pmtiles", create_pmtiles, open_pmtiles},
    {"mbtiles", ".mbtiles", create_mbtiles, open_mbtiles},
    {"directory", "", create_directory, open_directory},
}};

} // namespace

ArchiveWriter::~ArchiveWriter() = default;

void ArchiveWriter::put(geo::TileId tile, std::span<const std::byte> bytes, const Hash128& hash) {
    const std::uint64_t number = geo::tile_number(tile);
    if (number < m_next_number)
        throw Error(ErrorKind::internal, fmt::format("tile {} comes out of order", geo::to_string(tile)));
    if (bytes.empty() || bytes.size() > max_tile_bytes)
        throw Error(ErrorKind::internal, fmt::format("tile {} has {} bytes; an archive takes 1 to {}",
                                                     geo::to_string(tile), bytes.size(), max_tile_bytes));
    write(number, tile, bytes, hash);
    m_digest.add(number, bytes.size(), hash);
    if (m_counts.tiles == 0) m_counts.min_zoom = tile.z;
    m_counts.max_zoom = tile.z;
    ++m_counts.tiles;
    m_next_number = number + 1;
}

void ArchiveWriter::finish(TilesetInfo info) {
    if (m_counts.tiles == 0) throw Error(ErrorKind::internal, "an archive without a tile cannot be written");
    info = on_e7_grid(std::move(info));
    if (!(info.bounds.west < info.bounds.east && info.bounds.south < info.bounds.north))
        throw Error(ErrorKind::internal, "an archive's bounds must have an area");
    m_counts.digest = m_digest.finish();
    info.min_zoom = m_counts.min_zoom;
    info.max_zoom = m_counts.max_zoom;
    info.centre_zoom = std::clamp(info.centre_zoom, info.min_zoom, info.max_zoom);
    publish(info, compose_metadata(info, m_counts));
}

std::span<const ArchiveFormat> archive_formats() { return formats; }

const ArchiveFormat& archive_format_for_output(const std::filesystem::path& output) {
    const std::string extension = output.extension().string();
    for (const ArchiveFormat& format : formats)
        if (!format.extension.empty() && extension == format.extension) return format;
    return formats.back();
}

std::unique_ptr<ArchiveWriter> create_archive(const std::filesystem::path& output, const ArchiveOptions& options) {
    return archive_format_for_output(output).create(output, options);
}

std::int32_t to_e7(double degrees) { return static_cast<std::int32_t>(std::lround(degrees * 1e7)); }

TilesetInfo on_e7_grid(TilesetInfo info) {
    for (double* longitude : {&info.bounds.west, &info.bounds.east, &info.centre.lon})
        *longitude = to_e7(std::clamp(*longitude, -180.0, 180.0)) / 1e7;
    for (double* latitude : {&info.bounds.south, &info.bounds.north, &info.centre.lat})
        *latitude = to_e7(std::clamp(*latitude, -90.0, 90.0)) / 1e7;
    return info;
}

} // namespace harmattan::tiles
