#include "tiles/file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace harmattan::tiles {

using geo::Error;
using geo::ErrorKind;

namespace {

constexpr std::size_t block_bytes = 1 << 20;

int open_retrying(const std::filesystem::path& path, int flags) {
    for (;;) {
        const int fd = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EINTR) return fd;
    }
}

// What a failed open means for the user: the name is wrong, the right is missing, or the disk or the system fails.
ErrorKind kind_of_open(int code, ErrorKind wrong_name) {
    switch (code) {
    case ENOSPC:
    case EDQUOT:
    case EIO:
    case ENOMEM: return ErrorKind::io;
    case EMFILE:
    case ENFILE: return ErrorKind::busy;
    case EACCES:
    case EPERM: return wrong_name == ErrorKind::no_input ? ErrorKind::not_permitted : wrong_name;
    default: return wrong_name;
    }
}

} // namespace

Error system_error(ErrorKind kind, const std::string& what, const std::filesystem::path& path) {
    const int code = errno;
    return Error(kind, fmt::format("{} {}: {}", what, path.string(), std::strerror(code)));
}

File::~File() {
    if (m_fd >= 0) ::close(m_fd);
}

File::File(File&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)), m_path(std::move(other.m_path)) {}

File& File::operator=(File&& other) noexcept {
    std::swap(m_fd, other.m_fd);
    std::swap(m_path, other.m_path);
    return *this;
}

File File::open_read(const std::filesystem::path& path) {
    // why: O_NONBLOCK, so that opening a pipe without a writer is an answer and not a wait
    File file(open_retrying(path, O_RDONLY | O_NONBLOCK), path);
    if (!file.is_open()) throw system_error(kind_of_open(errno, ErrorKind::no_input), "cannot open", path);
    struct stat status {};
    if (::fstat(file.m_fd, &status) != 0) throw system_error(ErrorKind::io, "cannot look at", path);
    if (!S_ISREG(status.st_mode))
        throw Error(ErrorKind::no_input, fmt::format("{} is not a regular file", path.string()));
    return file;
}

File File::create(const std::filesystem::path& path) {
    File file(open_retrying(path, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW), path);
    if (!file.is_open()) throw system_error(kind_of_open(errno, ErrorKind::cannot_create), "cannot create", path);
    return file;
}

File File::open_update(const std::filesystem::path& path) {
    File file(open_retrying(path, O_RDWR | O_CREAT | O_NOFOLLOW), path);
    if (!file.is_open())
        throw system_error(kind_of_open(errno, ErrorKind::cannot_create), "cannot open for writing", path);
    return file;
}

std::uint64_t File::size() const {
    struct stat status {};
    if (::fstat(m_fd, &status) != 0) throw system_error(ErrorKind::io, "cannot look at", m_path);
    return static_cast<std::uint64_t>(status.st_size);
}

void File::read_at(std::uint64_t offset, std::span<std::byte> into) const {
    while (!into.empty()) {
        const ssize_t got = ::pread(m_fd, into.data(), into.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw system_error(ErrorKind::io, "cannot read", m_path);
        if (got == 0)
            throw Error(ErrorKind::bad_data, fmt::format("{} ends at byte {}, {} bytes too early: it is cut off",
                                                         m_path.string(), offset, into.size()));
        offset += static_cast<std::uint64_t>(got);
        into = into.subspan(static_cast<std::size_t>(got));
    }
}

std::vector<std::byte> File::read_at(std::uint64_t offset, std::size_t length) const {
    std::vector<std::byte> bytes(length);
    read_at(offset, std::span(bytes));
    return bytes;
}

void File::write_at(std::uint64_t offset, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::pwrite(m_fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) throw system_error(ErrorKind::io, "cannot write", m_path);
        offset += static_cast<std::uint64_t>(put);
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
}

void File::truncate(std::uint64_t size) {
    while (::ftruncate(m_fd, static_cast<off_t>(size)) != 0)
        if (errno != EINTR) throw system_error(ErrorKind::io, "cannot cut", m_path);
}

void File::sync() {
    while (::fsync(m_fd) != 0)
        if (errno != EINTR) throw system_error(ErrorKind::io, "cannot write to disk", m_path);
}

void File::close() {
    const int fd = std::exchange(m_fd, -1);
    // why: on Linux the descriptor is gone even after EINTR
    if (fd >= 0 && ::close(fd) != 0 && errno != EINTR) throw system_error(ErrorKind::io, "cannot close", m_path);
}

Appender::Appender(File& file, std::uint64_t offset) : m_file(file), m_offset(offset) { m_block.reserve(block_bytes); }

void Appender::append(std::span<const std::byte> bytes) {
    if (m_block.size() + bytes.size() > block_bytes) flush();
    if (bytes.size() >= block_bytes) {
        m_file.write_at(m_offset, bytes);
        m_offset += bytes.size();
        return;
    }
    m_block.insert(m_block.end(), bytes.begin(), bytes.end());
}

void Appender::flush() {
    m_file.write_at(m_offset, m_block);
    m_offset += m_block.size();
    m_block.clear();
}

std::string read_text(const std::filesystem::path& path, std::size_t limit) {
    const File file = File::open_read(path);
    const std::uint64_t size = file.size();
    if (size > limit)
        throw Error(ErrorKind::bad_data, fmt::format("{} has {} bytes, more than {}", path.string(), size, limit));
    std::string text(static_cast<std::size_t>(size), '\0');
    file.read_at(0, std::as_writable_bytes(std::span(text)));
    return text;
}

void write_text(const std::filesystem::path& path, std::string_view text) {
    File file = File::create(path);
    file.write_at(0, std::as_bytes(std::span(text)));
    file.close();
}

} // namespace harmattan::tiles
