#pragma once
// Outputs of a command: small text files written whole or not at all, and the check that no output is an input.

#include <filesystem>
#include <string_view>
#include <vector>

namespace harmattan::app {

/// Throws Error cannot_create (it exists and `force` is not set; no such folder) or io.
void write_output_file(const std::filesystem::path& file, std::string_view text, bool force);

/// Throws Error cannot_create if something is at `file`, be it a dangling link, and `force` is not set. For what is
/// written later: said before the work.
void require_free(const std::filesystem::path& file, bool force);

/// Throws Error usage where an output is the same file as an input, or as another output: --force must not destroy
/// what is being read. Empty paths are passed over.
void require_distinct(const std::vector<std::filesystem::path>& inputs,
                      const std::vector<std::filesystem::path>& outputs);

} // namespace harmattan::app
