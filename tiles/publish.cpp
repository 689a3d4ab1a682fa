#include "tiles/publish.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace harmattan::tiles {

namespace fs = std::filesystem;
using geo::Error;
using geo::ErrorKind;

namespace {

fs::path without_slash(const fs::path& output) {
    const fs::path normal = output.lexically_normal();
    return normal.has_filename() ? normal : normal.parent_path();
}

fs::path parent_of(const fs::path& output) {
    const fs::path parent = without_slash(output).parent_path();
    return parent.empty() ? fs::path(".") : parent;
}

Error taken(const fs::path& output) {
    return Error(ErrorKind::cannot_create, fmt::format("{} exists; use --force to replace it", output.string()));
}

void sync_folder(const fs::path& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) throw system_error(ErrorKind::io, "cannot open", folder);
    const int failed = ::fsync(fd);
    const Error error = system_error(ErrorKind::io, "cannot write to disk", folder);
    ::close(fd);
    if (failed) throw error;
}

bool unsupported(int code) { return code == EINVAL || code == ENOSYS || code == ENOTSUP; }

// Renames without ever replacing anything.
void rename_new(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
    if (errno == EEXIST) throw taken(to);
    if (!unsupported(errno)) throw system_error(ErrorKind::io, "cannot publish", to);
    // why: some file systems (NFS) lack RENAME_NOREPLACE; a look before is the best they allow
    if (fs::exists(fs::symlink_status(to))) throw taken(to);
    if (::rename(from.c_str(), to.c_str()) != 0) throw system_error(ErrorKind::io, "cannot publish", to);
}

// Puts folder `from` where folder `to` is; the old one ends at `from`.
void exchange(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_EXCHANGE) == 0) return;
    if (!unsupported(errno)) throw system_error(ErrorKind::io, "cannot publish", to);
    const fs::path old = hidden_sibling(to, "old");
    if (::rename(to.c_str(), old.c_str()) != 0 || ::rename(from.c_str(), to.c_str()) != 0 ||
        ::rename(old.c_str(), from.c_str()) != 0)
        throw system_error(ErrorKind::io, "cannot publish", to);
}

} // namespace

fs::path hidden_sibling(const fs::path& output, std::string_view suffix) {
    const fs::path clean = without_slash(output);
    if (!clean.has_filename() || clean.filename() == "." || clean.filename() == "..")
        throw Error(ErrorKind::cannot_create, fmt::format("{} is no name for an output", output.string()));
    return clean.parent_path() / fmt::format(".{}.{}", clean.filename().string(), suffix);
}

OutputLock::OutputLock(const fs::path& output) {
    const fs::path path = hidden_sibling(output, "lock");
    if (const fs::path folder = path.parent_path(); !folder.empty() && !fs::is_directory(folder))
        throw Error(ErrorKind::cannot_create, fmt::format("cannot make {}: there is no folder {}; make it first",
                                                          output.string(), folder.string()));
    for (;;) {
        m_file = File::open_update(path);
        if (::flock(m_file.descriptor(), LOCK_EX | LOCK_NB) != 0) {
            if (errno == EINTR) continue;
            if (errno == EWOULDBLOCK)
                throw Error(ErrorKind::busy, fmt::format("{} is being made by another run; wait for it or name another "
                                                         "output",
                                                         output.string()));
            throw system_error(ErrorKind::io, "cannot lock", path);
        }
        // why: the last holder may have removed the file between our open and our lock; then we hold a ghost
        struct stat mine {
        }, there{};
        if (::fstat(m_file.descriptor(), &mine) == 0 && ::lstat(path.c_str(), &there) == 0 &&
            mine.st_ino == there.st_ino && mine.st_dev == there.st_dev)
            return;
    }
}

OutputLock::~OutputLock() { ::unlink(m_file.path().c_str()); }

StagedFile::StagedFile(const fs::path& output, bool force) : m_output(output), m_force(force) {
    const fs::file_status status = fs::symlink_status(output);
    if (fs::is_directory(status))
        throw Error(ErrorKind::cannot_create, fmt::format("{} is a folder; name a file", output.string()));
    if (fs::exists(status) && !force) throw taken(output);
    m_file = File::create(hidden_sibling(output, "part"));
}

StagedFile::~StagedFile() {
    if (!m_committed) ::unlink(m_file.path().c_str());
}

void StagedFile::commit() {
    m_file.sync();
    m_file.close();
    if (!m_force) rename_new(path(), m_output);
    else if (::rename(path().c_str(), m_output.c_str()) != 0)
        throw system_error(ErrorKind::io, "cannot publish", m_output);
    m_committed = true;
    sync_folder(parent_of(m_output));
}

StagedDirectory::StagedDirectory(const fs::path& output, bool force, std::string_view marker)
    : m_output(without_slash(output)), m_path(hidden_sibling(output, "part")), m_force(force) {
    const fs::file_status status = fs::symlink_status(m_output);
    if (fs::exists(status)) {
        if (!fs::is_directory(status))
            throw Error(ErrorKind::cannot_create, fmt::format("{} is not a folder", m_output.string()));
        if (!force) throw taken(m_output);
        std::error_code code;
        if (!fs::is_empty(m_output, code) && !fs::exists(fs::symlink_status(m_output / marker)))
            throw Error(ErrorKind::cannot_create, fmt::format("{} holds other things (no {}); it is not replaced, name "
                                                              "another folder",
                                                              m_output.string(), marker));
    }
    std::error_code code;
    fs::remove_all(m_path, code);
    if (code || ::mkdir(m_path.c_str(), 0777) != 0)
        throw system_error(ErrorKind::cannot_create, "cannot create", m_path);
}

StagedDirectory::~StagedDirectory() {
    std::error_code code;
    if (!m_committed) fs::remove_all(m_path, code);
}

void StagedDirectory::commit() {
    {
        const int fd = ::open(m_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0) throw system_error(ErrorKind::io, "cannot open", m_path);
        // why: one syncfs instead of an fsync for each of thousands of small files
        const int failed = ::syncfs(fd);
        const Error error = system_error(ErrorKind::io, "cannot write to disk", m_path);
        ::close(fd);
        if (failed) throw error;
    }
    const bool replaces = m_force && fs::is_directory(fs::symlink_status(m_output));
    if (replaces) exchange(m_path, m_output);
    else rename_new(m_path, m_output);
    m_committed = true;
    sync_folder(parent_of(m_output));
    if (replaces) {
        std::error_code code;
        fs::remove_all(m_path, code);
        if (code)
            throw Error(ErrorKind::io,
                        fmt::format("cannot remove the replaced {}: {}", m_path.string(), code.message()));
    }
}

} // namespace harmattan::tiles
