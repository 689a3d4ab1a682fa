#pragma once
// Small text outputs (ledgers, map files): whole at their path or not there at all.

#include <filesystem>
#include <string_view>

namespace harmattan::app {

/// Throws Error cannot_create (it exists and `force` is not set; no such folder) or io.
void write_output_file(const std::filesystem::path& file, std::string_view text, bool force);

} // namespace harmattan::app
