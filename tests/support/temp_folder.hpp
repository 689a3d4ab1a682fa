#pragma once
// A folder of a test's own, gone when the test is over.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::test {

class TempFolder {
public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    /// Writes `bytes` as file `name` in the folder and returns its path.
    std::filesystem::path write(const std::string& name, std::string_view bytes) const;

private:
    std::filesystem::path m_path;
};

std::string read_bytes(const std::filesystem::path& file);
/// Names of all that lies in the folder, sorted, hidden ones too: what a run has left.
std::vector<std::string> names_in(const std::filesystem::path& folder);

} // namespace harmattan::test
