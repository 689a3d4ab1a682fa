#pragma once
// Ctrl-C and SIGTERM as a flag that long work looks at. A second Ctrl-C ends the program at once.

#include <atomic>

namespace harmattan::app {

/// Set by SIGINT, SIGTERM and SIGHUP after install_interrupt_handlers().
const std::atomic<bool>& interrupted();
/// Throws Error interrupted after one of them.
void stop_if_interrupted();
/// 130 after SIGINT, 143 after SIGTERM, 129 after SIGHUP.
int interrupt_exit_code();
void install_interrupt_handlers();

} // namespace harmattan::app
