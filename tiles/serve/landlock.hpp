#pragma once
// Landlock: the kernel refuses this process what lies outside some folders. Kernel 5.13 and later.

#include <filesystem>
#include <span>

namespace harmattan::tiles {

/// Leaves reading below `readable`, and no binding or connecting of TCP where the kernel can refuse it; for the calling
/// thread and those it makes. Wants no_new_privs. Returns the kernel's ABI version, 0 where there is no Landlock.
/// Throws no_input for a folder that cannot be opened, service if the kernel refuses the rules.
int restrict_to_reading(std::span<const std::filesystem::path> readable);

} // namespace harmattan::tiles
