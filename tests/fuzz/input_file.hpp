#pragma once
// An input as a file, for readers that open one.

#include <cstddef>
#include <filesystem>
#include <span>

namespace harmattan::fuzz {

/// A file of this process's own, always the same, that holds `bytes` now; in memory where the machine has /dev/shm.
const std::filesystem::path& input_file(std::span<const std::byte> bytes);

} // namespace harmattan::fuzz
