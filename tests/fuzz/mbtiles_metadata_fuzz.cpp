// An MBTiles file whose metadata has the input's lines, "name=value", as rows.

#include "tests/fuzz/archive_questions.hpp"
#include "tests/fuzz/input_file.hpp"
#include "tiles/containers.hpp"
#include "tiles/sqlite.hpp"

#include <cmath>

using namespace harmattan;
using namespace harmattan::tiles;

namespace {

void write_rows(const std::filesystem::path& path, std::string_view lines) {
    Database db = Database::create(path);
    db.execute(
        "CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data); CREATE TABLE metadata (name, value)");
    Statement insert(db, "INSERT INTO metadata VALUES (?, ?)");
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(line.size() + 1, lines.size()));
        const std::size_t equals = std::min(line.find('='), line.size());
        insert.bind(1, line.substr(0, equals)).bind(2, line.substr(std::min(equals + 1, line.size()))).run();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::filesystem::path path = fuzz::input_file({}).string() + ".mbtiles";
    write_rows(path, fuzz::text_of(data, size));
    fuzz::read_or_refuse([&] {
        const auto archive = open_mbtiles(path);
        const ArchiveInfo& info = archive->info();
        for (const int zoom : {info.min_zoom, info.max_zoom, info.centre_zoom})
            fuzz::require(zoom >= 0 && zoom <= geo::max_zoom, "a zoom is one");
        for (const double degrees : {info.bounds.west, info.bounds.south, info.bounds.east, info.bounds.north,
                                     info.centre.lon, info.centre.lat})
            fuzz::require(std::isfinite(degrees), "degrees are a number");
        fuzz::ask(*archive);
    });
    std::filesystem::remove(path);
    return 0;
}
