#pragma once
// PMTiles version 3 as bytes: header, directories, tile types. Shared by writer, reader and verify; does no input or
// output. Parsers trust nothing and throw geo::Error bad_data. Source: the PMTiles specification, version 3.
//
// Our files lie so: header and root directory in the first 16 KiB (zeros, then a seal of 32 bytes at their end), tiles
// from 16,384 on as they come, then metadata and leaf directories. So tiles are written once, in one pass.

#include "tiles/digest.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace harmattan::tiles::pmtiles {

inline constexpr std::size_t header_bytes = 127;
inline constexpr std::size_t start_bytes = 16384; ///< header and root directory lie within them
inline constexpr std::size_t seal_bytes = 32;
/// Largest root directory we write.
inline constexpr std::size_t root_bytes = start_bytes - header_bytes - seal_bytes;
/// Largest directory, unpacked, that we read. Four bytes an entry at least, so 2 million of them, 50 MB in memory.
inline constexpr std::size_t max_directory_bytes = std::size_t{8} << 20;

enum class Compression : std::uint8_t { unknown, none, gzip, brotli, zstd };
enum class TileType : std::uint8_t { unknown, mvt, png, jpeg, webp, avif, mlt };
std::string_view extension(TileType type); ///< "png"; empty if unknown
TileType type_of_extension(std::string_view extension);

struct Section {
    std::uint64_t offset = 0, length = 0;
    bool operator==(const Section&) const = default;
};

struct Header {
    Section root, metadata, leaves, tiles;
    std::uint64_t addressed_tiles = 0, entries = 0, contents = 0;
    bool clustered = false;
    Compression internal_compression = Compression::unknown, tile_compression = Compression::unknown;
    TileType tile_type = TileType::unknown;
    std::uint8_t min_zoom = 0, max_zoom = 0;
    std::int32_t min_lon_e7 = 0, min_lat_e7 = 0, max_lon_e7 = 0, max_lat_e7 = 0;
    std::uint8_t centre_zoom = 0;
    std::int32_t centre_lon_e7 = 0, centre_lat_e7 = 0;
    bool operator==(const Header&) const = default;
};

std::array<std::byte, header_bytes> serialise(const Header& header);
/// Magic, version and the values of the enumerations and the flag are checked; whether sections lie in the file is not.
Header parse_header(std::span<const std::byte, header_bytes> bytes);

struct Entry {
    std::uint64_t number = 0, offset = 0;
    std::uint32_t length = 0;
    std::uint32_t run = 0; ///< tiles from `number` on that have these bytes; 0: the entry is a leaf directory
    bool operator==(const Entry&) const = default;
};

/// Uncompressed.
std::vector<std::byte> serialise(std::span<const Entry> entries);
/// Numbers rise, runs do not overlap, lengths are not 0, and nothing follows.
std::vector<Entry> parse_directory(std::span<const std::byte> bytes);

/// The entry whose run holds `number`, or the leaf directory it must be in.
const Entry* find_entry(std::span<const Entry> directory, std::uint64_t number);

struct Directories {
    std::vector<std::byte> root, leaves; ///< compressed
};
/// All in the root if it fits, else leaves of at least 4,096 entries, as many to a leaf as the root needs to fit.
Directories build_directories(std::span<const Entry> entries);

/// 32 bytes that vouch for `start` (the first 16 KiB but for the seal), metadata and leaves.
std::array<std::byte, seal_bytes> make_seal(std::span<const std::byte> start, std::span<const std::byte> metadata,
                                            std::span<const std::byte> leaves);
/// Whether `bytes` begin as a seal does, whatever they vouch for.
bool looks_like_seal(std::span<const std::byte, seal_bytes> bytes);

} // namespace harmattan::tiles::pmtiles
