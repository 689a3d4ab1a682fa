#pragma once
// A file descriptor that closes itself, whose calls write or read everything they are asked to or throw geo::Error with
// the path and the system's reason. No memory maps: a file that shrinks under us is an error, not a SIGBUS.

#include "geo/error.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace harmattan::tiles {

/// "…what… PATH: No space left on device", for the errno of the call just made.
geo::Error system_error(geo::ErrorKind kind, const std::string& what, const std::filesystem::path& path);

class File {
public:
    File() = default;
    ~File();
    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;

    /// A regular file, for reading: no_input if there is none, not_permitted, or io.
    static File open_read(const std::filesystem::path& path);
    /// Empty and for reading and writing, made or cut; never through a symbolic link. Throws cannot_create, or io if
    /// the disk is full or fails.
    static File create(const std::filesystem::path& path);
    /// For reading and writing, with what it holds; made if absent; never through a symbolic link (cannot_create).
    static File open_update(const std::filesystem::path& path);

    const std::filesystem::path& path() const { return m_path; }
    bool is_open() const { return m_fd >= 0; }
    int descriptor() const { return m_fd; }

    std::uint64_t size() const;
    /// Fills `into`, or throws: bad_data if the file ends before, io if reading fails. Thread-safe.
    void read_at(std::uint64_t offset, std::span<std::byte> into) const;
    std::vector<std::byte> read_at(std::uint64_t offset, std::size_t length) const;
    void write_at(std::uint64_t offset, std::span<const std::byte> bytes);
    void truncate(std::uint64_t size);
    void sync();  ///< fsync
    void close(); ///< throws where the destructor cannot

private:
    File(int fd, std::filesystem::path path) : m_fd(fd), m_path(std::move(path)) {}

    int m_fd = -1;
    std::filesystem::path m_path;
};

/// Appends to a file through a block of memory.
class Appender {
public:
    /// Writes from `offset` on; `file` must outlive it.
    explicit Appender(File& file, std::uint64_t offset = 0);

    std::uint64_t offset() const { return m_offset + m_block.size(); }
    void append(std::span<const std::byte> bytes);
    void flush(); ///< must be called at the end: the destructor writes nothing

private:
    File& m_file;
    std::uint64_t m_offset;
    std::vector<std::byte> m_block;
};

/// Whole small file as text; bad_data beyond `limit` bytes.
std::string read_text(const std::filesystem::path& path, std::size_t limit);
void write_text(const std::filesystem::path& path, std::string_view text);

} // namespace harmattan::tiles
