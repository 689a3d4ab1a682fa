#include "tiles/pmtiles.hpp"

#include "geo/error.hpp"
#include "geo/tile_id.hpp"
#include "tiles/gzip.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <fmt/format.h>
#include <limits>
#include <string>

namespace harmattan::tiles::pmtiles {

using geo::Error;
using geo::ErrorKind;

namespace {

constexpr std::string_view magic = "PMTiles\x03";
constexpr std::string_view seal_magic = "harmattan seal 1"; // 16 bytes, then 16 of digest
constexpr std::array<std::string_view, 7> extensions{"", "pbf", "png", "jpg", "webp", "avif", "mlt"};
constexpr std::size_t smallest_leaf = 4096, largest_flat_root = 16384;

static_assert(std::endian::native == std::endian::little, "the header is copied as it lies in memory");

// Copies fields one after another, out of or into the header's bytes.
struct Writer {
    std::byte* at;
    template <class T>
    void field(const T& value) {
        std::memcpy(at, &value, sizeof value), at += sizeof value;
    }
};
struct Reader {
    const std::byte* at;
    template <class T>
    void field(T& value) {
        std::memcpy(&value, at, sizeof value), at += sizeof value;
    }
};

template <class Cursor, class AnyHeader>
void each_field(Cursor& cursor, AnyHeader& h) {
    for (auto* section : {&h.root, &h.metadata, &h.leaves, &h.tiles})
        cursor.field(section->offset), cursor.field(section->length);
    cursor.field(h.addressed_tiles), cursor.field(h.entries), cursor.field(h.contents);
}

template <class Cursor, class AnyHeader>
void each_place(Cursor& cursor, AnyHeader& h) {
    cursor.field(h.min_zoom), cursor.field(h.max_zoom);
    cursor.field(h.min_lon_e7), cursor.field(h.min_lat_e7), cursor.field(h.max_lon_e7), cursor.field(h.max_lat_e7);
    cursor.field(h.centre_zoom), cursor.field(h.centre_lon_e7), cursor.field(h.centre_lat_e7);
}

void put_varint(std::vector<std::byte>& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::byte>((value & 0x7f) | 0x80));
    out.push_back(static_cast<std::byte>(value));
}

class VarintReader {
public:
    explicit VarintReader(std::span<const std::byte> bytes) : m_bytes(bytes) {}
    bool done() const { return m_at == m_bytes.size(); }
    std::uint64_t next() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (done()) throw Error(ErrorKind::bad_data, "a directory ends within a number");
            const auto byte = std::to_integer<std::uint64_t>(m_bytes[m_at++]);
            if (shift == 63 && byte > 1) break;
            value |= (byte & 0x7f) << shift;
            if (byte < 0x80) return value;
        }
        throw Error(ErrorKind::bad_data, "a directory holds a number of more than 64 bits");
    }
    std::uint32_t next_32() {
        const std::uint64_t value = next();
        if (value > std::numeric_limits<std::uint32_t>::max())
            throw Error(ErrorKind::bad_data, fmt::format("a directory holds {} where 32 bits are the limit", value));
        return static_cast<std::uint32_t>(value);
    }

private:
    std::span<const std::byte> m_bytes;
    std::size_t m_at = 0;
};

// Adds without wrapping round.
std::uint64_t sum(std::uint64_t a, std::uint64_t b) {
    if (a > std::numeric_limits<std::uint64_t>::max() - b)
        throw Error(ErrorKind::bad_data, "a directory's numbers overflow");
    return a + b;
}

Directories with_leaves(std::span<const Entry> entries, std::size_t leaf_entries) {
    Directories result;
    std::vector<Entry> root;
    for (std::size_t at = 0; at < entries.size(); at += leaf_entries) {
        const std::span<const Entry> part = entries.subspan(at, std::min(leaf_entries, entries.size() - at));
        const std::vector<std::byte> leaf = gzip(serialise(part));
        root.push_back({part.front().number, result.leaves.size(), static_cast<std::uint32_t>(leaf.size()), 0});
        result.leaves.insert(result.leaves.end(), leaf.begin(), leaf.end());
    }
    result.root = gzip(serialise(root));
    return result;
}

} // namespace

std::string_view extension(TileType type) { return extensions[static_cast<std::size_t>(type)]; }

TileType type_of_extension(std::string_view extension) {
    for (std::size_t i = 1; i < extensions.size(); ++i)
        if (extensions[i] == extension) return static_cast<TileType>(i);
    return TileType::unknown;
}

std::array<std::byte, header_bytes> serialise(const Header& header) {
    std::array<std::byte, header_bytes> bytes{};
    std::memcpy(bytes.data(), magic.data(), magic.size());
    Writer writer{bytes.data() + magic.size()};
    each_field(writer, header);
    writer.field(static_cast<std::uint8_t>(header.clustered));
    writer.field(header.internal_compression), writer.field(header.tile_compression), writer.field(header.tile_type);
    each_place(writer, header);
    return bytes;
}

Header parse_header(std::span<const std::byte, header_bytes> bytes) {
    if (std::memcmp(bytes.data(), magic.data(), magic.size() - 1) != 0)
        throw Error(ErrorKind::bad_data, "the header does not begin with \"PMTiles\"");
    if (bytes[7] != std::byte{3})
        throw Error(ErrorKind::bad_data, fmt::format("PMTiles version {} is not 3", std::to_integer<int>(bytes[7])));
    Header header;
    Reader reader{bytes.data() + magic.size()};
    each_field(reader, header);
    std::array<std::uint8_t, 4> codes{};
    reader.field(codes);
    const std::array<std::uint8_t, 4> limits{1, 4, 4, 6};
    for (std::size_t i = 0; i < codes.size(); ++i)
        if (codes[i] > limits[i])
            throw Error(ErrorKind::bad_data,
                        fmt::format("byte {} of the header is {}, more than {}", 96 + i, codes[i], limits[i]));
    header.clustered = codes[0] == 1;
    header.internal_compression = static_cast<Compression>(codes[1]);
    header.tile_compression = static_cast<Compression>(codes[2]);
    header.tile_type = static_cast<TileType>(codes[3]);
    each_place(reader, header);
    return header;
}

std::vector<std::byte> serialise(std::span<const Entry> entries) {
    std::vector<std::byte> out;
    out.reserve(entries.size() * 6 + 10);
    put_varint(out, entries.size());
    std::uint64_t last = 0;
    for (const Entry& e : entries) put_varint(out, e.number - last), last = e.number;
    for (const Entry& e : entries) put_varint(out, e.run);
    for (const Entry& e : entries) put_varint(out, e.length);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const bool follows = i > 0 && entries[i].offset == entries[i - 1].offset + entries[i - 1].length;
        put_varint(out, follows ? 0 : entries[i].offset + 1);
    }
    return out;
}

std::vector<Entry> parse_directory(std::span<const std::byte> bytes) {
    VarintReader in(bytes);
    const std::uint64_t count = in.next();
    // four numbers of at least a byte an entry: so a count cannot make us reserve more than the input's own size
    if (count == 0 || count > bytes.size() / 4)
        throw Error(ErrorKind::bad_data, fmt::format("a directory of {} bytes claims {} entries", bytes.size(), count));
    std::vector<Entry> entries(static_cast<std::size_t>(count));
    std::uint64_t number = 0;
    for (Entry& e : entries) e.number = number = sum(number, in.next());
    for (Entry& e : entries) e.run = in.next_32();
    for (Entry& e : entries) e.length = in.next_32();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::uint64_t offset = in.next();
        if (offset == 0 && i == 0) throw Error(ErrorKind::bad_data, "a directory's first entry follows nothing");
        entries[i].offset = offset == 0 ? sum(entries[i - 1].offset, entries[i - 1].length) : offset - 1;
    }
    if (!in.done()) throw Error(ErrorKind::bad_data, "a directory is followed by other bytes");
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (entries[i].length == 0)
            throw Error(ErrorKind::bad_data, fmt::format("tile number {} has no bytes", entries[i].number));
        const std::uint64_t end = sum(entries[i].number, std::max(entries[i].run, 1u));
        if (i + 1 < entries.size() && entries[i + 1].number < end)
            throw Error(ErrorKind::bad_data,
                        fmt::format("tile number {} is there twice or out of order", entries[i + 1].number));
    }
    return entries;
}

const Entry* find_entry(std::span<const Entry> directory, std::uint64_t number) {
    const auto after = std::upper_bound(directory.begin(), directory.end(), number,
                                        [](std::uint64_t n, const Entry& e) { return n < e.number; });
    if (after == directory.begin()) return nullptr;
    const Entry& entry = *(after - 1);
    return entry.run == 0 || number - entry.number < entry.run ? &entry : nullptr;
}

Directories build_directories(std::span<const Entry> entries) {
    if (entries.size() <= largest_flat_root) {
        Directories flat{gzip(serialise(entries)), {}};
        if (flat.root.size() <= root_bytes) return flat;
    }
    for (std::size_t leaf = smallest_leaf;; leaf += leaf / 4) {
        Directories result = with_leaves(entries, leaf);
        if (result.root.size() <= root_bytes) return result;
    }
}

std::array<std::byte, seal_bytes> make_seal(std::span<const std::byte> start, std::span<const std::byte> metadata,
                                            std::span<const std::byte> leaves) {
    Digester digester;
    for (const std::span<const std::byte> part : {start, metadata, leaves}) digester.add(part);
    const Hash128 hash = digester.finish();
    std::array<std::byte, seal_bytes> seal{};
    std::memcpy(seal.data(), seal_magic.data(), seal_magic.size());
    std::memcpy(seal.data() + 16, &hash.high, 8);
    std::memcpy(seal.data() + 24, &hash.low, 8);
    return seal;
}

bool looks_like_seal(std::span<const std::byte, seal_bytes> bytes) {
    return std::memcmp(bytes.data(), seal_magic.data(), seal_magic.size()) == 0;
}

} // namespace harmattan::tiles::pmtiles
