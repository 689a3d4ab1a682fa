#include "tiles/pmtiles_reader.hpp"

#include "geo/error.hpp"
#include "tiles/containers.hpp"
#include "tiles/gzip.hpp"

#include <fmt/format.h>
#include <map>
#include <mutex>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace pmtiles {

namespace {

bool lies_in(const Section& section, std::uint64_t size) {
    return section.offset <= size && section.length <= size - section.offset;
}

Header read_header(const File& file) {
    std::array<std::byte, header_bytes> bytes;
    file.read_at(0, bytes);
    const Header header = parse_header(bytes);
    const std::uint64_t size = file.size();
    const auto check = [&](const Section& section, const char* name) {
        if (!lies_in(section, size))
            throw Error(ErrorKind::bad_data, fmt::format("{} at {} with {} bytes lie beyond the file's {} bytes", name,
                                                         section.offset, section.length, size));
    };
    check(header.root, "root directory"), check(header.metadata, "metadata");
    check(header.leaves, "leaf directories"), check(header.tiles, "tiles");
    if (header.root.length > start_bytes || header.root.offset > start_bytes - header.root.length)
        throw Error(ErrorKind::bad_data, "the root directory does not end within the first 16,384 bytes");
    return header;
}

} // namespace

OpenFile::OpenFile(const std::filesystem::path& path) : m_file(File::open_read(path)) {
    try {
        m_header = read_header(m_file);
        m_root =
            parse_directory(unpack(m_header.root.offset, m_header.root.length, max_directory_bytes, "root directory"));
    } catch (Error& error) { throw error.at(path.string()); }
}

std::string OpenFile::metadata() const {
    const std::vector<std::byte> bytes =
        unpack(m_header.metadata.offset, m_header.metadata.length, max_metadata_bytes, "metadata");
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::vector<Entry> OpenFile::leaf(const Entry& of_root) const {
    if (!lies_in({of_root.offset, of_root.length}, m_header.leaves.length))
        throw Error(ErrorKind::bad_data,
                    fmt::format("the leaf directory of tile number {} lies outside its section", of_root.number));
    std::vector<Entry> entries = parse_directory(
        unpack(m_header.leaves.offset + of_root.offset, of_root.length, max_directory_bytes, "leaf directory"));
    if (entries.front().number != of_root.number)
        throw Error(ErrorKind::bad_data, fmt::format("the leaf directory of tile number {} begins with {}",
                                                     of_root.number, entries.front().number));
    for (const Entry& entry : entries)
        if (entry.run == 0) throw Error(ErrorKind::bad_data, "a leaf directory has leaves of its own");
    return entries;
}

void OpenFile::each_entry(const std::function<void(const Entry&)>& use) const {
    std::uint64_t next = 0;
    const auto ascending = [&](const Entry& entry) {
        if (entry.number < next)
            throw Error(ErrorKind::bad_data, fmt::format("tile number {} is in two directories", entry.number));
        next = entry.number + entry.run;
        use(entry);
    };
    for (const Entry& entry : m_root) {
        if (entry.run != 0) ascending(entry);
        else
            for (const Entry& inner : leaf(entry)) ascending(inner);
    }
}

std::vector<std::byte> OpenFile::content(const Entry& entry) const {
    if (!lies_in({entry.offset, entry.length}, m_header.tiles.length) || entry.length > max_tile_bytes)
        throw Error(ErrorKind::bad_data,
                    fmt::format("tile number {} at {} with {} bytes lies outside the tile section or is too "
                                "large",
                                entry.number, entry.offset, entry.length));
    return m_file.read_at(m_header.tiles.offset + entry.offset, entry.length);
}

std::vector<std::byte> OpenFile::unpack(std::uint64_t offset, std::uint64_t length, std::size_t limit,
                                        const char* what) const {
    if (length > limit)
        throw Error(ErrorKind::bad_data, fmt::format("the {} has {} bytes, more than {}", what, length, limit));
    std::vector<std::byte> bytes = m_file.read_at(offset, static_cast<std::size_t>(length));
    if (m_header.internal_compression == Compression::none) return bytes;
    if (m_header.internal_compression != Compression::gzip)
        throw Error(ErrorKind::bad_data,
                    "directories are compressed otherwise than by gzip, which this program does not read");
    try {
        return gunzip(bytes, limit);
    } catch (Error& error) { throw error.at(what); }
}

} // namespace pmtiles

namespace {

class PmtilesReader final : public ArchiveReader {
public:
    explicit PmtilesReader(const std::filesystem::path& path) : m_open(path) {
        const pmtiles::Header& h = m_open.header();
        m_info = {.container = "pmtiles",
                  .tile_extension = std::string(pmtiles::extension(h.tile_type)),
                  .min_zoom = h.min_zoom,
                  .max_zoom = h.max_zoom,
                  .bounds = {h.min_lon_e7 / 1e7, h.min_lat_e7 / 1e7, h.max_lon_e7 / 1e7, h.max_lat_e7 / 1e7},
                  .centre = {h.centre_lon_e7 / 1e7, h.centre_lat_e7 / 1e7},
                  .centre_zoom = h.centre_zoom,
                  .metadata = m_open.metadata()};
    }

    std::optional<std::vector<std::byte>> tile(geo::TileId id) const override {
        const std::uint64_t number = geo::tile_number(id);
        const pmtiles::Entry* entry = pmtiles::find_entry(m_open.root(), number);
        if (entry == nullptr) return std::nullopt;
        if (entry->run != 0) return m_open.content(*entry);
        const Leaf leaf = leaf_of(*entry);
        entry = pmtiles::find_entry(*leaf, number);
        if (entry == nullptr) return std::nullopt;
        return m_open.content(*entry);
    }

    std::vector<std::uint64_t> numbers() const override {
        std::vector<std::uint64_t> all;
        m_open.each_entry([&](const pmtiles::Entry& entry) {
            // why: a few bytes can claim 2³² tiles; no more than the zooms claimed can hold, and never endless memory
            if (all.size() + entry.run > most_tiles)
                throw Error(ErrorKind::bad_data, fmt::format("the archive claims more than {} tiles", most_tiles));
            for (std::uint32_t i = 0; i < entry.run; ++i) all.push_back(entry.number + i);
        });
        return all;
    }

private:
    using Leaf = std::shared_ptr<const std::vector<pmtiles::Entry>>;
    static constexpr std::uint64_t most_tiles = 20'000'000;
    static constexpr std::size_t most_entries = 1'000'000; ///< of leaves kept unpacked, 24 bytes each

    Leaf leaf_of(const pmtiles::Entry& entry) const {
        {
            const std::lock_guard lock(m_mutex);
            if (const auto found = m_leaves.find(entry.number); found != m_leaves.end()) return found->second;
        }
        Leaf leaf = std::make_shared<const std::vector<pmtiles::Entry>>(m_open.leaf(entry));
        const std::lock_guard lock(m_mutex);
        if (m_entries + leaf->size() > most_entries) m_leaves.clear(), m_entries = 0;
        const auto [kept, is_new] = m_leaves.emplace(entry.number, std::move(leaf));
        if (is_new) m_entries += kept->second->size();
        return kept->second;
    }

    pmtiles::OpenFile m_open;
    mutable std::mutex m_mutex;
    mutable std::map<std::uint64_t, Leaf> m_leaves; ///< by the number in the root, which can have two at one offset
    mutable std::size_t m_entries = 0;              ///< in all of them
};

} // namespace

std::unique_ptr<ArchiveReader> open_pmtiles(const std::filesystem::path& path) {
    return std::make_unique<PmtilesReader>(path);
}

} // namespace harmattan::tiles
