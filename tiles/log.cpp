#include "tiles/log.hpp"

#include "geo/error.hpp"
#include "tiles/archive_reader.hpp"

#include <array>
#include <cstring>
#include <fmt/format.h>
#include <string_view>
#include <unistd.h>
#include <xxhash.h>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace {

constexpr std::string_view file_magic = "harmattan tiles 1\n";
constexpr std::uint32_t record_magic = 0x454c4954; // "TILE"
constexpr std::uint32_t most_tiles = 1u << (2 * metatile_side_log2);

// A record: this, `count` TileHeads, the tiles' bytes, and the XXH3-64 of all before.
struct RecordHead {
    std::uint32_t magic = record_magic, count = 0;
    std::uint64_t length = 0; ///< of the whole record
    Hash128 key;
};
struct TileHead {
    std::uint64_t number = 0, length = 0;
    Hash128 hash;
};
static_assert(sizeof(RecordHead) == 32 && sizeof(TileHead) == 32);
constexpr std::size_t checksum_bytes = 8;

template <class T>
T read_as(std::span<const std::byte> bytes, std::size_t at) {
    T value;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

std::uint64_t checksum(std::span<const std::byte> bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

} // namespace

MetatileRecord::MetatileRecord(const Hash128& key, std::span<const EncodedTile> tiles) {
    RecordHead head{.count = static_cast<std::uint32_t>(tiles.size()), .key = key};
    std::size_t length = sizeof(RecordHead) + tiles.size() * sizeof(TileHead) + checksum_bytes;
    for (const EncodedTile& tile : tiles) length += tile.bytes.size();
    head.length = length;
    m_bytes.resize(length);
    std::memcpy(m_bytes.data(), &head, sizeof head);
    std::size_t at = sizeof head, data = at + tiles.size() * sizeof(TileHead);
    std::uint64_t last = 0;
    for (const EncodedTile& tile : tiles) {
        const TileHead tile_head{geo::tile_number(tile.id), tile.bytes.size(), digest(tile.bytes)};
        if (tile.bytes.empty() || tile.bytes.size() > max_tile_bytes || (at != sizeof head && tile_head.number <= last))
            throw Error(ErrorKind::internal, fmt::format("tile {} of {} bytes is out of order, empty or too large",
                                                         geo::to_string(tile.id), tile.bytes.size()));
        last = tile_head.number;
        std::memcpy(m_bytes.data() + at, &tile_head, sizeof tile_head);
        std::memcpy(m_bytes.data() + data, tile.bytes.data(), tile.bytes.size());
        at += sizeof tile_head, data += tile.bytes.size();
    }
    const std::uint64_t sum = checksum(std::span(m_bytes).first(data));
    std::memcpy(m_bytes.data() + data, &sum, sizeof sum);
}

Hash128 MetatileRecord::key() const { return read_as<RecordHead>(m_bytes, 0).key; }

std::size_t MetatileRecord::count() const { return read_as<RecordHead>(m_bytes, 0).count; }

void MetatileRecord::each(const std::function<void(const Tile&)>& use) const {
    std::size_t head_at = sizeof(RecordHead), data = head_at + count() * sizeof(TileHead);
    for (std::size_t i = 0; i < count(); ++i, head_at += sizeof(TileHead)) {
        const auto head = read_as<TileHead>(m_bytes, head_at);
        const auto length = static_cast<std::size_t>(head.length);
        use({head.number, head.hash, bytes().subspan(data, length)});
        data += length;
    }
}

TileLog::TileLog(const std::filesystem::path& path, bool resume)
    : m_file(resume ? File::open_update(path) : File::create(path)) {
    m_end = file_magic.size();
    if (m_file.size() > m_end) {
        std::string start(file_magic.size(), '\0');
        m_file.read_at(0, std::as_writable_bytes(std::span(start)));
        m_reading = start == file_magic;
    }
    if (!m_reading) {
        m_file.truncate(0);
        m_file.write_at(0, std::as_bytes(std::span(file_magic)));
    }
}

TileLog::~TileLog() {
    if (m_file.is_open() && m_end == file_magic.size() && !m_reading) ::unlink(m_file.path().c_str());
}

std::optional<MetatileRecord> TileLog::next(const Hash128& key) {
    if (!m_reading) return std::nullopt;
    std::optional<MetatileRecord> record = read_record();
    if (record && record->key() == key) {
        m_end += record->bytes().size();
        return record;
    }
    m_reading = false;
    m_file.truncate(m_end);
    return std::nullopt;
}

std::optional<MetatileRecord> TileLog::read_record() const {
    const std::uint64_t left = m_file.size() - m_end;
    if (left < sizeof(RecordHead)) return std::nullopt;
    RecordHead head;
    m_file.read_at(m_end, std::as_writable_bytes(std::span(&head, 1)));
    if (head.magic != record_magic || head.count > most_tiles || head.length > left ||
        head.length < sizeof(RecordHead) + head.count * sizeof(TileHead) + checksum_bytes)
        return std::nullopt;
    MetatileRecord record;
    record.m_bytes = m_file.read_at(m_end, static_cast<std::size_t>(head.length));
    const std::size_t sealed = record.m_bytes.size() - checksum_bytes;
    if (read_as<std::uint64_t>(record.m_bytes, sealed) != checksum(record.bytes().first(sealed))) return std::nullopt;
    return record;
}

void TileLog::append(const MetatileRecord& record) {
    if (m_reading) {
        m_reading = false;
        m_file.truncate(m_end);
    }
    m_file.write_at(m_end, record.bytes());
    m_end += record.bytes().size();
}

void TileLog::remove() {
    m_file.close();
    if (::unlink(m_file.path().c_str()) != 0) throw system_error(ErrorKind::io, "cannot remove", m_file.path());
}

} // namespace harmattan::tiles
