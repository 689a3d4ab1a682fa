#pragma once
// The system calls that a server of tiles is left with (seccomp).

namespace harmattan::tiles {

/// Loads the filter for all threads of the process; it cannot be taken off. Wants no_new_privs.
/// Throws service if the kernel does not take it.
void restrict_system_calls();

} // namespace harmattan::tiles
