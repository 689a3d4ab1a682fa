#pragma once
// Runs the program as a user would, in a folder of its own.

#include "support/temp_folder.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace harmattan::test {

struct ProgramRun {
    int exit_code = -1; ///< 128 + signal where it was killed
    std::string out, err;
};

/// Runs build's harmattan with these arguments in `folder`; standard input is empty.
ProgramRun run_program(const std::vector<std::string>& arguments, const std::filesystem::path& folder);

/// The same, sending `signal` after `after_ms` milliseconds.
ProgramRun run_program_and_signal(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                                  int signal, int after_ms);

/// The same, sending `signal` once something is at `file`.
ProgramRun run_program_and_signal(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                                  int signal, const std::filesystem::path& file);

/// A fresh empty folder, removed at the end.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }
    /// Writes a file below it and gives its path.
    std::filesystem::path write(const std::string& name, const std::string& text) const;

private:
    std::filesystem::path m_path;
};

std::string read_file(const std::filesystem::path& file);

} // namespace harmattan::test
