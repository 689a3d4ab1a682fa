#pragma once
// Bytes in order, from a plain file or out of a gzip file. Windows are read, not mapped: a file cut by somebody else
// while it is read is then an error and not a signal, and memory stays bounded whatever the file's size.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace harmattan::geo {

class ByteStream {
public:
    virtual ~ByteStream() = default;
    /// Fills `to` with up to `size` bytes; fewer only at the end. Throws Error io or bad_data (damaged gzip).
    virtual std::size_t read(char* to, std::size_t size) = 0;
};

/// A regular file from its beginning, hashed as it passes.
class FileStream : public ByteStream {
public:
    /// Throws Error: no_input, not_permitted, io.
    explicit FileStream(const std::filesystem::path& file);
    ~FileStream() override;
    FileStream(const FileStream&) = delete;
    FileStream& operator=(const FileStream&) = delete;

    std::size_t read(char* to, std::size_t size) override;
    std::uint64_t size() const { return m_size; }
    /// XXH3-128 of all bytes read so far, 32 hex digits.
    std::string digest() const;
    /// Throws bad_data where the file's size or time of change is not what it was when it was opened.
    void require_unchanged() const;

private:
    struct Hash;
    std::filesystem::path m_file;
    int m_descriptor = -1;
    std::uint64_t m_size = 0, m_read = 0;
    std::int64_t m_changed_ns = 0;
    std::unique_ptr<Hash> m_hash;
};

/// Unpacks gzip (one member or several) from `packed`, which it does not own. More than 64 MiB that are more than 400
/// times their packed size are refused as a bomb: event tables pack 5 to 40 times, deflate at most 1,032 times.
std::unique_ptr<ByteStream> open_gzip(ByteStream& packed);

/// XXH3-128 of a whole file, 32 hex digits.
std::string file_digest(const std::filesystem::path& file);

} // namespace harmattan::geo
