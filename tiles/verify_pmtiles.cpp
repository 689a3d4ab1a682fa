// PMTiles: the header against the file and the directories, layout, claims, and our seal.

#include "geo/error.hpp"
#include "tiles/archive.hpp"
#include "tiles/pmtiles_reader.hpp"
#include "tiles/verify_parts.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <unordered_map>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace {

using pmtiles::Entry;
using pmtiles::Header;
using pmtiles::Section;

// Sections must not overlap and must fill the file, but for a gap after the root directory up to byte 16,384.
void verify_layout(VerifyReport& report, const Header& h, std::uint64_t size) {
    const std::uint64_t others = h.metadata.length + h.leaves.length + h.tiles.length;
    if (size != pmtiles::header_bytes + h.root.length + others && size != pmtiles::start_bytes + others)
        report.add("header",
                   fmt::format("the sections' lengths add up to {} or, padded, {} bytes; the file has {}",
                               pmtiles::header_bytes + h.root.length + others, pmtiles::start_bytes + others, size));
    std::array<std::pair<const char*, Section>, 4> sections{
        {{"root directory", h.root}, {"metadata", h.metadata}, {"leaf directories", h.leaves}, {"tiles", h.tiles}}};
    std::sort(sections.begin(), sections.end(), [](const auto& a, const auto& b) {
        return std::pair(a.second.offset, a.second.length) < std::pair(b.second.offset, b.second.length);
    });
    std::uint64_t end = pmtiles::header_bytes;
    for (const auto& [name, section] : sections) {
        if (section.offset < end)
            report.add("header", fmt::format("the {} at {} begin within what is before", name, section.offset));
        end = std::max(end, section.offset + section.length);
    }
}

// Counts and claims against the directories.
void verify_entries(VerifyReport& report, const pmtiles::OpenFile& open) {
    const Header& h = open.header();
    std::uint64_t addressed = 0, entries = 0, next_offset = 0, wrong = 0;
    std::unordered_map<std::uint64_t, std::uint32_t> contents; // offset → length
    bool clustered = true;
    open.each_entry([&](const Entry& entry) {
        addressed += entry.run;
        ++entries;
        if (entry.length > h.tiles.length || entry.offset > h.tiles.length - entry.length) {
            report.add("directory", fmt::format("tile number {} at {} with {} bytes lies outside the tile section",
                                                entry.number, entry.offset, entry.length));
            return;
        }
        const auto [known, is_new] = contents.try_emplace(entry.offset, entry.length);
        if (!is_new) wrong += known->second != entry.length;
        else {
            clustered = clustered && entry.offset == next_offset;
            next_offset = entry.offset + entry.length;
        }
    });
    const auto check = [&](bool holds, std::string what) {
        if (!holds) report.add("header", std::move(what));
    };
    check(h.addressed_tiles == addressed, fmt::format("{} tiles claimed, {} found", h.addressed_tiles, addressed));
    check(h.entries == entries, fmt::format("{} entries claimed, {} found", h.entries, entries));
    check(h.contents == contents.size(), fmt::format("{} contents claimed, {} found", h.contents, contents.size()));
    check(!h.clustered || clustered, "tiles are not in the order of their numbers although the header claims it");
    check(wrong == 0, fmt::format("{} entries give another length for bytes they share", wrong));
    check(!clustered || next_offset == h.tiles.length,
          fmt::format("the tile section has {} bytes, its tiles {}", h.tiles.length, next_offset));
}

void verify_seal(VerifyReport& report, const pmtiles::OpenFile& open) {
    const Header& h = open.header();
    const std::vector<std::byte> start = open.file().read_at(0, pmtiles::start_bytes);
    const auto read = [&](const Section& section) {
        return open.file().read_at(section.offset, static_cast<std::size_t>(section.length));
    };
    const std::span<const std::byte, pmtiles::seal_bytes> seal = std::span(start).last<pmtiles::seal_bytes>();
    const auto expected =
        pmtiles::make_seal(std::span(start).first(start.size() - seal.size()), read(h.metadata), read(h.leaves));
    if (!std::equal(seal.begin(), seal.end(), expected.begin()))
        report.add("header", pmtiles::looks_like_seal(seal)
                                 ? "header, directories or metadata were changed: the seal does not fit"
                                 : "the seal is gone: the file was changed by another program");
}

} // namespace

void verify_pmtiles(VerifyReport& report, const std::filesystem::path& path, const VerifyOptions& options) {
    checked(report, "archive", [&] {
        const pmtiles::OpenFile open(path);
        const Header& h = open.header();
        report.bytes = open.file().size();
        verify_layout(report, h, report.bytes);
        checked(report, "directory", [&] { verify_entries(report, open); });
        if (h.tile_compression != pmtiles::Compression::none && h.tile_type != pmtiles::TileType::mvt)
            report.add("header", "the tiles are pictures, and yet compressed");
        const std::unique_ptr<ArchiveReader> reader = open_archive(path);
        const std::optional<ArchiveFacts> facts = verify_metadata(report, reader->info());
        if (facts) checked(report, "header", [&] { verify_seal(report, open); });
        checked(report, "tiles", [&] { verify_tiles(report, *reader, facts, options); });
    });
}

} // namespace harmattan::tiles
