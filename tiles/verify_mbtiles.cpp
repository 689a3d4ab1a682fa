// MBTiles: the database as such, the tables, the metadata's rows, and our page checksums.

#include "geo/error.hpp"
#include "tiles/file.hpp"
#include "tiles/sqlite.hpp"
#include "tiles/verify_parts.hpp"

#include <fmt/format.h>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace {

constexpr std::int64_t application_id = 0x4d504258; // "MPBX"

std::int64_t count(Database& db, const std::string& sql) {
    Statement select(db, sql);
    return select.step() ? select.integer(0) : 0;
}

// What only our files have: the id, tables map and images, and nothing in either that the other does not use.
void verify_ours(VerifyReport& report, Database& db, const File& file) {
    checked(report, "pages", [&] {
        if (const std::uint64_t page = find_bad_page(file))
            report.add("pages", fmt::format("page {} was changed: its checksum is wrong", page));
    });
    if (const std::int64_t id = db.pragma("application_id"); id != application_id)
        report.add("header", fmt::format("the application id is {:#x}, not {:#x}", id, application_id));
    if (const std::int64_t missing =
            count(db, "SELECT count(*) FROM map WHERE tile_id NOT IN (SELECT tile_id FROM images)"))
        report.add("map", fmt::format("{} tiles have no picture", missing));
    if (const std::int64_t unused =
            count(db, "SELECT count(*) FROM images WHERE tile_id NOT IN (SELECT tile_id FROM map)"))
        report.add("images", fmt::format("{} pictures belong to no tile", unused));
    if (count(db, "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND substr(sql, 1, 13) = 'CREATE UNIQUE'") !=
        3)
        report.add("schema", "the unique indexes on metadata, map and images are not all there");
}

} // namespace

void verify_mbtiles(VerifyReport& report, const std::filesystem::path& path, const VerifyOptions& options) {
    checked(report, "archive", [&] {
        const File file = File::open_read(path);
        report.bytes = file.size();
        Database db = Database::open_untrusted(path);
        if (const std::string found = db.integrity(); found != "ok") report.add("database", found);
        const std::unique_ptr<ArchiveReader> reader = open_archive(path);
        const std::optional<ArchiveFacts> facts = verify_metadata(report, reader->info());
        if (facts) checked(report, "database", [&] { verify_ours(report, db, file); });
        checked(report, "tiles", [&] { verify_tiles(report, *reader, facts, options); });
    });
}

} // namespace harmattan::tiles
