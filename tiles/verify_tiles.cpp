// What verify asks of every container: metadata and tiles.

#include "geo/error.hpp"
#include "render/encode.hpp"
#include "tiles/scheduler.hpp"
#include "tiles/verify_parts.hpp"

#include <cmath>
#include <fmt/format.h>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace {

/// What a tile turned out to be.
struct Seen {
    std::uint64_t length = 0;
    Hash128 hash;
    std::string problem; ///< empty: none
    int width = 0, height = 0;
};

// What the first bytes say.
std::string_view format_of(std::span<const std::byte> bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (text.starts_with("\x89PNG\r\n\x1a\n")) return "png";
    if (text.size() >= 12 && text.starts_with("RIFF") && text.substr(8, 4) == "WEBP") return "webp";
    if (text.starts_with("\xff\xd8\xff")) return "jpg";
    return "";
}

Seen look_at(std::span<const std::byte> bytes, const std::string& extension) {
    Seen seen{.length = bytes.size(), .hash = digest(bytes), .problem = {}};
    if (format_of(bytes) != extension) {
        seen.problem = fmt::format("its bytes are not {}", extension);
        return seen;
    }
    try {
        const render::Image image = render::decode(bytes);
        seen.width = image.width, seen.height = image.height;
    } catch (const Error& error) { seen.problem = fmt::format("cannot be decoded: {}", error.line()); }
    return seen;
}

bool close(double a, double b) { return std::abs(a - b) <= 1e-6; }

} // namespace

std::optional<ArchiveFacts> verify_metadata(VerifyReport& report, const ArchiveInfo& info) {
    std::optional<ArchiveFacts> facts;
    checked(report, "metadata", [&] { facts = parse_metadata(info.metadata); });
    const auto check = [&](bool holds, std::string what) {
        if (!holds) report.add("metadata", std::move(what));
    };
    check(info.min_zoom <= info.max_zoom, fmt::format("zooms {} to {} are out of order", info.min_zoom, info.max_zoom));
    check(info.bounds.west < info.bounds.east && info.bounds.south < info.bounds.north, "the bounds have no area");
    check(info.bounds.west >= -180 && info.bounds.east <= 180 && info.bounds.south >= -90 && info.bounds.north <= 90,
          "the bounds lie beyond the Earth");
    check(info.centre_zoom >= info.min_zoom && info.centre_zoom <= info.max_zoom,
          fmt::format("the centre's zoom {} is not one of the archive's", info.centre_zoom));
    if (!facts) return facts;
    report.ours = true;
    const TilesetInfo& ours = facts->info;
    check(info.min_zoom == ours.min_zoom && info.max_zoom == ours.max_zoom && info.centre_zoom == ours.centre_zoom,
          "the zooms are not those of harmattan.archive");
    check(close(info.bounds.west, ours.bounds.west) && close(info.bounds.south, ours.bounds.south) &&
              close(info.bounds.east, ours.bounds.east) && close(info.bounds.north, ours.bounds.north),
          "the bounds are not those of harmattan.archive");
    check(close(info.centre.lon, ours.centre.lon) && close(info.centre.lat, ours.centre.lat),
          "the centre is not that of harmattan.archive");
    check(info.tile_extension == render::extension(ours.format), "the tile format is not that of harmattan.archive");
    return facts;
}

void verify_tiles(VerifyReport& report, const ArchiveReader& reader, const std::optional<ArchiveFacts>& facts,
                  const VerifyOptions& options) {
    const ArchiveInfo& info = reader.info();
    const std::vector<std::uint64_t> numbers = reader.numbers();
    report.tiles = numbers.size();
    if (numbers.empty()) {
        report.add("tiles", "there are none");
        return;
    }
    if (geo::tile_from_number(numbers.front()).z != info.min_zoom)
        report.add("tiles", "the first is not of the lowest zoom");
    if (geo::tile_from_number(numbers.back()).z != info.max_zoom)
        report.add("tiles", "the last is not of the highest zoom");
    const bool decodable = render::find_image_format(info.tile_extension).has_value();
    if (!decodable)
        report.notes.push_back(fmt::format("tiles of format \"{}\" are not decoded: this program reads png and webp",
                                           info.tile_extension));

    TilesDigest total;
    int side = facts ? facts->info.tile_px : 0;
    const auto produce = [&](std::uint64_t i) {
        const geo::TileId id = geo::tile_from_number(numbers[static_cast<std::size_t>(i)]);
        try {
            const std::optional<std::vector<std::byte>> bytes = reader.tile(id);
            if (!bytes) return Seen{.hash = {}, .problem = "is listed but not found"};
            return decodable ? look_at(*bytes, info.tile_extension)
                             : Seen{.length = bytes->size(), .hash = digest(*bytes), .problem = {}};
        } catch (const Error& error) { return Seen{.hash = {}, .problem = error.line()}; }
    };
    const auto use = [&](std::uint64_t i, Seen&& seen) {
        const std::uint64_t number = numbers[static_cast<std::size_t>(i)];
        const auto where = [&] { return fmt::format("tile {}", geo::to_string(geo::tile_from_number(number))); };
        total.add(number, seen.length, seen.hash);
        if (!seen.problem.empty()) {
            report.add(where(), seen.problem);
        } else if (decodable) {
            if (side == 0) side = seen.width;
            if (seen.width != side || seen.height != side)
                report.add(where(), fmt::format("has {} × {} pixels where the others have {} × {}", seen.width,
                                                seen.height, side, side));
        }
    };
    OrderedSchedule<Seen>(numbers.size(), produce, [](const Seen&) { return std::size_t{1}; }, use,
                          {.threads = options.threads, .interrupt = options.interrupt})
        .run();
    if (!facts) return;
    if (facts->counts.tiles != numbers.size())
        report.add("tiles", fmt::format("there are {}, the metadata says {}", numbers.size(), facts->counts.tiles));
    if (const Hash128 hash = total.finish(); hash != facts->counts.digest)
        report.add("tiles", fmt::format("their digest is {}, the metadata says {}: a tile was changed, lost or added",
                                        to_hex(hash), to_hex(facts->counts.digest)));
}

} // namespace harmattan::tiles
