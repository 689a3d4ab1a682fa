#include "geo/mapped_file.hpp"

#include "geo/error.hpp"
#include "geo/input_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace harmattan::geo {

namespace {
std::int64_t change_time(const struct stat& status) {
    return std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
}
} // namespace

MappedFile::MappedFile(const std::filesystem::path& file) {
    require_regular_file(file, "input");
    m_descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status {};
    const char* failed = nullptr;
    if (m_descriptor < 0 || ::fstat(m_descriptor, &status) != 0) failed = std::strerror(errno);
    if (!failed && status.st_size > 0) {
        m_size = static_cast<std::size_t>(status.st_size);
        void* at = ::mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, m_descriptor, 0);
        if (at == MAP_FAILED) failed = std::strerror(errno);
        else m_begin = static_cast<const char*>(at);
    }
    if (failed) {
        if (m_descriptor >= 0) ::close(m_descriptor);
        throw Error(ErrorKind::io, fmt::format("cannot read '{}': {}", file.string(), failed));
    }
    m_changed_ns = change_time(status);
    if (m_begin) ::madvise(const_cast<char*>(m_begin), m_size, MADV_SEQUENTIAL);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_begin(std::exchange(other.m_begin, nullptr)),
      m_size(std::exchange(other.m_size, 0)), m_changed_ns(other.m_changed_ns) {}

MappedFile::~MappedFile() {
    if (m_begin) ::munmap(const_cast<char*>(m_begin), m_size);
    if (m_descriptor >= 0) ::close(m_descriptor);
}

bool MappedFile::changed() const {
    struct stat status {};
    return ::fstat(m_descriptor, &status) != 0 || static_cast<std::size_t>(status.st_size) != m_size ||
           change_time(status) != m_changed_ns;
}

} // namespace harmattan::geo
