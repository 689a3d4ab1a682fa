#pragma once
// Giving up what a server of tiles does not need, once it has opened its socket: no new files but by reading below
// given folders, no connections of its own, no programs, no writing. What remains if somebody takes the process over is
// to read what it serves anyway.

#include <filesystem>
#include <span>
#include <vector>

namespace harmattan::tiles {

struct ConfineOptions {
    std::vector<std::filesystem::path> readable; ///< folders whose files, at any depth, stay readable; they must exist
};

/// What holds now.
struct Confinement {
    bool seccomp = false;
    int landlock_abi = 0; ///< 0: the kernel has no Landlock, every file that the user may read stays readable
};

/// For the whole process and for good: no core dumps, not traceable, no new privileges, reading below `readable` only
/// (Landlock, where the kernel has it), and an allow-list of system calls (seccomp). To be called with one thread:
/// Landlock holds for the calling one and those it makes. Sockets that are open stay usable; nothing can be bound,
/// connected, written to or run any more, and memory cannot be made executable. Throws no_input for a folder that is
/// not there, service if the kernel does not take the filter. The leak check of AddressSanitizer does not work
/// afterwards (it traces).
Confinement confine(const ConfineOptions& options);

/// The folders from which `archives` are read again when they are replaced: where their names lie, and, for symbolic
/// links, where what they point to lies. Throws no_input for one that is not there.
std::vector<std::filesystem::path> folders_to_read(std::span<const std::filesystem::path> archives);

} // namespace harmattan::tiles
