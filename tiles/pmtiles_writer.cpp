// PMTiles v3, written in one pass: see pmtiles.hpp for where things lie.

#include "geo/error.hpp"
#include "tiles/containers.hpp"
#include "tiles/gzip.hpp"
#include "tiles/pmtiles.hpp"
#include "tiles/publish.hpp"

#include <cstring>
#include <unordered_map>
#include <utility>

namespace harmattan::tiles {

namespace {

class PmtilesWriter final : public ArchiveWriter {
public:
    PmtilesWriter(const std::filesystem::path& output, const ArchiveOptions& options)
        : m_staged(output, options.force), m_out(m_staged.file(), pmtiles::start_bytes) {}

private:
    struct Place {
        std::uint64_t offset;
        std::uint32_t length;
    };

    void write(std::uint64_t number, geo::TileId, std::span<const std::byte> bytes, const Hash128& hash) override {
        const Place here{m_out.offset() - pmtiles::start_bytes, static_cast<std::uint32_t>(bytes.size())};
        const auto [known, is_new] = m_contents.try_emplace(hash, here);
        if (is_new) m_out.append(bytes);
        const Place place = known->second;
        if (!m_entries.empty()) {
            pmtiles::Entry& last = m_entries.back();
            if (last.offset == place.offset && last.number + last.run == number) {
                ++last.run;
                return;
            }
        }
        m_entries.push_back({number, place.offset, place.length, 1});
    }

    void publish(const TilesetInfo& info, const std::string& metadata_text) override {
        const std::uint64_t tiles_end = m_out.offset();
        const pmtiles::Directories directories = pmtiles::build_directories(m_entries);
        const std::vector<std::byte> metadata = gzip(std::as_bytes(std::span(metadata_text)));
        m_out.append(metadata);
        m_out.append(directories.leaves);
        m_out.flush();

        pmtiles::Header header = header_of(info);
        header.root = {pmtiles::header_bytes, directories.root.size()};
        header.tiles = {pmtiles::start_bytes, tiles_end - pmtiles::start_bytes};
        header.metadata = {tiles_end, metadata.size()};
        header.leaves = {tiles_end + metadata.size(), directories.leaves.size()};

        std::vector<std::byte> start(pmtiles::start_bytes);
        const auto head = pmtiles::serialise(header);
        std::memcpy(start.data(), head.data(), head.size());
        std::memcpy(start.data() + head.size(), directories.root.data(), directories.root.size());
        const std::span<const std::byte> sealed = std::span(start).first(start.size() - pmtiles::seal_bytes);
        const auto seal = pmtiles::make_seal(sealed, metadata, directories.leaves);
        std::memcpy(start.data() + sealed.size(), seal.data(), seal.size());
        m_staged.file().write_at(0, start);
        m_staged.commit();
    }

    pmtiles::Header header_of(const TilesetInfo& info) const {
        pmtiles::Header header;
        header.addressed_tiles = tiles();
        header.entries = m_entries.size();
        header.contents = m_contents.size();
        header.clustered = true;
        header.internal_compression = pmtiles::Compression::gzip;
        header.tile_compression = pmtiles::Compression::none;
        header.tile_type = pmtiles::type_of_extension(render::extension(info.format));
        header.min_zoom = static_cast<std::uint8_t>(info.min_zoom);
        header.max_zoom = static_cast<std::uint8_t>(info.max_zoom);
        header.min_lon_e7 = to_e7(info.bounds.west), header.min_lat_e7 = to_e7(info.bounds.south);
        header.max_lon_e7 = to_e7(info.bounds.east), header.max_lat_e7 = to_e7(info.bounds.north);
        header.centre_zoom = static_cast<std::uint8_t>(info.centre_zoom);
        header.centre_lon_e7 = to_e7(info.centre.lon), header.centre_lat_e7 = to_e7(info.centre.lat);
        return header;
    }

    StagedFile m_staged;
    Appender m_out;
    std::unordered_map<Hash128, Place, Hash128Hasher> m_contents; ///< looked up only, never walked
    std::vector<pmtiles::Entry> m_entries;
};

} // namespace

std::unique_ptr<ArchiveWriter> create_pmtiles(const std::filesystem::path& output, const ArchiveOptions& options) {
    return std::make_unique<PmtilesWriter>(output, options);
}

} // namespace harmattan::tiles
