#pragma once
// The makers of each container's writer and reader, for the table in archive.cpp and nobody else.

#include "tiles/archive.hpp"
#include "tiles/archive_reader.hpp"

namespace harmattan::tiles {

std::unique_ptr<ArchiveWriter> create_pmtiles(const std::filesystem::path& output, const ArchiveOptions& options);
std::unique_ptr<ArchiveWriter> create_mbtiles(const std::filesystem::path& output, const ArchiveOptions& options);
std::unique_ptr<ArchiveWriter> create_directory(const std::filesystem::path& output, const ArchiveOptions& options);

std::unique_ptr<ArchiveReader> open_pmtiles(const std::filesystem::path& path);
std::unique_ptr<ArchiveReader> open_mbtiles(const std::filesystem::path& path);
std::unique_ptr<ArchiveReader> open_directory(const std::filesystem::path& path);

} // namespace harmattan::tiles
