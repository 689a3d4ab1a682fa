#pragma once
// A PMTiles file opened: header checked against the file's length, root directory unpacked, leaves on demand. What the
// reader of archives and verify are made of.

#include "tiles/file.hpp"
#include "tiles/pmtiles.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace harmattan::tiles::pmtiles {

class OpenFile {
public:
    /// Throws no_input, not_permitted or bad_data.
    explicit OpenFile(const std::filesystem::path& path);

    const File& file() const { return m_file; }
    const Header& header() const { return m_header; }
    const std::vector<Entry>& root() const { return m_root; }
    std::string metadata() const; ///< unpacked
    /// The leaf directory that an entry of the root stands for: within the leaf section, beginning with the entry's
    /// number, no leaves in it. Thread-safe.
    std::vector<Entry> leaf(const Entry& of_root) const;
    /// Each entry of a tile, root and leaves, ascending.
    void each_entry(const std::function<void(const Entry&)>& use) const;
    /// Within the tile section and not too large, or bad_data. Thread-safe.
    std::vector<std::byte> content(const Entry& entry) const;

private:
    std::vector<std::byte> unpack(std::uint64_t offset, std::uint64_t length, std::size_t limit,
                                  const char* what) const;

    File m_file;
    Header m_header;
    std::vector<Entry> m_root;
};

} // namespace harmattan::tiles::pmtiles
