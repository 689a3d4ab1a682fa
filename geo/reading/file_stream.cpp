#include "geo/reading/byte_stream.hpp"

#include "geo/error.hpp"
#include "geo/input_file.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace harmattan::geo {

namespace {

std::int64_t change_time_ns(const struct stat& status) {
    return std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
}

} // namespace

struct FileStream::Hash {
    XXH3_state_t* state = XXH3_createState();
    Hash() { XXH3_128bits_reset(state); }
    ~Hash() { XXH3_freeState(state); }
    Hash(const Hash&) = delete;
    Hash& operator=(const Hash&) = delete;
};

FileStream::FileStream(const std::filesystem::path& file) : m_file(file), m_hash(std::make_unique<Hash>()) {
    require_regular_file(file, "event table");
    // O_NONBLOCK: should the name have become a pipe since it was looked at, opening it does not wait for a writer.
    m_descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status {};
    if (m_descriptor < 0 || ::fstat(m_descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        const int reason = errno;
        if (m_descriptor >= 0) ::close(m_descriptor);
        throw Error(ErrorKind::no_input, fmt::format("cannot open '{}': {}", file.string(), std::strerror(reason)));
    }
    m_size = static_cast<std::uint64_t>(status.st_size);
    m_changed_ns = change_time_ns(status);
    ::posix_fadvise(m_descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
}

FileStream::~FileStream() { ::close(m_descriptor); }

std::size_t FileStream::read(char* to, std::size_t size) {
    std::size_t got = 0;
    while (got < size) {
        const ssize_t n = ::pread(m_descriptor, to + got, size - got, static_cast<off_t>(m_read + got));
        if (n == 0) break;
        if (n > 0) got += static_cast<std::size_t>(n);
        else if (errno != EINTR)
            throw Error(ErrorKind::io, fmt::format("reading '{}' failed at byte {}: {}", m_file.string(), m_read + got,
                                                   std::strerror(errno)));
    }
    XXH3_128bits_update(m_hash->state, to, got);
    m_read += got;
    return got;
}

std::string FileStream::digest() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(m_hash->state);
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

void FileStream::require_unchanged() const {
    struct stat status {};
    const bool same = ::fstat(m_descriptor, &status) == 0 && change_time_ns(status) == m_changed_ns &&
                      static_cast<std::uint64_t>(status.st_size) == m_size && m_read <= m_size;
    if (!same)
        throw Error(ErrorKind::bad_data,
                    fmt::format("'{}' was changed while it was read; run again when it is complete", m_file.string()));
}

std::string file_digest(const std::filesystem::path& file) {
    FileStream stream(file);
    std::vector<char> window(1 << 20);
    while (stream.read(window.data(), window.size()) == window.size()) {}
    stream.require_unchanged();
    return stream.digest();
}

} // namespace harmattan::geo
