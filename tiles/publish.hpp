#pragma once
// Outputs appear at their final path whole or not at all. They are made beside it under a hidden name derived from it
// (".map.pmtiles.part"; the same for every run, so that a later run finds and replaces what a killed one left), brought
// to disk, and renamed or exchanged in one step. While it lives, a lock keeps a second run off the same output.
//
// Nothing here follows a symbolic link at the final path: it is refused or, with force, replaced itself.

#include "tiles/file.hpp"

#include <filesystem>
#include <string_view>

namespace harmattan::tiles {

/// Beside `output`: ".NAME.SUFFIX". A trailing slash of `output` does not count.
std::filesystem::path hidden_sibling(const std::filesystem::path& output, std::string_view suffix);

/// Held from before the first byte until after the last rename. `flock` on ".NAME.lock", which is removed at the end.
class OutputLock {
public:
    /// Throws busy if another process holds it, cannot_create if the folder is not there or cannot be written to.
    explicit OutputLock(const std::filesystem::path& output);
    ~OutputLock();
    OutputLock(const OutputLock&) = delete;
    OutputLock& operator=(const OutputLock&) = delete;

private:
    File m_file;
};

/// A file made beside `output`. Destroyed before commit, it leaves nothing.
class StagedFile {
public:
    /// Throws cannot_create if something is at `output` and `force` is not set, or if it is a folder.
    StagedFile(const std::filesystem::path& output, bool force);
    ~StagedFile();
    StagedFile(const StagedFile&) = delete;
    StagedFile& operator=(const StagedFile&) = delete;

    File& file() { return m_file; }
    const std::filesystem::path& path() const { return m_file.path(); } ///< of the hidden file
    const std::filesystem::path& output() const { return m_output; }

    /// fsync, rename, fsync of the folder. Throws io, or cannot_create if something has come to `output` meanwhile.
    void commit();

private:
    std::filesystem::path m_output;
    bool m_force;
    File m_file;
    bool m_committed = false;
};

/// A folder made beside `output`. Destroyed before commit, it leaves nothing.
class StagedDirectory {
public:
    /// With `force` an existing folder is replaced only if it is empty or holds a file named `marker` (or it would be
    /// too easy to lose a home directory); otherwise cannot_create. What a killed run left beside is removed.
    StagedDirectory(const std::filesystem::path& output, bool force, std::string_view marker);
    ~StagedDirectory();
    StagedDirectory(const StagedDirectory&) = delete;
    StagedDirectory& operator=(const StagedDirectory&) = delete;

    const std::filesystem::path& path() const { return m_path; } ///< of the hidden folder
    const std::filesystem::path& output() const { return m_output; }

    /// syncfs, rename or exchange, fsync of the parent, then the old folder is removed.
    void commit();

private:
    std::filesystem::path m_output, m_path;
    bool m_force;
    bool m_committed = false;
};

} // namespace harmattan::tiles
