#pragma once
// The tile log: what a job has drawn so far, one checksummed record per metatile in archive order, appended to a hidden
// file beside the output. A run that ended early is taken up again by copying the records that still fit and drawing
// the rest; what was cut off by the end is dropped. Bytes are little-endian; the log never leaves the machine it was
// made on.
//
// A record's key is the digest of all that its pictures depend on, so records of other inputs never fit.

#include "tiles/digest.hpp"
#include "tiles/file.hpp"
#include "tiles/metatile.hpp"
#include "tiles/painter.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace harmattan::tiles {

/// The tiles of one metatile, encoded, in the form in which they stand in the log.
class MetatileRecord {
public:
    struct Tile {
        std::uint64_t number = 0;
        Hash128 hash;
        std::span<const std::byte> bytes; ///< in the record
    };

    MetatileRecord() = default;
    /// `tiles` of one metatile, ascending and none empty. Throws internal otherwise.
    MetatileRecord(const Hash128& key, std::span<const EncodedTile> tiles);

    Hash128 key() const;
    std::size_t count() const;
    void each(const std::function<void(const Tile&)>& use) const; ///< ascending
    std::span<const std::byte> bytes() const { return m_bytes; }  ///< all of it, as it is written

private:
    friend class TileLog;
    std::vector<std::byte> m_bytes;
};

class TileLog {
public:
    /// Makes the log at `path` or, to go on, opens the one there (if it is a log of this version; else begins anew).
    TileLog(const std::filesystem::path& path, bool resume);
    /// Leaves the file for the next run; removes it if it holds no record.
    ~TileLog();
    TileLog(const TileLog&) = delete;
    TileLog& operator=(const TileLog&) = delete;

    /// The next record of an earlier run, if it is whole and its key is `key`. If not, that record and all after it are
    /// cut off, and nothing is found from then on.
    std::optional<MetatileRecord> next(const Hash128& key);
    /// Whether records of an earlier run may be left.
    bool has_more() const { return m_reading; }
    /// Adds a record at the end; ends reading.
    void append(const MetatileRecord& record);
    /// After success.
    void remove();

private:
    std::optional<MetatileRecord> read_record() const;

    File m_file;
    std::uint64_t m_end = 0; ///< of the records read or appended
    bool m_reading = false;
};

} // namespace harmattan::tiles
