// Reads MBTiles through whatever "tiles" is in the file, table or view.

#include "geo/error.hpp"
#include "tiles/containers.hpp"
#include "tiles/metadata.hpp"
#include "tiles/sqlite.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <mutex>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t most_rows = 1000;
constexpr std::size_t most_tiles = 20'000'000;

Rows read_metadata(Database& db) {
    Statement select(db, "SELECT name, value FROM metadata");
    Rows rows;
    std::size_t bytes = 0;
    while (select.step()) {
        rows.emplace_back(select.text(0), select.text(1));
        bytes += rows.back().first.size() + rows.back().second.size();
        if (rows.size() > most_rows || bytes > max_metadata_bytes)
            throw Error(ErrorKind::bad_data,
                        fmt::format("the metadata has more than {} rows or {} bytes", most_rows, max_metadata_bytes));
    }
    return rows;
}

std::string value_of(const Rows& rows, std::string_view name) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.first == name; });
    return found == rows.end() ? std::string() : found->second;
}

// "a,b,c" as finite numbers; nothing unless there are `count` of them.
std::optional<std::vector<double>> numbers_in(std::string_view text, std::size_t count) {
    std::vector<double> numbers;
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        double value = 0;
        const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (code != std::errc() || !std::isfinite(value)) return std::nullopt;
        numbers.push_back(value);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.empty()) break;
        if (text.front() != ',') return std::nullopt;
        text.remove_prefix(1);
    }
    return numbers.size() == count ? std::optional(numbers) : std::nullopt;
}

int zoom_in(const std::string& text, const char* name) {
    const auto value = numbers_in(text, 1);
    if (!value || (*value)[0] < 0 || (*value)[0] > geo::max_zoom)
        throw Error(ErrorKind::bad_data,
                    fmt::format("the metadata's {} is \"{}\", no zoom of 0 to {}", name, text, geo::max_zoom));
    return static_cast<int>((*value)[0]);
}

class MbtilesReader final : public ArchiveReader {
public:
    explicit MbtilesReader(const std::filesystem::path& path)
        : m_db(Database::open_untrusted(path)),
          m_select(m_db, "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?") {
        const Rows rows = read_metadata(m_db);
        m_info.container = "mbtiles";
        m_info.tile_extension = value_of(rows, "format");
        m_info.metadata = metadata_of_rows(rows);
        if (const std::string text = value_of(rows, "minzoom"); !text.empty())
            m_info.min_zoom = zoom_in(text, "minzoom");
        if (const std::string text = value_of(rows, "maxzoom"); !text.empty())
            m_info.max_zoom = zoom_in(text, "maxzoom");
        if (const auto b = numbers_in(value_of(rows, "bounds"), 4))
            m_info.bounds = {(*b)[0], (*b)[1], (*b)[2], (*b)[3]};
        m_info.centre = {(m_info.bounds.west + m_info.bounds.east) / 2,
                         (m_info.bounds.south + m_info.bounds.north) / 2};
        m_info.centre_zoom = m_info.min_zoom; // the key is optional
        if (const auto c = numbers_in(value_of(rows, "center"), 3)) {
            m_info.centre = {(*c)[0], (*c)[1]};
            m_info.centre_zoom = static_cast<int>(std::clamp((*c)[2], 0.0, double{geo::max_zoom}));
        }
    }

    std::optional<std::vector<std::byte>> tile(geo::TileId id) const override {
        const std::lock_guard lock(m_mutex);
        m_select.bind(1, std::int64_t{id.z}).bind(2, std::int64_t{id.x}).bind(3, std::int64_t{geo::tms_row(id)});
        std::optional<std::vector<std::byte>> bytes;
        if (m_select.step()) {
            const std::span<const std::byte> blob = m_select.blob(0);
            bytes.emplace(blob.begin(), blob.end());
        }
        m_select.reset();
        return bytes;
    }

    std::vector<std::uint64_t> numbers() const override {
        const std::lock_guard lock(m_mutex);
        Statement select(m_db, "SELECT zoom_level, tile_column, tile_row FROM tiles");
        std::vector<std::uint64_t> all;
        while (select.step()) {
            if (all.size() >= most_tiles)
                throw Error(ErrorKind::bad_data, fmt::format("there are more than {} tiles", most_tiles));
            const std::int64_t z = select.integer(0), x = select.integer(1), row = select.integer(2);
            const std::int64_t side = z >= 0 && z <= geo::max_zoom ? std::int64_t{1} << z : 0;
            if (x < 0 || row < 0 || x >= side || row >= side)
                throw Error(ErrorKind::bad_data,
                            fmt::format("there is a tile at zoom {}, column {}, row {}, which cannot be", z, x, row));
            all.push_back(geo::tile_number({static_cast<std::uint8_t>(z), static_cast<std::uint32_t>(x),
                                            static_cast<std::uint32_t>(side - 1 - row)}));
        }
        std::sort(all.begin(), all.end());
        if (const auto twice = std::adjacent_find(all.begin(), all.end()); twice != all.end())
            throw Error(ErrorKind::bad_data,
                        fmt::format("tile {} is there twice", geo::to_string(geo::tile_from_number(*twice))));
        return all;
    }

private:
    mutable std::mutex m_mutex; ///< for the connection and all its statements
    mutable Database m_db;
    mutable Statement m_select;
};

} // namespace

std::unique_ptr<ArchiveReader> open_mbtiles(const std::filesystem::path& path) {
    return std::make_unique<MbtilesReader>(path);
}

} // namespace harmattan::tiles
