// MBTiles 1.3: tables map and images with the view tiles over them, so that equal tiles are stored once. Made in a
// hidden database beside, then copied in order by VACUUM INTO: tables contiguous, no free pages, the same bytes every
// time.

#include "geo/error.hpp"
#include "tiles/containers.hpp"
#include "tiles/metadata.hpp"
#include "tiles/publish.hpp"
#include "tiles/sqlite.hpp"

#include <fmt/format.h>
#include <optional>
#include <unordered_set>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace {

// Column names and types in capitals as martin's tool looks for them; tile_id is the MD5 it checks.
constexpr const char* schema = R"(
PRAGMA application_id = 0x4d504258;
CREATE TABLE metadata (name TEXT NOT NULL, value TEXT);
CREATE TABLE map (zoom_level INTEGER NOT NULL, tile_column INTEGER NOT NULL, tile_row INTEGER NOT NULL,
  tile_id TEXT NOT NULL);
CREATE TABLE images (tile_id TEXT NOT NULL, tile_data BLOB NOT NULL);
CREATE VIEW tiles AS SELECT map.zoom_level AS zoom_level, map.tile_column AS tile_column, map.tile_row AS tile_row,
  images.tile_data AS tile_data FROM map JOIN images ON images.tile_id = map.tile_id;
BEGIN;
)";
constexpr const char* indexes = R"(
CREATE UNIQUE INDEX metadata_name ON metadata (name);
CREATE UNIQUE INDEX map_index ON map (zoom_level, tile_column, tile_row);
CREATE UNIQUE INDEX images_id ON images (tile_id);
COMMIT;
)";

class MbtilesWriter final : public ArchiveWriter {
public:
    MbtilesWriter(const std::filesystem::path& output, const ArchiveOptions& options)
        : m_staged(output, options.force), m_making(std::in_place, hidden_sibling(output, "build"), m_staged.path()) {}

private:
    // Removes a hidden file when all others have let go of it, and what a killed run left of it before.
    struct Removal {
        std::filesystem::path path;
        explicit Removal(std::filesystem::path at) : path(std::move(at)) { remove(); }
        ~Removal() { remove(); }
        Removal(const Removal&) = delete;
        Removal& operator=(const Removal&) = delete;
        void remove() const {
            std::error_code code;
            std::filesystem::remove(path, code);
        }
    };
    // Destroyed from the last to the first: statements, database, file.
    struct Making {
        Removal build, journal; // why: VACUUM INTO keeps a journal whatever the pragmas say
        Database db;
        Statement insert_map, insert_image, insert_metadata;
        Making(const std::filesystem::path& path, const std::filesystem::path& target)
            : build(path), journal(target.string() + "-journal"), db(prepared(path)),
              insert_map(db, "INSERT INTO map VALUES (?, ?, ?, ?)"),
              insert_image(db, "INSERT INTO images VALUES (?, ?)"),
              insert_metadata(db, "INSERT INTO metadata VALUES (?, ?)") {}
        static Database prepared(const std::filesystem::path& path) {
            Database db = Database::create(path);
            db.execute(schema);
            return db;
        }
    };

    void write(std::uint64_t, geo::TileId tile, std::span<const std::byte> bytes, const Hash128& hash) override {
        const std::string id = md5_hex(bytes);
        if (m_contents.insert(hash).second) m_making->insert_image.bind(1, id).bind(2, bytes).run();
        m_making->insert_map.bind(1, std::int64_t{tile.z})
            .bind(2, std::int64_t{tile.x})
            .bind(3, std::int64_t{geo::tms_row(tile)})
            .bind(4, id)
            .run();
    }

    void publish(const TilesetInfo& info, const std::string& metadata) override {
        for (const auto& [name, value] : mbtiles_rows(info, metadata))
            m_making->insert_metadata.bind(1, name).bind(2, value).run();
        m_making->db.execute(indexes);
        const std::string target = m_staged.path().string();
        Statement(m_making->db, "VACUUM INTO ?").bind(1, target).run();
        m_making.reset();
        write_page_checksums(m_staged.file());
        if (const std::string found = Database::open_untrusted(m_staged.path()).integrity(); found != "ok")
            throw Error(ErrorKind::io, fmt::format("{} was not written well: {}", target, found));
        m_staged.commit();
    }

    StagedFile m_staged;
    std::optional<Making> m_making;
    std::unordered_set<Hash128, Hash128Hasher> m_contents; ///< looked up only, never walked
};

} // namespace

std::unique_ptr<ArchiveWriter> create_mbtiles(const std::filesystem::path& output, const ArchiveOptions& options) {
    return std::make_unique<MbtilesWriter>(output, options);
}

} // namespace harmattan::tiles
